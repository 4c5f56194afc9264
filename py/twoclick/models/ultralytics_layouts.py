"""In which of its layouts a detection model of Ultralytics answers.

The layouts of YOLO and of RT-DETR are told apart here, in one place, because some of them have the
same shape.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twoclick.models.anchor_rows import anchors_of
from twoclick.models.class_names import ASSUMED_CLASSES, check_name_count, numbered_names
from twoclick.models.family import Confidence
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.model_file import Dimension, ModelFile, TensorSpec
from twoclick.models.ultralytics_cards import metadata_line
from twoclick.models.ultralytics_metadata import UltralyticsMetadata, read_metadata

Form = Literal["columns", "rows", "objects", "queries"]
"""(1, 4 + classes, n) of YOLO; the same with its axes swapped; (1, n, 6) of YOLO that hides
duplicates itself; what RT-DETR answers, (1, n, 6) or (1, n, 4 + classes)."""

_OBJECT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectLayout:
    """One way to read a file; `metadata` is None where it has none."""

    form: Form
    confidence: Confidence
    image: ImageInput
    output: TensorSpec
    metadata: UltralyticsMetadata | None
    class_names: tuple[str, ...]
    evidence: tuple[str, ...]


def detect_layouts(model: ModelFile) -> Sequence[DetectLayout]:
    """Every layout that the one answer of a detection model may have; none for other models.

    Raises ModelFileError where the class names do not fit the answer.
    """
    if len(model.inputs) != 1 or len(model.outputs) != 1 or len(model.outputs[0].shape) != 3:
        return ()
    image, batch = image_input(model.inputs[0]), model.outputs[0].shape[0]
    if image is None or (isinstance(batch, int) and batch != 1):
        return ()
    metadata = read_metadata(model)
    if metadata is None:
        return _layouts_by_shape(model, image)
    if metadata.task not in (None, "detect"):
        return ()
    form = _form_by_metadata(model, image, metadata)
    if form is None:
        return ()
    layout = DetectLayout(
        form=form,
        confidence=Confidence.CERTAIN,
        image=image,
        output=model.outputs[0],
        metadata=metadata,
        class_names=metadata.names,
        evidence=(metadata_line(metadata), f"One output: {model.outputs[0]}"),
    )
    return (layout,)


def _form_by_metadata(
    model: ModelFile, image: ImageInput, metadata: UltralyticsMetadata
) -> Form | None:
    second, third = model.outputs[0].shape[1:]
    scored = 4 + len(metadata.names)
    if metadata.task is None:
        # YOLOv5's own exporter; the first versions of Ultralytics told no task either.
        return "columns" if second == scored and third != 1 + scored else None
    if _is_rtdetr(model, metadata, third):
        if isinstance(third, int) and third not in (_OBJECT, scored):
            check_name_count(model, metadata.names, third - 4)
        return "queries"
    if metadata.finished or third == _OBJECT:
        return "objects"
    if third == scored and second != scored:
        return "rows" if anchors_of(second, image) != 0 else "queries"
    if isinstance(second, int):
        check_name_count(model, metadata.names, second - 4)
    return "columns"


def _is_rtdetr(model: ModelFile, metadata: UltralyticsMetadata, last: Dimension) -> bool:
    """Files from before the metadata named the head tell by the name of the network, or by finished
    objects in a file that says it is none of those YOLO models that finish them."""
    if metadata.head:
        return metadata.head == "RTDETRDecoder"
    if "rtdetr" in model.metadata.get("description", "").lower().replace("-", ""):
        return True
    return last == _OBJECT and "end2end" in model.metadata and not metadata.finished


def _layouts_by_shape(model: ModelFile, image: ImageInput) -> Sequence[DetectLayout]:
    output = model.outputs[0]
    second, third = output.shape[1:]
    named = image.is_exported_as("images") and output.name == "output0"
    confidence = Confidence.LIKELY if named else Confidence.POSSIBLE
    forms: tuple[Form, ...] = ()
    names: tuple[str, ...] = ()
    if isinstance(second, int) and second > 4 and anchors_of(third, image) in (1, None):
        # A variable number of columns is taken for those of grids; fixed ones have to fit.
        if anchors_of(third, image) == 1 or (named and isinstance(third, str)):
            forms, names = ("columns",), numbered_names(second - 4)
    elif third == _OBJECT and isinstance(second, int) and anchors_of(second, image) == 0:
        forms, names = ("objects", "queries"), numbered_names(ASSUMED_CLASSES)
    evidence: tuple[str, ...] = (
        f"One image input: {model.inputs[0]}",
        f"One output: {output}",
        "No metadata: Ultralytics' exporter writes some, so that they were taken out of the file",
    )
    if "objects" in forms:
        evidence += (f"It does not say how many classes it has: {ASSUMED_CLASSES} are assumed",)
    return [
        DetectLayout(
            form=form,
            confidence=confidence,
            image=image,
            output=output,
            metadata=None,
            class_names=names,
            evidence=evidence,
        )
        for form in forms
    ]
