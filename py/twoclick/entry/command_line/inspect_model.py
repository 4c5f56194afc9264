"""`inspect`: what a model file is."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from twoclick.adapters.files.entry import FilesError
from twoclick.entry.class_names import ClassNamesError
from twoclick.entry.command_line.chosen_model import ChosenModel, add_choices_to, chosen_model
from twoclick.entry.command_line.exit_codes import DONE, failed
from twoclick.entry.command_line.printing import say
from twoclick.models.errors import ModelError
from twoclick.models.family import Interpretation
from twoclick.models.model_file import TensorSpec
from twoclick.models.recognise import family_of

NAME = "inspect"
HELP = "say what a model file is"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("model", type=Path, metavar="MODEL", help="an .onnx or .ort file")
    add_choices_to(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the model's card and other interpretations as JSON",
    )


def run(options: argparse.Namespace) -> int:
    """Prints family, classes, inputs and outputs; the exit code."""
    try:
        model = chosen_model(options.model, options)
    except (ModelError, FilesError, ClassNamesError) as error:
        return failed(str(error))
    if options.json:
        print(json.dumps(_as_json(model), ensure_ascii=False))
    else:
        _print(model)
    return DONE


def _as_json(model: ChosenModel) -> dict[str, Any]:
    """The card, and what else there is to know: `alternatives` are the other interpretations, each
    with the number that chooses it."""
    return {
        **model.card.to_json(),
        "interpretation": model.number,
        "confidence": model.way.confidence.name.lower(),
        "inputs": [_spec_json(spec) for spec in model.file.inputs],
        "outputs": [_spec_json(spec) for spec in model.file.outputs],
        "metadata": dict(model.file.metadata),
        "alternatives": [
            {
                "interpretation": number,
                "family": one.card.family,
                "task": one.card.task,
                "confidence": one.confidence.name.lower(),
                "evidence": list(one.card.evidence),
            }
            for number, one in _others(model)
        ],
    }


def _spec_json(spec: TensorSpec) -> dict[str, Any]:
    return {"name": spec.name, "type": spec.element_type, "shape": list(spec.shape)}


def _print(model: ChosenModel) -> None:
    card, file = model.card, model.file
    title = family_of(card).title
    say(f"{file.file_name}: {card.task} model of the family {card.family} ({title})")
    say(f"confidence: {model.way.confidence.name.lower()}")
    if len(model.ways) > 1:
        say(f"interpretation: {model.number} of {len(model.ways)}")
    say(f"classes ({len(card.class_names)}): {', '.join(card.class_names)}")
    if card.keypoints:
        say(f"points ({len(card.keypoints)}): {', '.join(card.keypoints)}")
    for title, specs in (("inputs", file.inputs), ("outputs", file.outputs)):
        say(f"{title}: {'; '.join(str(spec) for spec in specs)}")
    for line in card.evidence:
        say(f"evidence: {line}")
    for number, other in _others(model):
        likely = other.confidence.name.lower()
        differs = [line for line in other.card.evidence if line not in card.evidence]
        way = f"{other.card.family} ({other.card.task}, {likely})"
        say(f"or --interpretation {number}: {': '.join([way, *differs[-1:]])}")


def _others(model: ChosenModel) -> Iterator[tuple[int, Interpretation]]:
    return ((at, one) for at, one in enumerate(model.ways, start=1) if at != model.number)
