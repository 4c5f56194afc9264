from hypothesis import given
from hypothesis import strategies as st

from twoclick.models.card import ModelCard
from twoclick.models.image_input import ImageInput
from twoclick.models.letterbox_plans import letterbox_plan, letterbox_recipe
from twoclick.models.placings import Size, letterboxed


def card_of(width, height, *, dtype="float32", size=None, stride=32):
    image = ImageInput(
        name="images", width=width, height=height, planes=3, layout="NCHW", dtype=dtype
    )
    made = letterbox_recipe(image, size=size, stride=stride)
    return ModelCard(
        family="any",
        task="detection",
        class_names=("a",),
        recipe=made.recipe,
        default_overlap=0.7,
        score_floor=0.05,
        evidence=(),
        details=made.details,
    )


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_an_input_of_any_size_is_the_smallest_around_the_image(width, height):
    plan = letterbox_plan(
        card_of(None, None, size=Size(width=320, height=320)), width=width, height=height
    )
    place = plan.placing
    square = letterboxed(Size(width=width, height=height), Size(width=320, height=320))
    assert (place.width, place.height) == (square.width, square.height)
    assert max(place.width, place.height) == 320
    for whole, part, before in (
        (plan.width, place.width, place.left),
        (plan.height, place.height, place.top),
    ):
        assert whole % 32 == 0
        assert 0 <= whole - part < 32
        assert before == (whole - part) // 2


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_an_input_of_one_size_stays_so(width, height):
    plan = letterbox_plan(card_of(320, 256), width=width, height=height)
    assert (plan.width, plan.height) == (320, 256)
    wanted = letterboxed(Size(width=width, height=height), Size(width=320, height=256))
    assert plan.placing == wanted


def test_what_no_file_tells_is_640_pixels_and_sizes_are_multiples_of_the_stride():
    assert card_of(None, None).recipe.width == 640
    odd = card_of(None, None, size=Size(width=200, height=100), stride=64)
    assert (odd.recipe.width, odd.recipe.height) == (256, 128)


def test_bytes_are_fed_as_they_are():
    assert card_of(64, 64, dtype="uint8").recipe.scale == 1
    assert card_of(64, 64, dtype="float16").recipe.scale == 1 / 255
