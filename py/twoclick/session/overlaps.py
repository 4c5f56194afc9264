"""Which candidates an asset's annotations and rejections overlap, kept up in steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from twoclick.domain.geometry import Shape
from twoclick.domain.shape_index import Overlap, ShapeIndex


class Shaped(Protocol):
    """Anything with a shape."""

    @property
    def shape(self) -> Shape:
        """In pixels of the oriented image."""
        ...


S = TypeVar("S", bound=Shaped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlapping(Generic[S]):
    """For those of `records` that overlap candidates by half or more: which, and how much."""

    index: ShapeIndex
    records: Mapping[str, S]
    found: Mapping[str, tuple[Overlap, ...]]


def overlapping(
    index: ShapeIndex, records: Mapping[str, S], *, earlier: "Overlapping[S] | None"
) -> Overlapping[S]:
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
            overlaps = index.overlaps(record.shape)
        if overlaps:
            found[key] = overlaps
    return Overlapping(index=index, records=records, found=found)
