"""Figures: charts, diagrams and photographs, each drawn by a file of its own."""

from collections.abc import Callable
from random import Random

from PIL import Image

from twoclick_build.sample_pages.blocks import Kind, Tile
from twoclick_build.sample_pages.figures.charts import draw_bars, draw_lines, draw_scatter
from twoclick_build.sample_pages.figures.diagram import draw_diagram
from twoclick_build.sample_pages.figures.photograph import draw_photograph
from twoclick_build.sample_pages.prose import Writer
from twoclick_build.sample_pages.style import Style

_Artist = Callable[[Random, Writer, Style, tuple[int, int]], Image.Image]
_ARTISTS: tuple[_Artist, ...] = (
    draw_bars,
    draw_lines,
    draw_scatter,
    draw_diagram,
    draw_photograph,
    draw_photograph,
)


def draw_figure(rng: Random, writer: Writer, *, style: Style, width: int) -> Tile:
    """A figure `width` pixels wide, of a kind and a height drawn from `rng`."""
    artist = rng.choice(_ARTISTS)
    tall = rng.uniform(0.58, 0.78) if width < 700 else rng.uniform(0.36, 0.5)
    return Tile(Kind.FIGURE, artist(rng, writer, style, (width, round(width * tall))), 0, 0)
