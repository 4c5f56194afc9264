"""Whatever is broken, labels are read or refused: nothing else, and nothing hangs."""

from unit.formats.yolo.fuzz import run, said

LONGEST = 5.0
"""Seconds of the processor for one small data set: a bound that only a hang passes."""


def test_broken_data_sets_are_read_or_refused(capsys) -> None:
    figures = run(800, seed=4)
    with capsys.disabled():
        print(f"\nYOLO: {said(figures)}")
    assert figures.outcomes.total() == 800
    assert set(figures.outcomes) == {"read", "read with problems", "refused"}
    assert figures.longest < LONGEST
