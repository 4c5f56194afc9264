"""Moving through the work list."""

from unit.session.workplace import Workplace


def test_an_opened_asset_comes_with_all_that_is_on_it(answered: Workplace) -> None:
    answered.do("go-to", assetId=answered.ids[1])
    assert [event["event"] for event in answered.events[:4]] == [
        "current",
        "asset",
        "predictions",
        "view",
    ]


def test_steps_do_not_go_past_the_ends(place: Workplace) -> None:
    assert place.refused("step", direction="previous").code == "at-end"
    place.do("step", direction="next")
    place.do("step", direction="next")
    assert place.current == place.ids[2]
    assert place.refused("step", direction="next").code == "at-end"


def test_leaving_selected_suggestions_keeps_them_and_says_so(answered: Workplace) -> None:
    answered.here("select", candidates=[0, 1], mode="add")
    first = answered.current
    answered.do("step", direction="next")
    assert answered.said() == ["2 suggestions selected, not committed on page-0.png"]
    assert answered.rows[first]["selected"] == 2
    answered.do("step", direction="previous")
    assert answered.view["selected"] == [0, 1]


def test_back_to_the_last_worked_on_and_the_one_before(answered: Workplace) -> None:
    assert answered.refused("last-worked-on").code == "nothing-earlier"
    answered.commit(0)
    answered.do("go-to", assetId=answered.ids[2])
    answered.do("last-worked-on")
    assert answered.current == answered.ids[0]
    assert answered.refused("last-worked-on").code == "nothing-earlier"
    answered.do("go-to", assetId=answered.ids[2])
    answered.commit(0)
    answered.do("last-worked-on")
    assert answered.current == answered.ids[0]
    answered.do("last-worked-on")
    assert answered.current == answered.ids[2]


def test_a_reload_opens_where_the_person_was(place: Workplace) -> None:
    place.do("go-to", assetId=place.ids[2])
    place.reload()
    assert place.current == place.ids[2]


def test_an_unknown_asset_is_refused_by_name(place: Workplace) -> None:
    refusal = place.refused("go-to", assetId="nowhere")
    assert refusal.code == "unknown-asset"
    assert "nowhere" in refusal.message


def test_every_asset_of_a_long_list_can_be_visited_and_revisited() -> None:
    with Workplace(assets=40) as place:
        place.here("assist")
        for asset_id in place.ids:
            place.do("go-to", assetId=asset_id)
            place.answer()
            place.commit(1)
        for asset_id in place.ids:
            place.do("go-to", assetId=asset_id)
            assert place.view["status"] == [0, 5, 0, 1]
            assert len(place.annotations) == 1


def test_a_command_tells_only_the_rows_that_changed() -> None:
    with Workplace(assets=40) as place:
        place.here("assist")
        place.answer()
        place.commit(0)
        (changes,) = place.told("changes")
        assert [row["id"] for row in changes["assets"]] == [place.current]
