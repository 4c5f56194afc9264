"""Marking suggestions to be committed."""

from dataclasses import replace

from twoclick.session.commands import Select, SwapReading
from twoclick.session.handlers.lookups import current_asset
from twoclick.session.handlers.outcome import Outcome
from twoclick.session.refusal import Refused
from twoclick.session.state import Sight, State, with_current_selection
from twoclick.session.view import READING_IOU, Status


def visible_sight(state: State) -> Sight:
    """What is seen on the current asset; refuses where there is nothing or it is hidden."""
    sight = state.current.sight
    if sight is None:
        raise Refused("no-prediction", "There are no suggestions on this image: press M")
    if not state.project.suggestions_shown:
        raise Refused("suggestions-hidden", "Suggestions are hidden: press M to show them")
    return sight


def shown_among(sight: Sight, candidates: tuple[int, ...]) -> frozenset[int]:
    """Those of `candidates` that are shown; refuses where none is."""
    statuses = sight.view.statuses
    if any(not 0 <= candidate < len(statuses) for candidate in candidates):
        raise Refused("unknown-candidate", "There is no such suggestion on this image")
    shown = frozenset(one for one in candidates if statuses[one] is Status.SHOWN)
    if not shown and candidates:
        raise Refused("nothing-shown", "That suggestion is not shown any more")
    return shown


def select(state: State, command: Select) -> Outcome:
    """Only what is shown can be selected."""
    current_asset(state, command.asset_id)
    sight = visible_sight(state)
    shown = shown_among(sight, command.candidates)
    earlier = sight.selection.candidates
    chosen = {
        "toggle": earlier ^ shown,
        "add": earlier | shown,
        "remove": earlier - shown,
        "only": shown,
    }[command.mode]
    selection = replace(sight.selection, candidates=frozenset(chosen))
    return Outcome(state=with_current_selection(state, sight, selection))


def swap_reading(state: State, command: SwapReading) -> Outcome:
    """Another reading takes the place of the one that is shown, and its selection with it.

    With more than two readings the next lower score has its turn, then the highest again.
    """
    current_asset(state, command.asset_id)
    sight = visible_sight(state)
    primary = next((pair[0] for pair in sight.view.readings if command.candidate in pair), None)
    if primary is None:
        raise Refused("unknown-candidate", "That suggestion has no other reading")
    group = sorted({primary, *(other for first, other in sight.view.readings if first == primary)})
    if command.candidate == primary:
        chosen = group[(group.index(primary) + 1) % len(group)]
    else:
        chosen = command.candidate
    candidates, preferred = sight.selection.candidates, sight.selection.preferred
    if primary in candidates:
        candidates = (candidates - {primary}) | {chosen}
    # A group hangs together by its primary alone: the chosen one need not overlap all the others.
    overlaps = sight.predictions.candidates.overlaps[chosen]
    near = {other for other, iou in overlaps if iou >= READING_IOU}
    preferred = (preferred - near - set(group)) | {chosen}
    selection = replace(sight.selection, candidates=candidates, preferred=preferred)
    return Outcome(state=with_current_selection(state, sight, selection))
