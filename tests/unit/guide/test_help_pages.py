"""From a guide in Markdown to the documents of the Help."""

import pytest
from PIL import Image

from twoclick_build.failure import BuildError
from twoclick_build.guide import write_help

POLICY = "default-src 'self'"
CONTENTS = "# Guide\n\n- [First](first.md)\n- [Second](second.md)\n"
FIRST = "# First\n\n## One part\n\nSee [there](second.md#far-down), ![A view](pictures/view.webp)\n"
SECOND = "# Second\n\n## Far down\n\n[Up](#far-down) and [away](https://example.org/).\n"


@pytest.fixture
def guide(tmp_path):
    folder = tmp_path / "guide"
    (folder / "pictures").mkdir(parents=True)
    for name, text in (("README", CONTENTS), ("first", FIRST), ("second", SECOND)):
        (folder / f"{name}.md").write_text(text)
    for ending in ("webp", "dark.webp"):
        Image.new("RGB", (40, 30)).save(folder / f"pictures/view.{ending}")
    return folder


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "index.html"
    path.write_text(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">')
    return path


@pytest.fixture
def written(guide, document, tmp_path):
    """Writes the Help of the guide and gives the text of each document by the file's name."""

    def write():
        target = tmp_path / "help"
        target.mkdir()
        write_help(target, guide=guide, document=document)
        return {path.name: path.read_text() for path in target.iterdir()}

    return write


def test_each_page_is_a_document_bound_by_the_pages_own_policy(written):
    pages = written()
    assert sorted(pages) == ["first.html", "index.html", "second.html"]
    for text in pages.values():
        assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in text


def test_links_lead_to_the_other_documents(written):
    pages = written()
    assert '<a href="second.html#far-down">there</a>' in pages["first.html"]
    assert '<h2 id="far-down">Far down</h2>' in pages["second.html"]
    assert (
        '<a href="https://example.org/" target="_blank" rel="noreferrer">away</a>'
        in pages["second.html"]
    )


def test_pictures_keep_their_place_and_have_a_dark_twin(written):
    assert (
        '<picture><source srcset="pictures/view.dark.webp" '
        'media="(prefers-color-scheme: dark)">'
        '<img src="pictures/view.webp" alt="A view" width="40" height="30"></picture>'
    ) in written()["first.html"]


def test_every_page_lists_all_in_the_order_of_the_contents(written):
    for name, text in written().items():
        places = [text.index(f'<li><a href="{page}"') for page in ("first.html", "second.html")]
        assert places == sorted(places)
        assert f'<a href="{name}" aria-current="page">' in text


@pytest.mark.parametrize("text", ["# T\n\n<b>bold</b>\n", "# T\n\n<script>run()</script>\n"])
def test_markup_in_the_guide_is_text(written, guide, text):
    (guide / "first.md").write_text(text)
    body = written()["first.html"].split("<main", 1)[1]
    assert "<b>" not in body
    assert "<script>" not in body


def test_comments_are_for_those_who_write(written, guide):
    (guide / "first.md").write_text("# First\n\n<!-- made\nby hand -->\n\nWords\n")
    assert "by hand" not in written()["first.html"]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("first", "No heading", "must begin with its heading"),
        ("first", "# T\n\n[out](../adr/0001.md)\n", "no page of the guide"),
        ("first", "# T\n\n![gone](pictures/gone.webp)\n", "which is missing"),
        ("first", "# T\n\n![apart](elsewhere.webp)\n", "does not lie in"),
        ("README", "# Guide\n\n[First](first.md)\n", "second"),
        ("README", CONTENTS + "- [Third](third.md)\n", "third"),
    ],
)
def test_what_would_lead_nowhere_fails_the_build(written, guide, name, text, complaint):
    (guide / f"{name}.md").write_text(text)
    with pytest.raises(BuildError, match=complaint):
        written()
