"""The starter model must stay useful on the sample pages' own kind of page."""

from conformance.page_layout.accuracy import KINDS, SEEDS, count

PAGES = SEEDS[:20]
"""Of those that docs/accuracy.md counts: enough for a loss of three blocks in a hundred to show."""

FLOOR, FLOOR_OF_A_KIND = 0.93, 0.9


def test_most_of_a_page_is_found(page_layout, capsys):
    tally = count(page_layout, PAGES)
    with capsys.disabled():
        shares = ", ".join(f"{kind} {tally.share(kind):.1%}" for kind in KINDS)
        print(f"\nfound on {len(PAGES)} pages: {tally.share(*KINDS):.1%} ({shares})")
    assert tally.share(*KINDS) >= FLOOR
    for kind in KINDS:
        assert tally.share(kind) >= FLOOR_OF_A_KIND, kind
