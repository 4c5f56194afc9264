"""The model that a command is given, interpreted and named as was asked."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from twoclick.adapters.files.disk_bytes import opened_bytes
from twoclick.adapters.files.entry import FilesError
from twoclick.entry.class_names import named
from twoclick.formats.format import SourceFile
from twoclick.models.card import ModelCard
from twoclick.models.description import Description
from twoclick.models.errors import DescriptionError, UnknownModelError
from twoclick.models.families.described import described_interpretation, ends_of
from twoclick.models.family import Confidence, Interpretation
from twoclick.models.model_file import ModelFile
from twoclick.models.predictions import Keep
from twoclick.models.recognise import FAMILIES, recognise, to_describe
from twoclick.models.self_description import read_model_file

OVERLAP = 0.7
"""The IoU above which the lower of two shapes of a class is left out, where nobody says another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenModel:
    """A model file, the ways to read it by falling confidence, and the one that is taken."""

    file: ModelFile
    ways: tuple[Interpretation, ...]
    number: int
    """Which of the ways, from 1 on."""
    card: ModelCard
    """That of the way, with the names that were asked for."""
    unasked: tuple[int, ...]
    """Numbers of other ways that are as likely and that nobody has decided against."""
    is_undescribed: bool = False
    """No family knows the file, and nobody has described it: the card is a guess."""
    is_unconfirmed: bool = False
    """The way is no more than possible, and nobody has decided for it."""

    @property
    def way(self) -> Interpretation:
        """The interpretation that is taken."""
        return self.ways[self.number - 1]


def add_choices_to(parser: argparse.ArgumentParser) -> None:
    """The options that say how a model is read."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--family",
        choices=sorted(family.name for family in FAMILIES),
        metavar="FAMILY",
        help="read it as a model of this family, where a file may be of several",
    )
    ways.add_argument(
        "--interpretation",
        type=int,
        metavar="N",
        help="read it in this way, where there are several: as `inspect` numbers them",
    )
    ways.add_argument(
        "--described",
        type=Path,
        metavar="FILE",
        help="read it as this JSON file describes: for models of no known family, whose "
        "description `inspect` prints",
    )
    parser.add_argument(
        "--names",
        type=Path,
        metavar="FILE",
        help="what its classes are called: data.yaml, JSON, or a text with one name a line",
    )


def chosen_model(path: Path, options: argparse.Namespace) -> ChosenModel:
    """What the file at `path` says, what it may be, and what `options` take it for.

    Raises what `chosen` raises, ModelError where it is no model, and FilesError where it or files
    with weights of it cannot be read.
    """
    return chosen(_told(path), options)


def chosen(model: ModelFile, options: argparse.Namespace) -> ChosenModel:
    """What a model may be by its own account, and what `options` take it for.

    Raises ModelError where it is of no known family and nothing to be described, or cannot be read
    as asked; FilesError where files of names or of a description cannot be read, and
    ClassNamesError for names that do not fit.
    """
    is_undescribed = is_unconfirmed = False
    if options.described is not None:
        ways: tuple[Interpretation, ...] = (_described_as(model, options.described),)
        likely: tuple[int, ...] = (1,)
    else:
        recognition = recognise(model)
        ways, is_undescribed = recognition.interpretations, recognition.is_undescribed
        likely = _numbers(model, ways, options)
        is_asked_for = options.interpretation is not None or options.family is not None
        is_unconfirmed = not is_asked_for and ways[0].confidence == Confidence.POSSIBLE
    number = likely[0]
    card = ways[number - 1].card
    if options.names is not None:
        card = named(card, names_file(options.names))
    return ChosenModel(
        file=model,
        ways=ways,
        number=number,
        card=card,
        unasked=likely[1:],
        is_undescribed=is_undescribed,
        is_unconfirmed=is_unconfirmed,
    )


def keep_asked_for(options: argparse.Namespace, card: ModelCard) -> Keep:
    """What `--conf` and `--iou` keep; a model that hides duplicates itself is left as it is."""
    overlap = OVERLAP if options.iou is None else options.iou
    return Keep(floor=options.conf, overlap=1.0 if card.suppressed else overlap)


def names_file(path: Path) -> SourceFile:
    """The file at `path` with names of classes; FilesError where it cannot be read."""
    with opened_bytes(path) as file:
        return SourceFile(path=str(path), content=file.read(0, file.size))


def doubt_about(model: ChosenModel) -> str | None:
    """What a person has to know who did not say how the model is to be read; None where that is
    certain enough."""
    name, family = model.file.file_name, model.card.family
    if model.unasked:
        others = " or ".join(str(number) for number in model.unasked)
        return (
            f"{name} can be read in {1 + len(model.unasked)} ways that are as likely. It is read "
            f"as interpretation {model.number}, {family}; where that does not fit, try "
            f"--interpretation {others}. `inspect` says in what they differ."
        )
    if not model.is_unconfirmed:
        return None
    otherwise = (
        "where they do not, describe it: `inspect` prints a description to begin with."
        if to_describe(model.file)
        else "where they do not, it is a model of no known family."
    )
    return (
        f"{name} does not say what made it. It is read as {family}, which is possible and no more. "
        f"Look whether the shapes fit; --family {family} says that they do, and {otherwise}"
    )


def _described_as(model: ModelFile, path: Path) -> Interpretation:
    """The model as the JSON file at `path` describes it.

    Raises FilesError and DescriptionError, naming the file, and UnknownModelError for a model that
    takes no image.
    """
    ends = ends_of(model)
    if ends is None:
        raise UnknownModelError(
            f"{model.file_name} does not take one image, so that it cannot be described. Its "
            f"inputs: {'; '.join(str(spec) for spec in model.inputs)}."
        )
    with opened_bytes(path) as file:
        content = file.read(0, file.size)
    try:
        return described_interpretation(ends, Description.from_json(json.loads(content)))
    except DescriptionError as error:
        raise DescriptionError(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:  # no JSON, no text, or one without an end
        raise DescriptionError(f"{path} is no JSON: {error}.") from error


def _told(path: Path) -> ModelFile:
    with opened_bytes(path) as file:
        model = read_model_file(file, file_name=path.name)
    missing = [one for one in model.data_files if not (path.parent / one).is_file()]
    if missing:
        raise FilesError(
            f"{path.name} keeps its weights in files that are not beside it: {', '.join(missing)}. "
            f"Copy them into {path.parent}."
        )
    return model


def _numbers(
    model: ModelFile, ways: tuple[Interpretation, ...], options: argparse.Namespace
) -> tuple[int, ...]:
    """The numbers of the ways that are as likely as the likeliest that `options` allow."""
    if options.interpretation is not None:
        if not 1 <= options.interpretation <= len(ways):
            raise UnknownModelError(_no_such_way(model, len(ways), options.interpretation))
        return (options.interpretation,)
    numbered = list(enumerate(ways, start=1))
    if options.family is not None:
        numbered = [(number, one) for number, one in numbered if one.card.family == options.family]
    if not numbered:
        families = ", ".join(dict.fromkeys(one.card.family for one in ways))
        raise UnknownModelError(
            f"{model.file_name} cannot be read as {options.family}, only as: {families}."
        )
    likeliest = numbered[0][1].confidence
    return tuple(number for number, one in numbered if one.confidence == likeliest)


def _no_such_way(model: ModelFile, count: int, number: int) -> str:
    if count == 1:
        return (
            f"{model.file_name} can be read in one way only, so there is no interpretation "
            f"{number}. Leave --interpretation out."
        )
    return (
        f"{model.file_name} can be read in {count} ways, so there is no interpretation {number}. "
        f"Choose one from 1 to {count}: `inspect` lists them."
    )
