"""Any other model that finds boxes, read as a person described it.

No file is taken for it by itself: `recognise` offers it where no other family knows the file, with
the best guess that names and shapes allow, and a person confirms or corrects that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from twoclick.models.background import has_numbers_only
from twoclick.models.box_rows import KeptRows, kept_rows
from twoclick.models.card import ModelCard
from twoclick.models.colours import BYTES, IMAGENET, SIGNED, UNIT, Colours
from twoclick.models.described_answers import described_rows
from twoclick.models.described_names import names_for
from twoclick.models.description import Description, Numbers
from twoclick.models.errors import DecodeError, DescriptionError
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.flexible_size import FlexibleSize
from twoclick.models.image_input import ImageInput, image_input, single_image_input
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.placings import Size, at_top_left, letterboxed, stretched, to_image
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.told_class_names import ToldNames, told_names

NAME = "described"

COLOURS: Mapping[Numbers, Colours] = {
    "0..1": UNIT,
    "0..255": BYTES,
    "-1..1": SIGNED,
    "ImageNet": IMAGENET,
}

_SCORE_FLOOR, _OVERLAP, _OVERLAP_OF_SUPPRESSED = 0.05, 0.5, 0.7
_MULTIPLE = 32
_CONFIDENT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What a file says of the model's one image input and of its outputs."""

    image: ImageInput
    outputs: tuple[TensorSpec, ...]
    names: ToldNames | None = None
    """Those of its classes, where it tells them."""

    @property
    def class_names(self) -> tuple[str, ...]:
        """Empty where it tells none."""
        return () if self.names is None else self.names.names

    def to_json(self) -> dict[str, Any]:
        """As the card keeps it, so that the model can be described anew without its file."""
        image, told = self.image, self.names
        return {
            **({} if told is None else {"names": {"key": told.key, "names": list(told.names)}}),
            "image": {
                "name": image.name,
                "width": image.width,
                "height": image.height,
                "planes": image.planes,
                "layout": image.layout,
                "dtype": image.dtype,
            },
            "outputs": [
                {"name": one.name, "type": one.element_type, "shape": list(one.shape)}
                for one in self.outputs
            ],
        }

    @classmethod
    def of(cls, card: ModelCard) -> "Ends":
        """Those of a card of this family."""
        outputs = tuple(
            TensorSpec(name=one["name"], element_type=one["type"], shape=tuple(one["shape"]))
            for one in card.details["outputs"]
        )
        told = card.details.get("names")
        names = told and ToldNames(key=told["key"], names=tuple(told["names"]))
        return cls(image=ImageInput(**card.details["image"]), outputs=outputs, names=names)


def ends_of(model: ModelFile) -> Ends | None:
    """Those of a model that takes one image; None for any other."""
    if len(model.inputs) != 1:
        return None
    spec = model.inputs[0]
    image = image_input(spec) or single_image_input(spec)
    if image is None:
        return None
    return Ends(image=image, outputs=model.outputs, names=told_names(model.metadata))


class _Described:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "Described by hand"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        return ()

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        recipe, image = card.recipe, Size(width=width, height=height)
        tensor = Size(width=recipe.width, height=recipe.height)
        said = description_of(card)
        if card.flexible is not None:
            wide, high = card.flexible.for_image(width=width, height=height)
            placing = stretched(Size(width=wide, height=high))
            return replace(recipe, width=wide, height=high, placing=placing)
        if said.placed == "centred":
            return replace(recipe, placing=letterboxed(image, tensor))
        if said.placed == "top left":
            return replace(recipe, placing=at_top_left(image, tensor))
        return recipe

    def decode(
        self,
        card: ModelCard,
        plan: Plan,
        outputs: Outputs,
        *,
        width: int,
        height: int,
        keep: Keep,
    ) -> RawPredictions:
        said = description_of(card)
        classes = said.class_count if said.scoring == "per class" else len(card.class_names)
        rows = described_rows(said, outputs, plan, classes=classes, floor=keep.floor)
        # An image that lies on the tensor as it is has the same pixels.
        on_image = said.unit == "image pixels"
        lies = replace(plan, placing=stretched(Size(width=width, height=height)))
        kept = kept_rows(
            rows,
            lies if on_image else plan,
            width=width,
            height=height,
            keep=keep,
            way_back=to_image,
        )
        _check_inside(rows.scores.max(initial=0), len(rows.scores), kept, said)
        return kept.predictions()


FAMILY = _Described()


def description_of(card: ModelCard) -> Description:
    """What the person said of the model of this card."""
    return Description.from_json(card.details["description"])


def described_card(ends: Ends, said: Description) -> ModelCard:
    """The card of a model that is read as a person says.

    Raises DescriptionError where that names outputs that the model does not have, or an input that
    it does not take.
    """
    _check_ends(ends, said)
    image = ends.image
    given = Size(width=said.width, height=said.height)
    size = image.size(otherwise=given)
    fitted = said.placed == "fitted"
    longest = max(given.width, given.height, _MULTIPLE)
    names = names_for(said, ends.class_names)
    are_told = not has_numbers_only(names)
    assumed = said.scoring == "one" and said.classes is not None
    return ModelCard(
        family=NAME,
        task="detection",
        class_names=names,
        classes_assumed=assumed,
        recipe=Plan(
            input_name=image.name,
            width=size.width,
            height=size.height,
            placing=stretched(size),
            channels=said.channels,
            layout=image.layout,
            dtype=image.dtype,
            # Others may be large and slow, such as masks.
            outputs=tuple(dict.fromkeys(part.output for part in said.parts)),
            **_colour_fields(said, image),
        ),
        flexible=FlexibleSize(multiple=_MULTIPLE, shortest=1, longest=longest) if fitted else None,
        suppressed=said.suppressed,
        default_overlap=_OVERLAP_OF_SUPPRESSED if said.suppressed else _OVERLAP,
        score_floor=_SCORE_FLOOR,
        evidence=(
            "No family knows the file: it is read as a person described it",
            f"One image input: {_input_line(ends, said)}",
            f'Boxes: output "{said.boxes.output}", {said.form}, in {said.unit}',
            f'Scores: output "{said.scores.output}", {said.scoring}',
            *_names_line(ends, are_told=are_told),
        ),
        details={**ends.to_json(), "description": said.to_json()},
    )


def described_interpretation(ends: Ends, said: Description) -> Interpretation:
    """The one way to read a file that no family knows: as it was described."""
    return Interpretation(confidence=Confidence.POSSIBLE, card=described_card(ends, said))


def _names_line(ends: Ends, *, are_told: bool) -> tuple[str, ...]:
    if ends.names is None:
        return ()
    told = f'"{ends.names.key}"'
    if are_told:
        return (f"Class names from the metadata key {told}",)
    count = len(ends.class_names)
    return (f"The metadata key {told} names {count} classes, which are not those described",)


def _input_line(ends: Ends, said: Description) -> str:
    return f"{ends.image.name}, {said.placed}, {said.channels}, {COLOURS[said.numbers].told}"


def _colour_fields(said: Description, image: ImageInput) -> Mapping[str, Any]:
    """Bytes stay bytes; mean and deviation go with their colours, whose order the tensor has."""
    if image.dtype == "uint8":
        return BYTES.fields
    fields = dict(COLOURS[said.numbers].fields)
    if said.channels == "BGR":
        fields |= {name: fields[name][::-1] for name in ("mean", "std") if name in fields}
    return fields


def _check_ends(ends: Ends, said: Description) -> None:
    names = [one.name for one in ends.outputs]
    for part in said.parts:
        if part.output not in names:
            raise DescriptionError(
                f'The model has no output "{part.output}". It has: {", ".join(names)}.'
            )
    image = ends.image
    if (said.channels == "grey") != (image.planes == 1):
        takes = '"grey"' if image.planes == 1 else '"RGB" or "BGR"'
        raise DescriptionError(
            f'The input "{image.name}" takes {image.planes} channels: "input.channels" has to be '
            f"{takes}."
        )
    if said.placed == "fitted" and (image.width is not None or image.height is not None):
        raise DescriptionError(
            f'The input "{image.name}" has a fixed size, so that it cannot be "fitted" to the '
            'image. Choose "centred", "top left" or "stretched".'
        )


def _check_inside(best: float, count: int, kept: KeptRows, said: Description) -> None:
    """Raises DecodeError where the model is sure of objects and none of them is on the image."""
    if best < _CONFIDENT or len(kept.scores):
        return
    raise DecodeError(
        f'None of the {count} boxes in output "{said.boxes.output}" lies on the image with an '
        f'area when they are read as "{said.form}" in {said.unit}. Choose another form or unit.'
    )
