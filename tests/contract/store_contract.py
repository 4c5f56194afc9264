"""What every store must do, as plain coroutines: run over each adapter, also inside the browser.

Each case is given an empty store.  Nothing here needs pytest.
"""

from collections.abc import Awaitable, Callable

from twoclick.ports.store import Delete, DeleteAll, DeleteUnused, Plan, Put, Store, StoreError

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


async def read_many_keeps_the_order_and_says_what_is_missing(store: Store) -> None:
    await store.write([Put("assets", asset("p", "a")), Put("assets", asset("p", "b"))])
    found = await store.read_many("assets", [("p", "b"), ("p", "never"), ("p", "a")])
    assert [None if record is None else record["id"] for record in found] == ["b", None, "a"]
    assert await store.read_many("assets", []) == []


async def keys_are_listed_in_order_without_the_records(store: Store) -> None:
    await store.write([Put("assets", asset("p", key)) for key in ("b", "a")])
    await store.write([Put("assets", asset("q", "c"))])
    assert await store.keys("assets", ("p",)) == [("p", "a"), ("p", "b")]
    assert len(await store.keys("assets", ())) == 3


async def delete_all_removes_those_of_the_prefix_alone(store: Store) -> None:
    await store.write([Put("assets", asset(project, "a")) for project in ("p", "p1", "q")])
    await store.write([DeleteAll("assets", ("p",)), DeleteAll("assets", ("never",))])
    assert await store.keys("assets", ()) == [("p1", "a"), ("q", "a")]


def unused(digest: str) -> list[DeleteUnused]:
    return [
        DeleteUnused(name, (digest,), "assets", "digest", digest)
        for name in ("images", "thumbnails")
    ]


async def what_an_asset_uses_is_kept_and_the_rest_removed(store: Store) -> None:
    await store.write(
        [
            Put("assets", {**asset("p", "a"), "digest": "x"}),
            Put("assets", {**asset("q", "a"), "digest": "y"}),
            *(Put("images", {"digest": digest, "bytes": 1}) for digest in "xyz"),
            *(Put("thumbnails", {"digest": "y", "page": page}) for page in (0, 1)),
        ]
    )
    await store.write([*unused("x"), *unused("y"), *unused("z")])
    assert await store.keys("images", ()) == [("x",), ("y",)]
    await store.write([DeleteAll("assets", ("q",)), *unused("y")])
    assert await store.keys("images", ()) == [("x",)]
    assert await store.keys("thumbnails", ()) == []


async def an_empty_plan_is_written_at_once(store: Store) -> None:
    await store.write([])
    assert await store.keys("projects", ()) == []


async def an_unindexed_field_is_refused_and_nothing_written(store: Store) -> None:
    await store.write([Put("images", {"digest": "x"})])
    wrong = DeleteUnused("images", ("x",), "assets", "name", "x")
    assert await refusal_of(store, [DeleteAll("images", ()), wrong])
    assert await store.keys("images", ()) == [("x",)]


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
    read_many_keeps_the_order_and_says_what_is_missing,
    keys_are_listed_in_order_without_the_records,
    delete_all_removes_those_of_the_prefix_alone,
    what_an_asset_uses_is_kept_and_the_rest_removed,
    an_empty_plan_is_written_at_once,
    an_unindexed_field_is_refused_and_nothing_written,
)
