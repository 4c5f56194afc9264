"""Which predictors a project has: added with their files, renamed, removed, named classes."""

import pytest

from twoclick.domain.predictor import Predictor
from unit.session.workplace import CARD, Workplace

FILES = [{"path": "", "bytes": 5}, {"path": "weights.data", "bytes": 9}]


def add(place: Workplace, name: str = "m2", **changes: object) -> str:
    """Adds a model with files of its own; its id."""
    spec = {**place.predictor_spec(name), "source": "kept", **changes}
    place.do("add-predictor", buffers=["blob", "data"], **spec, files=FILES)
    return str(place.project["activePredictorId"])


def stored(place: Workplace) -> dict[str, int]:
    """Bytes of the files of models in the store, by path."""
    place.settle()
    records = place.run(place.store.read_all("modelFiles", (place.project_id,)))
    return {record["path"]: record["bytes"] for record in records}


def row(place: Workplace, predictor_id: str) -> dict:
    return next(one for one in place.project["predictors"] if one["id"] == predictor_id)


def test_the_files_of_a_model_are_kept_with_it(place: Workplace) -> None:
    predictor_id = add(place)
    assert stored(place) == {"": 5, "weights.data": 9}
    assert row(place, predictor_id)["iteration"] == 2
    assert row(place, predictor_id)["addedAt"] > 0


def test_a_message_without_the_bytes_of_a_file_is_refused(place: Workplace) -> None:
    with pytest.raises(ValueError, match="expected 2 files, found 1"):
        place.do("add-predictor", buffers=["blob"], **place.predictor_spec("m2"), files=FILES)


def test_a_removed_model_leaves_its_answers_and_frees_its_files(answered: Workplace) -> None:
    first = answered.project["activePredictorId"]
    second = add(answered)
    answered.do("remove-predictor", predictorId=second)
    assert answered.project["activePredictorId"] == first
    assert answered.view["status"] == [0, 0, 0, 1]
    assert row(answered, second)["removed"]
    assert stored(answered) == {}
    assert answered.refused("choose-predictor", predictorId=second).code == "removed-predictor"


def test_the_latest_that_is_left_is_asked_next(place: Workplace) -> None:
    first = place.project["activePredictorId"]
    second, third = add(place, "m2"), add(place, "m3")
    place.do("remove-predictor", predictorId=first)
    assert place.project["activePredictorId"] == third
    place.do("remove-predictor", predictorId=third)
    assert place.project["activePredictorId"] == second
    place.do("remove-predictor", predictorId=second)
    assert place.project["activePredictorId"] is None
    place.reload()
    assert place.project["activePredictorId"] is None


def test_the_same_file_brings_a_removed_model_back(answered: Workplace) -> None:
    predictor_id = add(answered)
    answered.answer()
    answered.do("rename-predictor", predictorId=predictor_id, name="  Night   shift ")
    answered.do("remove-predictor", predictorId=predictor_id)
    assert add(answered) == predictor_id
    assert row(answered, predictor_id)["name"] == "Night shift"
    assert answered.view["status"] == [0, 0, 0, 1]
    assert stored(answered) == {"": 5, "weights.data": 9}
    assert "Night shift is back" in answered.said()


def test_the_same_file_read_in_another_way_is_another_model(place: Workplace) -> None:
    first = add(place)
    second = add(place, card={**CARD, "family": "other"})
    assert first != second
    place.do("remove-predictor", predictorId=second)
    assert stored(place) == {"": 5, "weights.data": 9}
    place.do("remove-predictor", predictorId=first)
    assert stored(place) == {}


def test_files_go_with_their_project(place: Workplace) -> None:
    add(place)
    place.run(place.session.close())
    copy = place.run(place.projects.duplicate(place.project_id))
    copied = place.run(place.store.read_all("modelFiles", (copy,)))
    assert sorted(one["path"] for one in copied) == ["", "weights.data"]
    for project_id in (copy, place.project_id):
        place.run(place.projects.delete(project_id))
        place.run(place.projects.erase(project_id))
    assert place.run(place.store.read_all("modelFiles", ())) == []


def test_classes_get_names_and_with_them_tags(place: Workplace) -> None:
    predictor_id = add(place, card={**CARD, "classNames": ["class 0", "class 1"]})
    assert row(place, predictor_id)["unmapped"] == 2
    place.do("name-classes", predictorId=predictor_id, names=["Stamp", " title "])
    named = row(place, predictor_id)
    assert [one["name"] for one in named["classes"]] == ["Stamp", "title"]
    assert named["card"]["classNames"] == ["Stamp", "title"]
    assert [one["tagId"] for one in named["classes"]] == [None, place.tag_ids[1]]
    for names in (["one"], ["one", " "]):
        refusal = place.refused("name-classes", predictorId=predictor_id, names=names)
        assert refusal.code == "bad-value"
    assert place.refused("rename-predictor", predictorId=predictor_id, name=" ").code == "bad-value"


def test_where_the_number_of_classes_is_assumed_any_number_is_named(place: Workplace) -> None:
    card = {**CARD, "classNames": ["class 0", "class 1"], "classesAssumed": True}
    predictor_id = add(place, card=card)
    place.do("name-classes", predictorId=predictor_id, names=["Stamp"])
    assert [one["name"] for one in row(place, predictor_id)["classes"]] == ["Stamp", "class 1"]
    place.do("name-classes", predictorId=predictor_id, names=["Stamp", "Seal", "Text"])
    named = row(place, predictor_id)
    assert [one["name"] for one in named["classes"]] == ["Stamp", "Seal", "Text"]
    assert [one["tagId"] for one in named["classes"]] == [None, None, place.tag_ids[0]]


def test_predictors_of_earlier_records_are_in_use() -> None:
    fields = Predictor.__dataclass_fields__
    assert (fields["added_at"].default, fields["removed"].default) == (0, False)


def test_tags_have_the_keypoints_of_the_model_that_finds_them(place: Workplace) -> None:
    card = {**CARD, "keypoints": ["nose", "tail"], "skeleton": [[0, 1]]}
    add(place, card=card)
    assert all(tag["keypoints"] == ["nose", "tail"] for tag in place.project["tags"])
    add(place, "m3", card={**CARD, "keypoints": ["other"], "skeleton": []})
    place.reload()
    assert all(tag["skeleton"] == [[0, 1]] for tag in place.project["tags"])


def test_a_new_tag_of_a_class_has_its_keypoints(place: Workplace) -> None:
    card = {**CARD, "classNames": ["bee"], "keypoints": ["head"], "skeleton": []}
    predictor_id = add(place, card=card)
    assert [tag["keypoints"] for tag in place.project["tags"]] == [[], []]
    place.do("make-tags", predictorId=predictor_id, classIds=[0])
    assert place.project["tags"][2]["keypoints"] == ["head"]
