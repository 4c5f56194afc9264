"""Labels on their way between Twoclick and files: what every format reads into and writes from.

Coordinates are pixels of the oriented image; (0, 0) is the top-left corner of the top-left pixel.
"""

from dataclasses import dataclass

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import LabelState
from twoclick.domain.geometry import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTag:
    """A tag as a file names it; `id`, `color` (#rrggbb) and `key` where the file has them.

    A `deleted` one is there because its place among the classes, or a shape, still needs it.
    `keypoints` and `skeleton` are those of `domain.tag.Tag`: places in pairs are from 0.
    """

    name: str
    id: str | None = None
    color: str | None = None
    key: str | None = None
    deleted: bool = False
    keypoints: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePredictor:
    """A predictor that shapes came from: its `iteration` in the life of the project, the SHA-256 of
    the model file, and the names of its classes, a class id being the place."""

    id: str
    iteration: int
    name: str
    digest: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledShape:
    """One shape with the name of its tag.

    `score` is 0..1, None where nobody gave one; `annotation` is all that Twoclick knows of it,
    where it comes from a project or from a file that keeps it.
    """

    tag: str
    shape: Shape
    score: float | None = None
    annotation: Annotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledImage:
    """One image and the shapes on it: none means that a file says so, "nothing here".

    `name` is its path with "/" between folders; `width` and `height` are None where the file does
    not tell them.  `number` is its place in the project from 1, `split` the part of the data that
    it goes to ("train", "val", "test"); both are for writing.  `label_state`, `note`, `digest`
    (SHA-256 of the image file) and `page` are None or 0 where the file does not tell them.
    """

    name: str
    width: int | None
    height: int | None
    shapes: tuple[LabelledShape, ...] = ()
    number: int = 0
    split: str | None = None
    label_state: LabelState | None = None
    note: str | None = None
    digest: str | None = None
    page: int = 0
