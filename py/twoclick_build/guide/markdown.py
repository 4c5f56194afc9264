"""A page of the guide, from Markdown to what stands in a page of the Help."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from twoclick_build.failure import BuildError
from twoclick_build.guide.anchors import anchors

PICTURES = "pictures/"
"""The folder of the pictures, in the guide and in the Help."""

FILES = ("hosting/", "deployments/")
"""The folders of files to take away, in the guide and in the Help."""

_PUBLIC = "../../public/"
"""Where files lie, seen from the guide, that the page has at its root."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a page: 1 is the page's own."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """A page of the guide, read: its name without an ending, headings in order, and its body."""

    name: str
    headings: tuple[Heading, ...]
    links: tuple[str, ...]
    body: str

    @property
    def title(self) -> str:
        return self.headings[0].text


PictureTurn = Callable[[str, str], str]
"""From the path and the text of a picture to its markup."""


def read_page(name: str, text: str, *, picture: PictureTurn) -> GuidePage:
    """The page `name` of the guide, whose Markdown is `text`.

    Raises BuildError for what the Help cannot have: a page without a heading of its own, a link
    that leads out of the guide to a file of the checkout.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", lambda _, tokens, index, *__: _image(tokens[index], picture))
    tokens = parser.parse(_COMMENT.sub("", text))
    headings = tuple(_headings(tokens))
    if not headings or headings[0].level != 1:
        raise BuildError(f"docs/guide/{name}.md must begin with its heading.")
    links = tuple(_turn_links(tokens, page=name))
    return GuidePage(
        name=name,
        headings=headings,
        links=links,
        body=parser.renderer.render(tokens, parser.options, {}),
    )


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    opening = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    texts = [_plain(tokens[place + 1]) for place in opening]
    for place, text, anchor in zip(opening, texts, anchors(texts), strict=True):
        tokens[place].attrSet("id", anchor)
        yield Heading(level=int(tokens[place].tag[1]), text=text, anchor=anchor)


def _plain(inline: Token) -> str:
    return "".join(
        token.content for token in inline.children or () if token.type in {"text", "code_inline"}
    )


def _turn_links(tokens: Iterable[Token], *, page: str) -> Iterator[str]:
    """Let every link lead where it does in the Help; the links to the guide's other pages."""
    for token in tokens:
        yield from _turn_links(token.children or (), page=page)
        if token.type != "link_open":
            continue
        target = str(token.attrGet("href"))
        if target.startswith("https://"):
            token.attrSet("target", "_blank")
            token.attrSet("rel", "noreferrer")
            continue
        token.attrSet("href", help_address(target, page=page))
        if not target.startswith(("#", *FILES, _PUBLIC)):
            yield target.partition("#")[0].removesuffix(".md")


def help_address(target: str, *, page: str) -> str:
    """Where a relative link of the guide's page `page` leads in the Help."""
    if target.startswith(("#", *FILES)):
        return target
    if target.startswith(_PUBLIC):
        return f"../{target.removeprefix(_PUBLIC)}"
    path, mark, anchor = target.partition("#")
    if PurePosixPath(path).suffix != ".md" or "/" in path:
        raise BuildError(
            f"docs/guide/{page}.md leads to {target}, which is no page of the guide: "
            f"in the Help it would lead nowhere."
        )
    name = path.removesuffix(".md")
    return f"{'index' if name == 'README' else name}.html{mark}{anchor}"


def _image(token: Token, picture: PictureTurn) -> str:
    path = str(token.attrGet("src"))
    if not path.startswith(PICTURES):
        raise BuildError(f"The picture {path} of the guide does not lie in docs/guide/{PICTURES}")
    return picture(path, token.content)
