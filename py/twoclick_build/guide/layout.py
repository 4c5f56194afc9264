"""What is around a page of the Help: head, contents, and the way back."""

from collections.abc import Sequence
from html import escape

from twoclick_build.guide.markdown import GuidePage

_PAGE = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="{policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>{title} · Twoclick Help</title>
    <link rel="icon" href="../icons/logo.svg" type="image/svg+xml">
    <link rel="stylesheet" href="help.css">
{prefetch}    <script type="module" src="help.js"></script>
  </head>
  <body>
    <a class="skip" href="#page">To the text</a>
    <header class="head-line">
      <a id="back" href="../"><img src="../icons/logo.svg" alt="" width="24" height="24">\
Back to Twoclick</a>
      <p>Help</p>
    </header>
    <nav class="pages" aria-label="Pages of the Help">
      <ul>
{pages}
      </ul>
    </nav>
    <main id="page" tabindex="-1">
{body}{onward}    </main>
  </body>
</html>
"""


def help_page(
    page: GuidePage, pages: Sequence[GuidePage], *, policy: str, pictures: Sequence[str]
) -> str:
    """The whole document of `page`.

    `policy` stands in the document as it is; `pages` are all of them in their order, the contents
    first; `pictures` the paths of all pictures, which the browser is asked to keep when it has
    nothing else to do.
    """
    return _PAGE.format(
        policy=policy,
        title=escape(page.title),
        prefetch="".join(f'    <link rel="prefetch" href="{escape(one)}">\n' for one in pictures),
        pages="\n".join(_entry(one, here=one is page) for one in pages),
        body=page.body,
        onward=_onward(page, pages),
    )


def file_name(page: GuidePage) -> str:
    """The file of a page: the contents are the index."""
    return "index.html" if page.name == "README" else f"{page.name}.html"


def _entry(page: GuidePage, *, here: bool) -> str:
    current = ' aria-current="page"' if here else ""
    parts = _parts(page) if here else ""
    return f'        <li><a href="{file_name(page)}"{current}>{escape(page.title)}</a>{parts}</li>'


def _parts(page: GuidePage) -> str:
    parts = [heading for heading in page.headings if heading.level == 2]
    if not parts:
        return ""
    entries = "".join(f'<li><a href="#{one.anchor}">{escape(one.text)}</a></li>' for one in parts)
    return f"<ul>{entries}</ul>"


def _onward(page: GuidePage, pages: Sequence[GuidePage]) -> str:
    place = list(pages).index(page)
    if page.name == "README" or place + 1 == len(pages):
        return ""
    after = pages[place + 1]
    return f'<p class="onward"><a href="{file_name(after)}">Next: {escape(after.title)}</a></p>\n'
