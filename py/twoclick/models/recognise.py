"""Which family a model file belongs to."""

from twoclick.models.card import ModelCard
from twoclick.models.errors import UnknownModelError
from twoclick.models.families import paddle_db, picodet
from twoclick.models.family import Family
from twoclick.models.onnx_file import ModelFile

FAMILIES: tuple[Family, ...] = (picodet.FAMILY, paddle_db.FAMILY)
"""Every known family, the most particular first: the first that recognises a file has it."""


def recognise(model: ModelFile) -> ModelCard:
    """The card of a model.

    Raises UnknownModelError, listing the model's inputs and outputs, if no family recognises it,
    and ModelFileError if one does but the file contradicts itself.
    """
    for family in FAMILIES:
        card = family.recognise(model)
        if card is not None:
            return card
    inputs = "; ".join(str(spec) for spec in model.inputs)
    outputs = "; ".join(str(spec) for spec in model.outputs)
    raise UnknownModelError(
        f"{model.file_name} is an ONNX model of no known family. "
        f"Known: {', '.join(family.name for family in FAMILIES)}. "
        f"Its inputs: {inputs}. Its outputs: {outputs}. "
        "Export it for one of the known families, without changing inputs or outputs."
    )


def family_of(card: ModelCard) -> Family:
    """The family that made a card; UnknownModelError if this version does not have it."""
    for family in FAMILIES:
        if family.name == card.family:
            return family
    raise UnknownModelError(
        f'This version does not know the model family "{card.family}". '
        "Open the project in the version that it was made with, or a newer one."
    )
