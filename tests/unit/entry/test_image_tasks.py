import io
import json

import numpy as np
import pytest
from PIL import Image

from twoclick.adapters.pixels import ImageError
from twoclick.entry.image_tasks import TASKS


def call(task, request, data):
    """As a message would: through JSON text, with a view on foreign memory for the file."""
    reply, buffers = TASKS[task](json.loads(json.dumps(request)), [memoryview(data)])
    return json.loads(json.dumps(reply)), [bytes(buffer) for buffer in buffers]


@pytest.fixture
def scan():
    """A TIFF of two pages: 16-bit grey, then RGB."""
    deep = Image.fromarray(np.arange(1000, 1200, dtype=np.uint16).reshape(10, 20))
    buffer = io.BytesIO()
    deep.save(buffer, "TIFF", save_all=True, append_images=[Image.new("RGB", (7, 5), "red")])
    return buffer.getvalue()


def test_headers_are_told_page_by_page(scan):
    deep = {"width": 20, "height": 10, "channels": 1, "depth": 16}
    flat = {"width": 7, "height": 5, "channels": 3, "depth": 8}
    rest = {"pages": 2, "each": [deep, flat]}
    assert call("probe-image", {"page": 0, "name": "scan.tif"}, scan) == ({**deep, **rest}, [])
    assert call("probe-image", {"page": 1}, scan) == ({**flat, **rest}, [])


def test_values_travel_with_their_window(scan):
    reply, (samples,) = call("read-image", {"page": 0, "name": "scan.tif"}, scan)
    size = {"width": 20, "height": 10, "channels": 1, "depth": 16, "pages": 2}
    assert reply == {**size, "low": 1001, "high": 1197}
    assert np.frombuffer(samples, dtype="<u2").tolist() == list(range(1000, 1200))


def test_colours_travel_as_bytes(scan):
    reply, (samples,) = call("read-image", {"page": 1}, scan)
    size = {"width": 7, "height": 5, "channels": 3, "depth": 8, "pages": 2}
    assert reply == {**size, "low": 0, "high": 255}
    assert samples == bytes((255, 0, 0)) * 35


def test_a_page_becomes_a_file_with_the_same_values(scan):
    deep, flat = (
        Image.open(io.BytesIO(call("page-as-png", {"page": page}, scan)[1][0])) for page in (0, 1)
    )
    assert (deep.format, deep.mode, flat.mode) == ("PNG", "I;16", "RGB")
    assert np.asarray(deep).ravel().tolist() == list(range(1000, 1200))
    assert flat.tobytes() == bytes((255, 0, 0)) * 35


@pytest.mark.parametrize("task", sorted(TASKS))
def test_errors_carry_a_code_and_the_file(task, scan):
    with pytest.raises(ImageError, match=r"^notes\.txt ") as caught:
        call(task, {"page": 0, "name": "notes.txt"}, b"hello there")
    assert caught.value.code == "image-unknown"
    with pytest.raises(ImageError, match=r"^The file has no page 3") as caught:
        call(task, {"page": 2}, scan)
    assert caught.value.code == "image-no-page"
