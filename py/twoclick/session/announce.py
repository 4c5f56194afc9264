"""The events that tell what a command changed, read off the states before and after it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Asset
from twoclick.domain.change import ChangeSet, between
from twoclick.domain.outlines import pack_outlines
from twoclick.domain.project import Project
from twoclick.session import events
from twoclick.session.handlers.outcome import Outcome
from twoclick.session.queries import (
    annotation_rows,
    asset_event,
    asset_row,
    filed_event,
    history_row,
    predictions_event,
    predictor_row,
    project_event,
    tag_rows,
    view_event,
    work_list_event,
    work_list_row,
)
from twoclick.session.rows import ProjectName
from twoclick.session.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The command that is told about."""

    revision: int
    command_id: str | None


def opening(state: State, *, revision: int, read_only: bool) -> Iterator[events.Event]:
    """What the page needs to show a project that was just opened."""
    yield project_event(state, revision=revision, read_only=read_only)
    yield events.Current(revision=revision, asset_id=state.current_id, why=None)
    yield from _everything_on_current(state, revision)
    yield _wanted(state)
    yield filed_event(state, revision=revision)


def arrival(
    before: State, after: State, added: Iterable[Asset], *, revision: int
) -> Iterator[events.Event]:
    """New assets, and what is wanted of the predictor because of them."""
    yield events.AssetsAdded(
        revision=revision,
        assets=tuple(asset_row(after, asset) for asset in added),
        work_list=work_list_row(after),
    )
    if after.wanted != before.wanted:
        yield _wanted(after)
    yield filed_event(after, revision=revision)


def renamed(project: Project, *, revision: int) -> events.Settings:
    """The open project has another name."""
    name = ProjectName(id=project.id, name=project.name)
    return events.Settings(revision=revision, project=name)


def consequences(before: State, outcome: Outcome, occasion: Occasion) -> Iterator[events.Event]:
    """Settings and the work list, then changes, then where the person is and what is seen there,
    then the rest."""
    after = outcome.state
    revision = occasion.revision
    settings = _settings(before, after, revision)
    if settings is not None:
        yield settings
    if after.work_list is not before.work_list:
        yield work_list_event(after, revision=revision)
    yield from _changes(before, outcome, occasion)
    if after.current_id != before.current_id:
        yield events.Current(revision=revision, asset_id=after.current_id, why=outcome.why)
        yield from _everything_on_current(after, revision)
    else:
        yield from _changed_sight(before, after, revision)
    if (
        after.wanted != before.wanted
        or after.project.active_predictor_id != before.project.active_predictor_id
        or after.ask is not before.ask
    ):
        yield _wanted(after)
    filed = filed_event(after, revision=revision)
    if filed != filed_event(before, revision=revision):
        yield filed
    for message in outcome.messages:
        yield events.Status(level=message.level, text=message.text)


def _everything_on_current(state: State, revision: int) -> Iterator[events.Event]:
    yield asset_event(state, revision=revision)
    if state.current.sight is not None:
        yield predictions_event(state.current.sight, revision=revision)
    yield view_event(state, revision=revision)


def _changed_sight(before: State, after: State, revision: int) -> Iterator[events.Event]:
    old, new = before.current.sight, after.current.sight
    if new is not None and (old is None or new.predictions is not old.predictions):
        yield predictions_event(new, revision=revision)
    view = view_event(after, revision=revision)
    if view != view_event(before, revision=revision):
        yield view


def _wanted(state: State) -> events.AssistWanted:
    return events.AssistWanted(
        predictor_id=state.project.active_predictor_id, asset_ids=state.wanted
    )


def _settings(before: State, after: State, revision: int) -> events.Settings | None:
    old, new = before.project, after.project
    if old is new and before.uses is after.uses:
        return None
    nothing = events.Settings(revision=revision)
    changed = nothing
    rows = tag_rows(after)
    if rows != tag_rows(before) or new.last_tag_id != old.last_tag_id:
        changed = replace(changed, tags=rows, last_tag_id=new.last_tag_id)
    if new.predictors is not old.predictors and new.predictors != old.predictors:
        predictors = tuple(predictor_row(one) for one in new.predictors)
        changed = replace(changed, predictors=predictors)
    if new.active_predictor_id != old.active_predictor_id:
        changed = replace(
            changed,
            active_predictor_id=new.active_predictor_id,
            active_predictor_changed=True,
        )
    if new.asks_on_open != old.asks_on_open:
        changed = replace(changed, assist_on_open=new.asks_on_open)
    if new.suggestions_shown != old.suggestions_shown:
        changed = replace(changed, suggestions_shown=new.suggestions_shown)
    return None if changed == nothing else changed


def _changes(before: State, outcome: Outcome, occasion: Occasion) -> Iterator[events.Changes]:
    after = outcome.state
    asset_id, change = _annotation_change(before, outcome)
    ids = {
        before.current_id,
        after.current_id,
        *outcome.touched,
        *before.wanted,
        *after.wanted,
    }
    rows = []
    for one in ids:
        row = asset_row(after, after.assets[one])
        if row != asset_row(before, before.assets[one]):
            rows.append(row)
    history = history_row(after)
    if not change and not rows and history == history_row(before):
        return
    updated = [to for _, to in change.updated.values()]
    outlines = pack_outlines([one.shape for one in (*change.added.values(), *updated)])
    yield events.Changes(
        revision=occasion.revision,
        command_id=occasion.command_id,
        name=outcome.name,
        asset_id=asset_id,
        added=annotation_rows(change.added.values()),
        updated=annotation_rows(updated, start=len(change.added)),
        removed=tuple(change.removed),
        assets=tuple(sorted(rows, key=lambda row: after.assets[row.id].ordinal)),
        history=history,
        boxes=outlines.boxes,
        kinds=outlines.kinds,
        rings=outlines.rings,
        points=outlines.points,
        visibility=outlines.visibility,
    )


def _annotation_change(before: State, outcome: Outcome) -> tuple[str, ChangeSet[Annotation]]:
    """The asset whose annotations changed (never more than one), else the current one."""
    after = outcome.state
    for asset_id in (before.current_id, *outcome.touched):
        old, new = before.open_assets.get(asset_id), after.open_assets.get(asset_id)
        if old is not None and new is not None and old.document is not new.document:
            change = between(old.document.annotations, new.document.annotations)
            if change:
                return asset_id, change
    return after.current_id, ChangeSet()
