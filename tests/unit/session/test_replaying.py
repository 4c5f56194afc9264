"""Undo and redo, across assets and reloads."""

from unit.session.workplace import Workplace


def test_undo_takes_the_commit_back_and_redo_does_it_again(answered: Workplace) -> None:
    answered.commit(0, 1)
    committed = answered.document(answered.current)
    assert answered.do("undo").name == "Undo Commit 2 suggestions"
    assert answered.annotations == {}
    assert answered.view["status"] == [0, 0, 0, 1]
    assert answered.row["labelState"] == "todo"
    assert answered.history == {"undo": None, "redo": "Commit 2 suggestions"}
    answered.do("redo")
    assert answered.document(answered.current) == committed
    assert answered.history == {"undo": "Commit 2 suggestions", "redo": None}


def test_with_nothing_to_undo_or_redo_it_says_so(place: Workplace) -> None:
    assert place.refused("undo").code == "nothing-to-undo"
    assert place.refused("redo").code == "nothing-to-redo"


def test_undo_directly_after_done_takes_back_commit_and_move(answered: Workplace) -> None:
    first = answered.current
    answered.here("select", candidates=[0], mode="add")
    answered.here("done", painted=answered.painted)
    answered.do("undo")
    assert answered.current == first
    assert answered.told("current")[0]["why"] == "undo"
    assert answered.annotations == {}
    assert answered.row["labelState"] == "todo"
    assert answered.view["status"] == [0, 0, 0, 1]
    answered.do("redo")
    assert answered.current == answered.ids[1]
    assert answered.rows[first]["labelState"] == "labelled"


def test_undo_of_something_elsewhere_goes_there_and_names_it_first(answered: Workplace) -> None:
    answered.commit(0)
    answered.do("go-to", assetId=answered.ids[2])
    assert answered.do("undo").name is None
    assert answered.current == answered.ids[0]
    assert answered.said() == ["Press undo again: Commit 1 suggestion on page-0.png"]
    assert len(answered.annotations) == 1
    answered.do("undo")
    assert answered.annotations == {}


def test_redo_of_something_elsewhere_goes_there_first(answered: Workplace) -> None:
    answered.commit(0)
    answered.do("undo")
    answered.do("go-to", assetId=answered.ids[2])
    answered.do("redo")
    assert answered.said() == ["Press redo again: Commit 1 suggestion on page-0.png"]
    answered.do("redo")
    assert len(answered.annotations) == 1


def test_undo_after_done_and_a_walk_goes_back_first(answered: Workplace) -> None:
    answered.here("done", painted=[])
    answered.do("go-to", assetId=answered.ids[2])
    answered.do("undo")
    assert answered.rows[answered.ids[0]]["labelState"] == "labelled"
    answered.do("undo")
    assert answered.rows[answered.ids[0]]["labelState"] == "todo"
    assert answered.current == answered.ids[0]


def test_history_survives_a_reload(answered: Workplace) -> None:
    answered.commit(0)
    answered.commit(1)
    answered.do("undo")
    answered.reload()
    assert answered.history == {"undo": "Commit 1 suggestion", "redo": "Commit 1 suggestion"}
    answered.do("undo")
    assert answered.annotations == {}
    answered.do("redo")
    answered.reload()
    answered.do("redo")
    assert len(answered.annotations) == 2
    assert answered.refused("redo").code == "nothing-to-redo"


def test_a_new_step_ends_what_could_be_redone(answered: Workplace) -> None:
    answered.commit(0)
    answered.commit(1)
    answered.do("undo")
    answered.do("undo")
    answered.here("reject", candidates=[2])
    assert answered.history == {"undo": "Reject 1 suggestion", "redo": None}
    answered.settle()
    stored = answered.run(answered.store.read_all("history", (answered.project_id,)))
    assert [record["name"] for record in stored] == ["Reject 1 suggestion"]


def test_navigation_selection_and_settings_leave_redo_alone(answered: Workplace) -> None:
    answered.commit(0)
    answered.do("undo")
    predictor_id = answered.project["activePredictorId"]
    answered.here("select", candidates=[1], mode="add")
    answered.do("set-threshold", predictorId=predictor_id, value=0.2, tagId=None, final=True)
    answered.do("step", direction="next")
    answered.do("step", direction="previous")
    answered.do("redo")
    assert len(answered.annotations) == 1


def test_only_the_last_500_steps_are_kept() -> None:
    with Workplace(assets=1) as place:
        for _ in range(251):
            place.here("done", painted=[])
            place.here("reopen")
        place.settle()
        stored = place.run(place.store.read_all("history", (place.project_id,)))
        assert [record["seq"] for record in stored] == list(range(3, 503))
        for _ in stored:
            place.do("undo")
        assert place.row["labelState"] == "started"
        assert place.refused("undo").code == "nothing-to-undo"
