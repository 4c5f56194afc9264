"""Deflated TIFF, written here by hand: strips, tiles, planes, predictors, both byte orders."""

import struct
import zlib

import numpy as np
import pytest

from twoclick.adapters.pixels import ImageError, read_picture

SHORT, LONG = 3, 4
RNG = np.random.default_rng(5)


def tiff(width, height, chunks, order="<", **tags):
    """A TIFF of one page written by hand; `chunks` are its strips or tiles, packed."""
    entries = {256: width, 257: height, 259: 8} | {int(tag[1:]): tags[tag] for tag in tags}
    offsets, sizes = (324, 325) if 322 in entries else (273, 279)
    places = [8 + sum(map(len, chunks[:index])) for index in range(len(chunks))]
    entries |= {offsets: places, sizes: [len(chunk) for chunk in chunks]}
    end = 8 + sum(map(len, chunks))
    table, values = struct.pack(f"{order}H", len(entries)), b""
    beyond = end + 2 + 12 * len(entries) + 4
    for tag, value in sorted(entries.items()):
        numbers = value if isinstance(value, list) else [value]
        packed = struct.pack(f"{order}{len(numbers)}I", *numbers)
        table += struct.pack(f"{order}HHI", tag, LONG, len(numbers))
        table += packed if len(numbers) == 1 else struct.pack(f"{order}I", beyond + len(values))
        values += packed if len(numbers) > 1 else b""
    magic = b"II*\0" if order == "<" else b"MM\0*"
    head = magic + struct.pack(f"{order}I", end)
    return head + b"".join(chunks) + table + struct.pack(f"{order}I", 0) + values


def differences(values):
    """Horizontal differencing, as predictor 2 wants it."""
    found = values.copy()
    found[:, 1:] -= values[:, :-1]
    return found


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("predictor", [1, 2])
def test_strips_of_sixteen_bits(order, predictor):
    values = RNG.integers(0, 65536, (23, 31)).astype(np.uint16)
    stored = (differences(values) if predictor == 2 else values).astype(f"{order}u2")
    strips = [zlib.compress(stored[top : top + 8].tobytes()) for top in range(0, 23, 8)]
    data = tiff(31, 23, strips, order, t258=16, t262=1, t277=1, t278=8, t317=predictor)
    np.testing.assert_array_equal(read_picture(data, name="scan").samples, values)


@pytest.mark.parametrize("predictor", [1, 2])
def test_tiles_of_colours(predictor):
    values = RNG.integers(0, 256, (32, 48, 3), dtype=np.uint8)
    tiles = []
    for top in (0, 16):
        for left in (0, 16, 32):
            tile = values[top : top + 16, left : left + 16]
            tiles.append(zlib.compress((differences(tile) if predictor == 2 else tile).tobytes()))
    shape = {"t322": 16, "t323": 16}
    data = tiff(48, 32, tiles, t258=[8, 8, 8], t262=2, t277=3, t317=predictor, **shape)
    np.testing.assert_array_equal(read_picture(data, name="scan").samples, values)


def test_planes_of_colours():
    values = RNG.integers(0, 256, (10, 12, 3), dtype=np.uint8)
    planes = [
        zlib.compress(np.ascontiguousarray(values[top : top + 5, :, plane]).tobytes())
        for plane in range(3)
        for top in (0, 5)
    ]
    data = tiff(12, 10, planes, t258=[8, 8, 8], t262=2, t277=3, t278=5, t284=2)
    np.testing.assert_array_equal(read_picture(data, name="scan").samples, values)


def test_one_bit_rows_end_with_a_byte():
    bits = RNG.integers(0, 2, (7, 13), dtype=np.uint8)
    strip = zlib.compress(np.packbits(bits, axis=1).tobytes())
    data = tiff(13, 7, [strip], t258=1, t262=1, t277=1, t278=7)
    np.testing.assert_array_equal(read_picture(data, name="scan").samples[..., 0], bits * 255)


def test_the_orientation_of_a_deflated_page_is_applied_once():
    values = np.arange(60, dtype=np.uint8).reshape(6, 10)
    data = tiff(10, 6, [zlib.compress(values.tobytes())], t258=8, t262=1, t277=1, t278=6, t274=6)
    samples = read_picture(data, name="scan").samples
    np.testing.assert_array_equal(samples[..., 0], np.rot90(values, -1))


@pytest.mark.parametrize("content", [zlib.compress(bytes(10)), b"nothing packed", b""])
def test_a_page_that_ends_early_is_damaged(content):
    data = tiff(100, 100, [content], t258=8, t262=1, t277=1, t278=100)
    with pytest.raises(ImageError, match=r"^scan\.tif cannot be read") as caught:
        read_picture(data, name="scan.tif")
    assert caught.value.code == "image-damaged"


def test_a_bomb_is_unpacked_no_further_than_the_page_needs():
    bomb = zlib.compress(bytes(300_000_000), 9)
    data = tiff(10, 10, [bomb], t258=8, t262=1, t277=1, t278=10)
    assert read_picture(data, name="scan").samples.shape == (10, 10, 3)


def test_a_compression_that_is_not_read_is_named():
    strip = b"\xff\xd8 no jpeg at all"
    data = tiff(16, 16, [strip], t258=8, t262=1, t277=1, t278=16)
    data = data.replace(struct.pack("<HHII", 259, LONG, 1, 8), struct.pack("<HHII", 259, 4, 1, 7))
    with pytest.raises(ImageError, match="compressed with JPEG, which is not read") as caught:
        read_picture(data, name="scan.tif")
    assert caught.value.code == "image-unsupported"
