"""Damaged COCO files never crash, hang, or come in by half."""

from unit.formats.coco.fuzzing import fuzz

CASES = 1500
SLOWEST = 2.0
"""Seconds of the processor for one small file: a bound that only a hang passes."""


def test_a_damaged_file_is_read_or_refused(capsys):
    outcome = fuzz(CASES, seed=0)
    with capsys.disabled():
        print(f"\nCOCO, damaged: {outcome.said()}")
    assert outcome.counts.total() == CASES
    assert min(outcome.counts.values()) > CASES / 20
    assert outcome.slowest < SLOWEST
