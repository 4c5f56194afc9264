"""The store in memory keeps the contract of stores."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from contract.store_contract import CASES
from twoclick.adapters.memory.store import MemoryStore
from twoclick.ports.store import Store


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_contract(case: Callable[[Store], Awaitable[None]]) -> None:
    async def run() -> None:
        await case(MemoryStore())

    asyncio.run(run())
