"""What the store in memory does beyond the contract of stores."""

import asyncio

import pytest

from twoclick.adapters.memory.store import MemoryStore
from twoclick.ports.store import BlobToken, Put, StoreError


def test_a_store_that_refuses_writes_nothing_until_it_accepts() -> None:
    async def run() -> None:
        store = MemoryStore()
        store.refuse("quota", "the disk is full")
        with pytest.raises(StoreError, match="the disk is full") as raised:
            await store.write([Put("projects", {"id": "p"})])
        assert raised.value.code == "quota"
        assert await store.read("projects", ("p",)) is None
        store.accept()
        await store.write([Put("projects", {"id": "p"})])
        assert await store.read("projects", ("p",)) == {"id": "p"}

    asyncio.run(run())


@pytest.mark.parametrize(
    "value", [{1: "a number as key"}, (1, 2), {"deep": [b"bytes"]}, {3, 4}, object()]
)
def test_what_the_browser_could_not_keep_is_refused(value: object) -> None:
    with pytest.raises(StoreError, match=r"projects\.value"):
        asyncio.run(MemoryStore().write([Put("projects", {"id": "p", "value": value})]))


def test_a_blob_is_kept_by_its_token() -> None:
    async def run() -> None:
        store = MemoryStore()
        await store.write([Put("images", {"digest": "d", "blob": BlobToken("t")})])
        record = await store.read("images", ("d",))
        assert record is not None
        assert record["blob"] == BlobToken("t")

    asyncio.run(run())
