"""What the two YOLO formats are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from twoclick.formats.format import Loss, Reading, SourceFile, Target
from twoclick.formats.image_names import KnownImages
from twoclick.formats.labels import LabelledImage, LabelledShape
from twoclick.formats.losses import score_losses, shared_losses
from twoclick.formats.survey import Survey
from twoclick.formats.yolo.layout import Layout, layout_of, may_be_shape
from twoclick.formats.yolo.reading import read_data_set
from twoclick.formats.yolo.row_forms import RowForm
from twoclick.formats.yolo.row_numbers import numbers_of
from twoclick.formats.yolo.writing import DataSetWriter, written_shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class YoloFormat:
    """One of the two formats; see `format.Format` for what it does.

    `lengths` tells whether rows of so many numbers are of this format; `cannot_keep` are fields of
    a survey and what becomes of what they count.
    """

    name: str
    title: str
    purpose: str
    rows: str
    lengths: Callable[[int], bool]
    form: RowForm
    cannot_keep: tuple[tuple[str, str], ...]
    tolerance: float = 0.001

    def recognise(self, files: Sequence[SourceFile]) -> str | None:
        """Says how many label files there are, and with what."""
        layout = layout_of(files)
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

    def _of_no_shape(self, layout: Layout, rows: Sequence[str]) -> str | None:
        """What files are in which no row is a shape: their places tell, or a list of classes."""
        in_labels = all("labels" in PurePosixPath(file.path).parts for file in layout.labels)
        if not self.lengths(5) or not (layout.lists or in_labels):
            return None
        what = "without a row that is a shape" if rows else "all of them empty"
        return f"{_counted(len(layout.labels))}, {what}"

    def read(self, files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
        """What the files hold; rows of the other format are read too, as what they are."""
        return read_data_set(files, images=images)

    def losses(self, survey: Survey) -> Sequence[Loss]:
        """What would be lost."""
        own = [Loss(count=getattr(survey, name), text=text) for name, text in self.cannot_keep]
        losses = (*own, *score_losses(survey), *shared_losses(survey))
        return [loss for loss in losses if loss.count]

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
        return DataSetWriter(target, self.form)


def _length(row: str) -> int:
    """How many numbers a row has, without a score."""
    found = numbers_of(row)
    count = len(found[0]) if found is not None else 0
    return count - 1 + count % 2


def _counted(labels: int) -> str:
    return "1 label file" if labels == 1 else f"{labels:,} label files"
