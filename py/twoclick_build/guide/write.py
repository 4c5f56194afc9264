"""Writing the Help: every page of the guide as a document, in the order of its contents."""

import re
from functools import partial
from html import escape
from pathlib import Path

from PIL import Image

from twoclick_build.failure import BuildError
from twoclick_build.guide.layout import file_name, help_page
from twoclick_build.guide.markdown import PICTURES, GuidePage, read_page

_CONTENTS = "README"
"""The page of the guide that lists the others."""

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


def write_help(target: Path, *, guide: Path, document: Path) -> None:
    """Write the pages of `guide` into the folder `target`.

    They are bound by the policy of `document`, the page's own. Raises BuildError when a page is
    missing, is not listed in the contents, or leads nowhere.
    """
    found = _POLICY.search(document.read_text(encoding="utf-8"))
    if found is None:
        raise BuildError(f"{document} has no Content-Security-Policy for the Help to share.")
    pages = read_guide(guide)
    pictures = [f"{PICTURES}{path.name}" for path in sorted((guide / PICTURES).iterdir())]
    for page in pages:
        text = help_page(page, pages, policy=found.group(1), pictures=pictures)
        (target / file_name(page)).write_text(text, encoding="utf-8")


def read_guide(guide: Path) -> list[GuidePage]:
    """The pages of `guide`: the contents, then the others in the order in which these list them."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in guide.glob("*.md")}
    read = {
        name: read_page(name, text, picture=partial(_picture, guide))
        for name, text in texts.items()
    }
    order = [_CONTENTS, *dict.fromkeys(read[_CONTENTS].links)]
    if apart := set(order) ^ set(read):
        raise BuildError(
            f"The pages that docs/guide/README.md lists are not those beside it: "
            f"{', '.join(sorted(apart))}"
        )
    return [read[name] for name in order]


def _picture(guide: Path, path: str, alt: str) -> str:
    """A picture and its dark twin, with their size, so that nothing moves when they arrive."""
    try:
        with Image.open(guide / path) as image:
            width, height = image.size
    except FileNotFoundError as error:
        raise BuildError(
            f"The guide shows {path}, which is missing: take it with python3 build.py pictures "
            f"before a page shows it."
        ) from error
    dark = Path(path).with_suffix(f".dark{Path(path).suffix}")
    source = (
        f'<source srcset="{dark.as_posix()}" media="(prefers-color-scheme: dark)">'
        if (guide / dark).exists()
        else ""
    )
    return (
        f'<picture>{source}<img src="{escape(path)}" alt="{escape(alt)}" '
        f'width="{width}" height="{height}"></picture>'
    )
