"""Image files as people have them, sound and not, written with Pillow.

The picture has a colour in each quarter: wherever it is seen, its corners tell how it is turned.
"""

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

WIDTH, HEIGHT = 600, 400

CORNERS = {
    "top left": (220, 40, 40),
    "top right": (40, 180, 60),
    "bottom left": (40, 70, 220),
    "bottom right": (235, 210, 40),
}

TO_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What a camera held so does to the upright picture, by the orientation that it then states."""


def picture(*, mark: int = 0) -> Image.Image:
    """The picture, upright; each `mark` makes other bytes of it."""
    pixels: NDArray[np.uint8] = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    top, left = HEIGHT // 2, WIDTH // 2
    pixels[:top, :left] = CORNERS["top left"]
    pixels[:top, left:] = CORNERS["top right"]
    pixels[top:, :left] = CORNERS["bottom left"]
    pixels[top:, left:] = CORNERS["bottom right"]
    for bit in range(16):
        x = left - 64 + 8 * bit
        pixels[top - 8 : top + 8, x : x + 8] = 255 * (mark >> bit & 1)
    return Image.fromarray(pixels)


def write(path: Path, *, mark: int = 0, orientation: int | None = None, **options: Any) -> Path:
    """The picture in a file of the kind that the name's ending says."""
    upright = picture(mark=mark)
    if orientation is not None:
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        options["exif"] = exif.tobytes()
        if orientation in TO_STORED:
            upright = upright.transpose(TO_STORED[orientation])
    path.parent.mkdir(parents=True, exist_ok=True)
    upright.save(path, **options)
    return path


def write_all(folder: Path, names: Sequence[str], *, first: int = 1) -> list[Path]:
    """A picture of its own in each of these files, marked from `first` on."""
    return [write(folder / name, mark=place) for place, name in enumerate(names, start=first)]


def write_grey(path: Path, values: NDArray[np.uint16]) -> Path:
    """Grey of 16 bits a sample."""
    Image.fromarray(values).save(path)
    return path


def write_pages(path: Path, count: int) -> Path:
    """A TIFF of several pages."""
    first, *others = (picture(mark=mark) for mark in range(1, count + 1))
    first.save(path, save_all=True, append_images=others, compression="tiff_deflate")
    return path


def write_part(path: Path, *, of: Path, share: float) -> Path:
    """The first part of a file: its end is missing."""
    content = of.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def write_giant_png(path: Path, *, side: int = 30_000) -> Path:
    """A sound PNG of `side` x `side` black pixels: small as a file, gigabytes when decoded."""
    deflate = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    packed = b"".join(deflate.compress(row) for _ in range(side)) + deflate.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    file.seek(0, io.SEEK_END)
    for name, data in ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")):
        file.write(struct.pack(">I", len(data)) + name + data)
        file.write(struct.pack(">I", zlib.crc32(name + data)))
    path.write_bytes(file.getvalue())
    return path
