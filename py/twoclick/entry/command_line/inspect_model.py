"""`inspect`: what a model file is."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from twoclick.adapters.files.entry import FilesError
from twoclick.adapters.pixels import ImageError
from twoclick.entry.class_names import ClassNamesError
from twoclick.entry.command_line.chosen_model import ChosenModel, add_choices_to, chosen_model
from twoclick.entry.command_line.exit_codes import DONE, failed
from twoclick.entry.command_line.looking import looked_at
from twoclick.entry.command_line.printing import say
from twoclick.models.answer_looks import OutputLook
from twoclick.models.errors import ModelError
from twoclick.models.families import described
from twoclick.models.family import Confidence, Interpretation
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.recognise import family_of, to_describe

NAME = "inspect"
HELP = "say what a model file is"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("model", type=Path, metavar="MODEL", help="an .onnx or .ort file")
    add_choices_to(parser)
    parser.add_argument(
        "--on",
        type=Path,
        metavar="IMAGE",
        help="run a model of no known family on this image, to guess better how it is read",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the model's card and other interpretations as JSON",
    )


def run(options: argparse.Namespace) -> int:
    """Prints family, classes, inputs and outputs; the exit code."""
    try:
        model = chosen_model(options.model, options)
        if model.is_undescribed:
            return _inspect_undescribed(model, options)
    except (ModelError, FilesError, ClassNamesError, ImageError) as error:
        return failed(str(error))
    if options.json:
        print(json.dumps(_as_json(model), ensure_ascii=False))
    else:
        _print(model)
    return DONE


def _inspect_undescribed(model: ChosenModel, options: argparse.Namespace) -> int:
    """What can be told of a model that no family knows, and how a person describes it."""
    looks: tuple[OutputLook, ...] = ()
    file, card = model.file, model.card
    if options.on is not None:
        looks, card = looked_at(options.model, card, options.on)
    guess = described.description_of(card).to_json()
    if options.json:
        told = {"undescribed": True, "looks": [look.to_json() for look in looks]}
        print(json.dumps({**card.to_json(), **_ends_json(file), **told}, ensure_ascii=False))
        return DONE
    say(f"{file.file_name}: a model of no known family")
    for title, specs in (("inputs", file.inputs), ("outputs", file.outputs)):
        say(f"{title}: {'; '.join(str(spec) for spec in specs)}")
    for look in looks:
        say(f"answer: {_look_text(look)}")
    print("It can be described. This is the best guess: correct it, save it as a file, and give it")
    print("as --described FILE:")
    print(json.dumps(guess, indent=2))
    return DONE


def _look_text(look: OutputLook) -> str:
    shape = ", ".join(str(size) for size in look.shape)
    text = f"{look.name} {look.element_type} ({shape})"
    if look.least is None:
        return f"{text}, no finite numbers"
    text += f" from {look.least:.4g} to {look.largest:.4g}"
    return text if look.finite == 1 else f"{text}, {look.finite:.1%} of them finite"


def _as_json(model: ChosenModel) -> dict[str, Any]:
    """The card, and what else there is to know: `alternatives` are the other interpretations, each
    with the number that chooses it."""
    return {
        **model.card.to_json(),
        "interpretation": model.number,
        "confidence": model.way.confidence.name.lower(),
        **_ends_json(model.file),
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


def _ends_json(file: ModelFile) -> dict[str, Any]:
    return {
        "inputs": [_spec_json(spec) for spec in file.inputs],
        "outputs": [_spec_json(spec) for spec in file.outputs],
        "metadata": dict(file.metadata),
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
    is_doubtful = model.way.confidence == Confidence.POSSIBLE and card.family != described.NAME
    if is_doubtful and (guess := to_describe(file)):
        begun = json.dumps(described.description_of(guess.card).to_json(), ensure_ascii=False)
        say(f"or --described FILE, a description that begins with this guess: {begun}")


def _others(model: ChosenModel) -> Iterator[tuple[int, Interpretation]]:
    return ((at, one) for at, one in enumerate(model.ways, start=1) if at != model.number)
