"""The starter model finds the text on walls that nobody tuned anything on."""

from conformance.text_regions.accuracy import SEEDS, as_markdown, count
from twoclick.adapters.onnxruntime_native import NativePredictor


def test_most_text_is_found(text_regions_file, capsys):
    tally = count(NativePredictor(text_regions_file), SEEDS)
    with capsys.disabled():
        print(f"\n{as_markdown(tally)}")
    assert tally.share("straight") >= 0.95
    assert tally.share("curved") >= 0.85
    assert tally.stray <= 0.05 * tally.shown.total()
