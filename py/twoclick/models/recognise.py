"""Which family a model file belongs to."""

from dataclasses import dataclass, replace

from twoclick.models.background import background_line, has_numbers_only
from twoclick.models.card import ModelCard
from twoclick.models.description_guess import first_guess, may_have_boxes
from twoclick.models.errors import ModelFileError, UnknownModelError
from twoclick.models.families import (
    described,
    paddle_db,
    picodet,
    semantic,
    ultralytics_classify,
    ultralytics_detect,
    ultralytics_obb,
    ultralytics_pose,
    ultralytics_rtdetr,
    ultralytics_segment,
    ultralytics_semantic,
    yolo_nas,
    yolov5,
    yolov5_segment,
    yolov6,
    yolov7,
    yolox,
)
from twoclick.models.family import Confidence, Family, Interpretation
from twoclick.models.model_file import ModelFile
from twoclick.models.told_class_names import ToldNames, told_names

FAMILIES: tuple[Family, ...] = (
    picodet.FAMILY,
    paddle_db.FAMILY,
    ultralytics_detect.FAMILY,
    ultralytics_segment.FAMILY,
    ultralytics_obb.FAMILY,
    ultralytics_pose.FAMILY,
    ultralytics_classify.FAMILY,
    ultralytics_semantic.FAMILY,
    ultralytics_rtdetr.FAMILY,
    yolov5.FAMILY,
    yolov5_segment.FAMILY,
    yolo_nas.FAMILY,
    yolov7.FAMILY,
    yolov6.FAMILY,
    yolox.FAMILY,
    semantic.FAMILY,
    described.FAMILY,
)
"""Every known family, the most particular first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a file may be: its interpretations by falling confidence, at least one."""

    interpretations: tuple[Interpretation, ...]

    @property
    def card(self) -> ModelCard:
        """That of the likeliest interpretation."""
        return self.interpretations[0].card

    @property
    def is_ambiguous(self) -> bool:
        """Whether a person has to choose: another is as likely as the first, or the first is no
        more than possible, be it the only one."""
        first, *others = self.interpretations
        if self.is_undescribed:
            return False
        return first.confidence == Confidence.POSSIBLE or (
            len(others) > 0 and others[0].confidence == first.confidence
        )

    @property
    def is_undescribed(self) -> bool:
        """Whether no family knows the file, so that a person has to say how it is read; the card is
        a guess of that."""
        return self.card.family == described.NAME


_TASKS_NOT_READ = {"depth": "measures the distance of each pixel (depth)"}
"""What a model does by the tasks that exporters of Ultralytics write and no family has."""


_OF_TENSORRT = frozenset({"EfficientNMS_TRT", "BatchedNMS_TRT", "BatchedNMSDynamic_TRT"})


def recognise(model: ModelFile) -> Recognition:
    """What a model file may be.

    A certain interpretation leaves no others.  A model with one image input that may find boxes and
    that no family recognises is to be described by a person.  Raises UnknownModelError, listing the
    model's inputs and outputs, for any other that no family recognises, and ModelFileError if one
    does but the file contradicts itself, cannot be used as it was exported, or needs a plugin of
    the runtime.
    """
    _refuse_plugins(model)
    found = [one for family in FAMILIES for one in family.interpretations(model)]
    # Sorting keeps the order of the families among those that are as likely.
    interpretations = sorted(found, key=lambda one: -one.confidence)
    if not interpretations:
        guess = to_describe(model)
        if guess is None or model.metadata.get("task", "") in _TASKS_NOT_READ:
            raise _unknown(model)
        interpretations = [guess]
    if interpretations[0].confidence == Confidence.CERTAIN:
        interpretations = [one for one in interpretations if one.confidence == Confidence.CERTAIN]
    told = told_names(model.metadata)
    return Recognition(interpretations=tuple(_named(one, told) for one in interpretations))


def family_of(card: ModelCard) -> Family:
    """The family that made a card; UnknownModelError if this version does not have it."""
    for family in FAMILIES:
        if family.name == card.family:
            return family
    raise UnknownModelError(
        f'This version does not know the model family "{card.family}". '
        "Open the project in the version that it was made with, or a newer one."
    )


def _named(one: Interpretation, told: ToldNames | None) -> Interpretation:
    """With the names that the file tells, where the family knows none and their number fits."""
    card = one.card
    if told is None or card.family == described.NAME or not has_numbers_only(card.class_names):
        return one
    if len(told.names) != len(card.class_names) and not card.classes_assumed:
        return one
    unnamed, named = background_line(card.class_names), background_line(told.names)
    evidence = (
        *(named if line == unnamed else line for line in card.evidence),
        f'Class names from the metadata key "{told.key}"',
    )
    return replace(one, card=replace(card, class_names=told.names, evidence=evidence))


def _refuse_plugins(model: ModelFile) -> None:
    found = model.foreign_operators or tuple(
        name for name in model.last_operators if name in _OF_TENSORRT
    )
    if not found:
        return
    way = "Export it without the plugin that they belong to."
    if any(name.rpartition("::")[2] in _OF_TENSORRT for name in found):
        way = (
            "Export it again without TensorRT's suppression of duplicates: YOLOv7 with `--grid` "
            "alone or with `--grid --end2end --max-wh 640`, YOLOv6 without `--end2end` or with "
            "`--ort`."
        )
    raise ModelFileError(
        f"{model.file_name} uses operators that onnxruntime does not have: {', '.join(found)}. "
        f"{way}"
    )


def to_describe(model: ModelFile) -> Interpretation | None:
    """A guess, from names and shapes, of how a model may be read whatever its family is; None where
    it does not take one image, or can have no boxes in its outputs."""
    ends = described.ends_of(model)
    if ends is None or not may_have_boxes(ends.outputs):
        return None
    guess = first_guess(ends.image, ends.outputs, names=ends.class_names)
    return described.described_interpretation(ends, guess)


def _unknown(model: ModelFile) -> UnknownModelError:
    if what := _TASKS_NOT_READ.get(model.metadata.get("task", "")):
        return UnknownModelError(
            f"{model.file_name} {what}, which Twoclick does not read yet. It reads models that "
            "find boxes, rotated boxes, outlines, regions, keypoints or classes of whole images: "
            "train or export one of those."
        )
    inputs = "; ".join(str(spec) for spec in model.inputs)
    outputs = "; ".join(str(spec) for spec in model.outputs)
    titles = dict.fromkeys(family.title for family in FAMILIES if family is not described.FAMILY)
    return UnknownModelError(
        f"{model.file_name} is an ONNX model of no known family. "
        f"Known: {'; '.join(titles)}. "
        f"Its inputs: {inputs}. Its outputs: {outputs}. "
        "Export it for one of the known families, without changing inputs or outputs."
    )
