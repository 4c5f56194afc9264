"""Drawing annotations, and giving annotations and suggestions another shape or tag.

A change on a suggestion is kept as an edit of it, and selects it: what a person mends is meant to
be committed.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Asset
from twoclick.domain.document import Edit, edit_id, with_annotations, with_edits
from twoclick.domain.geometry import Keypoints, Shape, WholeImage, extent, moved
from twoclick.domain.shape_problems import kind_noun, problem_of
from twoclick.domain.tag import Tag
from twoclick.session.handlers.changing import annotations_named, changed
from twoclick.session.handlers.lookups import current_asset, tag_named
from twoclick.session.handlers.outcome import Context, Outcome, counted, said
from twoclick.session.handlers.selecting import shown_among, visible_sight
from twoclick.session.mending_commands import ChangeShape, Draw, Nudge, SetTag
from twoclick.session.refusal import Refused
from twoclick.session.state import Sight, State, with_current_selection


def draw(state: State, command: Draw, context: Context) -> Outcome:
    """An annotation by hand."""
    asset = current_asset(state, command.asset_id)
    tag = _tag_for_new(state) if command.tag_id is None else tag_named(state, command.tag_id)
    _check_shape(command.shape, asset)
    _check_new(state, command.shape, tag)
    annotation = Annotation(
        id=context.new_id(),
        tag_id=tag.id,
        shape=command.shape,
        created_at=context.now,
        author=context.author,
    )
    drawn = not isinstance(command.shape, WholeImage)
    outcome = changed(
        state,
        asset,
        with_annotations(state.current.document, [annotation]),
        name=f"Draw {kind_noun(command.shape)}" if drawn else f"Tag the whole image {tag.name}",
        text=f"Added {tag.name} by hand" if drawn else f"The whole image is {tag.name}",
        context=context,
    )
    return _with_last_tag(outcome, tag)


def change_shape(state: State, command: ChangeShape, context: Context) -> Outcome:
    """An annotation or a suggestion has another shape."""
    asset = current_asset(state, command.asset_id)
    _check_shape(command.shape, asset)
    subject = _subject(state, command)
    return _reshaped(state, asset, subject, command.shape, name="Change shape", context=context)


def nudge(state: State, command: Nudge, context: Context) -> Outcome:
    """An annotation or a suggestion is moved, as far as the image goes."""
    asset = current_asset(state, command.asset_id)
    if not (math.isfinite(command.dx) and math.isfinite(command.dy)):
        raise Refused("bad-value", "A shape can only be moved by a number of pixels")
    subject = _subject(state, command)
    shape = _moved_inside(subject.shape, command.dx, command.dy, asset)
    gesture = f"nudge {subject.id}"
    return _reshaped(
        state, asset, subject, shape, name="Nudge shape", gesture=gesture, context=context
    )


def set_tag(state: State, command: SetTag, context: Context) -> Outcome:
    """Annotations and suggestions have another tag, all in one step."""
    asset = current_asset(state, command.asset_id)
    tag = tag_named(state, command.tag_id)
    annotations = annotations_named(state, command.annotation_ids)
    suggestions = _suggestions(state, command.candidates)
    if not annotations and not suggestions:
        raise Refused("nothing-named", "No shape to give a tag")
    document = with_annotations(
        state.current.document,
        [_edited(one, tag_id=tag.id) for one in annotations if one.tag_id != tag.id],
    )
    document = with_edits(document, [_retagged(one, tag) for one in suggestions])
    name = f"Set tag {tag.name}"
    text = f"{counted(len(annotations) + len(suggestions), 'shape')} tagged {tag.name}"
    if document == state.current.document:
        outcome = Outcome(state=state, messages=said(text))
    else:
        outcome = changed(state, asset, document, name=name, text=text, context=context)
    return _with_last_tag(_selecting(outcome, [one.candidate for one in suggestions]), tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suggestion:
    """A suggestion that is shown."""

    sight: Sight
    candidate: int

    @property
    def id(self) -> str:
        return edit_id(self.sight.link(self.candidate))

    @property
    def shape(self) -> Shape:
        return self.sight.view.shape(self.candidate, self.sight.predictions.candidates)

    @property
    def edit(self) -> Edit:
        """What was changed on it so far."""
        link = self.sight.link(self.candidate)
        nothing = Edit(link=link, tag_id=None, shape=None)
        return self.sight.document.edits.get(self.id, nothing)


def _subject(state: State, command: ChangeShape | Nudge) -> Annotation | _Suggestion:
    """What a command is about."""
    if command.annotation_id is not None and command.candidate is None:
        return annotations_named(state, [command.annotation_id])[0]
    if command.candidate is not None and command.annotation_id is None:
        return _suggestions(state, (command.candidate,))[0]
    raise Refused("nothing-named", "Name one annotation or one suggestion")


def _suggestions(state: State, candidates: tuple[int, ...]) -> list[_Suggestion]:
    """Those of `candidates` that are shown; refuses where none is."""
    if not candidates:
        return []
    sight = visible_sight(state)
    shown = sorted(shown_among(sight, candidates))
    return [_Suggestion(sight=sight, candidate=one) for one in shown]


def _reshaped(
    state: State,
    asset: Asset,
    subject: Annotation | _Suggestion,
    shape: Shape,
    *,
    name: str,
    context: Context,
    gesture: str | None = None,
) -> Outcome:
    if shape == subject.shape:
        return Outcome(state=state)
    document = state.current.document
    if isinstance(subject, Annotation):
        document = with_annotations(document, [_edited(subject, shape=shape)])
        return changed(state, asset, document, name=name, gesture=gesture, context=context)
    own = subject.sight.predictions.candidates.shapes[subject.candidate]
    edit = replace(subject.edit, shape=None if shape == own else shape)
    document = with_edits(document, [edit])
    outcome = changed(state, asset, document, name=name, gesture=gesture, context=context)
    return _selecting(outcome, (subject.candidate,))


def _retagged(suggestion: _Suggestion, tag: Tag) -> Edit:
    sight = suggestion.sight
    class_id = sight.predictions.candidates.classes[suggestion.candidate]
    own = sight.predictor.mapping.get(class_id)
    return replace(suggestion.edit, tag_id=None if tag.id == own else tag.id)


def _edited(annotation: Annotation, **fields: Any) -> Annotation:
    return replace(annotation, **fields, revision=annotation.revision + 1, edited=True)


def _selecting(outcome: Outcome, candidates: Iterable[int]) -> Outcome:
    """The outcome with these suggestions selected too."""
    sight = outcome.state.current.sight
    chosen = frozenset(candidates)
    if sight is None or not chosen:
        return outcome
    selection = replace(sight.selection, candidates=sight.selection.candidates | chosen)
    return replace(outcome, state=with_current_selection(outcome.state, sight, selection))


def _with_last_tag(outcome: Outcome, tag: Tag) -> Outcome:
    state = outcome.state
    if state.project.last_tag_id == tag.id:
        return outcome
    project = replace(state.project, last_tag_id=tag.id)
    return replace(outcome, state=replace(state, project=project))


def _tag_for_new(state: State) -> Tag:
    """The tag given last, else the first."""
    tags = state.project.live_tags
    if not tags:
        raise Refused("no-tag", "Add a tag first: a shape needs one")
    last = state.project.last_tag_id
    return next((tag for tag in tags if tag.id == last), tags[0])


def _check_new(state: State, shape: Shape, tag: Tag) -> None:
    """Refuses a whole image that has the tag already, and keypoints that the tag has not."""
    if isinstance(shape, WholeImage) and any(
        isinstance(one.shape, WholeImage) and one.tag_id == tag.id
        for one in state.current.document.annotations.values()
    ):
        raise Refused("has-it", f"The whole image is {tag.name} already")
    named = len(tag.keypoints)
    if isinstance(shape, Keypoints) and named and len(shape.visibility) != named:
        raise Refused(
            "bad-shape",
            f"{tag.name} has {counted(named, 'keypoint')}, and {len(shape.visibility)} were drawn",
        )


def _check_shape(shape: Shape, asset: Asset) -> None:
    problem = problem_of(shape, width=asset.width, height=asset.height)
    if problem is not None:
        raise Refused("bad-shape", problem)


def _moved_inside(shape: Shape, dx: float, dy: float, asset: Asset) -> Shape:
    """The shape moved as far as it stays in the image; it does not move where it is larger."""
    x0, y0, x1, y1 = extent(shape)
    dx = max(-x0, min(dx, asset.width - x1)) if x1 - x0 <= asset.width else 0.0
    dy = max(-y0, min(dy, asset.height - y1)) if y1 - y0 <= asset.height else 0.0
    return shape if dx == dy == 0.0 else moved(shape, dx, dy)
