"""Writing a YOLO data set: a text file for each image, and data.yaml."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from twoclick.domain.geometry import Shape
from twoclick.formats.format import Piece, Target
from twoclick.formats.labels import LabelledImage, LabelledShape
from twoclick.formats.yolo.data_yaml import data_yaml
from twoclick.formats.yolo.file_names import FileNames
from twoclick.formats.yolo.row_forms import RowForm


def written_shapes(image: LabelledImage, form: RowForm) -> Iterable[tuple[LabelledShape, Shape]]:
    """The shapes of an image with what is written of them.  Of several that are the same in the
    file the first is there: trainers take repeated rows for mistakes.

    Raises ValueError where the size of the image is not known.
    """
    if image.width is None or image.height is None:
        raise ValueError(f"The size of {image.name} is not known.")
    once: dict[tuple[str, Shape], LabelledShape] = {}
    for one in image.shapes:
        written = form.written(one.shape, image.width, image.height)
        if written is not None:
            once.setdefault((one.tag, written), one)
    return ((one, written) for (_, written), one in once.items())


class DataSetWriter:
    """Writes one data set: images/ and labels/ side by side, in them a folder for each split, and
    in these the folders of the project; `points` are those of poses."""

    def __init__(self, target: Target, form: RowForm, *, points: int = 0) -> None:
        self._target = target
        self._form = form
        self._points = points
        self._classes: Mapping[str, int] = {tag.name: at for at, tag in enumerate(target.tags)}
        self._names = {split: FileNames() for split in target.splits or ("",)}
        self._paths: dict[tuple[int, str], PurePosixPath] = {}

    def add(self, images: Sequence[LabelledImage]) -> Iterator[Piece]:
        """The label files of these images; one without a line says that nothing is there.

        Raises ValueError for an image without a split where the data is divided, and KeyError for
        a tag that is not among the target's.
        """
        for image in images:
            split = image.split if self._target.splits else ""
            if split is None:
                raise ValueError(f"{image.name} is in none of the parts of the data.")
            path = PurePosixPath(split) / self._names[split].path_for(image.name)
            self._paths[image.number, image.name] = path
            content = self._rows(image).encode("ascii")
            yield Piece(path=str("labels" / path.with_suffix(".txt")), content=content)

    def finish(self) -> Iterator[Piece]:
        """The file data.yaml."""
        used = {path.parts[0] for path in self._paths.values()}
        text = data_yaml(
            project=self._target.name,
            tags=self._target.tags,
            splits=[split for split in self._target.splits if split in used],
            points=self._points,
        )
        yield Piece(path="data.yaml", content=text.encode())

    def image_path(self, image: LabelledImage) -> str:
        """Where the file of an image that was added belongs; its name may have had to change."""
        return str("images" / self._paths[image.number, image.name])

    def _rows(self, image: LabelledImage) -> str:
        width, height = image.width or 0, image.height or 0
        return "".join(
            f"{self._classes[one.tag]} {self._form.numbers(shape, width, height)}\n"
            for one, shape in written_shapes(image, self._form)
        )
