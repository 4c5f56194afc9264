"""The starter model finds the text on walls that nobody tuned anything on."""

from conformance.text_regions.accuracy import SEEDS, count
from twoclick.adapters.onnxruntime_native import NativePredictor

WALLS = SEEDS[:14]
"""Of those that docs/accuracy.md counts."""


def test_most_text_is_found(text_regions_file, capsys):
    tally = count(NativePredictor(text_regions_file), WALLS)
    with capsys.disabled():
        shares = ", ".join(f"{kind} {tally.share(kind):.1%}" for kind in sorted(tally.lines))
        print(f"\nfound on {len(WALLS)} walls: {shares}")
    assert tally.share("straight") >= 0.95
    assert tally.share("curved") >= 0.9
    assert tally.stray <= 0.05 * tally.shown.total()
