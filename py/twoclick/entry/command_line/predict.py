"""`predict`: what a model finds on images."""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np

from twoclick.adapters.files.entry import FilesError
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import ImageError
from twoclick.entry.class_names import ClassNamesError
from twoclick.entry.command_line.chosen_model import ChosenModel, add_choices_to, chosen_model
from twoclick.entry.command_line.exit_codes import DONE, failed
from twoclick.entry.command_line.looking import read_picture
from twoclick.entry.command_line.printing import say
from twoclick.models.errors import ModelError
from twoclick.models.keypoint_rows import LEAST_CERTAINTY
from twoclick.models.outlines import KEYPOINTS, ROTATED_BOX, WHOLE_IMAGE, Outlines
from twoclick.models.predictions import Keep
from twoclick.models.recognise import to_describe
from twoclick.ports.predictor import Predictor

NAME = "predict"
HELP = "print what a model suggests on images"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("model", type=Path, metavar="MODEL", help="an .onnx or .ort file")
    parser.add_argument("images", type=Path, metavar="IMAGE", nargs="+", help="image files")
    parser.add_argument(
        "--conf", type=_fraction, default=0.25, help="lowest score shown (default %(default)s)"
    )
    parser.add_argument(
        "--iou",
        type=_fraction,
        default=0.7,
        help="overlap (IoU) above which the lower of two shapes of a class is left out "
        "(default %(default)s; models that do this themselves are left as they are)",
    )
    add_choices_to(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON line an image")


def _fraction(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def run(options: argparse.Namespace) -> int:
    """Prints the suggestions on each image; the exit code."""
    try:
        model = chosen_model(options.model, options)
        if model.is_undescribed:
            return failed(_ask_for_description(model.file.file_name))
        predictor = NativePredictor(options.model, model.card)
    except (ModelError, FilesError, ClassNamesError) as error:
        return failed(str(error))
    if model.unasked:
        say(_several_ways(model), to=sys.stderr)
    elif model.is_unconfirmed:
        say(_only_possible(model), to=sys.stderr)
    overlap = 1.0 if predictor.card.suppressed else options.iou
    keep = Keep(floor=options.conf, overlap=overlap)
    exit_code = DONE
    for path in options.images:
        try:
            answer = _suggestions(predictor, path, keep=keep)
        except (ImageError, ModelError) as error:
            exit_code = failed(str(error))
            continue
        if options.json:
            print(json.dumps(answer, ensure_ascii=False))
        else:
            _print_suggestions(answer)
    return exit_code


def _ask_for_description(name: str) -> str:
    return (
        f"{name} is a model of no known family. Say how it is read: `inspect {name} --on IMAGE` "
        "prints a description to begin with. Correct it, save it, and give it as --described FILE."
    )


def _several_ways(model: ChosenModel) -> str:
    """What a person has to know who did not say how the file is to be read."""
    others = " or ".join(str(number) for number in model.unasked)
    return (
        f"twoclick: {model.file.file_name} can be read in {1 + len(model.unasked)} ways that are "
        f"as likely. It is read as interpretation {model.number}, {model.card.family}; where that "
        f"does not fit, try --interpretation {others}. `inspect` says in what they differ."
    )


def _only_possible(model: ChosenModel) -> str:
    """Of the one way to read a file that nobody has decided for."""
    name, family = model.file.file_name, model.card.family
    otherwise = (
        "where they do not, describe it: `inspect` prints a description to begin with."
        if to_describe(model.file)
        else "where they do not, it is a model of no known family."
    )
    return (
        f"twoclick: {name} does not say what made it. It is read as {family}, which is possible "
        f"and no more. Look whether the shapes fit; --family {family} says that they do, and "
        f"{otherwise}"
    )


def _suggestions(predictor: Predictor, path: Path, *, keep: Keep) -> dict[str, Any]:
    """One image's suggestions, in pixels of the oriented image.

    `bbox` is x, y, width, height; shapes that are no plain boxes have `segments`, a list of rings
    x, y in turn, and rotated boxes an `angle`: that of their width, in degrees clockwise.  Objects
    with points have `keypoints`, [x, y, certainty] each, in the order of the model's card, and no
    segments; of a whole image there are none in it.
    """
    image = read_picture(path)
    raw = predictor.predict(image, keep=keep)
    suggestions = []
    for index in range(len(raw)):
        left, top, right, bottom = raw.boxes[index].tolist()
        class_id = int(raw.classes[index])
        suggestions.append(
            {
                "label": predictor.card.class_names[class_id],
                "class_id": class_id,
                "score": float(raw.scores[index]),
                "bbox": [left, top, right - left, bottom - top],
                **_outline(raw.outlines, index),
            }
        )
    height, width = image.shape[:2]
    return {"image": str(path), "width": width, "height": height, "suggestions": suggestions}


def _outline(outlines: Outlines, place: int) -> dict[str, Any]:
    kind, rings = outlines.kind_of(place), outlines.rings_of(place)
    if kind == WHOLE_IMAGE:
        return {"segments": []}
    if not rings:
        return {}
    if kind == KEYPOINTS:
        certainties = outlines.certainties_of(place)
        return {"keypoints": np.column_stack((rings[0], certainties)).tolist()}
    segments = [ring.reshape(-1).tolist() for ring in rings]
    if kind != ROTATED_BOX:
        return {"segments": segments}
    right, down = (rings[0][1] - rings[0][0]).tolist()
    return {"segments": segments, "angle": math.degrees(math.atan2(down, right))}


def _print_suggestions(answer: dict[str, Any]) -> None:
    found = answer["suggestions"]
    count = "1 suggestion" if len(found) == 1 else f"{len(found)} suggestions"
    print(f"{answer['image']} ({answer['width']} x {answer['height']}): {count}")
    for suggestion in found:
        box = " ".join(f"{number:.1f}" for number in suggestion["bbox"])
        print(f"  {suggestion['score']:.3f}  {suggestion['label']}  {box}{_kind_text(suggestion)}")


def _kind_text(suggestion: dict[str, Any]) -> str:
    """How the shape differs from its bounding box, for people."""
    if "angle" in suggestion:
        return f"  turned by {suggestion['angle']:.1f} degrees"
    if "keypoints" in suggestion:
        seen = sum(certainty >= LEAST_CERTAINTY for *_, certainty in suggestion["keypoints"])
        return f"  {seen} of {len(suggestion['keypoints'])} points seen"
    if suggestion.get("segments") == []:
        return "  the whole image"
    if "segments" in suggestion:
        return f"  polygon of {sum(map(len, suggestion['segments'])) // 2} points"
    return ""
