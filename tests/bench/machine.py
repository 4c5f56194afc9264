"""The machine and the moment, in words that name neither."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.bed import Bed


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`load`: the average number of processes that wanted to run in the minute before."""

    cores: int
    browser: str
    date: str
    load: float

    @classmethod
    def here(cls, bed: Bed) -> "Machine":
        """This machine, with the bed's browser."""
        with bed.browser() as context:
            agent = str(context.pages[0].evaluate("() => navigator.userAgent"))
        version = agent.partition("Chrome/")[2].partition(".")[0]
        return cls(
            cores=os.cpu_count() or 1,
            browser=f"Chromium {version}",
            date=datetime.now(UTC).date().isoformat(),
            load=os.getloadavg()[0],
        )

    @property
    def in_words(self) -> str:
        """One line."""
        return (
            f"{self.date}, {self.cores} cores, {self.browser} headless, "
            f"load {self.load:.1f} in the minute before"
        )
