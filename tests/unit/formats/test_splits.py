"""Dividing images into train, val and test."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats.splits import divided

USUAL = {"train": 80, "val": 10, "test": 10}

digest_lists = st.lists(st.text("0123456789abcdef", min_size=1, max_size=4), max_size=60)
shares = st.dictionaries(
    st.sampled_from(["train", "val", "test"]),
    st.one_of(st.just(0), st.integers(1, 100), st.floats(0.01, 100)),
    min_size=1,
).filter(lambda parts: any(parts.values()))


def names(count: int) -> list[str]:
    return [f"digest-{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1000, (800, 100, 100)), (10, (8, 1, 1)), (3, (1, 1, 1)), (4, (2, 1, 1)), (1, (1, 0, 0))],
)
def test_counts_are_exact(count: int, expected: tuple[int, int, int]) -> None:
    found = Counter(divided(names(count), parts=USUAL, seed=7).values())
    assert tuple(found[name] for name in USUAL) == expected


def test_with_too_few_images_the_largest_parts_get_them() -> None:
    found = divided(names(2), parts={"test": 5, "train": 80, "val": 15}, seed=1)
    assert set(found.values()) == {"train", "val"}


def test_no_images_are_in_no_part() -> None:
    assert divided([], parts=USUAL, seed=1) == {}


def test_another_seed_divides_otherwise() -> None:
    one, other = (divided(names(100), parts=USUAL, seed=seed) for seed in (1, 2))
    assert one != other


def test_chance_is_fair() -> None:
    found = divided(names(10_000), parts=USUAL, seed=3)
    first_half = Counter(found[name] for name in names(5_000))
    assert 3_850 < first_half["train"] < 4_150
    assert 430 < first_half["val"] < 570


@pytest.mark.parametrize("parts", [{}, {"train": 0}, {"train": 50, "val": -1}, {"a": float("nan")}])
def test_shares_that_mean_nothing_are_refused(parts: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="shares"):
        divided(["a"], parts=parts, seed=1)


@given(digests=digest_lists, parts=shares, seed=st.integers())
def test_every_digest_is_in_one_wanted_part_whatever_the_order(
    digests: list[str], parts: dict[str, float], seed: int
) -> None:
    found = divided(digests, parts=parts, seed=seed)
    wanted = {name for name, share in parts.items() if share > 0}
    assert found.keys() == set(digests)
    assert set(found.values()) <= wanted
    assert len(set(found.values())) == min(len(wanted), len(found))
    assert divided(reversed(digests), parts=parts, seed=seed) == found


@given(
    count=st.integers(30, 300),
    parts=st.dictionaries(st.sampled_from(list(USUAL)), st.floats(10, 100), min_size=1),
    seed=st.integers(),
)
def test_counts_are_within_one_of_the_shares(
    count: int, parts: dict[str, float], seed: int
) -> None:
    found = Counter(divided(names(count), parts=parts, seed=seed).values())
    for name, share in parts.items():
        assert abs(found[name] - count * share / sum(parts.values())) <= 1


@given(sizes=st.lists(st.integers(1, 9), min_size=3, max_size=30), seed=st.integers())
def test_images_that_stay_together_cost_no_more_than_one_digest(
    sizes: list[int], seed: int
) -> None:
    digests = [f"digest-{at}" for at, size in enumerate(sizes) for _ in range(size)]
    found = divided(digests, parts=USUAL, seed=seed)
    trained = sum(found[digest] == "train" for digest in digests)
    least = max(sizes) / 2 + 0.5
    # Two digests are kept for the other parts.
    assert trained <= 0.8 * len(digests) + least
    assert trained >= min(0.8 * len(digests) - least, len(digests) - 2 * max(sizes))


@given(digests=digest_lists, new=st.text("xyz", min_size=1), parts=shares, seed=st.integers())
def test_one_image_more_moves_at_most_one_over_each_boundary(
    digests: list[str], new: str, parts: dict[str, float], seed: int
) -> None:
    different = set(digests)
    wanted = sum(share > 0 for share in parts.values())
    before = divided(different, parts=parts, seed=seed)
    after = divided([*different, new], parts=parts, seed=seed)
    moved = [digest for digest in before if before[digest] != after[digest]]
    if len(different) >= wanted:
        assert len(moved) <= wanted - 1
