"""Writing one export: labels in pieces, and where the image files belong."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from twoclick.formats.export.looking import ImageFile, Looking
from twoclick.formats.export.outlook import Choice, splits_of
from twoclick.formats.format import Format, Piece, Target
from twoclick.formats.image_names import as_file_name
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePlace:
    """Where the file of an image goes; `as_png` where it is one page of several and becomes a file
    of its own."""

    path: str
    file: ImageFile
    name: str
    as_png: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Pieces of label files, and the places of the image files where those come along."""

    pieces: tuple[Piece, ...]
    images: tuple[ImagePlace, ...] = ()


class Writing:
    """Takes the same images as `looking` did, in the same order, and writes those that are
    chosen."""

    def __init__(
        self,
        *,
        format_: Format,
        choice: Choice,
        looking: Looking,
        name: str,
        tags: Sequence[FileTag],
        predictors: Sequence[FilePredictor] = (),
    ) -> None:
        target = Target(
            name=name,
            tags=tuple(tags),
            splits=tuple(choice.shares),
            with_images=choice.with_images,
            predictors=tuple(predictors),
        )
        self.format = format_
        self.places: dict[str, LabelledImage] = {}
        """The images that were written, without their shapes, by the paths of their files."""
        self.renamed: list[tuple[str, str]] = []
        """The images that the format must give other names, with the paths of their files."""
        self._choice = choice
        self._writer = format_.writer(target)
        self._split_of = splits_of(looking.of(choice.states), choice)
        self._paged = looking.paged() if choice.with_images else frozenset()
        self._paths: dict[int, str] = {}

    def write(self, images: Iterable[tuple[LabelledImage, ImageFile]]) -> Written:
        """The pieces of those of these images that are chosen."""
        files = list(self._chosen(images))
        pieces = tuple(self._writer.add([image for image, _ in files]))
        places = [self._place(image, file) for image, file in files]
        return Written(pieces=pieces, images=tuple(places) if self._choice.with_images else ())

    def finish(self) -> tuple[Piece, ...]:
        """The last pieces."""
        return tuple(self._writer.finish())

    def chosen(self, images: Iterable[tuple[LabelledImage, ImageFile]]) -> Iterator[LabelledImage]:
        """Those of these images that are written, as they are."""
        return (image for image, _ in self._chosen(images))

    def path_of(self, image: LabelledImage) -> str:
        """The path of the file of an image that was written."""
        return self._paths[image.number]

    def _chosen(
        self, images: Iterable[tuple[LabelledImage, ImageFile]]
    ) -> Iterator[tuple[LabelledImage, ImageFile]]:
        for image, file in images:
            if image.label_state not in self._choice.states:
                continue
            name = _png_name(image.name) if file.digest in self._paged else image.name
            yield replace(image, name=name, split=self._split_of.get(file.digest)), file

    def _place(self, image: LabelledImage, file: ImageFile) -> ImagePlace:
        path = self._writer.image_path(image)
        self._paths[image.number] = path
        self.places[path] = replace(image, shapes=())
        if not f"/{path}".endswith(f"/{image.name}"):
            self.renamed.append((image.name, path))
        as_png = file.digest in self._paged
        return ImagePlace(path=path, file=file, name=image.name, as_png=as_png)


def _png_name(name: str) -> str:
    """The name of a page ("scan.tif, page 2") as a PNG file of its own ("scan, page 2.png")."""
    file_name = as_file_name(name)
    if file_name == name:
        return f"{name}.png"
    return str(PurePosixPath(file_name).with_suffix(".png"))
