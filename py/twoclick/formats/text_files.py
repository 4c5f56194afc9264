"""Text out of files as tools on all systems write them."""

import codecs

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(content: bytes) -> str:
    """The text of a file, lines ending with "\\n" alone: UTF-8 with or without its mark, or UTF-16
    with it.  Bytes that are no text become U+FFFD, which nothing takes for a name or a number."""
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    text = content.decode(encoding, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
