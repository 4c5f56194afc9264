"""Files of a person's own models in project files: kept, checked, and never lost."""

import hashlib

import pytest

from twoclick.session.archive import BadFileError
from unit.session.project_file import OtherBrowser, Parts, add_own_model, there, written
from unit.session.workplace import Workplace


def digests(other: OtherBrowser, project_id: str) -> list[tuple[str, str, bytes]]:
    """The files of models of a project: digest, name and content."""
    found = other.everything()["modelFiles"]
    return [
        (one["digest"], one["path"], one["blob"]) for one in found if one["projectId"] == project_id
    ]


def models_in(parts: Parts) -> list[str]:
    return sorted(path for path in parts if path.startswith("models/"))


def test_they_come_back_with_the_project(worked: Workplace, other: OtherBrowser) -> None:
    alone = add_own_model(worked, model=b"network")
    split = add_own_model(worked, model=b"nodes", weights=b"numbers", more=b"and more")
    parts = written(worked)
    assert models_in(parts) == sorted(
        [f"models/{alone}-0000.bin", *(f"models/{split}-000{at}.bin" for at in range(3))]
    )
    other.restore(parts)
    assert other.everything() == there(worked)
    copy = other.restore(parts, "copy")
    assert digests(other, copy) == digests(other, worked.project_id)


def test_who_does_not_want_them_has_a_file_without(worked: Workplace, other: OtherBrowser) -> None:
    add_own_model(worked, model=b"network")
    parts = written(worked, with_models=False)
    assert models_in(parts) == []
    restored = other.restore(parts)
    assert digests(other, restored) == []
    assert len(other.everything()["projects"][0]["predictors"]) == 2


def test_one_that_comes_while_the_file_is_written_is_in_it(
    worked: Workplace, other: OtherBrowser
) -> None:
    def add(step: int) -> None:
        if step == 3:
            add_own_model(worked, model=b"network")

    restored = other.restore(written(worked, meanwhile=add))
    assert [content for *_, content in digests(other, restored)] == [b"network"]


def test_one_that_is_removed_while_the_file_is_written_is_not(
    worked: Workplace, other: OtherBrowser
) -> None:
    add_own_model(worked, model=b"network")

    def remove(step: int) -> None:
        if step == 3:
            worked.do("remove-predictor", predictorId=worked.project["activePredictorId"])
            worked.settle()

    restored = other.restore(written(worked, meanwhile=remove))
    assert digests(other, restored) == []


@pytest.mark.parametrize("role", ["replacement", "copy"])
def test_what_the_file_lacks_is_taken_from_a_project_that_is_here(
    worked: Workplace, other: OtherBrowser, role: str
) -> None:
    digest = add_own_model(worked, model=b"nodes", weights=b"numbers")
    other.restore(written(worked))
    restored = other.restore(written(worked, with_models=False), role)
    assert restored != worked.project_id
    expected = [(digest, "", b"nodes"), (digest, "weights", b"numbers")]
    assert digests(other, restored) == expected
    if role == "replacement":
        other.run(other.projects.erase(worked.project_id))
        assert digests(other, restored) == expected


def test_a_removed_model_gets_no_file(worked: Workplace, other: OtherBrowser) -> None:
    add_own_model(worked, model=b"network")
    other.restore(written(worked))
    worked.do("remove-predictor", predictorId=worked.project["activePredictorId"])
    restored = other.restore(written(worked), "copy")
    assert digests(other, restored) == []


@pytest.mark.parametrize("part", ["-0000", "-0001"])
def test_a_damaged_one_is_named_and_nothing_stays(
    worked: Workplace, other: OtherBrowser, part: str
) -> None:
    add_own_model(worked, model=b"nodes", weights=b"numbers")
    parts = written(worked)
    (path,) = (one for one in models_in(parts) if part in one)
    parts[path] = b"another"
    with pytest.raises(BadFileError, match=r"models/[0-9a-f]{64}-0001\.bin is damaged"):
        other.restore(parts)
    assert not any(other.everything().values())


def test_a_missing_one_is_named_and_nothing_stays(worked: Workplace, other: OtherBrowser) -> None:
    digest = add_own_model(worked, model=b"network")
    parts = written(worked)
    del parts[f"models/{digest}-0000.bin"]
    with pytest.raises(BadFileError, match=f"models/{digest}-0000.bin is missing"):
        other.restore(parts)
    assert not any(other.everything().values())


def test_one_of_no_model_of_the_project_is_refused(worked: Workplace, other: OtherBrowser) -> None:
    digest = add_own_model(worked, model=b"network")
    stranger = hashlib.sha256(b"stranger").hexdigest()
    parts = {path.replace(digest, stranger): content for path, content in written(worked).items()}
    manifest = parts["twoclick.json"].replace(digest.encode(), stranger.encode())
    parts |= {"twoclick.json": manifest, f"models/{stranger}-0000.bin": b"stranger"}
    with pytest.raises(BadFileError, match="files of a model that is in no list"):
        other.restore(parts)
    assert not any(other.everything().values())
