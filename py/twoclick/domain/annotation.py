"""Annotations: committed shapes with a tag and where they came from."""

from dataclasses import dataclass
from typing import Literal

from twoclick.domain.geometry import Shape

Origin = Literal["hand", "model", "import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One candidate of one stored prediction.

    `digest` is that of the stored prediction: the same predictor asked again on the same image may
    answer otherwise, and then its candidates are others.
    """

    predictor_id: str
    digest: str
    candidate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The suggestion that an annotation was committed from."""

    link: Link
    class_id: int
    iteration: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A committed shape.

    `created_at` is in milliseconds since 1970 UTC; `revision` rises with each edit; `author` is the
    id of the browser of whoever made it, empty where that is not known; `edited` tells whether the
    shape or tag was changed, as a suggestion or since; `provenance` is None where it came from no
    suggestion; `imported` tells that a label file brought it.
    """

    id: str
    tag_id: str
    shape: Shape
    created_at: int
    revision: int = 1
    author: str = ""
    edited: bool = False
    provenance: Provenance | None = None
    imported: bool = False

    @property
    def origin(self) -> Origin:
        """Who proposed the shape; of an imported one that is known only where the file told it."""
        if self.provenance is not None:
            return "model"
        return "import" if self.imported else "hand"
