"""What the tests of described models have in common: files, descriptions, answers."""

import numpy as np

from golden.family_models import answering, tensor_spec
from twoclick.models.description import Description
from twoclick.models.families.described import described_card, ends_of
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of
from twoclick.models.self_description import read_model_file

ALL = Keep(floor=0.05, overlap=1.0)
SQUARE = ("image", (1, 3, 64, 64), "float32")


def file_of(outputs, *, image=SQUARE):
    """The account of a file that answers so."""
    data = answering(outputs, inputs=[tensor_spec(*image)])
    return read_model_file(data, file_name="odd.onnx")


def said(boxes="boxes", scores="scores", *, form="xyxy", unit="input pixels", **fields):
    """A description; the two that every one has by the names of their outputs, or as JSON."""
    boxes = {"output": boxes} if isinstance(boxes, str) else boxes
    scores = {"output": scores} if isinstance(scores, str) else scores
    lists = {name: "list" for name in ("scores", "labels") if name not in fields}
    return Description.from_json(
        {
            "input": fields.pop("input", {"placed": "stretched"}),
            "arrangements": fields.pop("arrangements", lists),
            "boxes": {"form": form, "unit": unit, **boxes},
            "scores": scores,
            **fields,
        }
    )


def read(description, outputs, *, image=SQUARE, width=128, height=64, keep=ALL):
    """What is read in an answer about an image of this size, which is twice as wide as the input
    and as high."""
    card = described_card(ends_of(file_of(outputs, image=image)), description)
    family = family_of(card)
    plan = family.plan(card, width=width, height=height)
    return family.decode(card, plan, outputs, width=width, height=height, keep=keep)


def floats(*values):
    return np.array(values, dtype=np.float32)
