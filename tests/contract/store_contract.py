"""What every store must do, as plain coroutines: run over each adapter, also inside the browser.

Each case is given an empty store.  Nothing here needs pytest.
"""

from collections.abc import Awaitable, Callable

from twoclick.ports.store import Delete, Plan, Put, Store, StoreError

PROJECT = {"id": "p1", "name": "Pages", "history": {"first": 1, "last": 0}}


def asset(project_id: str, asset_id: str, ordinal: int = 0) -> dict[str, object]:
    return {"projectId": project_id, "id": asset_id, "ordinal": ordinal}


async def refusal_of(store: Store, plan: Plan) -> StoreError | None:
    """The error that writing a plan raises, None where it was written."""
    try:
        await store.write(plan)
    except StoreError as error:
        return error
    return None


async def a_record_is_read_back_as_it_was_written(store: Store) -> None:
    record = {**PROJECT, "half": 0.5, "none": None, "deep": {"list": [1, {"x": "ü"}]}, "on": True}
    await store.write([Put("projects", record)])
    assert await store.read("projects", ("p1",)) == record


async def a_missing_record_is_none(store: Store) -> None:
    assert await store.read("projects", ("nothing",)) is None


async def bytes_are_read_back_as_bytes(store: Store) -> None:
    record = {"projectId": "p", "assetId": "a", "predictorId": "m", "boxes": bytes(range(256))}
    await store.write([Put("predictions", record), Put("predictions", {**record, "assetId": "b"})])
    found = await store.read("predictions", ("p", "a", "m"))
    assert found is not None
    assert bytes(found["boxes"]) == bytes(range(256))


async def empty_bytes_are_kept(store: Store) -> None:
    record = {"projectId": "p", "assetId": "a", "predictorId": "m", "boxes": b""}
    await store.write([Put("predictions", record)])
    found = await store.read("predictions", ("p", "a", "m"))
    assert found is not None
    assert bytes(found["boxes"]) == b""


async def put_takes_the_place_of_what_had_its_key(store: Store) -> None:
    await store.write([Put("projects", {**PROJECT, "extra": 1})])
    await store.write([Put("projects", PROJECT)])
    assert await store.read("projects", ("p1",)) == PROJECT


async def read_all_gives_those_of_the_prefix_in_key_order(store: Store) -> None:
    await store.write(
        [
            Put("assets", asset("p1", "b")),
            Put("assets", asset("p2", "a")),
            Put("assets", asset("p1", "a")),
            Put("assets", asset("p1", "aa")),
            Put("assets", asset("p10", "a")),
        ]
    )
    found = await store.read_all("assets", ("p1",))
    assert [record["id"] for record in found] == ["a", "aa", "b"]


async def numbers_in_keys_are_ordered_as_numbers(store: Store) -> None:
    await store.write(
        [Put("history", {"projectId": "p", "seq": seq, "name": str(seq)}) for seq in (10, 9, 100)]
    )
    found = await store.read_all("history", ("p",))
    assert [record["seq"] for record in found] == [9, 10, 100]


async def an_empty_prefix_gives_everything(store: Store) -> None:
    await store.write([Put("projects", PROJECT), Put("projects", {**PROJECT, "id": "p2"})])
    assert len(await store.read_all("projects", ())) == 2


async def delete_removes_and_a_missing_one_does_not_matter(store: Store) -> None:
    await store.write([Put("projects", PROJECT)])
    await store.write([Delete("projects", ("p1",)), Delete("projects", ("never",))])
    assert await store.read("projects", ("p1",)) is None


async def a_plan_is_carried_out_in_order(store: Store) -> None:
    await store.write(
        [Put("projects", PROJECT), Delete("projects", ("p1",)), Put("assets", asset("p1", "a"))]
    )
    assert await store.read("projects", ("p1",)) is None
    assert await store.read("assets", ("p1", "a")) is not None


async def a_plan_that_fails_leaves_nothing_behind(store: Store) -> None:
    assert await refusal_of(store, [Put("projects", PROJECT), Put("assets", {"id": "no project"})])
    assert await store.read("projects", ("p1",)) is None


async def what_was_read_can_be_changed_without_changing_the_store(store: Store) -> None:
    await store.write([Put("projects", PROJECT)])
    found = await store.read("projects", ("p1",))
    assert found is not None
    found["history"]["first"] = 99
    assert await store.read("projects", ("p1",)) == PROJECT


CASES: tuple[Callable[[Store], Awaitable[None]], ...] = (
    a_record_is_read_back_as_it_was_written,
    a_missing_record_is_none,
    bytes_are_read_back_as_bytes,
    empty_bytes_are_kept,
    put_takes_the_place_of_what_had_its_key,
    read_all_gives_those_of_the_prefix_in_key_order,
    numbers_in_keys_are_ordered_as_numbers,
    an_empty_prefix_gives_everything,
    delete_removes_and_a_missing_one_does_not_matter,
    a_plan_is_carried_out_in_order,
    a_plan_that_fails_leaves_nothing_behind,
    what_was_read_can_be_changed_without_changing_the_store,
)
