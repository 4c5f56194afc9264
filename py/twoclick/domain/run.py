"""Runs: changes of many assets at once, done part by part, listed, resumable and revertible."""

from dataclasses import dataclass
from typing import Literal

from twoclick.domain.predictor import Predictor
from twoclick.domain.tag import Tag

RunState = Literal["planned", "forward", "done", "back", "undone"]
"""Planned and not begun; being done; done; being taken back; taken back."""

MOVING: frozenset[RunState] = frozenset({"forward", "back"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a run did so far: images that are another now, annotations added and removed, and those
    that were skipped because they were there already."""

    changed: int = 0
    added: int = 0
    removed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            changed=self.changed + other.changed,
            added=self.added + other.added,
            removed=self.removed + other.removed,
            skipped=self.skipped + other.skipped,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPoints:
    """Keypoints and skeleton for a tag that had none: see `domain.tag.Tag`."""

    tag_id: str
    keypoints: tuple[str, ...]
    skeleton: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The import of labels into a project: as annotations, merged with what is there or in its
    place, or as the suggestions of a `predictor`.

    `label_state` is what its images are given, or "as-file".  `tags` are those that it adds,
    `class_order` the ids of those that it is the first to number, `points` what it tells of those
    that had no keypoints.  `sizes` counts the assets of
    each part; `done` parts are done now.  `seq` is its entry in the history, None where that is
    gone; `complete` tells that it was done to its end once.  `former_predictor_id` was active
    before its own predictor was.
    """

    id: str
    name: str
    mode: Literal["merge", "replace"]
    label_state: Literal["labelled", "started", "as-file"]
    tags: tuple[Tag, ...] = ()
    class_order: tuple[str, ...] = ()
    points: tuple[TagPoints, ...] = ()
    predictor: Predictor | None = None
    former_predictor_id: str | None = None
    state: RunState = "planned"
    seq: int | None = None
    sizes: tuple[int, ...] = ()
    done: int = 0
    complete: bool = False
    tally: Tally = Tally()

    @property
    def is_moving(self) -> bool:
        """Whether it is being done or taken back, perhaps paused."""
        return self.state in MOVING

    @property
    def assets(self) -> int:
        """How many assets it is about."""
        return sum(self.sizes)

    @property
    def reached(self) -> int:
        """How many of them it has done, or taken back, in the direction that it moves."""
        done = sum(self.sizes[: self.done])
        return self.assets - done if self.state == "back" else done

    @property
    def next_part(self) -> int | None:
        """The number, from 1, of the part that it reaches next; None at the end."""
        if self.state == "back":
            return self.done or None
        return self.done + 1 if self.done < len(self.sizes) else None
