"""Dividing images into parts of the data (train, val, test): by chance, but the same each time."""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise


def divided(digests: Iterable[str], *, parts: Mapping[str, float], seed: int) -> dict[str, str]:
    """The part of each digest.

    `digests` has one for each image, in any order; images of one digest stay together, so that
    nothing that was trained on is tested on.  `parts` gives shares by name, in percent or any other
    unit; a part of share 0 gets nothing.  The counts are the shares rounded, as near as images that
    stay together allow; every part gets at least one digest where there are enough, else the parts
    of the largest shares do.

    The same digests, parts and seed always give the same; one image more moves at most one digest
    over each boundary between two parts where all digests differ.  Raises ValueError where a share
    is below 0 or all are 0.
    """
    counts = Counter(digests)
    ranked = sorted(counts, key=lambda digest: _rank(digest, seed))
    shares = _wanted(parts, at_most=max(len(ranked), 1))
    edges = _edges([counts[digest] for digest in ranked], list(shares.values()))
    return {
        digest: name
        for name, (start, end) in zip(shares, pairwise(edges), strict=True)
        for digest in ranked[start:end]
    }


def _rank(digest: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed} {digest}".encode()).digest()


def _wanted(parts: Mapping[str, float], *, at_most: int) -> dict[str, float]:
    """The parts that get something, in the order given."""
    # not >=, so that NaN is refused too
    if any(not share >= 0 for share in parts.values()) or not any(parts.values()):
        raise ValueError("The shares of the parts must be 0 or more, and one of them above 0.")
    largest = sorted(parts, key=lambda name: -parts[name])[:at_most]
    return {name: share for name, share in parts.items() if share > 0 and name in largest}


def _edges(sizes: list[int], shares: list[float]) -> list[int]:
    """Where each part begins and the last one ends, among digests of so many images each."""
    reached = [0, *accumulate(sizes)]
    edges = [0]
    for left, share in zip(range(len(shares) - 1, 0, -1), accumulate(shares), strict=False):
        wanted = round(reached[-1] * share / sum(shares))
        at = bisect_left(reached, wanted)
        if at and wanted - reached[at - 1] <= reached[at] - wanted:
            at -= 1
        edges.append(min(max(at, edges[-1] + 1), len(sizes) - left))
    return [*edges, len(sizes)]
