"""Reading COCO results, which name images and categories by the ids of an annotation file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from twoclick.formats.coco_files.gathering import Category, CocoFile, ListedImage
from twoclick.formats.coco_files.reading import (
    STEP,
    AnnotationFile,
    put_together,
    read_each,
    whole_before,
)
from twoclick.formats.coco_files.values import Id, id_value, path_text, text_value
from twoclick.formats.format import FormatError, Reading, SourceFile
from twoclick.formats.image_names import KnownImages
from twoclick.formats.json_elements import BrokenJsonError, JsonElement, JsonElements
from twoclick.formats.problems import Problems


def read_results(
    results: Sequence[SourceFile], *, annotations: Sequence[SourceFile], images: KnownImages
) -> Reading:
    """The results of files, on the images of annotation files, whose own shapes do not count.

    Without annotation files, on known images that the results name by a file name, or by an id that
    is one; their categories are then named by their ids.  Raises FormatError where no file can be
    read, or where no image is named.
    """
    if not results:
        raise FormatError("None of the files is a list of COCO results: choose the one that is.")
    problems = Problems()
    lists = [
        AnnotationFile(file, known=images, problems=problems, with_shapes=False)
        for file in annotations
    ]
    taking = [
        _ResultFile(file, lists=[one.coco for one in lists], known=images, problems=problems)
        for file in results
    ]
    read = yield from read_each(taking, problems, first=lists)
    return (yield from put_together(read, problems))


class _ResultFile:
    """One file of results on its way into `coco`."""

    def __init__(
        self,
        file: SourceFile,
        *,
        lists: Sequence[CocoFile],
        known: KnownImages,
        problems: Problems,
    ) -> None:
        self.file = file
        self.coco = CocoFile(file.path, known=known, problems=problems, certainties=True)
        self._known = known
        self._lists = lists

    def steps(self) -> Iterator[float]:
        """Reads it; yields how much is read, 0..1.  Raises FormatError where nothing is whole."""
        for one in self._lists:
            _add_lists(self.coco, one)
        elements = JsonElements(self.file.content, path=self.file.path)
        count = 0
        try:
            for count, element in enumerate(elements, 1):
                self._take(element)
                if count % STEP == 0:
                    yield elements.share
        except BrokenJsonError as broken:
            text = whole_before(self.file, broken, self.coco)
            self.coco.tell(broken.line, text, left_out="file")
        if count and not any(image and (image.rows or image.lost) for image in self._images()):
            raise FormatError(
                f"{self.file.path} names no image that is known: results have only ids. "
                "Choose the annotation file that they belong to as well."
            )
        self.coco.tell_asides()

    def _images(self) -> Sequence[ListedImage | None]:
        return list(self.coco.images.values())

    def _take(self, element: JsonElement) -> None:
        said = f"Result {element.place or 1:,}"
        if not isinstance(element.value, dict):
            self.coco.tell(element.line, f"{said} is not an object", left_out="shape")
            return
        number = id_value(element.value.get("image_id"))
        if not self._lists:
            self._list(element.value, number, line=element.line)
        image = None if number is None else self.coco.images.get(number)
        self.coco.take_shape(element, image=image, said=said)

    def _list(self, data: dict[str, Any], number: Id | None, *, line: int) -> None:
        """Puts image and category in the lists, where a result names them without any."""
        category = id_value(data.get("category_id"))
        if category is not None:
            name = text_value(data.get("category_name")).strip() or f"category {category}"
            self.coco.categories.setdefault(category, Category(name=name, supercategory=""))
        if number is None or number in self.coco.images:
            return
        name = path_text(data.get("file_name")) or str(number)
        found = self._known.find(name).image
        if found is not None:
            self.coco.images[number] = ListedImage(
                name=found.name, width=found.width, height=found.height, line=line
            )


def _add_lists(coco: CocoFile, listed: CocoFile) -> None:
    """Adds the lists of an annotation file.  Ids that mean something else in another one cannot be
    told apart."""
    for number, image in listed.images.items():
        empty = None if image is None else replace(image, rows=[], lost=0)
        before = coco.images.setdefault(number, empty)
        if before is not empty and (before is None or empty is None or before.name != empty.name):
            coco.images[number] = None
    for number, category in listed.categories.items():
        if coco.categories.setdefault(number, category) != category:
            coco.categories[number] = None
