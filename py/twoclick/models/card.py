"""What is kept of a model once it is recognised: everything that asking it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeAlias, get_args

from twoclick.models.flexible_size import FlexibleSize
from twoclick.models.plan import Plan

Task: TypeAlias = Literal[
    "detection",
    "segmentation",
    "rotated detection",
    "semantic segmentation",
    "pose",
    "classification",
]
"""What a model gives: boxes; an outline for each object; rotated boxes; outlines of the regions of
each class; keypoints on each object; classes of the whole image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """A recognised model.  Small, JSON-able, stored with the project.

    `family` names the file in `families` that plans and decodes; `recipe` is the plan of its input
    for an image of its own proportions, in the size that `flexible`, where the model takes any,
    says otherwise for an image; `suppressed`: the model hides duplicates itself, so that nothing
    else does where its answers are wanted as they are; `classes_assumed`: the file does not say how
    many classes it has, and `class_names` are as many as is usual, until a person brings its own;
    `default_overlap` is the IoU above which the
    lower of two shapes of a class is hidden until the person moves the slider; below `score_floor`
    nothing is kept of the model's answers.  `evidence` says, line by line, why the file was taken
    for this family.  `keypoints` names the points of each object, in their order, and `skeleton`
    the lines between them, as pairs of places there.  `details` is the family's own: what its
    decoder has to know of the file.
    """

    family: str
    task: Task
    class_names: tuple[str, ...]
    recipe: Plan
    flexible: FlexibleSize | None = None
    suppressed: bool = False
    classes_assumed: bool = False
    default_overlap: float
    score_floor: float
    evidence: tuple[str, ...]
    keypoints: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The card as it is stored and shown."""
        return {
            "family": self.family,
            "task": self.task,
            "classNames": list(self.class_names),
            "recipe": self.recipe.to_json(),
            "flexible": None if self.flexible is None else self.flexible.to_json(),
            "suppressed": self.suppressed,
            "classesAssumed": self.classes_assumed,
            "defaultOverlap": self.default_overlap,
            "scoreFloor": self.score_floor,
            "evidence": list(self.evidence),
            "keypoints": list(self.keypoints),
            "skeleton": [list(line) for line in self.skeleton],
            "details": dict(self.details),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `to_json` back; raises KeyError or ValueError for anything else.

        Cards of earlier versions lack `flexible`, `suppressed`, `classesAssumed`, `keypoints`,
        `skeleton` and `details`.
        """
        task = data["task"]
        if task not in get_args(Task):
            raise ValueError(f"{task!r} is no task of a model card")
        flexible = data.get("flexible")
        return cls(
            family=str(data["family"]),
            task=task,
            class_names=tuple(str(name) for name in data["classNames"]),
            recipe=Plan.from_json(data["recipe"]),
            flexible=None if flexible is None else FlexibleSize.from_json(flexible),
            suppressed=bool(data.get("suppressed", False)),
            classes_assumed=bool(data.get("classesAssumed", False)),
            default_overlap=float(data["defaultOverlap"]),
            score_floor=float(data["scoreFloor"]),
            evidence=tuple(str(line) for line in data["evidence"]),
            keypoints=tuple(str(name) for name in data.get("keypoints", ())),
            skeleton=tuple((int(start), int(end)) for start, end in data.get("skeleton", ())),
            details=dict(data.get("details", {})),
        )
