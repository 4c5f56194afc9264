import io
import struct
from zlib import compress, crc32

import numpy as np
import pytest
from PIL import Image

from twoclick.adapters.pixels import (
    MOST_PIXELS,
    ImageError,
    probe_pages,
    read_image,
    read_picture,
)


def encoded(image, kind="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def read(data):
    return read_image(data, name="cat.png")


BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What a camera that states an orientation did to the upright image."""


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_applied_once(orientation):
    upright = Image.new("RGB", (40, 20), "white")
    upright.paste("red", (0, 0, 20, 10))
    stored = upright.transpose(BACK[orientation]) if orientation in BACK else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    np.testing.assert_array_equal(read(encoded(stored, exif=exif)), np.asarray(upright))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_becomes_rgb(mode):
    pixels = read(encoded(Image.new("RGB", (5, 3), "white").convert(mode)))
    assert pixels.shape == (3, 5, 3)
    assert pixels.dtype == np.uint8
    assert (pixels == 255).all()


def test_transparent_pixels_lie_on_white():
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 0, 255))
    np.testing.assert_array_equal(read(encoded(image))[0], [[255] * 3, [0] * 3])


GREY = np.array([[0, 256, 40000], [65535, 1, 2]], dtype=np.uint16)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_grey_of_sixteen_bits_keeps_its_values(kind):
    picture = read_picture(encoded(Image.fromarray(GREY), kind), name="scan")
    assert picture.samples.dtype == np.dtype("<u2")
    np.testing.assert_array_equal(picture.samples, GREY)


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "packbits"])
def test_compressed_and_big_endian_tiff_keep_their_values(compression):
    data = encoded(Image.fromarray(GREY), "TIFF", compression=compression)
    np.testing.assert_array_equal(read_picture(data, name="scan").samples, GREY)
    big = encoded(Image.fromarray(GREY.astype(">u2")), "TIFF", compression=compression)
    np.testing.assert_array_equal(read_picture(big, name="scan").samples, GREY)


def test_white_is_zero_is_turned_over():
    data = encoded(Image.fromarray(GREY), "TIFF", tiffinfo={262: 0})
    np.testing.assert_array_equal(read_picture(data, name="scan").samples, 65535 - GREY)


def test_a_model_sees_sixteen_bits_through_the_window():
    values = np.linspace(1000, 1980, 99).astype(np.uint16).reshape(9, 11)
    seen = read(encoded(Image.fromarray(values)))
    assert (seen[..., 0].min(), seen[..., 0].max()) == (0, 255)
    assert (seen[..., 0] == seen[..., 2]).all()


def test_values_beyond_sixteen_bits_are_refused():
    image = Image.fromarray(np.array([[-5, 70000]], dtype=np.int32))
    with pytest.raises(ImageError, match=r"cat\.png has values from -5 to 70,000") as caught:
        read(encoded(image, "TIFF"))
    assert caught.value.code == "image-unsupported"


def test_wide_values_that_fit_are_kept():
    image = Image.fromarray(np.array([[5, 60000]], dtype=np.int32))
    picture = read_picture(encoded(image, "TIFF"), name="scan")
    assert picture.samples.tolist() == [[5, 60000]]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_header_and_values_of_a_turned_file_agree(kind, orientation):
    upright = Image.fromarray(np.arange(800, dtype=np.uint16).reshape(20, 40))
    turned = upright.transpose(BACK[orientation]) if orientation in BACK else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(turned, kind, exif=exif)
    (header,) = probe_pages(data, name="scan")
    assert (header.width, header.height) == upright.size
    np.testing.assert_array_equal(read_picture(data, name="scan").samples, np.asarray(upright))


def test_every_page_of_a_tiff_is_an_image():
    pages = [Image.new("RGB", (8 + page, 6), (page, 0, 0)) for page in range(3)]
    pages[1] = Image.fromarray(GREY)
    turned = pages[2].transpose(Image.Transpose.ROTATE_90)
    turned.encoderinfo = {"tiffinfo": {0x0112: 6}}
    data = encoded(pages[0], "TIFF", save_all=True, append_images=[pages[1], turned])
    headers = probe_pages(data, name="scan.tif")
    assert [(header.width, header.height) for header in headers] == [(8, 6), (3, 2), (10, 6)]
    assert [(header.channels, header.depth) for header in headers] == [(3, 8), (1, 16), (3, 8)]
    for number, page in enumerate(pages):
        picture = read_picture(data, name="scan.tif", page=number)
        assert picture.pages == 3
        np.testing.assert_array_equal(picture.samples, np.asarray(page))
    with pytest.raises(ImageError, match=r"scan\.tif has no page 4: it has 3") as caught:
        read_picture(data, name="scan.tif", page=3)
    assert caught.value.code == "image-no-page"


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "RGBA", "LA"])
def test_every_kind_of_tiff_becomes_eight_bit_colour(mode):
    data = encoded(Image.new("RGB", (5, 3), "white").convert(mode), "TIFF")
    (header,) = probe_pages(data, name="scan.tif")
    picture = read_picture(data, name="scan.tif")
    assert picture.samples.shape == (3, 5, header.channels)
    assert header.channels == (4 if mode in ("RGBA", "LA") else 3)
    assert (picture.samples == 255).all()


def test_damaged_notes_beside_sound_pixels_do_no_harm():
    data = encoded(Image.new("RGB", (4, 2), "red"), exif=b"Exif\0\0MM\0*\0\0\0\x63broken")
    assert read(data).shape == (2, 4, 3)


def test_a_palette_keeps_its_colours_and_its_transparency():
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((1, 0), 1)
    samples = read_picture(encoded(image, transparency=1), name="icon").samples
    assert samples.tolist() == [[[10, 20, 30, 255], [200, 100, 50, 0]]]


def test_a_large_image_is_converted_strip_by_strip():
    rng = np.random.default_rng(3)
    values = rng.integers(0, 256, (2100, 2100), dtype=np.uint8)
    picture = read_picture(encoded(Image.fromarray(values), "TIFF"), name="large")
    np.testing.assert_array_equal(picture.samples[..., 1], values)


def png_of_size(width, height):
    """A sound header of this size, and next to no pixels behind it."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", compress(b"\0")) + chunk(b"IEND", b"")


def test_too_many_pixels_are_refused_from_the_header():
    for ask in (probe_pages, read_picture):
        with pytest.raises(ImageError, match=r"wall\.png has 30,000 x 30,000 pixels") as caught:
            ask(png_of_size(30_000, 30_000), name="wall.png")
        assert caught.value.code == "image-too-large"
    width = MOST_PIXELS // 10_000
    assert probe_pages(png_of_size(width, 10_000), name="wall.png")[0].width == width


def test_a_text_that_unpacks_to_gigabytes_is_refused():
    bomb = b"zTXtnote\0\0" + compress(bytes(80_000_000))
    chunk = struct.pack(">I", len(bomb) - 4) + bomb + struct.pack(">I", crc32(bomb))
    data = encoded(Image.new("L", (4, 4)))
    with pytest.raises(ImageError) as caught:
        read(data[:33] + chunk + data[33:])
    assert caught.value.code == "image-damaged"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "image-empty"),
        (b"hello", "image-unknown"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "image-unknown"),
        (encoded(Image.effect_noise((64, 64), 90), "JPEG")[:900], "image-damaged"),
        (encoded(Image.effect_noise((64, 64), 90))[:900], "image-damaged"),
        (encoded(Image.effect_noise((64, 64), 90), "TIFF")[:900], "image-damaged"),
        (encoded(Image.effect_noise((64, 64), 90), "TIFF", compression="tiff_lzw")[:-400], None),
    ],
)
def test_what_is_no_image_is_refused_by_name(data, code):
    with pytest.raises(ImageError, match=r"^cat\.png ") as caught:
        read(data)
    assert caught.value.code in ({code} if code else {"image-damaged", "image-unknown"})


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_a_file_cut_anywhere_in_its_first_half_is_refused(kind):
    whole = encoded(Image.effect_noise((40, 30), 90), kind)
    for length in range(0, len(whole) // 2, 37):
        with pytest.raises(ImageError) as caught:
            read(whole[:length])
        assert caught.value.code in {"image-empty", "image-unknown", "image-damaged"}


@pytest.mark.parametrize("mode", ["F", "LAB"])
def test_values_of_no_known_black_and_white_are_refused(mode):
    data = encoded(Image.new(mode, (2, 2)), "TIFF")
    with pytest.raises(ImageError, match=r"^cat\.png has .* not known here") as caught:
        read(data)
    assert caught.value.code == "image-unsupported"
