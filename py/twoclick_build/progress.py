"""What a long step shows: one updating line on a terminal, plain lines elsewhere."""

import sys
from typing import TextIO


def megabytes(count: int) -> str:
    """A byte count for people: "14.2 MB", below a tenth of it "28 KB"."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1000))} KB"


def say(text: str) -> None:
    """One line about what is being done, on standard error: the result goes to standard output."""
    print(text, file=sys.stderr, flush=True)


class ProgressLine:
    """The progress of one download: `advance` as bytes come, `finish` once."""

    def __init__(self, title: str, *, total: int | None, stream: TextIO | None = None) -> None:
        self._title = title
        self._total = total
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._done = 0
        self._shown = ""
        if not self._live:
            size = f" ({megabytes(total)})" if total else ""
            print(f"{title}{size} ...", file=self._stream, flush=True)

    def advance(self, count: int) -> None:
        """`count` more bytes have come."""
        self._done += count
        if not self._live:
            return
        of_total = f" of {megabytes(self._total)}" if self._total else ""
        text = f"{self._title}: {megabytes(self._done)}{of_total}"
        if text != self._shown:
            self._redraw(text)

    def finish(self, outcome: str) -> None:
        """End the line with `outcome`, such as "done" or the reason of a failure."""
        text = f"{self._title}: {outcome}"
        if self._live:
            self._redraw(text)
            print(file=self._stream, flush=True)
        else:
            print(text, file=self._stream, flush=True)

    def _redraw(self, text: str) -> None:
        blank = " " * max(0, len(self._shown) - len(text))
        print(f"\r{text}{blank}", end="", file=self._stream, flush=True)
        self._shown = text
