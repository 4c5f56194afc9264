"""What is kept of a model once it is recognised: everything that asking it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from twoclick.models.flexible_size import FlexibleSize
from twoclick.models.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """A recognised model.  Small, JSON-able, stored with the project.

    `family` names the file in `families` that plans and decodes; `recipe` is the plan of its input,
    in the size that `flexible`, where the model takes any, says otherwise for an image;
    `default_overlap` is the IoU above which the lower of two shapes of a class is hidden until the
    person moves the slider; below `score_floor` nothing is kept of the model's answers.  `evidence`
    says, line by line, why the file was taken for this family.
    """

    family: str
    task: Literal["detection"]
    class_names: tuple[str, ...]
    recipe: Plan
    flexible: FlexibleSize | None = None
    default_overlap: float
    score_floor: float
    evidence: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The card as it is stored and shown."""
        return {
            "family": self.family,
            "task": self.task,
            "classNames": list(self.class_names),
            "recipe": self.recipe.to_json(),
            "flexible": None if self.flexible is None else self.flexible.to_json(),
            "defaultOverlap": self.default_overlap,
            "scoreFloor": self.score_floor,
            "evidence": list(self.evidence),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `to_json` back; raises KeyError or ValueError for anything else."""
        if data["task"] != "detection":
            raise ValueError(f"task of a model card must be detection, not {data['task']!r}")
        flexible = data.get("flexible")  # cards of the first version have none
        return cls(
            family=str(data["family"]),
            task="detection",
            class_names=tuple(str(name) for name in data["classNames"]),
            recipe=Plan.from_json(data["recipe"]),
            flexible=None if flexible is None else FlexibleSize.from_json(flexible),
            default_overlap=float(data["defaultOverlap"]),
            score_floor=float(data["scoreFloor"]),
            evidence=tuple(str(line) for line in data["evidence"]),
        )
