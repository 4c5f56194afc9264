import numpy as np
import pytest

from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError, ModelFileError
from twoclick.models.families import ultralytics_classify
from twoclick.models.family import Confidence
from twoclick.models.outlines import WHOLE_IMAGE
from twoclick.models.placings import Size, cropped
from twoclick.models.plan import Placing
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of, recognise
from unit.models.box_models import ALL, decode, model_of, ultralytics

NAMES = ("cat", "dog", "cow")


def card_of(shape=(1, 3), *, names=NAMES, image=(1, 3, 64, 64), **more):
    model = model_of(
        {"output0": shape},
        image=("images", image, "float32"),
        metadata=ultralytics("classify", names, **more),
    )
    found = recognise(model)
    assert [one.confidence for one in found.interpretations] == [Confidence.CERTAIN]
    assert (found.card.family, found.card.task) == ("ultralytics-classify", "classification")
    return found.card


def answer(*probabilities):
    return {"output0": np.array([probabilities], dtype=np.float32)}


def test_classes_are_whole_images_by_falling_score():
    card = card_of()
    raw = decode(card, answer(0.25, 0.7, 0.05), keep=Keep(floor=0.05, overlap=0.3))
    assert raw.classes.tolist() == [1, 0, 2]
    assert raw.scores.tolist() == pytest.approx([0.7, 0.25, 0.05])
    assert raw.boxes.tolist() == [[0, 0, 128, 64]] * 3
    assert [raw.outlines.kind_of(place) for place in range(3)] == [WHOLE_IMAGE] * 3
    assert raw.outlines.rings_of(0) == ()
    assert ModelCard.from_json(card.to_json()) == card


def test_the_floor_and_the_cap_are_kept():
    card = card_of()
    kept = decode(card, answer(0.25, 0.7, 0.05), keep=Keep(floor=0.25, overlap=1))
    assert kept.classes.tolist() == [1, 0]
    one = decode(card, answer(0.25, 0.7, 0.05), keep=Keep(floor=0, overlap=1, cap=1))
    assert one.classes.tolist() == [1]
    assert len(decode(card, answer(0.25, 0.7, 0.05), keep=Keep(floor=0.9, overlap=1))) == 0


def test_classes_of_one_score_keep_their_order():
    raw = decode(card_of(), answer(0.25, 0.5, 0.25), keep=ALL)
    assert raw.classes.tolist() == [1, 0, 2]


def test_whatever_is_kept_of_an_answer_is_at_most_a_hundred_classes():
    names = [str(at) for at in range(1000)]
    card = card_of((1, 1000), names=names)
    even = np.full(1000, 1e-3)
    even[:90] = 0.0101
    values = {"output0": (even / even.sum()).astype(np.float16)[None]}
    keep = Keep(floor=card.score_floor, overlap=0.9)
    assert len(decode(card, values, keep=keep)) <= 100


@pytest.mark.parametrize(
    ("size", "placing"),
    [
        ((128, 64), Placing(left=-32, top=0, width=128, height=64)),
        ((64, 128), Placing(left=0, top=-32, width=64, height=128)),
        ((320, 240), Placing(left=-10, top=0, width=85, height=64)),
        ((20, 20), Placing(left=0, top=0, width=64, height=64)),
    ],
)
def test_the_middle_of_the_image_is_laid_on_a_square(size, placing):
    card, (width, height) = card_of(), size
    plan = family_of(card).plan(card, width=width, height=height)
    assert (plan.width, plan.height, plan.filter) == (64, 64, "antialias")
    assert plan.placing == placing
    assert plan.placing == cropped(Size(width=width, height=height), Size(width=64, height=64))
    assert (plan.mean, plan.std, plan.channels) == ((0, 0, 0), (1, 1, 1), "RGB")


def test_all_of_the_image_is_laid_on_an_oblong():
    card = card_of(image=(1, 3, 64, 96))
    plan = family_of(card).plan(card, width=320, height=240)
    assert plan.placing == Placing(left=0, top=0, width=96, height=64)


def test_inputs_of_any_size_have_the_size_of_training():
    card = card_of(("batch", 3), image=("batch", 3, "height", "width"))
    assert (card.recipe.width, card.recipe.height) == (64, 64)
    told = ultralytics("classify", NAMES)
    del told["imgsz"]
    model = model_of(
        {"output0": (1, 3)}, image=("images", (1, 3, "h", "w"), "float16"), metadata=told
    )
    recipe = recognise(model).card.recipe
    assert (recipe.width, recipe.height, recipe.dtype) == (224, 224, "float16")


def test_names_that_do_not_fit_the_scores_are_refused_with_both_numbers():
    model = model_of({"output0": (1, 5)}, metadata=ultralytics("classify", NAMES))
    with pytest.raises(ModelFileError, match=r"tiny.onnx names 3 classes .* scores 5"):
        recognise(model)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ((np.nan, 0.5, 0.5), "NaN"),
        ((np.inf, 0, 0), "infinite"),
        ((4.5, -2, 0.1), "add up to 2.6.*without its softmax"),
        ((0.9, 0.8, 0.1), "add up to 1.8"),
        ((1.2, -0.2, 0), "from -0.2 to 1.2"),
        ((0, 0, 0), "add up to 0"),
        ((0.5, 0.5), r"\(1, 2\), not \(1, 3\)"),
        ((0.5, 0.25, 0.125, 0.125), r"\(1, 4\), not \(1, 3\)"),
    ],
)
def test_numbers_that_are_no_probabilities_are_a_failure(values, word):
    with pytest.raises(DecodeError, match=word):
        decode(card_of(), answer(*values))


def test_an_answer_of_another_name_is_a_failure():
    with pytest.raises(DecodeError, match="no output"):
        decode(card_of(), {"other": np.ones((1, 3))})


def test_other_files_are_left_to_others():
    for shape, metadata in (
        ((1, 3), ultralytics("detect", NAMES)),
        ((1, 3), ultralytics(None, NAMES)),
        ((1, 3), None),
        ((1, 3, 84), ultralytics("classify", NAMES)),
        ((2, 3), ultralytics("classify", NAMES)),
    ):
        model = model_of({"output0": shape}, metadata=metadata)
        assert not ultralytics_classify.FAMILY.interpretations(model)
