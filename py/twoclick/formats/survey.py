"""What is on images, counted: from it each format tells what it would lose."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from twoclick.domain.geometry import (
    Box,
    Keypoints,
    Polygon,
    RotatedBox,
    Shape,
    WholeImage,
    extent,
)
from twoclick.domain.ring_nesting import Part, parts_of
from twoclick.domain.rings import ring_points
from twoclick.formats.labels import LabelledImage


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Counts of images and of the shapes on them; surveys add up.

    `with_holes` and `in_parts` are polygons of several rings (a polygon can be both), `pointless`
    are shapes with keypoints of which none is there, `outside` are shapes that reach beyond their
    image, `scored` come from a model, `noted` are images with a note.  `point_numbers` counts the
    shapes with keypoints by their tag and by how many points they have.
    """

    images: int = 0
    empty: int = 0
    noted: int = 0
    boxes: int = 0
    rotated_boxes: int = 0
    polygons: int = 0
    with_holes: int = 0
    in_parts: int = 0
    keypoints: int = 0
    pointless: int = 0
    whole_images: int = 0
    outside: int = 0
    scored: int = 0
    point_numbers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def __add__(self, other: "Survey") -> "Survey":
        return Survey(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )

    @property
    def shapes(self) -> int:
        """All shapes."""
        plain = self.boxes + self.rotated_boxes + self.polygons
        return plain + self.keypoints + self.whole_images


def survey(images: Iterable[LabelledImage]) -> Survey:
    """The counts of these images."""
    total = Survey()
    for image in images:
        total += _survey_of(image)
    return total


def _survey_of(image: LabelledImage) -> Survey:
    shapes = [one.shape for one in image.shapes]
    polygons = [_parts(shape) for shape in shapes if isinstance(shape, Polygon)]
    points = [
        (one.tag, one.shape.visibility) for one in image.shapes if isinstance(one.shape, Keypoints)
    ]
    return Survey(
        images=1,
        empty=not shapes,
        noted=image.note is not None,
        boxes=sum(isinstance(shape, Box) for shape in shapes),
        rotated_boxes=sum(isinstance(shape, RotatedBox) for shape in shapes),
        polygons=len(polygons),
        with_holes=sum(any(part.holes for part in parts) for parts in polygons),
        in_parts=sum(len(parts) > 1 for parts in polygons),
        keypoints=len(points),
        pointless=sum(not any(visibility) for _, visibility in points),
        whole_images=sum(isinstance(shape, WholeImage) for shape in shapes),
        outside=sum(_reaches_outside(image, shape) for shape in shapes),
        scored=sum(one.score is not None for one in image.shapes),
        point_numbers=Counter((tag, len(visibility)) for tag, visibility in points),
    )


def _parts(polygon: Polygon) -> tuple[Part, ...]:
    return parts_of([ring_points(ring) for ring in polygon.rings])


def _reaches_outside(image: LabelledImage, shape: Shape) -> bool:
    if image.width is None or image.height is None:
        return False
    x0, y0, x1, y1 = extent(shape)
    return x0 < 0 or y0 < 0 or x1 > image.width or y1 > image.height
