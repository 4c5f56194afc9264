"""The predictors of a project: which there are, and which one is asked.  Never part of history."""

from dataclasses import replace

from twoclick.domain.project import with_predictor
from twoclick.domain.tag import named
from twoclick.ports.store import DeleteAll, Write
from twoclick.session.commands import (
    AddPredictor,
    ChoosePredictor,
    NameClasses,
    RemovePredictor,
    RenamePredictor,
)
from twoclick.session.founding import new_predictor
from twoclick.session.handlers.lookups import known_predictor, predictor_named, successor
from twoclick.session.handlers.outcome import Context, Outcome, said
from twoclick.session.persistence import model_put
from twoclick.session.refusal import Refused
from twoclick.session.spec import PredictorSpec
from twoclick.session.state import State, answered_assets, with_project


def choose_predictor(state: State, command: ChoosePredictor) -> Outcome:
    """Which predictor is asked from now on."""
    if command.predictor_id is not None and predictor_named(state, command.predictor_id).removed:
        raise Refused("removed-predictor", "This model was removed: add its file again")
    project = replace(state.project, active_predictor_id=command.predictor_id)
    state = replace(with_project(state, project), ask=None)
    return Outcome(state=state, touched=answered_assets(state))


def add_predictor(state: State, command: AddPredictor, context: Context) -> Outcome:
    """Adds a model as the next iteration and chooses it.

    The same file read in the same way is the same predictor, and so is the same deployment asked in
    the same way: it is chosen, its file is kept anew,
    and one that was removed is back with what it had answered.
    """
    project = state.project
    writes: tuple[Write, ...] = tuple(
        model_put(part, project_id=project.id, digest=command.digest) for part in command.files
    )
    known = known_predictor(state, command)
    if known is not None:
        text = (
            f"{known.name} is back" if known.removed else f"{known.name} is in this project already"
        )
        back = replace(known, removed=False, source=command.source)
        state = replace(state, project=with_predictor(project, back))
        outcome = choose_predictor(state, ChoosePredictor(predictor_id=known.id))
        return replace(outcome, messages=said(text), writes=writes)
    spec = PredictorSpec(
        card=command.card,
        name=command.name,
        source=command.source,
        digest=command.digest,
        bytes=command.bytes,
        kind=command.kind,
    )
    predictor = new_predictor(
        spec,
        predictor_id=context.new_id(),
        iteration=1 + max((one.iteration for one in project.predictors), default=0),
        tags=project.tags,
        now=context.now,
    )
    state = replace(state, project=with_predictor(project, predictor))
    outcome = choose_predictor(state, ChoosePredictor(predictor_id=predictor.id))
    return replace(outcome, writes=writes)


def rename_predictor(state: State, command: RenamePredictor) -> Outcome:
    """The name of a predictor; its iteration stays."""
    predictor = predictor_named(state, command.predictor_id)
    name = " ".join(command.name.split())
    if not name:
        raise Refused("bad-value", "A model needs a name")
    project = with_predictor(state.project, replace(predictor, name=name))
    return Outcome(state=with_project(state, project))


def remove_predictor(state: State, command: RemovePredictor) -> Outcome:
    """Takes a predictor out of use; of those that are left the latest is asked from then on, where
    it was the one that was asked.  Annotations and decisions that came of it stay."""
    predictor = predictor_named(state, command.predictor_id)
    project = with_predictor(state.project, replace(predictor, removed=True))
    left = [one for one in project.predictors if not one.removed]
    writes: tuple[Write, ...] = ()
    if all(one.digest != predictor.digest for one in left):
        writes = (DeleteAll("modelFiles", (project.id, predictor.digest)),)
    outcome = Outcome(state=with_project(state, project))
    if project.active_predictor_id == predictor.id:
        outcome = choose_predictor(
            outcome.state, ChoosePredictor(predictor_id=successor(state, predictor.id))
        )
    text = f"{predictor.name} was removed. What came of it stays"
    return replace(outcome, messages=said(text), writes=writes)


def name_classes(state: State, command: NameClasses) -> Outcome:
    """Names for all classes of a model; one without a tag gets the tag of its new name, where there
    is one.

    Where it is not known how many classes a model has there may be more names than before, or
    fewer: the others keep theirs, since answers may speak of them.
    """
    predictor = predictor_named(state, command.predictor_id)
    names = tuple(" ".join(name.split()) for name in command.names)
    count = len(predictor.classes)
    if predictor.card.get("classesAssumed"):
        names = (*names, *predictor.classes[len(names) :])
    elif len(names) != count:
        raise Refused("bad-value", f"{predictor.name} has {count} classes, not {len(names)}")
    if not all(names):
        raise Refused("bad-value", "Every class needs a name")
    tags = {class_id: named(state.project.tags, name) for class_id, name in enumerate(names)}
    found = {class_id: tag.id for class_id, tag in tags.items() if tag is not None}
    renamed = replace(
        predictor,
        classes=names,
        card={**predictor.card, "classNames": list(names)},
        mapping={**found, **predictor.mapping},
    )
    return Outcome(state=with_project(state, with_predictor(state.project, renamed)))
