"""`predict`: what a model finds on images, from its file or behind a URL."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twoclick.adapters.files.entry import FilesError
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import ImageError
from twoclick.deployments.errors import DeploymentError
from twoclick.entry.class_names import ClassNamesError
from twoclick.entry.command_line.chosen_model import (
    OVERLAP,
    ChosenModel,
    add_choices_to,
    chosen_model,
    doubt_about,
    keep_asked_for,
)
from twoclick.entry.command_line.deployed import (
    add_deployment_options_to,
    deployed,
    refuse_deployment_options,
)
from twoclick.entry.command_line.exit_codes import DONE, failed
from twoclick.entry.command_line.looking import read_picture
from twoclick.entry.command_line.printing import say
from twoclick.entry.command_line.suggestion_lines import (
    Suggested,
    Suggesting,
    print_suggestions,
    suggestions_on,
)
from twoclick.models.errors import ModelError, UnknownModelError

NAME = "predict"
HELP = "print what a model suggests on images"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "model",
        type=_model,
        metavar="MODEL",
        help="an .onnx or .ort file, or the http or https URL of a deployment",
    )
    parser.add_argument("images", type=Path, metavar="IMAGE", nargs="+", help="image files")
    parser.add_argument(
        "--conf", type=_fraction, default=0.25, help="lowest score shown (default %(default)s)"
    )
    parser.add_argument(
        "--iou",
        type=_fraction,
        help="overlap (IoU) above which the lower of two shapes of a class is left out "
        f"(default {OVERLAP}; models and deployments that do this themselves are left as they "
        "are)",
    )
    add_choices_to(parser)
    add_deployment_options_to(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON line an image")


def _model(text: str) -> Path | str:
    return text if text.lower().startswith(("http://", "https://")) else Path(text)


def _fraction(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def run(options: argparse.Namespace) -> int:
    """Prints the suggestions on each image; the exit code."""
    is_deployment = isinstance(options.model, str)
    try:
        with deployed(options) if is_deployment else _from_file(options) as asked:
            return _predict_each(asked, options)
    except (ModelError, FilesError, ClassNamesError, DeploymentError) as error:
        return failed(str(error))


def _predict_each(asked: Suggesting, options: argparse.Namespace) -> int:
    exit_code = DONE
    for path in options.images:
        try:
            image = read_picture(path)
            answer = suggestions_on(image, path, asked.suggest(image, name=str(path)))
        except (ImageError, ModelError) as error:
            exit_code = failed(str(error))
        except DeploymentError as error:
            exit_code = failed(f"{path}: {error}")
        else:
            if options.json:
                print(json.dumps(answer, ensure_ascii=False))
            else:
                print_suggestions(answer)
    return exit_code


@contextmanager
def _from_file(options: argparse.Namespace) -> Iterator[Suggesting]:
    refuse_deployment_options(options)
    model = chosen_model(options.model, options)
    if model.is_undescribed:
        raise UnknownModelError(_ask_for_description(model.file.file_name))
    predictor = NativePredictor(options.model, model.card)
    if doubt := doubt_about(model):
        say(f"twoclick: {doubt}", to=sys.stderr)
    yield _FileModel(predictor, model, options)


class _FileModel:
    """A model file; see `suggestion_lines.Suggesting`."""

    def __init__(
        self, predictor: NativePredictor, model: ChosenModel, options: argparse.Namespace
    ) -> None:
        self._predictor = predictor
        self._class_names = model.card.class_names
        self._keep = keep_asked_for(options, model.card)

    def suggest(self, image: NDArray[np.uint8], *, name: str) -> Suggested:
        """See `suggestion_lines`."""
        raw = self._predictor.predict(image, keep=self._keep)
        return Suggested(raw=raw, class_names=self._class_names)


def _ask_for_description(name: str) -> str:
    return (
        f"{name} is a model of no known family. Say how it is read: `inspect {name} --on IMAGE` "
        "prints a description to begin with. Correct it, save it, and give it as --described FILE."
    )
