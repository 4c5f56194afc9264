"""What the YOLO formats are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from twoclick.formats.format import FormatError, Loss, Reading, SourceFile, Target
from twoclick.formats.image_names import KnownImages
from twoclick.formats.keypoint_names import differing, mismatch
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.losses import score_losses, shared_losses
from twoclick.formats.survey import Survey
from twoclick.formats.yolo.kpt_shape import Pose
from twoclick.formats.yolo.layout import Layout, layout_of, may_be_shape
from twoclick.formats.yolo.reading import read_data_set
from twoclick.formats.yolo.row_forms import RowForm, pose_form
from twoclick.formats.yolo.row_kinds import RowKinds
from twoclick.formats.yolo.row_numbers import numbers_of
from twoclick.formats.yolo.writing import DataSetWriter, written_shapes

_ONE_NUMBER = (
    "YOLO has one number of keypoints for a whole data set. Choose COCO, or delete the tags and "
    "shapes that do not belong to it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YoloFormat:
    """One of the formats; see `format.Format` for what it does.

    `lengths` tells whether rows of so many numbers are of this format; `cannot_keep` are fields of
    a survey and what becomes of what they count; `poses` tells that rows have keypoints.
    """

    name: str
    title: str
    purpose: str
    rows: str
    lengths: Callable[[int], bool]
    form: RowForm
    cannot_keep: tuple[tuple[str, str], ...]
    poses: bool = False
    tolerance: float = 0.001

    def recognise(self, files: Sequence[SourceFile]) -> str | None:
        """Says how many label files there are, and with what."""
        layout = layout_of(files)
        pose = next((one.pose for one in layout.lists if one.pose is not None), None)
        if self.poses or pose is not None:
            return self._of_poses(layout, pose)
        rows = [file.row for file in layout.labels if file.row is not None]
        # Where some rows are shapes the others are mistakes, which reading names.
        lengths = [_length(row) for row in rows if may_be_shape(row)]
        if not lengths:
            return self._of_no_shape(layout, rows) if layout.labels else None
        fits = [length for length in lengths if self.lengths(length)]
        # One polygon makes polygons of all: boxes may stand between them.
        if not fits or (len(fits) < len(lengths) and not self.lengths(7)):
            return None
        beside = f", and classes in {layout.lists[0].path}" if layout.lists else ""
        return f"{_counted(len(layout.labels))} with rows of {self.rows}{beside}"

    def _of_poses(self, layout: Layout, pose: Pose | None) -> str | None:
        """What files are of which data.yaml says that they are poses, or whose rows look so: then
        reading says what is missing."""
        if not self.poses or not layout.labels:
            return None
        if pose is not None:
            said = f"rows of {self.rows}, as {pose.path} says (kpt_shape)"
        elif _look_like_poses(layout):
            said = f"rows that look like {self.rows}"
        else:
            return None
        return f"{_counted(len(layout.labels))} with {said}"

    def _of_no_shape(self, layout: Layout, rows: Sequence[str]) -> str | None:
        """What files are in which no row is a shape: their places tell, or a list of classes."""
        in_labels = all("labels" in PurePosixPath(file.path).parts for file in layout.labels)
        if not self.lengths(5) or not (layout.lists or in_labels):
            return None
        what = "without a row that is a shape" if rows else "all of them empty"
        return f"{_counted(len(layout.labels))}, {what}"

    def read(self, files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
        """What the files hold; rows of the other formats are read too, as what they are."""
        return read_data_set(files, images=images)

    def losses(self, survey: Survey) -> Sequence[Loss]:
        """What would be lost."""
        own = [Loss(count=getattr(survey, name), text=text) for name, text in self.cannot_keep]
        losses = (*own, *score_losses(survey), *shared_losses(survey))
        return [loss for loss in losses if loss.count]

    def refusal(self, survey: Survey, *, tags: Sequence[FileTag]) -> str | None:
        """Why poses cannot be written: rows have one number of keypoints in all of a data set."""
        if not self.poses:
            return None
        live = [tag for tag in tags if not tag.deleted]
        if not any(tag.keypoints for tag in live):
            return f"No tag has keypoints, which {self.title} needs: choose another format."
        wrong = differing(live) or mismatch(survey.point_numbers, tags)
        return None if wrong is None else f"{wrong}: {_ONE_NUMBER}"

    def as_written(self, image: LabelledImage) -> LabelledImage:
        """The image with its name, its size, and its shapes as rows hold them."""
        return LabelledImage(
            name=image.name,
            width=image.width,
            height=image.height,
            shapes=tuple(
                LabelledShape(tag=one.tag, shape=shape)
                for one, shape in written_shapes(image, self.form)
            ),
        )

    def writer(self, target: Target) -> DataSetWriter:
        """Writes labels/, data.yaml, and says where in images/ the image files belong."""
        if not self.poses:
            return DataSetWriter(target, self.form)
        points = max((len(tag.keypoints) for tag in target.tags if not tag.deleted), default=0)
        if points == 0:
            raise FormatError(f"No tag has keypoints, which {self.title} needs.")
        return DataSetWriter(target, pose_form(points), points=points)


def _look_like_poses(layout: Layout) -> bool:
    kinds = RowKinds()
    for file in layout.labels:
        found = numbers_of(file.row) if file.row is not None else None
        if found is not None:
            kinds.count(found[0])
    return kinds.are_poses


def _length(row: str) -> int:
    """How many numbers a row has, without a score."""
    found = numbers_of(row)
    count = len(found[0]) if found is not None else 0
    return count - 1 + count % 2


def _counted(labels: int) -> str:
    return "1 label file" if labels == 1 else f"{labels:,} label files"
