"""Runs over many images: whatever stops them, and wherever, they are whole in the end."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from typing import Any

import pytest

from twoclick.domain.document import Document
from twoclick.domain.shape_json import shape_json
from twoclick.ports.store import Delete, Put
from twoclick.session import wire
from twoclick.session.refusal import Refused
from twoclick.session.runs.planning import PART
from unit.session.runs.importing import A, B, Importing, MortalStore, OnImage, moved, revived
from unit.session.workplace import Workplace

IMAGES = 2 * PART + 7
"""Three parts."""


@pytest.fixture
def store() -> MortalStore:
    return MortalStore()


@pytest.fixture
def wide(store: MortalStore) -> Iterator[Workplace]:
    """A project of three parts, with something on its first image."""
    with Workplace(assets=IMAGES, store=store) as wide:
        wide.draw(B, tag_id=wide.tag_ids[0])
        yield wide


def planned(place: Workplace, **fields: Any) -> Importing:
    """An import of a box on every image and a new tag."""
    run = Importing(place, newTags=[{"name": "Figure"}], tags=["Figure"], **fields)
    run.add(*(OnImage(at=at, shapes=[(A, 0)]) for at in range(IMAGES)))
    return run


def stored(place: Workplace) -> tuple[list[tuple[Document, str]], list[str], int]:
    """What there is to compare: documents with label states, tags, finished images."""
    documents = place.documents()
    (project,) = place.run(place.store.read_all("projects", ()))
    tags = [tag["name"] for tag in project["tags"] if not tag["deleted"]]
    return documents, tags, project["finished"]


def left_of_runs(place: Workplace) -> int:
    return len(place.run(place.store.keys("runs", ()))) + len(
        place.run(place.store.keys("runParts", ()))
    )


def test_progress_is_told_part_by_part(wide: Workplace) -> None:
    assert planned(wide).start()["changed"] == IMAGES
    told = [(one["state"], one["done"], one["total"]) for one in wide.told("run-progress")]
    assert told == [
        ("moving", 0, IMAGES),
        ("moving", PART, IMAGES),
        ("moving", 2 * PART, IMAGES),
        ("finished", IMAGES, IMAGES),
    ]
    assert all(row["annotations"] for row in wide.rows.values())
    moved(wide, "undo")
    assert wide.run_progress["direction"] == "back"
    assert sum(row["annotations"] for row in wide.rows.values()) == 1
    assert wide.project["tags"] == [
        {**tag, "uses": 1 if tag["name"] == "Text" else 0} for tag in wide.project["tags"]
    ]


def test_killed_at_any_transaction_it_is_not_begun_or_done_to_its_end(
    wide: Workplace, store: MortalStore
) -> None:
    before = stored(wide)
    for writes in range(6):
        run = planned(wide)
        store.left = writes
        with suppress(Refused):
            run.start()
        revived(wide, store)
        if wide.history["undo"] == "Import labels":
            break
        assert stored(wide) == before
        assert left_of_runs(wide) == 0
    after = stored(wide)
    assert len(after[0]) == IMAGES
    assert after[2] == IMAGES
    for writes in range(2, 6):  # from where it is begun on
        moved(wide, "undo")
        assert stored(wide) == before
        store.left = writes
        with suppress(Refused):
            wide.do("redo")
        wide.run(wide.session.mover.ended())
        revived(wide, store)
        assert stored(wide) == after
        assert wide.history["undo"] == "Import labels"


def test_killed_at_any_transaction_it_is_taken_back_to_its_end(
    wide: Workplace, store: MortalStore
) -> None:
    before = stored(wide)
    planned(wide).start()
    after = stored(wide)
    for writes in range(5):
        store.left = writes
        wide.do("undo")
        wide.run(wide.session.mover.ended())
        revived(wide, store)
        if writes == 0:  # even that it was asked for was not stored
            assert stored(wide) == after
            continue
        assert stored(wide) == before
        assert wide.history["redo"] == "Import labels"
        moved(wide, "redo")
        assert stored(wide) == after


def test_where_the_store_is_full_it_is_paused_and_goes_on_when_asked(
    wide: Workplace, store: MortalStore
) -> None:
    run = planned(wide)
    store.left = 3  # the assets, the beginning, a part
    with pytest.raises(Refused) as refused:
        run.start()
    assert refused.value.code == "run-paused"
    assert wide.run_progress["state"] == "paused"
    assert wide.run_progress["reason"] == "Import labels could not be saved: the page is gone"
    assert wide.run_progress["done"] == PART
    store.left = None
    assert run.start()["changed"] == IMAGES
    assert all(row["annotations"] for row in wide.rows.values())


def test_where_the_store_is_full_it_can_be_taken_back(wide: Workplace, store: MortalStore) -> None:
    before = stored(wide)
    run = planned(wide)
    store.left = 4
    with pytest.raises(Refused):
        run.start()
    store.left = None
    assert run.give_up() is False
    assert stored(wide) == before
    assert left_of_runs(wide) == 0
    assert wide.history == {"undo": "Draw box", "redo": None}


@pytest.mark.parametrize("broken", [{"counts": None}, {"ids": ["a"]}, {"boxes": b"x"}, None])
def test_where_what_is_planned_is_damaged_it_is_paused_and_taken_back(
    wide: Workplace, broken: dict[str, Any] | None
) -> None:
    before = stored(wide)
    run = planned(wide)
    damaged(wide, run, 2, "plan", broken)
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            run.start()
        assert refused.value.code == "run-paused"
        assert wide.run_progress["done"] == PART
        how = "gone" if broken is None else "damaged"
        reason = f"part 2 of 3 in this browser's storage is {how}"
        assert wide.run_progress["reason"] == reason
        assert wide.said() == [f"Import labels: paused. {reason}"]
    wide.reload()
    wide.run(wide.session.mover.ended())
    assert wide.run_progress["state"] == "paused"
    wide.events.clear()
    assert run.give_up() is False
    assert wide.said() == ["Cancelled: Import labels. Nothing is changed"]
    assert stored(wide) == before
    assert left_of_runs(wide) == 0
    assert wide.history == {"undo": "Draw box", "redo": None}


def test_where_what_was_before_is_damaged_the_rest_can_be_left(wide: Workplace) -> None:
    run = planned(wide)
    run.start()
    damaged(wide, run, 2, "before", {"added": 5})
    moved(wide, "undo")
    assert wide.run_progress["state"] == "paused"
    assert wide.run_progress["direction"] == "back"
    wide.events.clear()
    assert run.give_up() is True
    assert wide.said() == [
        "Import labels: 7 of 107 images are as before, the others keep it. Undo begins anew here"
    ]
    assert wide.run_progress["state"] == "finished"
    for _ in range(2):
        assert wide.history == {"undo": None, "redo": None}
        assert sum(bool(row["annotations"]) for row in wide.rows.values()) == 2 * PART
        assert left_of_runs(wide) == 0
        wide.refused("undo")
        wide.reload()
    wide.draw(B)
    wide.reload()
    wide.do("undo")
    assert wide.history == {"undo": None, "redo": "Draw box"}


def test_work_goes_on_between_the_parts(wide: Workplace) -> None:
    """Where the run was it goes on, where it comes it waits, and history stays a line."""
    run = planned(wide)
    said: list[str] = []
    last = wide.ids[-1]

    async def work() -> None:
        await dispatched(wide, "draw", assetId=wide.ids[0], tagId=None, shape=shape_json(B))
        for tag, fields in (
            ("go-to", {"assetId": last}),
            ("draw", {"assetId": last, "tagId": None, "shape": shape_json(B)}),
            ("undo", {}),
        ):
            try:
                await dispatched(wide, tag, **fields)
            except Refused as refused:
                said.append(refused.code)

    beside(wide, run, work)
    assert said == ["run-moving", "run-moving"]
    assert wide.history == {"undo": "Draw box", "redo": None}
    assert len(wide.document(wide.ids[0]).annotations) == 3
    assert len(wide.document(last).annotations) == 1
    wide.do("undo")
    wide.do("undo")
    assert wide.history["undo"] == "Import labels"
    moved(wide, "undo")
    assert sum(row["annotations"] for row in wide.rows.values()) == 1


def test_given_up_half_way_it_is_taken_back(wide: Workplace) -> None:
    before = stored(wide)
    run = planned(wide)

    async def work() -> None:
        handlers = run.requests.handlers
        await answered(handlers["give-up-run"]({"runId": run.run_id}, ()))

    with pytest.raises(Refused) as refused:
        beside(wide, run, work)
    assert refused.value.code == "given-up"
    assert stored(wide) == before
    assert left_of_runs(wide) == 0
    assert wide.history == {"undo": "Draw box", "redo": None}


def test_given_up_under_later_steps_it_ends_where_it_is(wide: Workplace) -> None:
    before = stored(wide)
    run = planned(wide)

    async def work() -> None:
        await dispatched(wide, "draw", assetId=wide.ids[0], tagId=None, shape=shape_json(B))
        handlers = run.requests.handlers
        reply = await answered(handlers["give-up-run"]({"runId": run.run_id}, ()))
        assert reply[0] == {"left": True}
        assert wide.run_progress["state"] == "finished"

    with pytest.raises(Refused):
        beside(wide, run, work)
    labelled = sum(bool(row["annotations"]) for row in wide.rows.values())
    assert labelled == PART
    wide.reload()
    wide.do("undo")
    moved(wide, "undo")
    assert stored(wide) == before
    moved(wide, "redo")
    assert sum(bool(row["annotations"]) for row in wide.rows.values()) == PART


def test_a_step_meanwhile_lets_go_of_a_run_that_is_taken_back(wide: Workplace) -> None:
    before = stored(wide)
    planned(wide).start()

    async def work() -> None:
        wide.run_began.clear()
        await dispatched(wide, "undo")
        await wide.run_began.wait()
        await dispatched(wide, "go-to", assetId=wide.ids[-1])
        await dispatched(
            wide, "draw", assetId=wide.ids[-1], tagId=wide.tag_ids[0], shape=shape_json(A)
        )
        await wide.session.mover.ended()

    wide.run(work())
    assert wide.history == {"undo": "Draw box", "redo": None}
    wide.do("undo")
    assert stored(wide) == before
    assert left_of_runs(wide) == 0


def test_another_import_waits_and_so_does_an_export(wide: Workplace) -> None:
    run = planned(wide)
    codes: list[str] = []

    async def work() -> None:
        for kind, fields in (("begin-export", {}), ("begin-run", run.asked)):
            try:
                await answered(run.requests.handlers[kind](fields, ()))
            except Refused as refused:
                codes.append(refused.code)

    beside(wide, run, work)
    assert codes == ["run-moving", "run-moving"]


def test_what_is_too_long_ago_lets_go_of_its_run(wide: Workplace) -> None:
    planned(wide).start()
    for _ in range(251):
        wide.here("done", painted=[])
        wide.do("go-to", assetId=wide.ids[0])
        wide.here("reopen")
    wide.settle()
    assert left_of_runs(wide) == 0


def damaged(
    place: Workplace, run: Importing, number: int, what: str, broken: dict[str, Any] | None
) -> None:
    """Puts something else in the place of fields of a stored part; None: it is gone."""
    key = (place.project_id, run.run_id, number, what)
    record = place.run(place.store.read("runParts", key))
    assert record is not None
    write = Delete("runParts", key) if broken is None else Put("runParts", {**record, **broken})
    place.run(place.store.write([write]))


def beside(place: Workplace, run: Importing, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Does `work` when the first part of a run is done."""

    async def both() -> None:
        place.run_began.clear()
        started = asyncio.ensure_future(
            answered(run.requests.handlers["start-run"]({"runId": run.run_id}, ()))
        )
        await place.run_began.wait()
        assert place.run_progress["state"] == "moving"
        await work()
        await started

    place.run(both())


async def answered(reply: Any) -> Any:
    return reply if isinstance(reply, tuple) else await reply


async def dispatched(place: Workplace, tag: str, **fields: Any) -> None:
    await place.session.dispatch(wire.parse_command({"type": tag, **fields}))
