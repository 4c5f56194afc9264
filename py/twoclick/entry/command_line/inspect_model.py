"""`inspect`: what a model file is."""

import argparse
import json
from pathlib import Path
from typing import Any

from twoclick.adapters.files.entry import FilesError
from twoclick.entry.class_names import ClassNamesError
from twoclick.entry.command_line.chosen_model import add_choices_to, recognised
from twoclick.entry.command_line.exit_codes import DONE, failed
from twoclick.models.card import ModelCard
from twoclick.models.errors import ModelError
from twoclick.models.family import Interpretation
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.recognise import Recognition, family_of

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
        model, recognition, card = recognised(options.model, options)
    except (ModelError, FilesError, ClassNamesError) as error:
        return failed(str(error))
    interpretation = next(
        one for one in recognition.interpretations if one.card.family == card.family
    )
    others = [one for one in recognition.interpretations if one is not interpretation]
    if options.json:
        print(json.dumps(_as_json(model, card, interpretation, others), ensure_ascii=False))
    else:
        _print(options.model.name, model, card, interpretation, recognition)
    return DONE


def _as_json(
    model: ModelFile, card: ModelCard, interpretation: Interpretation, others: list[Interpretation]
) -> dict[str, Any]:
    """The card, and what else there is to know: `alternatives` are the other interpretations."""
    return {
        **card.to_json(),
        "confidence": interpretation.confidence.name.lower(),
        "inputs": [_spec_json(spec) for spec in model.inputs],
        "outputs": [_spec_json(spec) for spec in model.outputs],
        "metadata": dict(model.metadata),
        "alternatives": [
            {
                "family": one.card.family,
                "task": one.card.task,
                "confidence": one.confidence.name.lower(),
                "evidence": list(one.card.evidence),
            }
            for one in others
        ],
    }


def _spec_json(spec: TensorSpec) -> dict[str, Any]:
    return {"name": spec.name, "type": spec.element_type, "shape": list(spec.shape)}


def _print(
    name: str,
    model: ModelFile,
    card: ModelCard,
    interpretation: Interpretation,
    recognition: Recognition,
) -> None:
    title = family_of(card).title
    print(f"{name}: {card.task} model of the family {card.family} ({title})")
    print(f"confidence: {interpretation.confidence.name.lower()}")
    print(f"classes ({len(card.class_names)}): {', '.join(card.class_names)}")
    if card.keypoints:
        print(f"points ({len(card.keypoints)}): {', '.join(card.keypoints)}")
    for title, specs in (("inputs", model.inputs), ("outputs", model.outputs)):
        print(f"{title}: {'; '.join(str(spec) for spec in specs)}")
    for line in card.evidence:
        print(f"evidence: {line}")
    for other in recognition.interpretations:
        if other is not interpretation:
            why = other.card.evidence[-1] if other.card.evidence else ""
            likely = other.confidence.name.lower()
            print(f"or: {other.card.family} ({other.card.task}, {likely}): {why}")
