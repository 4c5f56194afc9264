"""Figures and how they are shown: one row a measurement, its budget beside it."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Unit = Literal["ms", "MB"]

HEAD = ("what", "n", "p50", "p95", "yardstick", "ratio", "budget", "verdict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """`of` says what is limited: the ratio of the medians, the 95th percentile or the median."""

    of: Literal["ratio", "p95", "p50"]
    limit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Measured values, those of the yardstick taken beside them, and the budget if there is one."""

    name: str
    values: Sequence[float]
    unit: Unit = "ms"
    yardstick: Sequence[float] = ()
    budget: Budget | None = None

    @property
    def p50(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The smallest value that at least 95 of 100 do not exceed."""
        ordered = sorted(self.values)
        return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick, median by median."""
        return self.p50 / statistics.median(self.yardstick) if self.yardstick else None

    @property
    def is_within(self) -> bool | None:
        """Whether the budget is kept; None without one."""
        if self.budget is None:
            return None
        measured = {"ratio": self.ratio, "p95": self.p95, "p50": self.p50}[self.budget.of]
        return measured is not None and measured <= self.budget.limit


def cells(figure: Figure) -> tuple[str, ...]:
    """One row of the table, in the order of HEAD."""
    one = len(figure.values) == 1
    ratio = figure.ratio
    return (
        figure.name,
        str(len(figure.values)),
        _quantity(figure.p50, figure.unit),
        "" if one else _quantity(figure.p95, figure.unit),
        _quantity(statistics.median(figure.yardstick), figure.unit) if figure.yardstick else "",
        "" if ratio is None else f"{ratio:.2f}",
        _budget(figure),
        {True: "within", False: "over", None: ""}[figure.is_within],
    )


def text_table(figures: Sequence[Figure]) -> str:
    """The table for a terminal."""
    rows = [HEAD, *map(cells, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def markdown_table(figures: Sequence[Figure]) -> str:
    """The table for a page of documentation."""
    rule = ("---", *["---:"] * (len(HEAD) - 2), "---")
    rows = (HEAD, rule, *map(cells, figures))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _budget(figure: Figure) -> str:
    match figure.budget:
        case None:
            return ""
        case Budget(of="ratio", limit=limit):
            return f"ratio {limit:g}"
        case Budget(of=of, limit=limit):
            return f"{of} {_quantity(limit, figure.unit)}"


def _quantity(value: float, unit: Unit) -> str:
    return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"
