"""Outlines of objects by YOLOv5's own segmentation models ("yolov5s-seg").

One input, letterboxed, RGB, 0..1.  Two outputs: (1, n, 5 + classes + m): centre, width and height
in pixels of the tensor, the score for there being an object, that of each class, and m
coefficients; then m prototypes, (1, m, height / 4, width / 4).  The metadata have "stride" and
"names" and nothing else.  Early exports append the raw grids, which say nothing new.

Sources: YOLOv5 `export.py`, `models/yolo.py::Segment`, `segment/predict.py`,
`utils/segment/general.py::process_mask`.
"""

from collections.abc import Sequence

from twoclick.models.anchor_rows import anchors_of
from twoclick.models.answers import one_answer
from twoclick.models.box_rows import kept_rows, rows_with_objectness
from twoclick.models.card import ModelCard
from twoclick.models.class_names import check_name_count, numbered_names
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.letterbox_plans import letterbox_plan
from twoclick.models.mask_outputs import MaskOutputs, mask_outputs, prototypes_of
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.prototype_masks import Masks, with_masks
from twoclick.models.ultralytics_cards import letterbox_card
from twoclick.models.ultralytics_metadata import UltralyticsMetadata, read_metadata

NAME = "yolov5-segment"

_OVERLAP = 0.45
_BOX_AND_OBJECT = 5
_FORM = (
    "Each row has centre, width and height, a score for being an object, one for each class, and "
    "how much of each prototype there is in its mask"
)


class _YoloV5Segment:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLOv5"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        found = mask_outputs(model)
        if len(model.inputs) != 1 or found is None:
            return ()
        image = image_input(model.inputs[0])
        if image is None or not isinstance(found.third, int) or found.count is None:
            return ()
        metadata = read_metadata(model)
        classes = found.third - _BOX_AND_OBJECT - found.count
        if metadata is None:
            return _interpretations_by_shape(image, found, classes=classes)
        if metadata.task is not None or anchors_of(found.second, image) == 0:
            return ()
        check_name_count(model, metadata.names, classes)
        card = _card(image, found, metadata, names=metadata.names)
        return (Interpretation(confidence=Confidence.CERTAIN, card=card),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        return letterbox_plan(card, width=width, height=height)

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
        name, classes = card.details["output"], len(card.class_names)
        prototypes = prototypes_of(outputs, card.details["prototypes"])
        first = _BOX_AND_OBJECT + classes
        values = one_answer(outputs, name, columns=first + len(prototypes))
        rows = rows_with_objectness(values, name, classes=classes, floor=keep.floor)
        kept = kept_rows(rows, plan, width=width, height=height, keep=keep)
        masks = Masks(
            prototypes=prototypes, coefficients=values[kept.places, first:], cut_first=True
        )
        return with_masks(kept, masks, plan=plan, width=width, height=height)


FAMILY = _YoloV5Segment()


def _interpretations_by_shape(
    image: ImageInput, found: MaskOutputs, *, classes: int
) -> Sequence[Interpretation]:
    """Files without metadata: three rows for each cell of the grids, as no other maker has them."""
    if classes < 1 or anchors_of(found.second, image) != 3:
        return ()
    card = _card(image, found, None, names=numbered_names(classes))
    return (Interpretation(confidence=Confidence.LIKELY, card=card),)


def _card(
    image: ImageInput,
    found: MaskOutputs,
    metadata: UltralyticsMetadata | None,
    *,
    names: Sequence[str],
) -> ModelCard:
    told = (
        f'Its metadata have "stride" and the names of {len(names)} classes, as YOLOv5 writes them'
        if metadata
        else "No metadata: its classes have numbers only"
    )
    return letterbox_card(
        image,
        metadata,
        family=NAME,
        task="segmentation",
        class_names=names,
        overlap=_OVERLAP,
        details={"output": found.rows.name, "prototypes": found.prototypes.name},
        evidence=(
            told,
            *found.evidence(),
            _FORM,
        ),
    )
