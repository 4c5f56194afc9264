"""What the tests of families that find boxes have in common: files, cards, answers."""

import numpy as np

from golden.family_models import answering, tensor_spec
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file

ALL = Keep(floor=0.05, overlap=1.0)


def model_of(
    outputs,
    *,
    image=("images", (1, 3, 64, 64), "float32"),
    metadata=None,
    element_type="float32",
):
    """The account of a file with these outputs, by name: shapes, whose texts are variable sizes."""
    specs = [tensor_spec(name, shape, element_type) for name, shape in outputs.items()]
    data = answering({}, inputs=[tensor_spec(*image)], outputs=specs, metadata=metadata)
    return read_model_file(data, file_name="tiny.onnx")


def ultralytics(task="detect", names=("cat", "dog"), **more):
    """Metadata as Ultralytics writes them."""
    told = {"stride": "32", "names": str(dict(enumerate(names))), "imgsz": "[64, 64]"}
    return {**told, **({"task": task} if task else {}), **more}


def families(model):
    """The families by falling confidence, and whether a person has to choose."""
    found = recognise(model)
    return [one.card.family for one in found.interpretations], found.is_ambiguous


def decode(card, outputs, *, width=128, height=64, keep=ALL):
    """What is read in an answer about an image of this size."""
    family = family_of(card)
    plan = family.plan(card, width=width, height=height)
    return family.decode(card, plan, outputs, width=width, height=height, keep=keep)


def blank(*shape):
    """An answer in which nothing is found."""
    return np.zeros(shape, dtype=np.float32)
