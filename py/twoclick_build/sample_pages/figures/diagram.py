"""Flow diagrams: rows of named boxes joined by arrows."""

from random import Random

from PIL import Image

from twoclick_build.sample_pages.blocks import Colour
from twoclick_build.sample_pages.faces import Cut
from twoclick_build.sample_pages.figures.easel import Easel, Point, open_easel
from twoclick_build.sample_pages.prose import Writer
from twoclick_build.sample_pages.style import Style


def _arrow(easel: Easel, start: Point, end: Point, colour: Colour) -> None:
    """A straight arrow along one axis."""
    easel.line([start, end], colour=colour)
    (x0, y0), (x, y) = start, end
    if abs(x - x0) > abs(y - y0):
        back = -9 if x > x0 else 9
        head = [(x, y), (x + back, y - 5), (x + back, y + 5)]
    else:
        back = -9 if y > y0 else 9
        head = [(x, y), (x - 5, y + back), (x + 5, y + back)]
    easel.polygon(head, fill=colour)


def _two_lines(text: str, style: Style, width: float) -> tuple[str, ...]:
    """`text` in one line if it fits `width` pixels, else broken near its middle."""
    face = style.faces.face(style.display, Cut.REGULAR, style.size - 5)
    words = text.split()
    if face.getlength(text) <= width or len(words) == 1:
        return (text,)
    half = min(
        range(1, len(words)),
        key=lambda cut: max(
            face.getlength(" ".join(words[:cut])), face.getlength(" ".join(words[cut:]))
        ),
    )
    return " ".join(words[:half]), " ".join(words[half:])


def draw_diagram(rng: Random, writer: Writer, style: Style, size: tuple[int, int]) -> Image.Image:
    """Three rows of boxes that feed one another from top to bottom."""
    easel = open_easel(style, size)
    width, height = size
    subject, ink = writer.subject, style.palette.ink
    names = [*subject.causes, *subject.measures, *subject.methods, *subject.things]
    rng.shuffle(names)
    columns = 3 if width < 700 else 4
    cell_w, cell_h = width / columns, height / 3
    half_w, half_h = cell_w * 0.39, min(36.0, cell_h * 0.31)
    fills = tuple(
        tuple(round(255 - (255 - channel) * 0.2) for channel in colour)
        for colour in style.palette.series
    )
    for row in range(3):
        for column in range(columns):
            x, y = (column + 0.5) * cell_w, (row + 0.5) * cell_h
            red, green, blue = fills[row]
            corners = (x - half_w, y - half_h, x + half_w, y + half_h)
            easel.box(corners, fill=(red, green, blue), outline=ink, radius=row % 2 * 10)
            lines = _two_lines(names.pop().capitalize(), style, half_w * 1.9)
            for index, text in enumerate(lines):
                easel.write((x, y + (index - (len(lines) - 1) / 2) * 20), text)
            if row < 2 and (column + row) % 2 == 0:
                _arrow(easel, (x, y + half_h), (x, y + cell_h - half_h - 1), ink)
            if column < columns - 1:
                _arrow(easel, (x + half_w, y), (x + cell_w - half_w - 1, y), ink)
    return easel.finish()
