"""Work lists: which assets are worked through, and what lies beside one of them.

A list is frozen when it is opened: an asset that stops matching stays in it.  Lists have the order
of the project.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Literal

from twoclick.domain.asset import Asset, LabelState
from twoclick.domain.project import ListFilter, WorkList, work_list
from twoclick.domain.tag import Tag
from twoclick.session.refusal import Refused

ALL = ListFilter()

STATE_NAMES: Mapping[LabelState, str] = {
    LabelState.TODO: "To do",
    LabelState.STARTED: "Started",
    LabelState.LABELLED: "Labelled",
    LabelState.APPROVED: "Approved",
    LabelState.RETURNED: "Returned",
    LabelState.SKIPPED: "Skipped",
}


def evaluated(chosen: ListFilter, assets: Iterable[Asset], tags: Sequence[Tag]) -> WorkList:
    """The list of the assets that match now; perhaps empty.

    Refuses a filter that cannot be: without its value, of a label state or tag that is not there.
    """
    chosen, name, matches = _understood(chosen, tags)
    ids = tuple(asset.id for asset in assets if matches(asset))
    return work_list(name=name, chosen=chosen, asset_ids=ids)


def reopened(chosen: ListFilter, assets: Sequence[Asset], tags: Sequence[Tag]) -> WorkList:
    """The list that a project opens with: that of the filter, or all where nothing matches it."""
    try:
        found = evaluated(chosen, assets, tags)
    except Refused:
        found = None
    return found if found is not None and found.asset_ids else evaluated(ALL, assets, tags)


def extended(opened: WorkList, added: Iterable[Asset], tags: Sequence[Tag]) -> WorkList:
    """The list with those of the assets behind it that match."""
    more = evaluated(opened.filter, added, tags).asset_ids
    return work_list(name=opened.name, chosen=opened.filter, asset_ids=(*opened.asset_ids, *more))


def neighbour(
    opened: WorkList,
    assets: Mapping[str, Asset],
    asset_id: str,
    direction: Literal["next", "previous"],
) -> str | None:
    """What lies beside an asset, which need not be in the list itself; None at the ends."""
    at, is_member = _place(opened, assets, asset_id)
    at += (1 if is_member else 0) if direction == "next" else -1
    return opened.asset_ids[at] if 0 <= at < len(opened.asset_ids) else None


def following(opened: WorkList, assets: Mapping[str, Asset], asset_id: str) -> Iterator[str]:
    """Every other asset of the list, from the one after `asset_id` on, around the end."""
    ids = opened.asset_ids
    start, is_member = _place(opened, assets, asset_id)
    for step in range(is_member, len(ids)):
        yield ids[(start + step) % len(ids)]


def _place(opened: WorkList, assets: Mapping[str, Asset], asset_id: str) -> tuple[int, bool]:
    """Where an asset is in a list, or would be, and whether it is."""
    at = opened.positions.get(asset_id)
    if at is not None:
        return at, True
    ordinal = assets[asset_id].ordinal
    return bisect_left(opened.asset_ids, ordinal, key=lambda one: assets[one].ordinal), False


Understood = tuple[ListFilter, str, Callable[[Asset], bool]]


def _understood(chosen: ListFilter, tags: Sequence[Tag]) -> Understood:
    """The filter with what of it counts, the name of its list, and what matches."""
    kind, value = chosen.kind, (chosen.value or "").strip()
    if kind == "all":
        return ALL, "All", lambda _: True
    if kind == "open":
        return replace(chosen, value=None), "Open", lambda asset: asset.is_open
    if not value:
        raise Refused("bad-value", "Say what to look for")
    chosen = replace(chosen, value=value)
    if kind == "tag":
        tag = next((tag for tag in tags if tag.id == value), None)
        if tag is None:
            raise Refused("unknown-tag", "That tag is not in this project any more")
        return chosen, f"Tag {tag.name}", lambda asset: asset.tag_counts.get(value, 0) > 0
    if kind == "label-state":
        state = next((state for state in STATE_NAMES if state.value == value), None)
        if state is None:
            raise Refused("bad-value", f'There is no label state "{value}"')
        return chosen, STATE_NAMES[state], lambda asset: asset.label_state is state
    pattern = f"*{value.strip('*')}*"
    wanted = pattern.casefold().replace("[", "[[]")
    return chosen, f"Name {pattern}", lambda asset: fnmatchcase(asset.name.casefold(), wanted)
