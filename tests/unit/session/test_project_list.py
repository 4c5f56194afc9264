"""Projects as things: names, copies, putting away, erasing; and what an interruption leaves."""

from collections.abc import Sequence
from typing import Any

import pytest

from twoclick.ports.store import KEY_PATHS, Key, Plan, Put, StoreError
from twoclick.session import wire
from twoclick.session.making import CHUNK
from twoclick.session.refusal import Refused
from unit.session.workplace import Workplace, digest_of


def stored(place: Workplace, project_id: str) -> dict[str, list[dict[str, Any]]]:
    """All records of a project but its own, without its id."""
    place.settle()
    return {
        name: [
            {field: value for field, value in record.items() if field != "projectId"}
            for record in place.run(place.store.read_all(name, (project_id,)))
        ]
        for name in ("assets", "documents", "predictions", "history")
    }


def keys(place: Workplace, name: str) -> Sequence[Key]:
    place.settle()
    found: Sequence[Key] = place.run(place.store.keys(name, ()))
    return found


def row(place: Workplace, project_id: str) -> dict[str, Any]:
    place.settle()
    rows = wire.project_rows_message(place.run(place.projects.rows()))
    return next(one for one in rows if one["id"] == project_id)


def close(place: Workplace) -> None:
    place.run(place.session.close())


def give_images(place: Workplace) -> None:
    """The files of the images, which the workplace does without."""
    place.settle()
    files = [Put("images", {"digest": digest_of(at)}) for at in range(len(place.ids))]
    small = [Put("thumbnails", {"digest": digest_of(0), "page": page}) for page in (0, 1)]
    place.run(place.store.write([*files, *small]))


def test_a_project_is_renamed_open_or_not(place: Workplace) -> None:
    place.settle()
    place.events.clear()
    place.run(place.session.rename("  New   name "))
    assert place.project["project"]["name"] == "New name"
    place.here("done", painted=[])
    assert row(place, place.project_id)["name"] == "New name"
    close(place)
    place.run(place.projects.rename(place.project_id, "Other"))
    assert row(place, place.project_id)["name"] == "Other"
    with pytest.raises(Refused, match="needs a name"):
        place.run(place.projects.rename(place.project_id, " "))


def test_a_project_is_put_away_and_brought_back(place: Workplace) -> None:
    close(place)
    place.run(place.projects.delete(place.project_id))
    assert row(place, place.project_id)["deletedAt"] is not None
    place.run(place.projects.restore(place.project_id))
    assert row(place, place.project_id)["deletedAt"] is None
    place.open()
    assert len(place.ids) == 3


def test_a_copy_has_everything_and_goes_its_own_way(answered: Workplace) -> None:
    answered.commit(0, 1)
    answered.do("undo")
    original = stored(answered, answered.project_id)
    copy = answered.run(answered.projects.duplicate(answered.project_id))
    assert stored(answered, copy) == original
    assert row(answered, copy)["name"] == "Pages (copy)"
    assert row(answered, answered.run(answered.projects.duplicate(copy)))["name"] == (
        "Pages (copy) (copy)"
    )
    again = answered.run(answered.projects.duplicate(answered.project_id))
    assert row(answered, again)["name"] == "Pages (copy 2)"
    assert keys(answered, "unfinished") == []

    answered.project_id = copy
    answered.open()
    answered.do("redo")
    assert len(answered.annotations) == 2
    assert stored(answered, again) == original


def test_a_long_project_is_copied_in_chunks() -> None:
    with Workplace(assets=2 * CHUNK + 1) as place:
        copy = place.run(place.projects.duplicate(place.project_id))
        assert stored(place, copy) == stored(place, place.project_id)


def test_erasing_frees_the_images_that_nobody_else_uses(answered: Workplace) -> None:
    answered.commit(0)
    give_images(answered)
    copy = answered.run(answered.projects.duplicate(answered.project_id))
    close(answered)
    answered.run(answered.projects.erase(answered.project_id))
    assert not any(stored(answered, answered.project_id).values())
    assert len(keys(answered, "images")) == 3
    assert len(keys(answered, "thumbnails")) == 2
    answered.run(answered.projects.erase(copy))
    assert {name: keys(answered, name) for name in KEY_PATHS} == {name: [] for name in KEY_PATHS}
    with pytest.raises(Refused, match="no such project"):
        answered.run(answered.projects.erase(copy))


def interrupt(place: Workplace, monkeypatch: pytest.MonkeyPatch, *, writes: int) -> None:
    """From now on every write fails, after so many more."""
    write, left = place.store.write, iter(range(writes))

    async def failing(plan: Plan) -> None:
        if next(left, None) is None:
            raise StoreError("closed", "the page was closed")
        await write(plan)

    monkeypatch.setattr(place.store, "write", failing)


@pytest.mark.parametrize("writes", range(6))
def test_a_copy_that_was_interrupted_is_never_seen(
    answered: Workplace, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    answered.commit(0)
    answered.settle()
    before = {name: keys(answered, name) for name in KEY_PATHS}
    with monkeypatch.context() as patch:
        interrupt(answered, patch, writes=writes)
        with pytest.raises(Refused, match="the page was closed"):
            answered.run(answered.projects.duplicate(answered.project_id))
    assert len(answered.run(answered.projects.rows())) == 1
    answered.run(answered.projects.clean_up())
    assert {name: keys(answered, name) for name in KEY_PATHS} == before


@pytest.mark.parametrize("writes", range(3))
def test_erasing_goes_on_at_the_next_start(
    answered: Workplace, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    answered.commit(0)
    give_images(answered)
    close(answered)
    with monkeypatch.context() as patch:
        interrupt(answered, patch, writes=writes)
        with pytest.raises(Refused, match="the page was closed"):
            answered.run(answered.projects.erase(answered.project_id))
    answered.run(answered.projects.clean_up())
    if writes == 0:
        answered.open()
        assert len(answered.annotations) == 1
    else:
        assert {name: keys(answered, name) for name in KEY_PATHS} == {n: [] for n in KEY_PATHS}


def test_rows_count_steps_and_what_a_file_has(place: Workplace) -> None:
    place.here("done", painted=[])
    place.do("undo")
    place.do("redo")
    about = row(place, place.project_id)
    assert (about["changes"], about["filedChanges"], about["filedAt"]) == (3, 0, None)
    assert (about["assets"], about["finished"]) == (3, 1)
