"""What `dist/` is made of, as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.files import files_under


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file of `dist/`: its path there (with "/"), and its content or the file to copy."""

    path: str
    source: Path | bytes

    def read(self) -> bytes:
        """The content."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


def folder_items(folder: Path, *, under: str = "") -> list[Item]:
    """Every file below `folder` by its relative path, after `under`; none without the folder."""
    return [
        Item(path=under + path.relative_to(folder).as_posix(), source=path)
        for path in files_under(folder)
    ]


def by_path(items: Iterable[Item]) -> dict[str, Item]:
    """The items by path, sorted. Raises BuildError when two of them want the same path."""
    found: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: item.path):
        if item.path in found:
            raise BuildError(
                f"Two sources for dist/{item.path}: "
                f"{_origin(found[item.path])} and {_origin(item)}."
            )
        found[item.path] = item
    return found


def _origin(item: Item) -> str:
    return "made by the build" if isinstance(item.source, bytes) else str(item.source)
