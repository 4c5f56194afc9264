"""Skipping, approving, returning and reopening."""

from unit.session.workplace import Workplace


def finished(place: Workplace) -> str:
    """The first asset is labelled, and open."""
    first = place.current
    place.here("done", painted=[])
    place.do("go-to", assetId=first)
    return first


def test_skipping_says_why_and_goes_on(answered: Workplace) -> None:
    first = answered.current
    answered.here("select", candidates=[0], mode="add")
    before = answered.documents()
    accepted = answered.here("skip", reason=" blurred ")
    assert accepted.name == "Skip"
    assert answered.current == answered.ids[1]
    row = answered.rows[first]
    assert (row["labelState"], row["note"], row["selected"]) == ("skipped", "blurred", 1)
    assert answered.told("current")[0]["why"] == "done"
    answered.do("undo")
    assert answered.current == first
    assert answered.documents() == before
    assert answered.row["note"] is None


def test_a_reason_may_be_left_out(place: Workplace) -> None:
    first = place.current
    place.here("skip", reason="  ")
    assert (place.rows[first]["labelState"], place.rows[first]["note"]) == ("skipped", None)


def test_another_reason_is_another_step(place: Workplace) -> None:
    first = place.current
    place.here("skip", reason="blurred")
    place.do("go-to", assetId=first)
    assert place.here("skip", reason="empty").name == "Skip"
    assert place.rows[first]["note"] == "empty"
    place.do("undo")
    assert place.row["note"] == "blurred"


def test_the_last_one_says_what_became_of_all(place: Workplace) -> None:
    place.here("skip", reason="blurred")
    place.here("done", painted=[])
    place.here("skip", reason="blurred")
    assert place.said() == ["1 of 3 finished, the others skipped"]


def test_reopening_takes_the_note_away(place: Workplace) -> None:
    first = place.current
    place.here("skip", reason="blurred")
    place.do("go-to", assetId=first)
    place.here("reopen")
    assert (place.row["labelState"], place.row["note"]) == ("started", None)
    place.do("undo")
    assert (place.row["labelState"], place.row["note"]) == ("skipped", "blurred")
    place.reload()
    assert place.row["note"] == "blurred"


def test_approving_is_for_what_is_labelled(place: Workplace) -> None:
    assert place.refused_here("approve").code == "not-labelled"
    finished(place)
    assert place.here("approve").name == "Approve"
    assert place.row["labelState"] == "approved"
    assert place.refused_here("approve").code == "approved"
    place.do("undo")
    assert place.row["labelState"] == "labelled"


def test_returning_needs_a_note_which_stays_until_done(place: Workplace) -> None:
    assert place.refused_here("return-asset", note="mend it").code == "not-labelled"
    finished(place)
    assert place.refused_here("return-asset", note=" ").code == "no-note"
    place.here("return-asset", note="the title is missing")
    assert (place.row["labelState"], place.row["note"]) == ("returned", "the title is missing")
    place.here("draw", tagId=None, shape={"kind": "box", "box": [0, 0, 10, 10]})
    assert (place.row["labelState"], place.row["note"]) == ("returned", "the title is missing")
    first = place.current
    place.here("done", painted=[])
    assert (place.rows[first]["labelState"], place.rows[first]["note"]) == ("labelled", None)
    place.do("undo")
    assert place.row["note"] == "the title is missing"


def test_a_change_on_what_was_skipped_takes_it_up_again(place: Workplace) -> None:
    first = place.current
    place.here("skip", reason="blurred")
    place.do("go-to", assetId=first)
    place.here("draw", tagId=None, shape={"kind": "box", "box": [0, 0, 10, 10]})
    assert (place.row["labelState"], place.row["note"]) == ("started", None)


def test_finished_assets_are_counted(place: Workplace) -> None:
    def counted() -> int:
        place.settle()
        (row,) = place.run(place.projects.rows())
        return int(row.finished)

    finished(place)
    place.here("approve")
    assert counted() == 1
    place.here("return-asset", note="mend it")
    assert counted() == 0
    place.do("undo")
    assert counted() == 1
