"""Pictures with the tones of a photograph: a landscape in layers, or a view by microscope."""

import math
from random import Random
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from twoclick_build.sample_pages.prose import Writer
from twoclick_build.sample_pages.style import Style

if TYPE_CHECKING:
    from twoclick_build.sample_pages.blocks import Colour


def _noise(rng: Random, size: tuple[int, int], cell: int) -> Image.Image:
    """Smooth grey noise ("L") whose blobs are about `cell` pixels wide."""
    small = (size[0] // cell + 3, size[1] // cell + 3)
    grains = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    return grains.resize(size, Image.Resampling.BICUBIC)


def _clouds(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Noise at four scales, the finest the weakest."""
    total = _noise(rng, size, 96)
    for cell, share in ((40, 0.34), (16, 0.2), (6, 0.08)):
        total = Image.blend(total, _noise(rng, size, cell), share)
    return ImageOps.autocontrast(total)


def _ridge(rng: Random, width: int, height: int, base: float) -> list[tuple[float, float]]:
    """The outline of a range of hills whose mean level is `base` (0 is the top)."""
    waves = [(rng.uniform(0, 6.3), 2.0 ** (1 - k), 1.1 * 2.1**k) for k in range(6)]
    outline = [(0.0, float(height))]
    for x in range(0, width + 4, 4):
        share = x / width
        rise = sum(size * math.sin(start + 3 * pitch * share) for start, size, pitch in waves)
        outline.append((float(x), height * (base - 0.045 * rise)))
    outline.append((float(width), float(height)))
    return outline


def _landscape(rng: Random, size: tuple[int, int]) -> Image.Image:
    width, height = size
    sky = ImageOps.colorize(
        Image.linear_gradient("L").resize(size), (96, 140, 186), (236, 226, 206)
    )
    cloud = _clouds(rng, size).point(lambda value: max(0, value - 120))
    image = Image.composite(Image.new("RGB", size, (246, 244, 240)), sky, cloud)
    near, far = (44, 62, 48), (150, 168, 182)
    for layer in range(4):
        share = layer / 3
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(_ridge(rng, width, height, 0.42 + 0.16 * layer), fill=255)
        dark = tuple(round(f + (n - f) * share) for f, n in zip(far, near, strict=True))
        light = tuple(min(255, value + 26 + 30 * layer) for value in dark)
        texture = ImageOps.colorize(_clouds(rng, size), dark, light)
        image.paste(texture, mask=mask.filter(ImageFilter.GaussianBlur(0.8)))
    return image


def _micrograph(rng: Random, size: tuple[int, int]) -> Image.Image:
    width, height = size
    dark: Colour = rng.choice(((52, 34, 62), (38, 52, 60), (58, 48, 38)))
    light: Colour = rng.choice(((226, 196, 206), (204, 222, 218), (228, 218, 196)))
    grey = _clouds(rng, size).point(lambda value: 120 + value // 3)
    pen = ImageDraw.Draw(grey)
    for _ in range(width * height // 1600):
        x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(6, 20)
        tone = rng.randint(30, 110)
        pen.ellipse((x - r, y - r * 0.8, x + r, y + r * 0.8), fill=tone, outline=tone // 2)
        pen.ellipse((x - r / 3, y - r / 3, x + r / 4, y + r / 4), fill=tone // 3)
    soft = ImageChops.blend(grey.filter(ImageFilter.GaussianBlur(1.6)), _noise(rng, size, 2), 0.08)
    image = ImageOps.colorize(soft, dark, light)
    bar = ImageDraw.Draw(image)
    bar.rectangle((width - 110, height - 26, width - 22, height - 20), fill=(255, 255, 255))
    return image


def draw_photograph(
    rng: Random, writer: Writer, style: Style, size: tuple[int, int]
) -> Image.Image:
    """One picture, or two side by side; in greys where the page's palette has no colour."""
    halves = 2 if rng.random() < 0.4 else 1
    gap = 12
    each = ((size[0] - gap * (halves - 1)) // halves, size[1])
    artist = rng.choice((_landscape, _micrograph))
    image = Image.new("RGB", size, (255, 255, 255))
    for index in range(halves):
        picture = artist(rng, each)
        if len(set(style.palette.accent)) <= 2:
            picture = ImageOps.grayscale(picture).convert("RGB")
        image.paste(picture, (index * (each[0] + gap), 0))
    return image
