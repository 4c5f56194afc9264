"""Bar charts, line plots and scatter plots with axes, ticks and a legend."""

import math
from dataclasses import dataclass
from random import Random

from PIL import Image

from twoclick_build.sample_pages.blocks import Colour
from twoclick_build.sample_pages.figures.easel import Easel, Point, open_easel
from twoclick_build.sample_pages.prose import Writer
from twoclick_build.sample_pages.style import Style

_BELOW_LEGEND = 0.84
"""Share of the height that data may fill, so that the legend stands free."""

_GRID: Colour = (222, 222, 224)


@dataclass(frozen=True, slots=True)
class _Axes:
    """A frame that maps shares 0..1 of both axes to pixels of the figure."""

    easel: Easel
    left: float
    top: float
    right: float
    bottom: float

    def at(self, x: float, y: float) -> Point:
        return (
            self.left + x * (self.right - self.left),
            self.bottom - y * (self.bottom - self.top),
        )


def _draw_axes(
    rng: Random, writer: Writer, style: Style, size: tuple[int, int], *, x_ticks: tuple[str, ...]
) -> _Axes:
    """Axes with their names; `x_ticks` are spread evenly, each in the middle of its share."""
    easel = open_easel(style, size)
    width, height = size
    step = rng.choice((5, 10, 20, 25, 50))
    axes = _Axes(easel, 76, 14, width - 12, height - 66)
    ticks = 5
    for tick in range(ticks + 1):
        x, y = axes.at(0, tick / ticks)
        if tick:
            easel.line([(x, y), (axes.right, y)], colour=_GRID, width=1)
        easel.write((x - 9, y), str(tick * step), anchor="rm")
    for index, text in enumerate(x_ticks):
        x, y = axes.at((index + 0.5) / len(x_ticks), 0)
        easel.line([(x, y), (x, y + 5)], colour=style.palette.ink)
        easel.write((x, y + 18), text)
    corner = axes.at(0, 0)
    easel.line([axes.at(0, 1), corner, axes.at(1, 0)], colour=style.palette.ink)
    subject = writer.subject
    middle = axes.at(0.5, 0.5)
    named = f"{rng.choice(subject.measures).capitalize()} ({rng.choice(subject.units)})"
    easel.write_upward((15, middle[1]), named)
    easel.write((middle[0], height - 15), rng.choice(("Year", "Site", "Week", "Sample", "Group")))
    return axes


def _draw_legend(axes: _Axes, names: tuple[str, ...], colours: tuple[Colour, ...]) -> None:
    easel = axes.easel
    x, y = axes.at(0.03, 0.98)
    for row, (name, colour) in enumerate(zip(names, colours, strict=True)):
        middle = y + 9 + row * 23
        easel.box((x, middle - 6, x + 22, middle + 6), fill=colour)
        easel.write((x + 30, middle), name, anchor="lm")


def _series_names(rng: Random, writer: Writer, count: int) -> tuple[str, ...]:
    return tuple(thing.capitalize() for thing in rng.sample(writer.subject.things, count))


def draw_bars(rng: Random, writer: Writer, style: Style, size: tuple[int, int]) -> Image.Image:
    """Grouped bars with whiskers."""
    groups, series = rng.randint(4, 7), rng.randint(1, 3)
    year = rng.randint(1990, 2012)
    axes = _draw_axes(
        rng, writer, style, size, x_ticks=tuple(str(year + index) for index in range(groups))
    )
    bar = 0.7 / groups / series
    for group in range(groups):
        for index in range(series):
            share = rng.uniform(0.18, 0.74)
            start = (group + 0.15) / groups + index * bar
            x0, y0 = axes.at(start, share)
            x1, y1 = axes.at(start + bar * 0.92, 0)
            axes.easel.box((x0, y0, x1, y1), fill=style.palette.series[index])
            middle = (x0 + x1) / 2
            axes.easel.line([(middle, y0 - 9), (middle, y0 + 9)], colour=style.palette.ink, width=1)
    if series > 1:
        _draw_legend(axes, _series_names(rng, writer, series), style.palette.series[:series])
    return axes.easel.finish()


def draw_lines(rng: Random, writer: Writer, style: Style, size: tuple[int, int]) -> Image.Image:
    """Curves over time with markers."""
    count, points = rng.randint(2, 3), rng.randint(9, 16)
    axes = _draw_axes(
        rng, writer, style, size, x_ticks=tuple(str(index * 4) for index in range(1, 7))
    )
    for index in range(count):
        colour = style.palette.series[index]
        level, slope = rng.uniform(0.15, 0.4), rng.uniform(-0.05, 0.4)
        phase, swing = rng.uniform(0, 6), rng.uniform(0.03, 0.12)
        curve = []
        for step in range(points):
            x = step / (points - 1)
            y = level + slope * x + swing * math.sin(phase + 7 * x) + rng.uniform(-0.02, 0.02)
            curve.append(axes.at(0.02 + x * 0.95, max(0.04, y * _BELOW_LEGEND)))
        axes.easel.line(curve, colour=colour, width=2.2)
        for at in curve:
            axes.easel.dot(at, 3.6, colour=colour, filled=index != 1)
    _draw_legend(axes, _series_names(rng, writer, count), style.palette.series[:count])
    return axes.easel.finish()


def draw_scatter(rng: Random, writer: Writer, style: Style, size: tuple[int, int]) -> Image.Image:
    """Two clouds of points, each with its line of best fit."""
    axes = _draw_axes(
        rng, writer, style, size, x_ticks=tuple(f"{index * 0.2:.1f}" for index in range(1, 6))
    )
    for index in range(2):
        colour = style.palette.series[index]
        slope, level = rng.uniform(0.25, 0.5), rng.uniform(0.06, 0.22)
        for _ in range(rng.randint(28, 60)):
            x = rng.uniform(0.04, 0.97)
            y = level + slope * x + rng.gauss(0, 0.06)
            if 0.02 < y < 0.96 and not (x < 0.4 and y > 0.78):
                axes.easel.dot(axes.at(x, y), 3.8, colour=colour, filled=index == 0)
        ends = [axes.at(0.03, level + slope * 0.03), axes.at(0.97, level + slope * 0.97)]
        axes.easel.line(ends, colour=colour, width=1.6)
    _draw_legend(axes, _series_names(rng, writer, 2), style.palette.series[:2])
    return axes.easel.finish()
