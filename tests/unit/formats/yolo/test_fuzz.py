"""Whatever is broken, labels are read or refused: nothing else, and not slowly."""

from unit.formats.yolo.fuzz import run


def test_broken_data_sets_are_read_or_refused() -> None:
    figures = run(800, seed=4)
    assert figures.outcomes.total() == 800
    assert set(figures.outcomes) == {"read", "read with problems", "refused"}
    assert figures.longest < 5.0
