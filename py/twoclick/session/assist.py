"""What to ask the active predictor for next."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from twoclick.session.state import State, answer_of
from twoclick.session.work_lists import following

AHEAD = 3
"""Open assets after the current one for which suggestions are computed ahead."""


def with_wanted(before: State | None, state: State) -> State:
    """The state with the queue brought up to date after a step from `before`."""
    if before is not None and _same_wishes(before, state):
        return state
    wanted = _wanted(state)
    return state if wanted == state.wanted else replace(state, wanted=wanted)


def _same_wishes(before: State, after: State) -> bool:
    """Whether nothing changed that the queue depends on, so that it need not be looked for: that
    takes a walk along the work list."""
    old, new = before.project, after.project
    return (
        after.assets is before.assets
        and after.work_list is before.work_list
        and after.ask is before.ask
        and new.current_asset_id == old.current_asset_id
        and new.active_predictor_id == old.active_predictor_id
        and new.asks_on_open == old.asks_on_open
    )


def upcoming(state: State, asset_id: str) -> Iterator[str]:
    """The other assets of the work list that are still open, from the one after `asset_id` on,
    around the end."""
    assets = state.assets
    return (one for one in following(state.work_list, assets, asset_id) if assets[one].is_open)


def _wanted(state: State) -> tuple[str, ...]:
    """The current asset, if it waits for an answer, then those that will be opened next.

    What failed is asked again only by hand.  Labelled and approved assets are never asked for
    without the key.
    """
    predictor = state.project.active_predictor
    if predictor is None or not predictor.can_be_asked:
        return ()
    current = state.assets[state.current_id]
    on_open = state.project.asks_on_open
    ask = state.ask
    wanted = []
    if (ask is not None and ask.asset_id == current.id) or (
        on_open and current.is_open and answer_of(state, current) is None
    ):
        wanted.append(current.id)
    if on_open:
        wanted.extend(
            asset_id
            for asset_id in islice(upcoming(state, current.id), AHEAD)
            if answer_of(state, state.assets[asset_id]) is None
        )
    return tuple(wanted)
