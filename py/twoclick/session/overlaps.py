"""Which candidates an asset's annotations and rejections overlap, kept up in steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from twoclick.domain.geometry import Box, BoxIndex, Overlap


class Boxed(Protocol):
    """Anything with a box."""

    @property
    def box(self) -> Box:
        """In pixels of the oriented image."""
        ...


B = TypeVar("B", bound=Boxed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlapping(Generic[B]):
    """For those of `records` that overlap candidates by half or more: which, and how much."""

    index: BoxIndex
    records: Mapping[str, B]
    found: Mapping[str, tuple[Overlap, ...]]


def overlapping(
    index: BoxIndex, records: Mapping[str, B], *, earlier: "Overlapping[B] | None"
) -> Overlapping[B]:
    """What `records` overlap; looks only at those that are not in `earlier` of the same index."""
    if earlier is None or earlier.index is not index:
        earlier = Overlapping(index=index, records={}, found={})
    if earlier.records is records:
        return earlier
    known, known_found = earlier.records, earlier.found
    found = {}
    for key, record in records.items():
        if known.get(key) is record:
            overlaps = known_found.get(key, ())
        else:
            overlaps = index.overlaps(record.box)
        if overlaps:
            found[key] = overlaps
    return Overlapping(index=index, records=records, found=found)
