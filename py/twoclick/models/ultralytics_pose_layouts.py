"""In which of its layouts a pose model of Ultralytics answers, and how many points it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twoclick.models.anchor_rows import anchors_of
from twoclick.models.class_names import ASSUMED_CLASSES, numbered_names
from twoclick.models.errors import ModelFileError
from twoclick.models.family import Confidence
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.keypoint_names import PERSON
from twoclick.models.model_file import ModelFile
from twoclick.models.ultralytics_cards import metadata_line
from twoclick.models.ultralytics_metadata import UltralyticsMetadata, read_metadata

Form = Literal["columns", "rows", "objects"]
"""(1, 4 + classes + points, n); the same with its axes swapped; (1, n, 6 + points)."""

BOX, OBJECT = 4, 6
_USUAL_NUMBERS = 3
_LEAST_POINTS = 2
"""Of files without metadata: an answer with fewer is rather one of boxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseLayout:
    """One way to read a file; `points` an object, `numbers` a point; `metadata` is None where it
    has none."""

    form: Form
    points: int
    numbers: int
    confidence: Confidence
    image: ImageInput
    metadata: UltralyticsMetadata | None
    class_names: tuple[str, ...]
    evidence: tuple[str, ...]


def pose_layouts(model: ModelFile) -> Sequence[PoseLayout]:
    """Every layout that the one answer of a pose model may have; none for other models.

    Raises ModelFileError where the metadata contradict the answer, or leave its layout open.
    """
    if len(model.inputs) != 1 or len(model.outputs) != 1 or len(model.outputs[0].shape) != 3:
        return ()
    image, batch = image_input(model.inputs[0]), model.outputs[0].shape[0]
    if image is None or (isinstance(batch, int) and batch != 1):
        return ()
    metadata = read_metadata(model)
    if metadata is None:
        return _layouts_by_shape(model, image)
    if metadata.task != "pose":
        return ()
    if metadata.keypoints is None:
        raise ModelFileError(
            f"{model.file_name} cannot be used: it does not say how many points an object has "
            '(metadata key "kpt_shape"). Export it again, with its metadata.'
        )
    points, numbers = metadata.keypoints
    layout = PoseLayout(
        form=_form_by_metadata(model, metadata, points=points, numbers=numbers),
        points=points,
        numbers=numbers,
        confidence=Confidence.CERTAIN,
        image=image,
        metadata=metadata,
        class_names=metadata.names,
        evidence=(metadata_line(metadata), f"One output: {model.outputs[0]}"),
    )
    return (layout,)


def _form_by_metadata(
    model: ModelFile, metadata: UltralyticsMetadata, *, points: int, numbers: int
) -> Form:
    second, third = model.outputs[0].shape[1:]
    classes = len(metadata.names)
    columns, objects = BOX + classes + points * numbers, OBJECT + points * numbers
    form: Form = "columns"
    if metadata.finished or (third == objects and second != columns):
        form = "objects"
    elif third == columns and second != columns:
        form = "rows"
    found, wanted = (third, objects) if form == "objects" else (second, columns)
    if form != "rows" and isinstance(found, int) and found != wanted:
        raise ModelFileError(
            f"{model.file_name} contradicts itself: its metadata tell {classes} classes and "
            f'{points} points of {numbers} numbers (keys "names" and "kpt_shape"), which makes '
            f"{wanted} numbers for an object, but it answers with {found}. Export it again, as it "
            "was trained."
        )
    return form


def _layouts_by_shape(model: ModelFile, image: ImageInput) -> Sequence[PoseLayout]:
    """Files without metadata, which might as well be others: plain boxes of more classes.

    Columns are taken for those of one class; three numbers a point are taken for granted.  One
    class and the points of a person are as likely as boxes of 52 classes: either way refuses the
    other's answer, so that a person sees which it is.
    """
    output = model.outputs[0]
    second, third = output.shape[1:]
    named = image.is_exported_as("images") and output.name == "output0"
    form: Form
    if isinstance(second, int) and (
        anchors_of(third, image) == 1 or (named and anchors_of(third, image) is None)
    ):
        form, rest, names = "columns", second - BOX - 1, numbered_names(1)
        assumed = "One class and three numbers a point are assumed"
    elif named and isinstance(third, int) and anchors_of(second, image) == 0:
        form, rest, names = "objects", third - OBJECT, numbered_names(ASSUMED_CLASSES)
        assumed = f"{ASSUMED_CLASSES} classes and three numbers a point are assumed"
    else:
        return ()
    if rest % _USUAL_NUMBERS or rest < _LEAST_POINTS * _USUAL_NUMBERS:
        return ()
    points = rest // _USUAL_NUMBERS
    likely = named and points == len(PERSON)
    layout = PoseLayout(
        form=form,
        points=points,
        numbers=_USUAL_NUMBERS,
        confidence=Confidence.LIKELY if likely else Confidence.POSSIBLE,
        image=image,
        metadata=None,
        class_names=names,
        evidence=(
            f"No metadata, so that it may be another model. {assumed}",
            f"One output: {output}",
        ),
    )
    return (layout,)
