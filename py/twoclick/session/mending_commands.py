"""What a person can ask of the session for single shapes, and for the tags that shapes have: a part
of `session.commands`."""

from dataclasses import dataclass

from twoclick.domain.geometry import Shape

# --- drawing and mending ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Adds an annotation by hand; without a tag it takes the one used last, else the first."""

    asset_id: str
    tag_id: str | None
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShape:
    """Gives an annotation or a suggestion, whichever is named, another shape."""

    asset_id: str
    annotation_id: str | None
    candidate: int | None
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """Moves an annotation or a suggestion by image pixels, not beyond the edges of the image.  One
    nudge after the other of the same shape is one step."""

    asset_id: str
    annotation_id: str | None
    candidate: int | None
    dx: float
    dy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTag:
    """Gives annotations and suggestions another tag."""

    asset_id: str
    annotation_ids: tuple[str, ...]
    candidates: tuple[int, ...]
    tag_id: str


# --- tags -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTag:
    """Adds a tag; without a colour it is given the next one."""

    name: str
    color: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTag:
    """Another name, colour or key for a tag; other keypoints where they are told, as a person types
    them (see `domain.keypoint_names`)."""

    tag_id: str
    name: str
    color: str
    key: str | None
    keypoints: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTag:
    """Takes a tag away that no annotation has."""

    tag_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTagsBack:
    """Undoes what was made of classes at once: they have no tag again, and the tags that were made
    for them are taken away; those that something has stay, with their classes."""

    predictor_id: str
    class_ids: tuple[int, ...]
    tag_ids: tuple[str, ...]


Mending = Draw | ChangeShape | Nudge | SetTag
Tagging = AddTag | ChangeTag | DeleteTag | TakeTagsBack
