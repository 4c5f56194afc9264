"""Shapes of candidates that are more than their bounding boxes, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import Ring

BOX, ROTATED_BOX, POLYGON, KEYPOINTS, WHOLE_IMAGE = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One shape in pixels of the oriented image.

    A ROTATED_BOX has one ring of four corners: the first edge runs along its width, clockwise as
    seen on the screen.  What an odd number of the rings of a POLYGON encloses belongs to it; holes
    run the other way round than outer rings.
    """

    kind: int
    rings: tuple[Ring, ...]

    def bounds(self) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1."""
        points = np.concatenate(self.rings)
        (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return x0, y0, x1, y1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """`kinds` uint8 (n,), empty where every shape is a plain box; `rings` int32 (k, 2): for each
    ring, in order, the place of its shape and the number of its points, those of KEYPOINTS as one;
    `points` float64 (p, 2); of the points of KEYPOINTS, in order, `visibility` uint8 (q,), as
    `domain.geometry` numbers it, and `certainties` float64 (q,) 0..1, what the model said of it."""

    kinds: NDArray[np.uint8]
    rings: NDArray[np.int32]
    points: NDArray[np.float64]
    visibility: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, dtype=np.uint8))
    certainties: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    @classmethod
    def none(cls) -> Self:
        """Every shape is its bounding box."""
        return cls(
            kinds=np.empty(0, dtype=np.uint8),
            rings=np.empty((0, 2), dtype=np.int32),
            points=np.empty((0, 2), dtype=np.float64),
        )

    @classmethod
    def of(cls, shapes: Sequence[Shape]) -> Self:
        """The columns of these shapes, in their order."""
        rings = [(place, ring) for place, shape in enumerate(shapes) for ring in shape.rings]
        if not rings:
            return cls.none()
        return cls(
            kinds=np.array([shape.kind for shape in shapes], dtype=np.uint8),
            rings=np.array([(place, len(ring)) for place, ring in rings], dtype=np.int32),
            points=np.concatenate([ring for _, ring in rings]).astype(np.float64),
        )

    @classmethod
    def of_keypoints(
        cls,
        points: NDArray[np.floating],
        visibility: NDArray[np.integer],
        certainties: NDArray[np.floating],
    ) -> Self:
        """Those of n shapes of k keypoints each: `points` (n, k, 2), the others (n, k)."""
        count, size = points.shape[:2]
        return cls(
            kinds=np.full(count, KEYPOINTS, dtype=np.uint8),
            rings=np.stack((np.arange(count), np.full(count, size)), axis=1).astype(np.int32),
            points=points.reshape(-1, 2).astype(np.float64),
            visibility=visibility.ravel().astype(np.uint8),
            certainties=certainties.ravel().astype(np.float64),
        )

    @classmethod
    def of_whole_images(cls, count: int) -> Self:
        """Those of so many whole images."""
        return replace(cls.none(), kinds=np.full(count, WHOLE_IMAGE, dtype=np.uint8))

    @property
    def have_edges(self) -> bool:
        """Whether some of the shapes are more than where their boxes lie."""
        return bool(np.isin(self.kinds, (ROTATED_BOX, POLYGON)).any())

    @property
    def _of_keypoints(self) -> NDArray[np.int32]:
        """The rows of `rings` whose points have a certainty."""
        rows: NDArray[np.int32] = self.rings[self.kinds[self.rings[:, 0]] == KEYPOINTS]
        return rows

    def kind_of(self, place: int) -> int:
        """The kind of the shape at `place`."""
        return int(self.kinds[place]) if len(self.kinds) else BOX

    def rings_of(self, place: int) -> tuple[Ring, ...]:
        """The rings of the shape at `place`; none of a plain box."""
        ends = np.cumsum(self.rings[:, 1])
        own = np.flatnonzero(self.rings[:, 0] == place)
        return tuple(self.points[ends[ring] - self.rings[ring, 1] : ends[ring]] for ring in own)

    def certainties_of(self, place: int) -> NDArray[np.float64]:
        """Those of the points of the KEYPOINTS at `place`; none of any other shape."""
        ends = np.cumsum(self._of_keypoints[:, 1])
        own = np.flatnonzero(self._of_keypoints[:, 0] == place)
        if not len(own):
            return np.empty(0)
        end = ends[own[0]]
        return self.certainties[end - self._of_keypoints[own[0], 1] : end]
