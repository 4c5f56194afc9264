"""Predictors of a project: models and deployments that can be asked, and files that brought
suggestions, with the person's settings for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

DEFAULT_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """A model or a deployment that can be asked, or a file with what some model said; one iteration
    in a project's life.

    `card` is the recognised model's card, kept as it came, empty for a file; that of a deployment
    says how it is asked.  `classes` are its
    class names, a class id being the place.  `mapping` gives the tag of a class; classes that are
    missing are unmapped.
    `threshold` and `tag_thresholds` are scores 0..1 below which suggestions are hidden; `overlap`
    is the IoU above which the lower of two suggestions of one tag is.  `digest` is the SHA-256 of
    its file, or of how a deployment is asked, `size` the bytes; `assist_on_open`: images are sent
    to this deployment ahead, without a key.  Below `floor` nothing is kept of its answers.
    `added_at` is in milliseconds since 1970 UTC, 0 where it is not known.  A `removed` one is not
    asked any more and its file is gone; what came of it stays, and its iteration is not given
    again.
    """

    id: str
    iteration: int
    name: str
    source: str
    digest: str
    size: int
    family: str
    classes: tuple[str, ...]
    floor: float
    overlap: float
    card: Mapping[str, Any]
    kind: Literal["model", "deployment", "file"] = "model"
    threshold: float = DEFAULT_THRESHOLD
    tag_thresholds: Mapping[str, float] = field(default_factory=dict)
    mapping: Mapping[int, str] = field(default_factory=dict)
    added_at: int = 0
    removed: bool = False
    assist_on_open: bool = False

    @property
    def keypoints(self) -> tuple[str, ...]:
        """The names of the points on each object that it finds; none where it finds none."""
        return tuple(self.card.get("keypoints", ()))

    @property
    def skeleton(self) -> tuple[tuple[int, int], ...]:
        """The lines between these points, as pairs of places among them."""
        return tuple((start, end) for start, end in self.card.get("skeleton", ()))

    @property
    def can_be_asked(self) -> bool:
        """Whether there is a model behind it: a file has said all that it says."""
        return self.kind != "file"

    def least_score(self, tag_id: str) -> float:
        """The score from which suggestions of a tag are shown."""
        return self.tag_thresholds.get(tag_id, self.threshold)
