"""Making and removing projects in several transactions, so that no step is seen half-way.

Until the last transaction writes the record in `projects`, a mark in `unfinished` is all that tells
of the rest; after an interruption it is what `remove` starts from.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from twoclick.ports.store import Delete, DeleteAll, DeleteUnused, Key, Put, Record, Store, Write

CHUNK = 200
"""Records read or written in one transaction."""

PARTS = ("assets", "documents", "predictions", "history", "runs", "runParts")
"""What a project consists of besides its own record and its images.

Assets come first: from then on nobody removes the images that they use.
"""

OWN = (*PARTS, "modelFiles")
"""All that is a project's alone: what has no place among the records of a project file as well."""

T = TypeVar("T")


def mark(project_id: str, *, why: Literal["copy", "file", "erase"], at: int) -> Put:
    """Says that a project is not whole; `at` in milliseconds since 1970 UTC."""
    return Put("unfinished", {"projectId": project_id, "why": why, "at": at})


def unmark(project_id: str) -> Delete:
    """Takes the mark away."""
    return Delete("unfinished", (project_id,))


async def remove(store: Store, project_id: str) -> None:
    """Removes all records of a marked project, the images that nobody else uses, and the mark."""
    async for chunk in read_chunks(store, "assets", project_id):
        await store.write([*_without_assets(project_id, chunk), *released(chunk)])
    rest: list[Write] = [DeleteAll(part, (project_id,)) for part in OWN]
    await store.write([*rest, unmark(project_id)])


def released(assets: Iterable[Mapping[str, Any]]) -> Iterator[Write]:
    """Frees the images and thumbnails of asset records, where no asset has them any more."""
    for digest in dict.fromkeys(str(asset["digest"]) for asset in assets):
        for name in ("images", "thumbnails"):
            yield DeleteUnused(name, (digest,), "assets", "digest", digest)


async def read_chunks(store: Store, name: str, project_id: str) -> AsyncIterator[Sequence[Record]]:
    """The records of a project in an object store, by chunks in the order of their keys."""
    for keys in chunks(await store.keys(name, (project_id,))):
        found = await store.read_many(name, keys)
        yield [record for record in found if record is not None]


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The items, `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _without_assets(project_id: str, assets: Iterable[Mapping[str, Any]]) -> Iterator[Write]:
    for asset in assets:
        key: Key = (project_id, asset["id"])
        yield Delete("assets", key)
        yield Delete("documents", key)
        yield DeleteAll("predictions", key)
