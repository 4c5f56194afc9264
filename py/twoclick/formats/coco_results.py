"""COCO results: what a model found, with scores, as evaluation with pycocotools reads it.

A bare list whose image and category ids are those of the annotation file beside it.  Every element
has its bbox: the first one tells evaluation what all are, and what has none must not be first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from twoclick.domain.geometry import Box, Keypoints
from twoclick.formats.coco import (
    bare,
    is_annotation_file,
    point_refusal,
    written_rows,
    written_shapes,
)
from twoclick.formats.coco_files.results_reading import read_results
from twoclick.formats.coco_files.shape_reading import shape_of_written
from twoclick.formats.coco_files.shapes import (
    TOLERANCE,
    WrittenShape,
    shape_rings,
    written_mask,
)
from twoclick.formats.coco_files.writing import (
    AnnotationFiles,
    PointTexts,
    box_text,
    category_ids,
    image_path,
    segmentation_text,
    written_size,
    written_tag,
)
from twoclick.formats.format import Format, Loss, Piece, Reading, SourceFile, Target
from twoclick.formats.image_names import KnownImages
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.losses import point_losses, shared_losses
from twoclick.formats.survey import Survey
from twoclick.formats.text_files import beginning
from twoclick.kernels.raster import TooLargeError

PATH = "results/results.json"

BY_HAND = 1.0
"""The score of what a person drew."""

_SCORE_DIGITS = 6


class CocoResults:
    """The format "coco-results"."""

    name = "coco-results"
    title = "COCO results"
    purpose = "Boxes, masks and keypoints with scores, beside COCO, for evaluation"
    tolerance = TOLERANCE

    def recognise(self, files: Sequence[SourceFile]) -> str | None:
        """Whether one of the files is a list of results."""
        for file in files:
            if _is_results(file):
                return f"{file.path} is a list of results with image and category ids"
        return None

    def read(self, files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
        """The results, on the images of the annotation files with them."""
        return read_results(
            [file for file in files if _is_results(file)],
            annotations=[file for file in files if is_annotation_file(file)],
            images=images,
        )

    def losses(self, survey: Survey) -> Sequence[Loss]:
        """What results cannot say."""
        losses = (
            *shared_losses(survey),
            *point_losses(survey),
            Loss(
                count=survey.polygons + survey.rotated_boxes,
                text="polygons and rotated boxes are drawn in whole pixels (run lengths)",
            ),
            Loss(
                count=survey.shapes - survey.whole_images - survey.scored,
                text=f"shapes without a score get {BY_HAND}",
            ),
        )
        return [loss for loss in losses if loss.count]

    def refusal(self, survey: Survey, *, tags: Sequence[FileTag]) -> str | None:
        """Shapes with other keypoints than their category names."""
        return point_refusal(survey, tags)

    def as_written(self, image: LabelledImage) -> LabelledImage:
        """The image as it is read back."""
        width, height = written_size(image)
        shapes = []
        for tag, written, score in _results(image):
            shape = shape_of_written(written, width=width, height=height)
            if shape is not None:
                shapes.append(LabelledShape(tag=written_tag(tag), shape=shape, score=score))
        return bare(image, shapes)

    def writer(self, target: Target) -> "ResultsWriter":
        """Starts to write."""
        return ResultsWriter(target)


class ResultsWriter:
    """Writes annotation files and, beside them, one file of results; see `format.Writer`."""

    def __init__(self, target: Target) -> None:
        self._files = AnnotationFiles(target)
        self._category_ids = category_ids(target)
        self._points = PointTexts(target, certainties=True)
        self._begun = False

    def add(self, images: Sequence[LabelledImage]) -> Iterator[Piece]:
        """The pieces of these images."""
        yield from self._files.add(written_rows(images))
        lines = [
            self._line(image, tag, shape, score)
            for image in images
            for tag, shape, score in _results(image)
        ]
        if lines:
            text = (",\n" if self._begun else "[\n") + ",\n".join(lines)
            self._begun = True
            yield Piece(path=PATH, content=text.encode("ascii"))

    def finish(self) -> Iterator[Piece]:
        """What makes the files whole."""
        yield from self._files.finish()
        yield Piece(path=PATH, content=b"\n]\n" if self._begun else b"[]\n")

    def image_path(self, image: LabelledImage) -> str:
        """Where the file of an image belongs."""
        return image_path(image)

    def _line(self, image: LabelledImage, tag: str, shape: WrittenShape, score: float) -> str:
        mask = "" if shape.runs is None else f', "segmentation": {segmentation_text(shape, image)}'
        return (
            f'{{"image_id": {image.number}, "category_id": {self._category_ids[tag]}, '
            f'"bbox": {box_text(shape)}, "score": {score!r}{mask}{self._points.text(tag, shape)}}}'
        )


def _results(image: LabelledImage) -> Iterator[tuple[str, WrittenShape, float]]:
    """Tag, written form and score of each shape."""
    for one in image.shapes:
        score = BY_HAND if one.score is None else round(one.score, _SCORE_DIGITS)
        for tag, written in written_shapes(replace(image, shapes=(one,))):
            yield tag, _with_mask(one, written, image), score


def _with_mask(one: LabelledShape, written: WrittenShape, image: LabelledImage) -> WrittenShape:
    """What is not a box, in whole pixels within its exact bounds; a box where it has no pixel, or
    too many."""
    if isinstance(one.shape, Box | Keypoints) or written.runs is not None:
        return written
    width, height = written_size(image)
    try:
        mask = written_mask(shape_rings(one.shape), width=width, height=height)
    except TooLargeError:
        mask = None
    return written._replace(rings=(), runs=None if mask is None else mask.runs)


def _is_results(file: SourceFile) -> bool:
    head = beginning(file)
    empty = head.removeprefix(b"[").lstrip().startswith(b"]")
    has_ids = b'"image_id"' in head and b'"category_id"' in head
    return head.startswith(b"[") and (empty or has_ids)


FORMAT: Format = CocoResults()
