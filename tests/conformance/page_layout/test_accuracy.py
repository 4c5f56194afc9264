"""The starter model must stay useful on the sample pages' own kind of page."""

from conformance.page_layout.accuracy import KINDS, SEEDS, as_markdown, count

FLOOR, FLOOR_OF_A_KIND = 0.9, 0.75


def test_most_of_a_page_is_found(page_layout, capsys):
    tally = count(page_layout, SEEDS)
    with capsys.disabled():
        print("\n" + as_markdown(tally))
    assert tally.share(*KINDS) >= FLOOR
    for kind in KINDS:
        assert tally.share(kind) >= FLOOR_OF_A_KIND, kind
