"""What an import is made of, as the page brings it."""

from dataclasses import dataclass
from typing import Any, Literal

from twoclick.session.spec import TagSpec

StateName = Literal["todo", "started", "labelled", "approved", "returned", "skipped"]
"""A label state as it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """A file with suggestions: its name, SHA-256, size and the classes that it tells of."""

    name: str
    digest: str
    classes: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsSpec:
    """The keypoints that a file names of a tag that is there already."""

    tag_id: str
    keypoints: tuple[str, ...]
    skeleton: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSpec:
    """An import; `name` is that of its step.

    `tags` has, for each class of the file, the id of a tag, the name of one, or that of one of
    `new_tags`; None for a class that is left out.  `ordered` tells that the file numbers its
    classes.  `points` are for tags that have no keypoints yet.
    """

    name: str
    mode: Literal["merge", "replace"]
    as_: Literal["annotations", "suggestions"]
    new_tags: tuple[TagSpec, ...]
    tags: tuple[str | None, ...]
    ordered: bool
    label_state: Literal["labelled", "started", "as-file"]
    predictor: FileSpec | None = None
    points: tuple[PointsSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a file of Twoclick's own tells of an annotation besides shape and tag."""

    id: str
    created_at: int
    revision: int
    author: str
    edited: bool
    provenance: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunItem:
    """What is on one image; every tuple but `tag_indexes` may be empty.

    `tag_indexes` has the class of each shape; `label_state` and `note` are what the file says of
    the image; `kept` what it tells of each shape, None of one that it knows nothing of.  Of
    suggestions `scores` fall, `pairs` are the places of two shapes that overlap, one after the
    other, and `ious` how much.
    """

    asset_id: str
    tag_indexes: tuple[int, ...]
    label_state: StateName | None = None
    note: str | None = None
    kept: tuple[Kept | None, ...] = ()
    scores: tuple[float, ...] = ()
    pairs: tuple[int, ...] = ()
    ious: tuple[float, ...] = ()
