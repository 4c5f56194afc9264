"""Thresholds, mapping and predictors."""

from unit.session.workplace import CARD, Workplace


def test_the_threshold_is_the_predictors_own(answered: Workplace) -> None:
    first = answered.project["activePredictorId"]
    answered.do("set-threshold", predictorId=first, value=0.7, tagId=None, final=True)
    assert answered.view["status"] == [0, 0, 1, 1]
    assert answered.view["threshold"] == 0.7
    answered.do("add-predictor", **answered.predictor_spec("m2"))
    assert answered.view["threshold"] == 0.5
    assert [row["threshold"] for row in answered.project["predictors"]] == [0.7, 0.5]
    assert [row["iteration"] for row in answered.project["predictors"]] == [1, 2]


def test_a_threshold_for_one_tag(answered: Workplace) -> None:
    predictor_id = answered.project["activePredictorId"]
    title = answered.tag_ids[1]
    answered.do("set-threshold", predictorId=predictor_id, value=0.2, tagId=title, final=True)
    assert answered.view["status"] == [0, 0, 0, 0]
    assert answered.project["predictors"][0]["tagThresholds"] == {title: 0.2}


def test_what_only_shows_while_a_slider_moves_is_not_stored(answered: Workplace) -> None:
    predictor_id = answered.project["activePredictorId"]
    answered.settle()
    about = {"predictorId": predictor_id, "value": 0.7, "tagId": None}
    answered.do("set-threshold", **about, final=False)
    assert answered.view["status"] == [0, 0, 1, 1]
    assert answered.told("saving") == []
    answered.do("set-threshold", **about, final=True)
    answered.reload()
    assert answered.view["threshold"] == 0.7


def test_values_outside_their_range_are_refused(place: Workplace) -> None:
    predictor_id = place.project["activePredictorId"]
    about = {"predictorId": predictor_id, "final": True}
    for value in (-0.1, 1.1):
        assert place.refused("set-overlap", **about, value=value).code == "bad-value"
        refusal = place.refused("set-threshold", **about, value=value, tagId=None)
        assert refusal.code == "bad-value"
    assert place.refused("set-threshold", **about, value=0.5, tagId="x").code == "unknown-tag"
    assert place.refused("map-class", predictorId=predictor_id, classId=7, tagId=None).code == (
        "unknown-class"
    )
    assert place.refused("choose-predictor", predictorId="x").code == "unknown-predictor"


def test_classes_are_mapped_by_name_at_first(place: Workplace) -> None:
    (predictor,) = place.project["predictors"]
    assert [one["tagId"] for one in predictor["classes"]] == place.tag_ids
    assert predictor["unmapped"] == 0
    assert predictor["card"] == CARD


def test_an_unmapped_class_is_hidden_until_it_has_a_tag(answered: Workplace) -> None:
    predictor_id = answered.project["activePredictorId"]
    answered.here("select", candidates=[1], mode="add")
    answered.do("map-class", predictorId=predictor_id, classId=1, tagId=None)
    assert answered.view["status"] == [0, 7, 0, 7]
    assert answered.view["hidden"]["unmapped"] == 2
    assert answered.view["selected"] == []
    assert answered.project["predictors"][0]["unmapped"] == 1
    answered.do("map-class", predictorId=predictor_id, classId=1, tagId=answered.tag_ids[0])
    assert answered.view["tags"] == [answered.tag_ids[0]] * 4


def test_tags_are_made_for_classes_that_lack_one(place: Workplace) -> None:
    card = {**CARD, "classNames": ["TEXT", "figure", "table"]}
    place.do("add-predictor", **{**place.predictor_spec("m2"), "card": card})
    predictor_id = place.project["activePredictorId"]
    assert place.project["predictors"][1]["unmapped"] == 2
    place.do("make-tags", predictorId=predictor_id, classIds=[0, 1, 2])
    assert place.said() == ["Made 2 tags"]
    assert [tag["name"] for tag in place.project["tags"]] == ["Text", "Title", "figure", "table"]
    assert [tag["key"] for tag in place.project["tags"]] == ["1", "2", "3", "4"]
    assert len({tag["color"] for tag in place.project["tags"]}) == 4
    assert place.project["predictors"][1]["unmapped"] == 0


def test_tags_that_were_made_at_once_are_taken_back_at_once(place: Workplace) -> None:
    card = {**CARD, "classNames": ["TEXT", "figure", "table"]}
    place.do("add-predictor", **{**place.predictor_spec("m2"), "card": card})
    about = {"predictorId": place.project["activePredictorId"], "classIds": [1, 2]}
    before = place.project
    place.do("make-tags", **about)
    figure, table = (tag["id"] for tag in place.project["tags"][2:])
    place.do("take-tags-back", **about, tagIds=[figure, table])
    assert place.said()[-1] == "Took 2 tags back"
    assert place.project["tags"] == before["tags"]
    assert place.project["predictors"] == before["predictors"]


def test_tags_that_something_has_are_not_taken_back(place: Workplace) -> None:
    card = {**CARD, "classNames": ["TEXT", "figure", "table"]}
    place.do("add-predictor", **{**place.predictor_spec("m2"), "card": card})
    about = {"predictorId": place.project["activePredictorId"], "classIds": [1, 2]}
    place.do("make-tags", **about)
    figure, table = (tag["id"] for tag in place.project["tags"][2:])
    place.here("draw", tagId=table, shape={"kind": "box", "box": [0, 0, 10, 10]})
    place.do("take-tags-back", **about, tagIds=[figure, table])
    assert place.said()[-1] == "Took 1 tag back. 1 tag stayed: something has them"
    assert [tag["name"] for tag in place.project["tags"]] == ["Text", "Title", "table"]
    assert [one["tagId"] for one in place.project["predictors"][1]["classes"]][1:] == [None, table]


def test_a_predictor_that_is_there_already_is_chosen(place: Workplace) -> None:
    first = place.project["activePredictorId"]
    place.do("choose-predictor", predictorId=None)
    assert place.project["activePredictorId"] is None
    place.do("add-predictor", **place.predictor_spec("m1"))
    assert place.project["activePredictorId"] == first
    assert len(place.project["predictors"]) == 1


def test_rows_follow_the_predictor_that_is_chosen(answered: Workplace) -> None:
    answered.here("select", candidates=[0], mode="add")
    first = answered.project["activePredictorId"]
    answered.do("set-assist-on-open", on=False)
    answered.do("add-predictor", **answered.predictor_spec("m2"))
    assert {row["prediction"] for row in answered.rows.values()} == {"none"}
    assert answered.row["selected"] == 0
    answered.do("choose-predictor", predictorId=first)
    assert {row["prediction"] for row in answered.rows.values()} == {"ready"}
    assert answered.row["selected"] == 1


def test_a_card_without_what_is_read_of_it_is_refused(place: Workplace) -> None:
    for name in ("family", "classNames", "defaultOverlap", "scoreFloor"):
        card = {key: value for key, value in CARD.items() if key != name}
        refusal = place.refused("add-predictor", **{**place.predictor_spec("m2"), "card": card})
        assert refusal.code == "bad-value"
        assert name in refusal.message or "classes" in refusal.message


def test_settings_tell_only_what_changed(place: Workplace) -> None:
    place.do("set-assist-on-open", on=True)
    (settings,) = place.told("settings")
    assert set(settings) == {"event", "revision", "assistOnOpen", "buffers"}
    place.do("choose-predictor", predictorId=None)
    (settings,) = place.told("settings")
    assert set(settings) == {"event", "revision", "activePredictorId", "buffers"}
