"""Raw predictions are checked before they are believed."""

from array import array

import pytest

from twoclick.domain.outlines import InvalidColumnsError
from twoclick.domain.suggestion import Columns, read_columns


def columns(
    *,
    boxes: list[float] | None = None,
    scores: list[float] | None = None,
    classes: list[int] | None = None,
    pairs: list[int] | None = None,
    ious: list[float] | None = None,
) -> Columns:
    """Two overlapping boxes, but for what is given."""
    return Columns(
        boxes=array("d", boxes or [0, 0, 10, 10, 0, 0, 10, 9]).tobytes(),
        scores=array("d", [0.9, 0.4] if scores is None else scores).tobytes(),
        classes=array("i", [0, 1] if classes is None else classes).tobytes(),
        pairs=array("i", [0, 1] if pairs is None else pairs).tobytes(),
        pair_ious=array("d", [0.9] if ious is None else ious).tobytes(),
    )


def test_columns_are_unpacked() -> None:
    candidates = read_columns(columns(), classes=2, cap=300)
    assert candidates.scores == (0.9, 0.4)
    assert candidates.boxes[1] == (0, 0, 10, 9)
    assert candidates.overlaps == (((1, 0.9),), ((0, 0.9),))


def test_nothing_found_is_an_answer() -> None:
    nothing = Columns(boxes=b"", scores=b"", classes=b"", pairs=b"", pair_ious=b"")
    assert len(read_columns(nothing, classes=2, cap=300)) == 0


def test_the_digest_is_of_what_was_found() -> None:
    first = read_columns(columns(), classes=2, cap=300)
    assert read_columns(columns(ious=[0.8]), classes=2, cap=300).digest == first.digest
    assert read_columns(columns(scores=[0.9, 0.3]), classes=2, cap=300).digest != first.digest


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (columns(scores=[0.9]), "1 scores came with 2 classes"),
        (columns(classes=[0]), "2 scores came with 1 classes"),
        (columns(boxes=[0, 0, 10, 10]), "4 box numbers"),
        (columns(boxes=[0, 0, 10, float("nan"), 0, 0, 1, 1]), "not finite"),
        (columns(boxes=[0, 0, float("inf"), 1, 0, 0, 1, 1]), "not finite"),
        (columns(boxes=[9, 0, 1, 1, 0, 0, 1, 1]), "inside out"),
        (columns(scores=[1.5, 0.4]), "outside 0 to 1"),
        (columns(scores=[0.9, float("nan")]), "outside 0 to 1"),
        (columns(scores=[0.4, 0.9]), "do not fall"),
        (columns(classes=[0, 2]), "class 2 is not one of the model's 2"),
        (columns(classes=[-1, 0]), "class -1"),
        (columns(pairs=[0, 2]), "a pair names"),
        (columns(pairs=[0]), "1 ends of pairs"),
        (columns(ious=[1.5]), "pair overlap"),
    ],
)
def test_what_is_wrong_is_named(wrong: Columns, reason: str) -> None:
    with pytest.raises(InvalidColumnsError, match=reason):
        read_columns(wrong, classes=2, cap=300)


def test_bytes_that_are_cut_off_are_named() -> None:
    cut = Columns(boxes=b"", scores=b"1234567", classes=b"", pairs=b"", pair_ious=b"")
    with pytest.raises(InvalidColumnsError, match="scores end in the middle"):
        read_columns(cut, classes=2, cap=300)


def test_more_than_the_cap_is_refused() -> None:
    with pytest.raises(InvalidColumnsError, match="cap of 1"):
        read_columns(columns(), classes=2, cap=1)
