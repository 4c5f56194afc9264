"""What is counted over the whole project, kept up in steps: no command looks at every asset."""

from collections import Counter
from dataclasses import replace

from twoclick.domain.tag import revived
from twoclick.session.handlers.outcome import Outcome
from twoclick.session.state import State, edited_tags


def with_counts(before: State, outcome: Outcome) -> State:
    """The state after a command with finished assets and uses of tags counted, and with the deleted
    tags back that something has again."""
    after = outcome.state
    changed = {before.current_id, after.current_id, *outcome.touched}
    return _with_revived(_with_uses(before, _with_finished(before, after, changed), changed))


def _with_finished(before: State, after: State, changed: set[str]) -> State:
    more = sum(after.assets[each].is_finished - before.assets[each].is_finished for each in changed)
    if not more:
        return after
    return replace(after, project=replace(after.project, finished=after.project.finished + more))


def _with_uses(before: State, after: State, changed: set[str]) -> State:
    uses = Counter(after.uses)
    for each in changed:
        old, new = before.assets[each].tag_counts, after.assets[each].tag_counts
        if old is not new:
            uses.update(new)
            uses.subtract(old)
    return after if uses == after.uses else replace(after, uses=uses)


def _with_revived(state: State) -> State:
    """Undo may have brought back shapes whose tag was deleted meanwhile, and on an asset that was
    not open then suggestions may have it."""
    deleted = {tag.id for tag in state.project.tags if tag.deleted}
    if not deleted:
        return state
    edited = edited_tags(state)
    again = {one for one in deleted if state.uses.get(one) or one in edited}
    if not again:
        return state
    tags = revived(state.project.tags, again)
    return replace(state, project=replace(state.project, tags=tags))
