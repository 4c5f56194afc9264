"""Adding, changing and deleting tags.  Never part of history: a deleted tag comes back with the
shapes that have it."""

import re
from collections.abc import Set
from dataclasses import replace

from twoclick.domain.keypoint_names import read_names
from twoclick.domain.project import with_predictor
from twoclick.domain.tag import KEYS, Tag, named, next_tag, revived, same_name
from twoclick.session.handlers.lookups import predictor_named, tag_named
from twoclick.session.handlers.outcome import Context, Outcome, counted, said
from twoclick.session.mending_commands import AddTag, ChangeTag, DeleteTag, TakeTagsBack
from twoclick.session.refusal import Refused
from twoclick.session.state import State, edited_tags, with_project


def add_tag(state: State, command: AddTag, context: Context) -> Outcome:
    """A new tag; one that was deleted comes back under its name."""
    tags = state.project.tags
    name = _checked_name(tags, command.name, own=None)
    _check_color(command.color)
    deleted = next((tag for tag in tags if tag.deleted and same_name(tag.name, name)), None)
    if deleted is None:
        tag = next_tag(tags, tag_id=context.new_id(), name=name)
        tags = (*tags, tag)
    else:
        tags = revived(tags, {deleted.id})
        tag = next(one for one in tags if one.id == deleted.id)
    tag = replace(tag, name=name, color=command.color or tag.color)
    return _with_tags(state, _replacing(tags, tag), text=f"Added the tag {name}")


def change_tag(state: State, command: ChangeTag) -> Outcome:
    """Another name, colour, key or keypoints; a key that another tag had is taken from that one."""
    tag = tag_named(state, command.tag_id)
    tags = state.project.tags
    name = _checked_name(tags, command.name, own=tag)
    _check_color(command.color)
    if command.key is not None and command.key not in KEYS:
        raise Refused("bad-value", "The key of a tag is a digit from 1 to 9")
    changed = replace(tag, name=name, color=command.color, key=command.key)
    if command.keypoints is not None:
        changed = _with_keypoints(state, changed, command.keypoints)
    if changed == tag:
        return Outcome(state=state)
    tags = tuple(
        replace(one, key=None) if command.key is not None and one.key == command.key else one
        for one in tags
    )
    return _with_tags(state, _replacing(tags, changed), text=f"Changed the tag {name}")


def delete_tag(state: State, command: DeleteTag) -> Outcome:
    """A tag that nothing has is gone, and classes that were mapped to it are unmapped."""
    tag = tag_named(state, command.tag_id)
    _check_unused(state, tag)
    return _without(state, {tag.id}, text=f"Deleted the tag {tag.name}")


def take_tags_back(state: State, command: TakeTagsBack) -> Outcome:
    """What `make_tags` made is unmade, as far as nothing has come to have it since."""
    predictor = predictor_named(state, command.predictor_id)
    made = {tag_named(state, tag_id).id for tag_id in command.tag_ids}
    used = {tag_id for tag_id in made if state.uses.get(tag_id)} | (made & set(edited_tags(state)))
    mapping = {
        class_id: tag_id
        for class_id, tag_id in predictor.mapping.items()
        if class_id not in command.class_ids or tag_id in used
    }
    project = with_predictor(state.project, replace(predictor, mapping=mapping))
    stay = f". {counted(len(used), 'tag')} stayed: something has them" if used else ""
    text = f"Took {counted(len(made - used), 'tag')} back{stay}"
    return _without(replace(state, project=project), made - used, text=text)


def _without(state: State, tag_ids: Set[str], *, text: str) -> Outcome:
    """Tags that nothing has are deleted, and classes that were mapped to them are unmapped."""
    project = state.project
    predictors = tuple(
        replace(
            one,
            mapping={key: to for key, to in one.mapping.items() if to not in tag_ids},
            tag_thresholds={
                key: at for key, at in one.tag_thresholds.items() if key not in tag_ids
            },
        )
        for one in project.predictors
    )
    last_tag_id = None if project.last_tag_id in tag_ids else project.last_tag_id
    project = replace(project, predictors=predictors, last_tag_id=last_tag_id)
    tags = tuple(replace(one, deleted=True) if one.id in tag_ids else one for one in project.tags)
    return _with_tags(replace(state, project=project), tags, text=text)


def _with_keypoints(state: State, tag: Tag, text: str) -> Tag:
    """The tag with the keypoints that a person typed.

    Only their number is kept with an annotation, so that it stays while any may have them.
    """
    try:
        read = read_names(text)
    except ValueError as error:
        raise Refused("bad-value", str(error)) from None
    uses = state.uses.get(tag.id, 0)
    if uses and tag.keypoints and len(read.names) != len(tag.keypoints):
        raise Refused(
            "tag-used",
            f"{counted(uses, 'annotation')} with the tag {tag.name} may have its "
            f"{counted(len(tag.keypoints), 'keypoint')}: they can be renamed, and their number "
            "stays while there are such annotations",
        )
    return replace(tag, keypoints=read.names, skeleton=read.skeleton)


def _check_unused(state: State, tag: Tag) -> None:
    uses = state.uses.get(tag.id, 0)
    if uses:
        images = sum(1 for asset in state.assets.values() if asset.tag_counts.get(tag.id))
        raise Refused(
            "tag-used",
            f"{tag.name} is the tag of {counted(uses, 'annotation')} on "
            f"{counted(images, 'image')}: give them another tag, or delete them, first",
        )
    edits = edited_tags(state).count(tag.id)
    if edits:
        raise Refused(
            "tag-used",
            f"{tag.name} is the tag of {counted(edits, 'edited suggestion')}: "
            "commit, reject or retag them first",
        )


def _checked_name(tags: tuple[Tag, ...], name: str, *, own: Tag | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("bad-value", "A tag needs a name")
    same = named((tag for tag in tags if own is None or tag.id != own.id), name)
    if same is not None:
        raise Refused("bad-value", f'There is a tag named "{same.name}" already')
    return name


def _check_color(color: str | None) -> None:
    if color is not None and not re.fullmatch(r"#[0-9a-f]{6}", color):
        raise Refused("bad-value", "The colour of a tag is # and six digits or letters a to f")


def _replacing(tags: tuple[Tag, ...], tag: Tag) -> tuple[Tag, ...]:
    return tuple(tag if one.id == tag.id else one for one in tags)


def _with_tags(state: State, tags: tuple[Tag, ...], *, text: str) -> Outcome:
    project = state.project
    project = replace(project, tags=tags, changes=project.changes + 1)
    return Outcome(state=with_project(state, project), messages=said(text))
