"""Image files to pixels: what the browser does not read, and everything in CPython.

The only place that knows Pillow.
"""

from twoclick.adapters.pixels.errors import ImageError
from twoclick.adapters.pixels.masks import open_mask
from twoclick.adapters.pixels.reading import (
    MOST_PIXELS,
    Header,
    Picture,
    check_page,
    probe_file,
    probe_pages,
    read_image,
    read_picture,
)
from twoclick.adapters.pixels.sending import sent_picture
from twoclick.adapters.pixels.writing import png_of

__all__ = [
    "MOST_PIXELS",
    "Header",
    "ImageError",
    "Picture",
    "check_page",
    "open_mask",
    "png_of",
    "probe_file",
    "probe_pages",
    "read_image",
    "read_picture",
    "sent_picture",
]
