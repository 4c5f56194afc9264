"""Thresholds, and what classes mean.  Never part of history."""

from dataclasses import replace

from twoclick.domain.predictor import Predictor
from twoclick.domain.project import with_predictor
from twoclick.domain.tag import named, next_tag
from twoclick.session.commands import (
    MakeTags,
    MapClass,
    SetAssistOnOpen,
    SetOverlap,
    SetThreshold,
)
from twoclick.session.handlers.lookups import predictor_named, tag_named
from twoclick.session.handlers.outcome import Context, Outcome, counted, said
from twoclick.session.refusal import Refused
from twoclick.session.state import State, with_project


def set_threshold(state: State, command: SetThreshold) -> Outcome:
    """The predictor's own threshold; no other predictor's."""
    predictor = predictor_named(state, command.predictor_id)
    _check_fraction(command.value, "The threshold")
    if command.tag_id is None:
        predictor = replace(predictor, threshold=command.value)
    else:
        tag_id = tag_named(state, command.tag_id).id
        by_tag = {**predictor.tag_thresholds, tag_id: command.value}
        predictor = replace(predictor, tag_thresholds=by_tag)
    return Outcome(state=_with_predictor(state, predictor), stored=command.final)


def set_overlap(state: State, command: SetOverlap) -> Outcome:
    """The predictor's own overlap; no other predictor's."""
    predictor = predictor_named(state, command.predictor_id)
    _check_fraction(command.value, "The overlap")
    predictor = replace(predictor, overlap=command.value)
    return Outcome(state=_with_predictor(state, predictor), stored=command.final)


def map_class(state: State, command: MapClass) -> Outcome:
    """The tag of a class, from now on; annotations keep theirs."""
    predictor = predictor_named(state, command.predictor_id)
    _check_class(predictor, command.class_id)
    mapping = {key: tag for key, tag in predictor.mapping.items() if key != command.class_id}
    if command.tag_id is not None:
        mapping[command.class_id] = tag_named(state, command.tag_id).id
    return Outcome(state=_with_predictor(state, replace(predictor, mapping=mapping)))


def make_tags(state: State, command: MakeTags, context: Context) -> Outcome:
    """Maps classes to tags of their names, making those that are missing."""
    predictor = predictor_named(state, command.predictor_id)
    tags = state.project.tags
    mapping = dict(predictor.mapping)
    for class_id in dict.fromkeys(command.class_ids):
        _check_class(predictor, class_id)
        name = predictor.classes[class_id]
        tag = named(tags, name)
        if tag is None:
            tag = next_tag(tags, tag_id=context.new_id(), name=name)
            tags = (*tags, tag)
        mapping[class_id] = tag.id
    made = len(tags) - len(state.project.tags)
    project = replace(state.project, tags=tags)
    project = with_predictor(project, replace(predictor, mapping=mapping))
    return Outcome(
        state=with_project(state, project),
        messages=said(f"Made {counted(made, 'tag')}") if made else (),
    )


def set_assist_on_open(state: State, command: SetAssistOnOpen) -> Outcome:
    """Whether suggestions are asked for ahead: of the deployment that is asked, else of models."""
    active = state.project.active_predictor
    if active is not None and active.kind == "deployment":
        return Outcome(state=_with_predictor(state, replace(active, assist_on_open=command.on)))
    return Outcome(state=replace(state, project=replace(state.project, assist_on_open=command.on)))


def _with_predictor(state: State, predictor: Predictor) -> State:
    return with_project(state, with_predictor(state.project, predictor))


def _check_fraction(value: float, what: str) -> None:
    if not 0.0 <= value <= 1.0:
        raise Refused("bad-value", f"{what} must be between 0 and 1")


def _check_class(predictor: Predictor, class_id: int) -> None:
    if not 0 <= class_id < len(predictor.classes):
        raise Refused("unknown-class", f"{predictor.name} has no class {class_id}")
