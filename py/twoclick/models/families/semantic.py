"""Semantic segmentation of any maker: a map of scores for each class, or of classes.

One image input and one map over it, as large as the input or up to 16 times smaller: scores, (1,
classes, rows, columns) or with the classes last, or the number of a class for each pixel, (1, rows,
columns).  A second output of that kind, "aux", is only for training.

Such files say neither which classes they have nor how colours are brought to numbers.  Where the
names of inputs and outputs do not tell the maker, there are several interpretations of the file,
one for each usual way; the wrong one gives poor outlines, not an error, so that a person has to
look.

Sources: torchvision `models/segmentation`, Hugging Face transformers `segformer`, mmsegmentation,
segmentation_models_pytorch, keras.applications (preprocess_input).
"""

from collections.abc import Sequence
from dataclasses import replace

from twoclick.models.background import background_line
from twoclick.models.card import ModelCard
from twoclick.models.class_map_answers import Form, MapAnswer, regions_of_answer
from twoclick.models.class_names import numbered_names
from twoclick.models.colours import BYTES, IMAGENET, SIGNED, UNIT, Colours
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.flexible_size import FlexibleSize
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.model_file import Dimension, ModelFile, TensorSpec
from twoclick.models.placings import Size, stretched
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions

NAME = "semantic"

ASSUMED_CLASSES = 150
"""Of models that do not say how many they have: as many as ADE20K, the largest usual set."""

_FLEXIBLE = FlexibleSize(multiple=32, shortest=512, longest=1024)
_STRIDES = (1, 2, 4, 8, 16)
_MOST_CLASSES, _MOST_COARSE_CLASSES = 1000, 64
_FLOOR = 0.05
_LABEL_TYPES = ("uint8", "int8", "uint16", "int16", "int32", "int64", "bool")
_TELLING_NAMES = ("logits", "out", "mask", "masks", "segmentation", "probabilities", "semseg")
_PROBABLE = ("Softmax", "Sigmoid")
_SILENT = ("Transpose", "Cast", "Identity", "Squeeze", "Unsqueeze", "Constant", "Resize")


class _Semantic:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "Class map of any maker"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if len(model.inputs) != 1 or "task" in model.metadata:
            return ()
        image, output = image_input(model.inputs[0]), _output(model)
        if image is None or output is None:
            return ()
        form = _form(output, image)
        if form is None:
            return ()
        confidence = Confidence.LIKELY if _is_telling(model, output, form) else Confidence.POSSIBLE
        return [
            Interpretation(confidence=confidence, card=_card(model, image, output, form, colours))
            for colours in _colours(model, image)
        ]

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        if card.flexible is None:
            return card.recipe
        wide, high = card.flexible.for_image(width=width, height=height)
        placing = stretched(Size(width=wide, height=high))
        return replace(card.recipe, width=wide, height=high, placing=placing)

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
        return regions_of_answer(card, plan, outputs, width=width, height=height, keep=keep)


FAMILY = _Semantic()


def _output(model: ModelFile) -> TensorSpec | None:
    """The one map; torchvision's models have a second one for training."""
    first, *others = model.outputs
    return first if all(spec.name.startswith("aux") for spec in others) else None


def _form(output: TensorSpec, image: ImageInput) -> Form | None:
    batch = output.shape[0] if output.shape else 1
    if isinstance(batch, int) and batch != 1:
        return None
    match output.element_type, output.shape:
        case kind, (_, rows, columns) if kind in _LABEL_TYPES:
            return "labels" if _stride(rows, columns, image) else None
        case kind, (_, 1, rows, columns) | (_, rows, columns, 1) if kind in _LABEL_TYPES:
            return "labels" if _stride(rows, columns, image) else None
        case "float32" | "float16", (_, second, third, fourth):
            if _fits(second, _stride(third, fourth, image)):
                return "planes first"
            if isinstance(fourth, int) and _fits(fourth, _stride(second, third, image)):
                return "planes last"
    return None


def _stride(rows: Dimension, columns: Dimension, image: ImageInput) -> int | None:
    """By how much a map is smaller than the input, rounded up as convolutions do; 1 where it is not
    known; None where it is no map over the input."""
    sides = ((rows, image.height), (columns, image.width))
    known = [(side, whole) for side, whole in sides if isinstance(side, int) and whole is not None]
    for stride in _STRIDES:
        if all(side == -(-whole // stride) for side, whole in known):
            return stride
    return None


def _fits(classes: Dimension, stride: int | None) -> bool:
    """Coarse maps of very many planes are features, not classes."""
    if stride is None:
        return False
    most = _MOST_COARSE_CLASSES if stride == _STRIDES[-1] else _MOST_CLASSES
    return isinstance(classes, str) or classes <= most


def _is_telling(model: ModelFile, output: TensorSpec, form: Form) -> bool:
    if form == "labels" or output.name in _TELLING_NAMES or _ends_probable(model):
        return True
    return bool(model.last_operators) and model.last_operators[-1] == "Resize"


def _ends_probable(model: ModelFile) -> bool:
    telling = [name for name in model.last_operators if name not in _SILENT]
    return bool(telling) and telling[-1] in _PROBABLE


def _colours(model: ModelFile, image: ImageInput) -> tuple[Colours, ...]:
    if image.dtype == "uint8":
        return (BYTES,)
    names = (image.name, model.outputs[0].name)
    if names == ("pixel_values", "logits") or len(model.outputs) > 1:
        return (IMAGENET,)
    if image.planes == 1:
        return (UNIT, SIGNED)
    return (IMAGENET, UNIT) if image.layout == "NCHW" else (UNIT, BYTES, SIGNED)


def _card(
    model: ModelFile, image: ImageInput, output: TensorSpec, form: Form, colours: Colours
) -> ModelCard:
    counted = form != "labels" and isinstance(_planes(output, form), int)
    count = _planes(output, form) if counted else ASSUMED_CLASSES
    names = numbered_names(int(count))
    size = image.size(otherwise=Size(width=_FLEXIBLE.shortest, height=_FLEXIBLE.shortest))
    evidence = [
        f"One image input: {model.inputs[0]}",
        f"One map of it: {output}",
        f"Colours are given to it {colours.told}",
        background_line(names),
    ]
    if not counted:
        evidence.append(f"It does not say how many classes it has: {count} are assumed")
    return ModelCard(
        family=NAME,
        task="semantic segmentation",
        class_names=names,
        classes_assumed=not counted,
        recipe=Plan(
            input_name=image.name,
            width=size.width,
            height=size.height,
            placing=stretched(size),
            channels=image.channels,
            layout=image.layout,
            dtype=image.dtype,
            **colours.fields,
        ),
        flexible=None if image.width is not None and image.height is not None else _FLEXIBLE,
        suppressed=True,
        default_overlap=1.0,
        score_floor=_FLOOR,
        evidence=tuple(evidence),
        details=MapAnswer(
            output=output.name,
            form=form,
            probabilities=_ends_probable(model),
            counted=counted,
        ).details(),
    )


def _planes(output: TensorSpec, form: Form) -> Dimension:
    return output.shape[1] if form == "planes first" else output.shape[-1]
