"""The laws of change sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.asset import LabelState, Standing
from twoclick.domain.change import (
    AssetChange,
    ChangeError,
    ChangeSet,
    apply,
    apply_asset_change,
    between,
    joined,
    joined_asset_change,
    reverse,
)
from twoclick.domain.document import Document

records = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3))


@given(records, records)
def test_a_change_leads_from_before_to_after(before: dict[str, int], after: dict[str, int]) -> None:
    assert apply(between(before, after), before) == after


@given(records, records)
def test_the_reverse_leads_back(before: dict[str, int], after: dict[str, int]) -> None:
    assert apply(reverse(between(before, after)), after) == before


@given(records, records)
def test_reversing_twice_is_nothing(before: dict[str, int], after: dict[str, int]) -> None:
    change = between(before, after)
    assert reverse(reverse(change)) == change


@given(records)
def test_nothing_changes_between_equals(before: dict[str, int]) -> None:
    assert not between(before, dict(before))


@pytest.mark.parametrize(
    "change",
    [
        ChangeSet(added={"a": 2}),
        ChangeSet(removed={"b": 1}),
        ChangeSet(removed={"a": 2}),
        ChangeSet(updated={"a": (2, 3)}),
    ],
    ids=["added twice", "removed twice", "another removed", "another updated"],
)
def test_a_change_that_does_not_fit_is_an_error(change: ChangeSet[int]) -> None:
    with pytest.raises(ChangeError):
        apply(change, {"a": 1})


def test_a_label_state_that_does_not_fit_is_an_error() -> None:
    todo, labelled = (Standing(label_state=one) for one in (LabelState.TODO, LabelState.LABELLED))
    change = AssetChange(standing=(todo, labelled))
    with pytest.raises(ChangeError, match="started"):
        apply_asset_change(change, Document(asset_id="a"), Standing(label_state=LabelState.STARTED))


@given(records, records, records)
def test_two_changes_joined_lead_all_the_way(
    before: dict[str, int], between_them: dict[str, int], after: dict[str, int]
) -> None:
    both = joined(between(before, between_them), between(between_them, after))
    assert both == between(before, after)


def test_two_changes_of_an_asset_joined() -> None:
    todo, started, labelled = (
        Standing(label_state=one)
        for one in (LabelState.TODO, LabelState.STARTED, LabelState.LABELLED)
    )
    there, back = AssetChange(standing=(todo, started)), AssetChange(standing=(started, todo))
    on = AssetChange(standing=(started, labelled))
    assert joined_asset_change(there, on) == AssetChange(standing=(todo, labelled))
    assert not joined_asset_change(there, back)
    assert joined_asset_change(AssetChange(), on) == on
