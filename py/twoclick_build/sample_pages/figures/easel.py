"""A drawing surface at twice the size, so that Pillow's hard edges come out smooth."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from twoclick_build.sample_pages.blocks import WHITE, Colour
from twoclick_build.sample_pages.faces import Cut
from twoclick_build.sample_pages.style import Style

_SCALE = 2

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Easel:
    """Draws in pixels of the finished figure; `finish` gives it at that size."""

    image: Image.Image
    pen: ImageDraw.ImageDraw
    style: Style

    def line(self, points: list[Point], *, colour: Colour, width: float = 1.5) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")

    def box(
        self, corners: tuple[float, float, float, float], *, fill: Colour | None,
        outline: Colour | None = None, radius: float = 0,
    ) -> None:  # fmt: skip
        x0, y0, x1, y1 = (value * _SCALE for value in corners)
        self.pen.rounded_rectangle(
            (x0, y0, x1, y1), radius * _SCALE, fill=fill, outline=outline, width=2
        )

    def dot(self, at: Point, radius: float, *, colour: Colour, filled: bool = True) -> None:
        x, y, r = at[0] * _SCALE, at[1] * _SCALE, radius * _SCALE
        fill = colour if filled else WHITE
        self.pen.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=colour, width=3)

    def polygon(self, points: list[Point], *, fill: Colour) -> None:
        self.pen.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=fill)

    def write(
        self, at: Point, text: str, *, anchor: str = "mm", size: int = 0, bold: bool = False,
        colour: Colour | None = None,
    ) -> None:  # fmt: skip
        """`size` 0 is the style's small size; `anchor` as Pillow's two letters."""
        pixels = (size or self.style.size - 5) * _SCALE
        face = self.style.faces.face(self.style.display, Cut.BOLD if bold else Cut.REGULAR, pixels)
        ink = colour or self.style.palette.ink
        self.pen.text((at[0] * _SCALE, at[1] * _SCALE), text, fill=ink, font=face, anchor=anchor)

    def write_upward(self, at: Point, text: str) -> None:
        """`text` turned a quarter to the left, centred on `at`: the name of a vertical axis."""
        pixels = (self.style.size - 5) * _SCALE
        face = self.style.faces.face(self.style.display, Cut.REGULAR, pixels)
        ink = self.style.palette.ink
        strip = Image.new("RGB", (round(face.getlength(text)) + 4, pixels * 2), WHITE)
        middle = (strip.width / 2, strip.height / 2)
        ImageDraw.Draw(strip).text(middle, text, fill=ink, font=face, anchor="mm")
        turned = strip.transpose(Image.Transpose.ROTATE_90)
        x, y = round(at[0] * _SCALE - turned.width / 2), round(at[1] * _SCALE - turned.height / 2)
        self.image.paste(turned, (x, y))

    def finish(self) -> Image.Image:
        return self.image.reduce(_SCALE)


def open_easel(style: Style, size: tuple[int, int]) -> Easel:
    """An empty white easel for a figure of `size` (width, height) pixels."""
    image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), WHITE)
    return Easel(image, ImageDraw.Draw(image), style)
