"""Images as they are sent: their pixels and nothing else; masks as they come back."""

import io

import numpy as np
import pytest
from PIL import Image

from twoclick.adapters.pixels import ImageError, open_mask, read_image, sent_picture
from twoclick.deployments.deployment import Sending


def slope(*, width=60, height=40):
    """An image whose colours change slowly, as photographs do."""
    across = np.linspace(0, 255, width)[None, :, None] * np.ones((height, 1, 3))
    return across.astype(np.uint8)


def png(values, mode=None):
    content = io.BytesIO()
    Image.fromarray(np.asarray(values)).convert(mode).save(content, format="PNG")
    return content.getvalue()


def test_a_jpeg_has_the_pixels_and_no_notes():
    source = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif[0x0112] = 6  # turned
    Image.fromarray(slope()).save(source, format="PNG", exif=exif)
    picture = sent_picture(read_image(source.getvalue(), name="a.png"), Sending(), name="a.png")
    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 40, 60)
    assert b"Camera" not in picture.content
    assert b"Exif" not in picture.content
    with Image.open(io.BytesIO(picture.content)) as sent:
        assert sent.format == "JPEG"
        assert np.abs(np.asarray(sent).astype(int) - np.rot90(slope(), -1).astype(int)).max() <= 8


def test_a_png_has_every_pixel():
    picture = sent_picture(slope(), Sending(media_type="image/png"), name="a")
    assert (read_image(picture.content, name="a") == slope()).all()


@pytest.mark.parametrize(
    ("longest", "size"), [(None, (60, 40)), (60, (60, 40)), (30, (30, 20)), (16, (16, 11))]
)
def test_the_longer_side_is_as_long_as_is_wanted(longest, size):
    picture = sent_picture(slope(), Sending(longest=longest), name="a")
    assert (picture.width, picture.height) == size
    assert read_image(picture.content, name="a").shape[:2] == size[::-1]


def test_what_jpeg_cannot_hold_is_refused():
    with pytest.raises(ImageError, match=r"strip.tif is 70,000 x 1 pixels"):
        sent_picture(slope(width=70_000, height=1), Sending(), name="strip.tif")


GREY = np.array([[0, 255], [128, 1]], dtype=np.uint8)


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (png(GREY), GREY),
        (png(GREY, "RGB"), GREY),
        (png(GREY.astype(np.uint16) << 8), GREY),
        (png(GREY > 100, "1"), (GREY > 100) * np.uint8(255)),
    ],
)
def test_masks_are_grey_values(content, values):
    mask = open_mask(content)
    assert mask.dtype == np.uint8
    assert (mask == values).all()


@pytest.mark.parametrize("content", [b"", b"no png", png(GREY)[:40]])
def test_what_is_no_mask_is_refused(content):
    with pytest.raises(ValueError, match="no PNG"):
        open_mask(content)
