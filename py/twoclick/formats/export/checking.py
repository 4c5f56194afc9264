"""Reading an export back, from the bytes that were saved, and comparing it with what was meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twoclick.formats.comparison import difference
from twoclick.formats.export.looking import ImageFile
from twoclick.formats.export.writing import Writing
from twoclick.formats.format import Read, Reading, SourceFile
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledImage


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was compared: images, their shapes, and how many images are not as written, with what is
    wrong with the first of them."""

    images: int
    shapes: int
    different: int
    first: str | None


class Checking:
    """Call in this order: `read_on` until it is done, `compare` with all images that were given to
    `writing`, `result`."""

    def __init__(self, *, writing: Writing, files: Sequence[SourceFile]) -> None:
        self._writing = writing
        self._known = KnownImages(
            KnownImage(name=path, width=image.width or 0, height=image.height or 0)
            for path, image in writing.places.items()
        )
        self._reading: Reading = writing.format.read(files, images=self._known)
        self._names = {image.name for image in writing.places.values()}
        self._read: dict[str, LabelledImage] = {}
        self._images = 0
        self._shapes = 0
        self._different = 0
        self._first: str | None = None

    def read_on(self) -> float:
        """Reads some more; how much is done, 0..1.

        Raises FormatError where the files are not even of the format.
        """
        try:
            # Only all of it is 1.
            return min(next(self._reading), 0.99)
        except StopIteration as end:
            self._take(end.value)
            return 1.0

    def compare(self, images: Iterable[tuple[LabelledImage, ImageFile]]) -> None:
        """Compares the next images; those that were not written are passed by."""
        writing = self._writing
        for image in writing.chosen(images):
            expected = writing.format.as_written(image)
            read = self._read.get(image.name) or self._read.get(writing.path_of(image))
            text = difference(expected, read, tolerance=writing.format.tolerance)
            self._images += 1
            self._shapes += len(expected.shapes)
            if text is not None:
                self._different += 1
                self._first = self._first or f"{image.name}: {text}"

    def result(self) -> Checked:
        """What came of it.  What the files have beyond what was written is wrong as well."""
        beyond = max(0, len(self._read) - self._images)
        return Checked(
            images=self._images,
            shapes=self._shapes,
            different=self._different + beyond,
            first=self._first or (f"{beyond:,} images were not written" if beyond else None),
        )

    def _take(self, read: Read) -> None:
        """By the path of the image file, which is known, else by the name in the file."""
        for image in read.images:
            found = None if image.name in self._names else self._known.find(image.name).image
            self._read[image.name if found is None else found.name] = image
