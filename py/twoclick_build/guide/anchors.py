"""Names of headings in addresses, as code hosts that show Markdown make them."""

import re
from collections.abc import Iterable, Iterator


def anchors(headings: Iterable[str]) -> Iterator[str]:
    """The anchor of each heading of a page, in order: "What is kept?" gives "what-is-kept".

    A heading that comes again has "-1" behind it, then "-2".
    """
    seen: dict[str, int] = {}
    for heading in headings:
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        times = seen.get(plain, 0)
        seen[plain] = times + 1
        yield f"{plain}-{times}" if times else plain
