"""Work lists: what is in them, that they stay, and that every way through the images follows."""

import pytest

from unit.session.workplace import Workplace


def names(place: Workplace) -> list[str]:
    return [place.rows[one]["name"] for one in place.work_list["assetIds"]]


def test_a_project_opens_with_all(place: Workplace) -> None:
    assert place.work_list["name"] == "All"
    assert names(place) == ["page-0.png", "page-1.png", "page-2.png"]


def test_open_ones_stay_in_the_list_when_they_are_done(place: Workplace) -> None:
    place.here("done", painted=[])
    place.do("open-work-list", kind="open", value=None)
    assert (place.work_list["name"], names(place)) == ("Open", ["page-1.png", "page-2.png"])
    place.here("done", painted=[])
    assert names(place) == ["page-1.png", "page-2.png"]
    assert place.told("work-list") == []
    place.reload()
    assert names(place) == ["page-2.png"]


def test_a_list_that_lacks_the_open_image_leads_to_its_first(place: Workplace) -> None:
    place.here("done", painted=[])
    place.do("go-to", assetId=place.ids[2])
    place.do("open-work-list", kind="label-state", value="labelled")
    assert (place.work_list["name"], place.current) == ("Labelled", place.ids[0])
    place.do("open-work-list", kind="all", value="whatever")
    assert place.current == place.ids[0]


def test_by_tag(answered: Workplace) -> None:
    title = answered.tag_ids[1]
    assert answered.refused("open-work-list", kind="tag", value=title).code == "nothing-found"
    answered.do("go-to", assetId=answered.ids[1])
    answered.commit(1)
    answered.do("open-work-list", kind="tag", value=title)
    assert (answered.work_list["name"], names(answered)) == ("Tag Title", ["page-1.png"])
    answered.do("undo")
    assert names(answered) == ["page-1.png"]


@pytest.mark.parametrize(
    ("value", "name", "found"),
    [
        ("PAGE-1", "Name *PAGE-1*", ["page-1.png"]),
        ("*2.p*", "Name *2.p*", ["page-2.png"]),
        ("page*.png", "Name *page*.png*", ["page-0.png", "page-1.png", "page-2.png"]),
        ("page-[1].png", "Name *page-[1].png*", []),
    ],
)
def test_by_name(place: Workplace, value: str, name: str, found: list[str]) -> None:
    if found:
        place.do("open-work-list", kind="name", value=value)
        assert (place.work_list["name"], names(place)) == (name, found)
    else:
        assert name in place.refused("open-work-list", kind="name", value=value).message


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("name", "  ", "bad-value"),
        ("tag", "gone", "unknown-tag"),
        ("label-state", "perfect", "bad-value"),
        ("label-state", "approved", "nothing-found"),
    ],
)
def test_what_cannot_be_a_list_is_refused(
    place: Workplace, kind: str, value: str, code: str
) -> None:
    assert place.refused("open-work-list", kind=kind, value=value).code == code
    assert place.work_list["name"] == "All"


def test_steps_and_done_stay_in_the_list() -> None:
    with Workplace(assets=6) as place:
        for at in (1, 3, 4):
            place.do("go-to", assetId=place.ids[at])
            place.here("done", painted=[])
        place.do("go-to", assetId=place.ids[0])
        place.do("open-work-list", kind="label-state", value="todo")
        assert [place.ids.index(one) for one in place.work_list["assetIds"]] == [0, 2, 5]
        place.do("step", direction="next")
        assert place.current == place.ids[2]
        place.here("done", painted=[])
        assert place.current == place.ids[5]
        assert place.refused("step", direction="next").code == "at-end"
        place.here("done", painted=[])
        assert place.current == place.ids[0]


def test_beside_an_image_that_is_not_in_the_list() -> None:
    with Workplace(assets=6) as place:
        for at in (1, 4):
            place.do("go-to", assetId=place.ids[at])
            place.here("done", painted=[])
        place.do("open-work-list", kind="label-state", value="labelled")
        for at, direction, to in ((2, "next", 4), (3, "previous", 1), (0, "next", 1)):
            place.do("go-to", assetId=place.ids[at])
            place.do("step", direction=direction)
            assert place.current == place.ids[to]
        place.do("go-to", assetId=place.ids[0])
        assert place.refused("step", direction="previous").code == "at-end"
        place.do("go-to", assetId=place.ids[5])
        assert place.refused("step", direction="next").code == "at-end"


def test_what_is_asked_ahead_follows_the_list() -> None:
    with Workplace(assets=6) as place:
        place.here("assist")
        place.do("open-work-list", kind="name", value="page-4")
        assert place.wanted["assetIds"] == [place.ids[4]]


def test_a_filter_that_matches_nothing_any_more_opens_all(place: Workplace) -> None:
    place.do("open-work-list", kind="label-state", value="todo")
    for _ in place.ids:
        place.here("done", painted=[])
    place.reload()
    assert place.work_list["name"] == "All"
    assert len(names(place)) == 3


def test_a_list_can_be_opened_where_the_project_is_for_reading_only(place: Workplace) -> None:
    place.settle()
    place.open(read_only=True)
    place.do("open-work-list", kind="name", value="2")
    assert names(place) == ["page-2.png"]
    place.reload()
    assert place.work_list["name"] == "All"
