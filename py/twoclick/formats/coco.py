"""COCO annotations: boxes, outlines and keypoints in one JSON file, as most trainers read them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from twoclick.formats.coco_files.reading import begins_a_list, read_annotations
from twoclick.formats.coco_files.shape_reading import shape_of_written
from twoclick.formats.coco_files.shapes import TOLERANCE, WrittenShape, written_shape
from twoclick.formats.coco_files.writing import (
    AnnotationFiles,
    Row,
    image_path,
    written_name,
    written_size,
    written_tag,
)
from twoclick.formats.format import Format, Loss, Piece, Reading, SourceFile, Target
from twoclick.formats.image_names import KnownImages
from twoclick.formats.keypoint_names import mismatch
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.losses import point_losses, score_losses, shared_losses
from twoclick.formats.survey import Survey


class Coco:
    """The format "coco"."""

    name = "coco"
    title = "COCO"
    purpose = "Boxes, outlines and keypoints in one JSON file that most trainers read"
    tolerance = TOLERANCE

    def recognise(self, files: Sequence[SourceFile]) -> str | None:
        """Whether some of the files have the lists of COCO."""
        found = [file.path for file in files if is_annotation_file(file)]
        if not found:
            return None
        if len(found) > 1:
            return f"{found[0]} and {len(found) - 1:,} more have COCO's lists of images and shapes"
        return f"{found[0]} has COCO's lists of images and shapes"

    def read(self, files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
        """What the annotation files hold."""
        chosen = [file for file in files if is_annotation_file(file)]
        return read_annotations(chosen or _json_files(files), images=images)

    def losses(self, survey: Survey) -> Sequence[Loss]:
        """What COCO cannot say."""
        return [loss for loss in (*shared_losses(survey), *_losses(survey)) if loss.count]

    def refusal(self, survey: Survey, *, tags: Sequence[FileTag]) -> str | None:
        """Shapes with other keypoints than their category names."""
        return point_refusal(survey, tags)

    def as_written(self, image: LabelledImage) -> LabelledImage:
        """The image as it is read back."""
        width, height = written_size(image)
        shapes = []
        for tag, written in written_shapes(image):
            shape = shape_of_written(written, width=width, height=height)
            if shape is not None:
                shapes.append(LabelledShape(tag=written_tag(tag), shape=shape))
        return bare(image, shapes)

    def writer(self, target: Target) -> "CocoWriter":
        """Starts to write."""
        return CocoWriter(target)


class CocoWriter:
    """Writes annotation files; see `format.Writer`."""

    def __init__(self, target: Target) -> None:
        self._files = AnnotationFiles(target)

    def add(self, images: Sequence[LabelledImage]) -> Iterator[Piece]:
        """The pieces of these images."""
        return self._files.add(written_rows(images))

    def finish(self) -> Iterator[Piece]:
        """What makes the files whole."""
        return self._files.finish()

    def image_path(self, image: LabelledImage) -> str:
        """Where the file of an image belongs."""
        return image_path(image)


def written_rows(images: Sequence[LabelledImage]) -> Iterator[Row]:
    """The images with their shapes in written form."""
    for image in images:
        yield image, written_shapes(image)


def written_shapes(image: LabelledImage) -> list[tuple[str, WrittenShape]]:
    """The tags and written forms of the shapes on an image; those that lie outside it are not
    among them.  Raises FormatError where its size is not known."""
    width, height = written_size(image)
    rows = []
    for one in image.shapes:
        written = written_shape(one.shape, width=width, height=height)
        if written is not None:
            rows.append((one.tag, written))
    return rows


def bare(image: LabelledImage, shapes: Sequence[LabelledShape]) -> LabelledImage:
    """An image with only what COCO keeps of it."""
    return replace(
        image,
        name=written_name(image.name),
        shapes=tuple(shapes),
        label_state=None,
        note=None,
        digest=None,
        page=0,
    )


def point_refusal(survey: Survey, tags: Sequence[FileTag]) -> str | None:
    """What is said of shapes that have other keypoints than their category."""
    wrong = mismatch(survey.point_numbers, tags)
    if wrong is None:
        return None
    return f"{wrong}: COCO has one number for each tag. Choose Twoclick labels, or delete these."


def _losses(survey: Survey) -> Sequence[Loss]:
    return (
        Loss(count=survey.rotated_boxes, text="rotated boxes become polygons of four corners"),
        Loss(
            count=survey.with_holes,
            text="polygons with holes are drawn in whole pixels (run lengths)",
        ),
        *point_losses(survey),
        *score_losses(survey),
    )


def is_annotation_file(file: SourceFile) -> bool:
    """Whether a file has COCO's list of images, and one of the other two: it may be cut off."""
    if begins_a_list(file) or not _has(file, "images"):
        return False
    return _has(file, "annotations") or _has(file, "categories")


def _has(file: SourceFile, key: str) -> bool:
    text = f'"{key}"'
    return text.encode() in file.content or text.encode("utf-16-le") in file.content


def _json_files(files: Sequence[SourceFile]) -> Sequence[SourceFile]:
    """The files that a person may have meant by naming the format."""
    return [file for file in files if file.path.casefold().endswith(".json")] or files


FORMAT: Format = Coco()
