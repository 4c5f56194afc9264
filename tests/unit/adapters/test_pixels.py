import io

import numpy as np
import pytest
from PIL import Image

from golden import onnx_writer as write
from golden.picodet_answers import INPUT_HEIGHT, INPUT_WIDTH, answers
from twoclick.adapters.pixels import ImageError, input_tensor, read_image
from twoclick.models.onnx_file import read_model_file
from twoclick.models.plan import Plan
from twoclick.models.recognise import recognise


def encoded(image, kind="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def read(data):
    return read_image(data, name="cat.png")


@pytest.fixture
def plan():
    return Plan(
        input_name="image",
        width=3,
        height=2,
        fit="stretch",
        filter="bilinear",
        channels="BGR",
        scale=1 / 255,
        mean=(0.1, 0.2, 0.3),
        std=(0.5, 0.25, 2.0),
        layout="NCHW",
        dtype="float32",
    )


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_applied_once(orientation):
    upright = Image.new("RGB", (40, 20), "white")
    upright.paste("red", (0, 0, 20, 10))
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(turn[orientation]) if orientation in turn else upright
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


def test_sixteen_bits_keep_their_upper_eight():
    grey = Image.fromarray(np.array([[0, 256, 65535]], dtype=np.uint16))
    np.testing.assert_array_equal(read(encoded(grey))[0, :, 0], [0, 1, 255])


@pytest.mark.parametrize("data", [b"", b"hello", encoded(Image.new("RGB", (64, 64)), "JPEG")[:300]])
def test_what_is_no_image_is_refused_by_name(data):
    with pytest.raises(ImageError, match=r"cat\.png cannot be read as an image") as caught:
        read(data)
    assert caught.value.code == "image"


def test_floating_point_pixels_are_refused():
    image = Image.fromarray(np.zeros((2, 2), dtype=np.float32))
    with pytest.raises(ImageError, match=r"cat\.png has floating-point pixels"):
        read(encoded(image, "TIFF"))


def test_a_plan_is_executed_to_the_letter(plan):
    image = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
    tensor = input_tensor(plan, image)
    assert (tensor.shape, tensor.dtype) == ((1, 3, 2, 3), np.float32)
    for plane, (channel, mean, std) in enumerate([(2, 0.1, 0.5), (1, 0.2, 0.25), (0, 0.3, 2.0)]):
        expected = (image[:, :, channel] / 255 - mean) / std
        np.testing.assert_allclose(tensor[0, plane], expected, rtol=1e-6)


def test_the_recipe_of_a_recognised_model_can_be_executed():
    data = write.constant_model(answers([]), input_shape=(1, 3, INPUT_HEIGHT, INPUT_WIDTH))
    card = recognise(read_model_file(data, file_name="tiny.onnx"))
    tensor = input_tensor(card.recipe, np.zeros((10, 20, 3), dtype=np.uint8))
    assert tensor.shape == (1, 3, INPUT_HEIGHT, INPUT_WIDTH)
