"""`inspect`: what a model file is."""

import argparse
import json
from pathlib import Path

from twoclick.entry.command_line.exit_codes import DONE, failed
from twoclick.models.errors import ModelError
from twoclick.models.onnx_file import read_model_file
from twoclick.models.recognise import recognise

NAME = "inspect"
HELP = "say what a model file is"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("model", type=Path, metavar="MODEL", help="an .onnx file")
    parser.add_argument("--json", action="store_true", help="print the model's card as JSON")


def run(options: argparse.Namespace) -> int:
    """Prints family, classes, inputs and outputs; the exit code."""
    path: Path = options.model
    try:
        data = path.read_bytes()
    except OSError as error:
        return failed(f"{path} cannot be read: {error.strerror}. Check the path of the model file.")
    try:
        model = read_model_file(data, file_name=path.name)
        card = recognise(model).card
    except ModelError as error:
        return failed(str(error))
    if options.json:
        print(json.dumps(card.to_json(), ensure_ascii=False))
        return DONE
    print(f"{path.name}: {card.task} model of the family {card.family}")
    print(f"classes ({len(card.class_names)}): {', '.join(card.class_names)}")
    for title, specs in (("inputs", model.inputs), ("outputs", model.outputs)):
        print(f"{title}: {'; '.join(str(spec) for spec in specs)}")
    for line in card.evidence:
        print(f"evidence: {line}")
    return DONE
