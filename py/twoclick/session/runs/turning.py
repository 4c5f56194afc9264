"""Where a run begins, turns and ends: what changes then besides its assets.

All of it is done with the transaction of a step or of a part, so that nothing of it is ever half.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from twoclick.domain.change import AssetChange
from twoclick.domain.project import HistoryPointer, Project
from twoclick.domain.run import Run, TagPoints, Tally
from twoclick.domain.tag import Tag, revived
from twoclick.session.history import Entry, next_seq, with_entry
from twoclick.session.state import State, with_project


def started(state: State, run: Run, *, at: int) -> State:
    """The state in which a planned run begins; it is the last step of the history."""
    seq = next_seq(state)
    after = set_out(state, replace(run, seq=seq))
    entry = Entry(
        seq=seq,
        name=run.name,
        asset_id=state.current_id,
        change=AssetChange(),
        move=None,
        at=at,
        run_id=run.id,
    )
    return with_entry(state, after, entry)


def set_out(state: State, run: Run) -> State:
    """The state in which a run begins to be done, for the first time or again: its tags are there,
    its classes have numbers, and its predictor is one of the project's."""
    project = state.project
    predictors = project.predictors
    if run.predictor is not None:
        predictors = (*predictors, run.predictor)
    project = replace(
        project,
        tags=_with_points(_with_tags(project.tags, run.tags), run.points),
        class_order=tuple(dict.fromkeys((*project.class_order, *run.class_order))),
        predictors=predictors,
    )
    run = replace(run, state="forward", done=0, tally=Tally())
    return on_route(with_project(state, project), run)


def turned_back(state: State, run: Run) -> State:
    """The state in which a run begins to be taken back: the former predictor is active again."""
    project = state.project
    if run.predictor is not None and project.active_predictor_id == run.predictor.id:
        former = project.predictor(run.former_predictor_id or "")
        project = replace(project, active_predictor_id=None if former is None else former.id)
    return on_route(with_project(state, project), replace(run, state="back"))


def forgotten(state: State, run: Run) -> State:
    """The state without the step of a run that is the last one of the history: it cannot be done
    again once it is taken back."""
    pointer = state.project.history
    last = pointer.last - 1
    project = replace(
        state.project,
        history=HistoryPointer(first=pointer.first, last=last, position=last),
        changes=state.project.changes + 1,
    )
    entries = {seq: entry for seq, entry in state.entries.items() if seq <= last}
    runs = {**state.runs, run.id: replace(run, seq=None)}
    return replace(state, project=project, entries=entries, runs=runs)


def stopped(state: State, run: Run) -> State:
    """The state in which a run ends where it is: what it has done is a step.  Of one that was being
    taken back, what it has not reached stays: no step of the history starts from that."""
    if run.state == "forward":
        return arrived(state, replace(run, sizes=run.sizes[: run.done]))
    return _without_run(_without_history(state), run)


def _is_news(state: State, run: Run) -> bool:
    """Whether a run that was done for the first time is to be a step: not where all that it has was
    there already, unless something else was done on top of it."""
    pointer = state.project.history
    is_last = run.seq == pointer.position == pointer.last
    return bool(run.tally.changed) or run.predictor is not None or run.complete or not is_last


def on_route(state: State, run: Run) -> State:
    """The state with a run as far as it is, and the assets that are still ahead of it."""
    route = state.route
    left = route[: run.done] if run.state == "back" else route[run.done :]
    runs = {**state.runs, run.id: run}
    return replace(state, runs=runs, ahead=frozenset(chain.from_iterable(left)))


def arrived(state: State, run: Run) -> State:
    """The state in which a run is at its end, forward or back."""
    if run.state == "back":
        state, run = _undone(state, run)
    elif _is_news(state, run):
        state, run = _done(state, run)
    else:
        return _without_run(_without_news(state, run), run)
    after = _without_run(state, run)
    return after if run.seq is None else replace(after, runs={**after.runs, run.id: run})


def _without_run(state: State, run: Run) -> State:
    runs = {key: one for key, one in state.runs.items() if key != run.id}
    return replace(state, runs=runs, route=(), ahead=frozenset())


def _without_news(state: State, run: Run) -> State:
    """The state without the step of a run that brought nothing, and without tags that nothing has;
    the numbers that its file gives to the other classes are known now."""
    state = forgotten(state, run)
    project = _without_points(_without_tags(state, state.project, run.tags), run.points)
    live = {tag.id for tag in project.live_tags}
    order = tuple(one for one in project.class_order if one in live or one not in run.class_order)
    return with_project(state, replace(project, class_order=order))


def _without_history(state: State) -> State:
    last = state.project.history.last
    pointer = HistoryPointer(first=last + 1, last=last, position=last)
    project = replace(state.project, history=pointer, changes=state.project.changes + 1)
    return replace(state, project=project, entries={}, runs={})


def _done(state: State, run: Run) -> tuple[State, Run]:
    run = replace(run, state="done", complete=True)
    own = run.predictor
    if own is None:
        return state, run
    project = state.project
    run = replace(run, former_predictor_id=project.active_predictor_id)
    project = replace(project, active_predictor_id=own.id, suggestions_shown=True)
    return with_project(replace(state, ask=None), project), run


def _undone(state: State, run: Run) -> tuple[State, Run]:
    project = state.project
    run = replace(run, state="undone")
    if run.predictor is not None:
        # With the thresholds that it was given, for when it comes back.
        run = replace(run, predictor=project.predictor(run.predictor.id) or run.predictor)
    own = "" if run.predictor is None else run.predictor.id
    project = replace(
        project,
        predictors=tuple(one for one in project.predictors if one.id != own),
        class_order=_without_tail(project.class_order, run.class_order),
    )
    project = _without_points(_without_tags(state, project, run.tags), run.points)
    return with_project(state, project), run


def _with_tags(tags: tuple[Tag, ...], added: Sequence[Tag]) -> tuple[Tag, ...]:
    """The tags with those of a run, whose names and keys may have been given again meanwhile."""
    known = {tag.id for tag in tags}
    new = tuple(replace(tag, deleted=True) for tag in added if tag.id not in known)
    return revived((*tags, *new), {tag.id for tag in added})


def _without_tags(state: State, project: Project, added: Sequence[Tag]) -> Project:
    """The project without the tags of a run, but for those that something else has."""
    used = {tag_id for one in project.predictors for tag_id in one.mapping.values()}
    gone = {tag.id for tag in added if not state.uses.get(tag.id)} - used
    tags = tuple(replace(tag, deleted=tag.deleted or tag.id in gone) for tag in project.tags)
    last_tag_id = None if project.last_tag_id in gone else project.last_tag_id
    return replace(project, tags=tags, last_tag_id=last_tag_id)


def _with_points(tags: tuple[Tag, ...], points: Sequence[TagPoints]) -> tuple[Tag, ...]:
    """The tags, those that have no keypoints with what a run tells of them."""
    told = {one.tag_id: one for one in points}
    return tuple(
        replace(tag, keypoints=told[tag.id].keypoints, skeleton=told[tag.id].skeleton)
        if tag.id in told and not tag.keypoints
        else tag
        for tag in tags
    )


def _without_points(project: Project, points: Sequence[TagPoints]) -> Project:
    """The project without what a run told of tags, but for those that a model finds now."""
    found = {
        tag_id for one in project.predictors if one.keypoints for tag_id in one.mapping.values()
    }
    told = {one.tag_id: one.keypoints for one in points if one.tag_id not in found}
    tags = tuple(
        replace(tag, keypoints=(), skeleton=())
        if tag.id in told and tag.keypoints == told[tag.id]
        else tag
        for tag in project.tags
    )
    return replace(project, tags=tags)


def _without_tail(order: tuple[str, ...], tail: tuple[str, ...]) -> tuple[str, ...]:
    """The class order without what a run added to it, unless more came since."""
    return order[: -len(tail)] if tail and order[-len(tail) :] == tail else order
