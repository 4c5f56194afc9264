"""Text out of files as tools on all systems write them."""

import codecs

from twoclick.formats.format import SourceFile

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(content: bytes) -> str:
    """The text of a file, lines ending with "\\n" alone: UTF-8 with or without its mark, or UTF-16
    with it.  Bytes that are no text become U+FFFD, which nothing takes for a name or a number."""
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    text = content.decode(encoding, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def beginning(file: SourceFile) -> bytes:
    """The first bytes of a file as ASCII, whatever its encoding: without byte order mark and the
    zeros that UTF-16 and UTF-32 put between letters."""
    return file.content[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


_HEAD = 1 << 16
"""Bytes in which a file must show what it is: what comes before are a few keys at most."""
