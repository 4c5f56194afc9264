"""The compute thread's tasks with image files: what the browser does not read itself.

Apart from `compute_tasks` because they need Pillow, which the page has a little later than numpy.
Each follows `ports.compute.ComputeTask`; `name` is the file's, for messages, and may be left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from twoclick.adapters.pixels import Header, check_page, png_of, probe_pages, read_picture
from twoclick.kernels.window import Window, auto_window
from twoclick.ports.compute import Buffer, ComputeTask, Reply, Request

_EIGHT_BITS = Window(0, 255)


def probe_image(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """{page, name} and the bytes of a file -> {width, height, channels, depth, pages, each}.

    From the headers alone: nothing is decoded, so pixels that end early go unnoticed.  `each` has
    {width, height, channels, depth} of every page, the first four fields those of `page`.  Raises
    ImageError.
    """
    name, page = _name(request), int(request.get("page", 0))
    each = [_described(header) for header in probe_pages(bytes(buffers[0]), name=name)]
    check_page(page, pages=len(each), name=name)
    return {**each[page], "pages": len(each), "each": each}, []


def read_image(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """{page, name} and the bytes of a file -> {width, height, channels, depth, pages, low, high}
    and one buffer: the oriented samples, row-major, channels together.

    Grey of 16 bits (`channels` 1, `depth` 16) as uint16 with its own values; `low` and `high` are
    the auto window, through which a model sees it: (value - low) * 255 / (high - low), clamped to
    0..255 and rounded, halves up.  Everything else as uint8, RGB or RGBA, `low` 0 and `high` 255.
    Raises ImageError.
    """
    page = int(request.get("page", 0))
    picture = read_picture(bytes(buffers[0]), name=_name(request), page=page)
    samples = picture.samples
    height, width = samples.shape[:2]
    deep = samples.dtype == np.uint16
    window = auto_window(samples.astype(np.uint16, copy=False)) if deep else _EIGHT_BITS
    reply = {
        "width": width,
        "height": height,
        "channels": 1 if deep else samples.shape[2],
        "depth": 16 if deep else 8,
        "pages": picture.pages,
        "low": window.low,
        "high": window.high,
    }
    return reply, [np.ascontiguousarray(samples).data.cast("B")]


def page_as_png(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """{page, name} and the bytes of a file -> the bytes of a PNG file with that page, oriented,
    and every sample as `read-image` gives it.  Raises ImageError."""
    page = int(request.get("page", 0))
    return {}, [png_of(read_picture(bytes(buffers[0]), name=_name(request), page=page))]


TASKS: Mapping[str, ComputeTask] = {
    "probe-image": probe_image,
    "read-image": read_image,
    "page-as-png": page_as_png,
}
"""Every task by the name that messages give it."""


def _name(request: Request) -> str:
    return str(request.get("name", "The file"))


def _described(header: Header) -> dict[str, Any]:
    return {
        "width": header.width,
        "height": header.height,
        "channels": header.channels,
        "depth": header.depth,
    }
