"""Pages of image files, read with Pillow: the header alone, the values, or what a model sees."""

import io
import struct
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from twoclick.adapters.pixels.deflated_tiff import COMPRESSION, DEFLATE, inflated
from twoclick.adapters.pixels.errors import ImageError
from twoclick.kernels.window import auto_window, through_window

MOST_PIXELS = 200_000_000
"""Width times height of the largest page that is decoded; told from the header, before that."""

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF", "PPM", "AVIF")
"""All others are refused: some of Pillow's readers start programs of the machine."""

_SIXTEEN_BIT = ("I;16", "I;16L", "I;16B", "I;16N", "I")
_UPRIGHT: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns the pixels of a file upright, by the orientation that it states."""

_SWAPPING = (5, 6, 7, 8)
_RARE = {6: "JPEG", 7: "JPEG", 34925: "LZMA", 50000: "Zstandard", 50001: "WebP"}
"""TIFF compressions that Pyodide's Pillow is built without."""

_WHITE_IS_ZERO = 0
_STRIP = 1 << 22
"""Pixels converted at once: the memory of large images is their result and little more."""

# The limit is this module's own: it knows the file's name and says what to do.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is known of a page before it is decoded; `width` and `height` are those it is seen with.

    `channels` is 1 for grey of 16 bits (`depth` 16), else 3, or 4 with transparency (`depth` 8).
    """

    width: int
    height: int
    channels: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An oriented page of a file that has `pages` of them.

    `samples`: uint16 (height, width), the values of the file, or uint8 (height, width, 3 or 4), RGB
    and alpha that is not multiplied in.
    """

    samples: NDArray[np.uint8] | NDArray[np.uint16]
    pages: int


def probe_pages(data: bytes, *, name: str) -> tuple[Header, ...]:
    """The header of every page: one of a file that is no TIFF; nothing is decoded.

    Raises ImageError for what is no image, and for a page that is too large or of unsupported
    values.
    """
    with opened(data, name=name) as file:
        headers = []
        for page in range(_pages(file)):
            file.seek(page)
            headers.append(_header(file, name=_page_name(file, page, name=name)))
        return tuple(headers)


def probe_file(file: BinaryIO, *, name: str) -> Header:
    """The header of the first page; no more of the file is read than that takes.

    Raises ImageError as `probe_pages` does.
    """
    with opened(file, name=name) as image:
        return _header(image, name=name)


def read_picture(data: bytes, *, name: str, page: int = 0) -> Picture:
    """Decodes one page, counted from 0; the orientation that the file states is applied, once.

    16-bit grey keeps its values.  Everything else becomes 8-bit RGB, or RGBA where it has
    transparency: of 16-bit colours the upper 8 bits, CMYK without its colour profile.  Raises
    ImageError as `probe_pages` does, for pixels that end early, and for a page that is not there.
    """
    with opened(data, name=name) as file:
        pages = _pages(file)
        check_page(page, pages=pages, name=name)
        file.seek(page)
        header = _header(file, name=_page_name(file, page, name=name))
        # The tags are gone once the pixels are loaded.
        inverted = _is_white_zero(file) and header.depth == 16  # Pillow inverts 8 bits only
        oriented = _decoded(file, data, name=name)
        if header.depth == 8:
            return Picture(samples=_colours(oriented, channels=header.channels), pages=pages)
        values = _values(oriented, name=name)
        samples = np.iinfo(np.uint16).max - values if inverted else values
        return Picture(samples=samples, pages=pages)


def read_image(data: bytes, *, name: str, page: int = 0) -> NDArray[np.uint8]:
    """A page as a model gets it: oriented, RGB, uint8 (height, width, 3).

    16-bit grey is seen through its auto window; transparent pixels are laid on white.  Raises
    ImageError.
    """
    samples = read_picture(data, name=name, page=page).samples
    if samples.dtype == np.uint16:
        values = samples.astype(np.uint16, copy=False)
        grey = through_window(values, auto_window(values))
        return np.repeat(grey[:, :, None], 3, axis=2)
    colours = samples.astype(np.uint8, copy=False)
    if colours.shape[2] == 3:
        return colours
    picture = Image.fromarray(colours)
    white = Image.new("RGBA", picture.size, "white")
    return np.asarray(Image.alpha_composite(white, picture).convert("RGB"))


def check_page(page: int, *, pages: int, name: str) -> None:
    """Raises ImageError for a page, counted from 0, that a file of `pages` pages does not have."""
    if not 0 <= page < pages:
        raise ImageError(
            "image-no-page", f"{name} has no page {page + 1}: it has {pages}. Add the file again."
        )


@contextmanager
def opened(data: bytes | BinaryIO, *, name: str) -> Iterator[Image.Image]:
    """The file, not yet decoded; whatever goes wrong inside becomes an ImageError."""
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    if not file.read(1):
        raise ImageError("image-empty", f"{name} is empty (0 bytes). Copy or export it again.")
    try:
        with warnings.catch_warnings():
            # Odd metadata beside sound pixels is nothing that a person has to mend.
            warnings.simplefilter("ignore")
            with Image.open(file, formats=_FORMATS) as image:
                yield image
    except ImageError:
        raise
    except UnidentifiedImageError as error:
        raise ImageError(
            "image-unknown",
            f"{name} cannot be read as an image: it is damaged or of another kind of file. "
            "Open it in an image viewer and save it as PNG or JPEG.",
        ) from error
    except MemoryError as error:
        raise ImageError(
            "image-too-large",
            f"{name} needs more memory than there is. Scale it down or cut it up.",
        ) from error
    except Exception as error:  # what Pillow raises over a damaged file has no common base
        raise ImageError(
            "image-damaged",
            f"{name} cannot be read as an image: it is damaged or was cut short. "
            "Copy it again from where it came from, or save it anew as PNG or JPEG.",
        ) from error


def _pages(file: Image.Image) -> int:
    """Only the pages of a TIFF are images of their own; an animation is its first frame."""
    return int(getattr(file, "n_frames", 1)) if file.format == "TIFF" else 1


def _page_name(file: Image.Image, page: int, *, name: str) -> str:
    return f"{name}, page {page + 1}," if _pages(file) > 1 else name


def _header(file: Image.Image, *, name: str) -> Header:
    """Raises ImageError for a page that is not going to be decoded."""
    width, height = file.size
    if width * height > MOST_PIXELS:
        raise ImageError(
            "image-too-large",
            f"{name} has {width:,} x {height:,} pixels, more than the {MOST_PIXELS // 10**6} "
            "million that fit. Scale it down or cut it into parts.",
        )
    if file.mode in ("F", "LAB"):
        kind = "floating-point values" if file.mode == "F" else "the colour space Lab"
        raise ImageError(
            "image-unsupported",
            f"{name} has {kind}, whose black and white are not known here. "
            "Convert it to grey of 16 bits or RGB of 8 bits.",
        )
    if _orientation(file) in _SWAPPING:
        width, height = height, width
    if file.mode in _SIXTEEN_BIT:
        return Header(width=width, height=height, channels=1, depth=16)
    channels = 4 if file.has_transparency_data else 3
    return Header(width=width, height=height, channels=channels, depth=8)


def _orientation(file: Image.Image) -> int:
    """How the pixels of this file still have to be turned; Pillow turns those of a TIFF itself.

    Read from the header: Pillow's own `getexif` would decode a whole PNG in search of it.
    """
    if file.format == "TIFF":
        return 1
    exif = Image.Exif()
    try:
        exif.load(file.info.get("exif", b""))
        return int(exif.get(ExifTags.Base.Orientation, 1))
    except (struct.error, SyntaxError, KeyError, TypeError, ValueError):
        return 1  # damaged notes beside sound pixels: browsers show such an image as it is


def _decoded(file: Image.Image, data: bytes, *, name: str) -> Image.Image:
    """The page with its pixels, upright."""
    tags: Any = getattr(file, "tag_v2", {})
    compression = tags.get(COMPRESSION)
    if compression in DEFLATE:
        order = "<" if tags.prefix == b"II" else ">"
        file = Image.open(io.BytesIO(inflated(data, tags, order=order)), formats=("TIFF",))
    try:
        file.load()
    except OSError as error:
        if compression not in _RARE:
            raise
        raise ImageError(
            "image-unsupported",
            f"{name} is a TIFF compressed with {_RARE[compression]}, which is not read here. "
            "Save it with LZW or deflate (ZIP) compression, or as PNG.",
        ) from error
    turn = _UPRIGHT.get(_orientation(file))
    return file if turn is None else file.transpose(turn)


def _is_white_zero(file: Image.Image) -> bool:
    tags: Any = getattr(file, "tag_v2", {})
    return bool(tags.get(ExifTags.Base.PhotometricInterpretation) == _WHITE_IS_ZERO)


def _values(image: Image.Image, *, name: str) -> NDArray[np.uint16]:
    """The values of a grey image of more than 8 bits."""
    values = np.asarray(image)
    if image.mode == "I":  # 32 bits, or 16 with a sign
        low, high = int(values.min(initial=0)), int(values.max(initial=0))
        if low < 0 or high > np.iinfo(np.uint16).max:
            raise ImageError(
                "image-unsupported",
                f"{name} has values from {low:,} to {high:,}, but 0 to 65,535 can be read. "
                "Convert it to grey of 16 bits without a sign.",
            )
    return values.astype("<u2")


def _colours(image: Image.Image, *, channels: int) -> NDArray[np.uint8]:
    width, height = image.size
    samples = np.empty((height, width, channels), dtype=np.uint8)
    rows = max(1, _STRIP // max(width, 1))
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        samples[top : top + rows] = np.asarray(strip.convert("RGBA" if channels == 4 else "RGB"))
    return samples
