"""From a drawn page to its picture: clean, or as a scanner would have seen it."""

import math
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageFilter

from twoclick_build.sample_pages.blocks import WHITE, Colour
from twoclick_build.sample_pages.flow import Placed

Box = tuple[int, int, int, int]
_Affine = tuple[float, float, float, float, float, float]

_INK_LEVEL = 12
"""How much darker than white a pixel must be to count as ink (of 255)."""


@dataclass(frozen=True, slots=True)
class Scan:
    """`angle` in degrees, counter-clockwise; `blur` a radius in pixels; `grain` in grey levels."""

    angle: float
    paper: Colour
    blur: float
    grain: int

    @property
    def clean(self) -> bool:
        return self.angle == 0 and self.blur == 0 and self.grain == 0


def pick_scan(rng: Random) -> Scan:
    """Two pages in three are clean; the others are tilted a little, soft and grainy."""
    if rng.random() < 0.68:
        return Scan(0.0, WHITE, 0.0, 0)
    tint = rng.randint(0, 9)
    paper = (252 - tint // 3, 251 - tint // 2, 248 - tint)
    return Scan(rng.triangular(-1, 1, 0), paper, rng.uniform(0.45, 0.7), rng.randint(1, 3))


def _page_to_source(scan: Scan, size: tuple[int, int]) -> _Affine:
    """Where a point of the tilted page comes from on the straight one, about the centre."""
    turn = math.radians(scan.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = size[0] / 2, size[1] / 2
    return cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y


def ink_of(image: Image.Image) -> Image.Image:
    """How much darker than white each pixel is in its darkest channel ("L")."""
    red, green, blue = image.split()
    return ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))


def _inked_box(ink: Image.Image) -> Box | None:
    return ink.point(lambda level: 255 * (level > _INK_LEVEL)).getbbox()


def box_of(placed: Placed, *, scan: Scan, size: tuple[int, int]) -> Box:
    """The bounding box (x0, y0, x1, y1; x1, y1 exclusive) of a block's ink on the scanned page.

    The block alone is tilted by the very transform that tilts the page. `size` is the page's.
    Raises ValueError for a block without ink.
    """
    ink = ink_of(placed.tile.image)
    left, top = placed.x, placed.y
    if scan.angle:
        a, b, c, d, e, f = _page_to_source(scan, size)
        reach = math.ceil(math.sin(math.radians(abs(scan.angle))) * max(size)) + 2
        left, top = placed.x - reach, placed.y - reach
        local = (a, b, a * left + b * top + c - placed.x, d, e, d * left + e * top + f - placed.y)
        grown = (ink.width + 2 * reach, ink.height + 2 * reach)
        ink = ink.transform(grown, Image.Transform.AFFINE, local, Image.Resampling.BICUBIC)
    box = _inked_box(ink)
    if box is None:
        raise ValueError(f"a block of kind {placed.tile.kind} has no ink")
    return box[0] + left, box[1] + top, box[2] + left, box[3] + top


def picture_of(page: Image.Image, *, scan: Scan, rng: Random) -> Image.Image:
    """The page as scanned; the same size. The page itself if the scan is clean."""
    if scan.clean:
        return page
    tilt = _page_to_source(scan, page.size)
    turned = page.transform(
        page.size, Image.Transform.AFFINE, tilt, Image.Resampling.BICUBIC, fillcolor=WHITE
    )
    soft = turned.filter(ImageFilter.GaussianBlur(scan.blur))
    toned = ImageChops.multiply(soft, Image.new("RGB", page.size, scan.paper))
    noise = Image.frombytes("L", page.size, rng.randbytes(page.width * page.height))
    grain = noise.filter(ImageFilter.GaussianBlur(0.7)).point(
        lambda level: max(0, min(255, round((level - 128) * scan.grain / 64) + 128))
    )
    return ImageChops.add(toned, Image.merge("RGB", (grain,) * 3), scale=1, offset=-128)
