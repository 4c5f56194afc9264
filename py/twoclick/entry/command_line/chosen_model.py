"""The model that a command is given, interpreted and named as was asked."""

import argparse
from pathlib import Path

from twoclick.adapters.files.disk_bytes import opened_bytes
from twoclick.adapters.files.entry import FilesError
from twoclick.entry.class_names import named
from twoclick.formats.format import SourceFile
from twoclick.models.card import ModelCard
from twoclick.models.errors import UnknownModelError
from twoclick.models.model_file import ModelFile
from twoclick.models.recognise import FAMILIES, Recognition, recognise
from twoclick.models.self_description import read_model_file


def add_choices_to(parser: argparse.ArgumentParser) -> None:
    """The options that say how a model is read."""
    parser.add_argument(
        "--family",
        choices=sorted(family.name for family in FAMILIES),
        metavar="FAMILY",
        help="read it as a model of this family, where a file may be of several",
    )
    parser.add_argument(
        "--names",
        type=Path,
        metavar="FILE",
        help="what its classes are called: data.yaml, JSON, or a text with one name a line",
    )


def described(path: Path) -> ModelFile:
    """What the model file at `path` says of itself.

    Raises FilesError where it cannot be read and ModelFileError where it is no model.
    """
    with opened_bytes(path) as file:
        return read_model_file(file, file_name=path.name)


def chosen_card(
    model: ModelFile, recognition: Recognition, options: argparse.Namespace
) -> ModelCard:
    """The card of the interpretation that `options` ask for, with their names.

    Raises UnknownModelError where the file cannot be read as asked, FilesError or ClassNamesError
    for the file of names.
    """
    card = recognition.card
    if options.family is not None:
        cards = [
            one.card for one in recognition.interpretations if one.card.family == options.family
        ]
        if not cards:
            families = ", ".join(one.card.family for one in recognition.interpretations)
            raise UnknownModelError(
                f"{model.file_name} cannot be read as {options.family}, only as: {families}."
            )
        card = cards[0]
    if options.names is None:
        return card
    with opened_bytes(options.names) as file:
        return named(card, SourceFile(path=str(options.names), content=file.read(0, file.size)))


def recognised(path: Path, options: argparse.Namespace) -> tuple[ModelFile, Recognition, ModelCard]:
    """What the file at `path` says, what it may be, and what `options` take it for.

    Raises as `described`, `recognise` and `chosen_card` do, and FilesError where files with weights
    of it are missing.
    """
    model = described(path)
    missing = [one for one in model.data_files if not (path.parent / one).is_file()]
    if missing:
        raise FilesError(
            f"{path.name} keeps its weights in files that are not beside it: {', '.join(missing)}. "
            f"Copy them into {path.parent}."
        )
    recognition = recognise(model)
    return model, recognition, chosen_card(model, recognition, options)
