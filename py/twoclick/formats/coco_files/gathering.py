"""What a COCO file holds: images, categories, and shapes by the ids that they use."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from twoclick.domain.geometry import Keypoints, Shape
from twoclick.formats.coco_files.keypoints import named_points
from twoclick.formats.coco_files.shape_reading import read_shape
from twoclick.formats.coco_files.values import (
    BadShapeError,
    Id,
    Size,
    id_value,
    path_text,
    score_value,
    side_value,
    sizes_differ,
    sizes_text,
    text_value,
)
from twoclick.formats.format import LeftOut
from twoclick.formats.image_names import KnownImages
from twoclick.formats.json_elements import JsonElement
from twoclick.formats.keypoint_names import numbered_points
from twoclick.formats.labels import FileTag, LabelledShape
from twoclick.formats.problems import Problems


class Row(NamedTuple):
    """A shape of an image, and the id of its category; `line` and `said` name it in problems."""

    category: Id
    shape: Shape
    score: float | None
    line: int
    said: str


@dataclass(slots=True, kw_only=True)
class ListedImage:
    """An image of a file's list; `rows` are its shapes, `lost` counts those that were left out."""

    name: str
    width: int | None
    height: int | None
    line: int
    rows: list[Row] = field(default_factory=list)
    lost: int = 0

    @property
    def size(self) -> Size:
        """Width and height."""
        return self.width, self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of a file's list."""

    name: str
    supercategory: str
    keypoints: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()


class CocoFile:
    """One file: its lists by id.  Images and categories of one id that are not the same cannot be
    told apart: they are None, and what names them is left out.  Of results keypoints have
    `certainties`."""

    def __init__(
        self, path: str, *, known: KnownImages, problems: Problems, certainties: bool = False
    ) -> None:
        self.path = path
        self.images: dict[Id, ListedImage | None] = {}
        self.categories: dict[Id, Category | None] = {}
        self._known = known
        self._problems = problems
        self._asides: Counter[str] = Counter()
        self._ids: set[Id] = set()
        self._certainties = certainties
        self._first_points: dict[Id, int] = {}
        self._point_numbers: dict[str, int] = {}

    def tell(self, line: int | None, text: str, *, left_out: LeftOut) -> None:
        """Notes a problem of this file."""
        self._problems.add(self.path, line, text, left_out=left_out)

    def tell_asides(self) -> None:
        """Notes what is true of many shapes, once, with how many they are."""
        for text, count in self._asides.items():
            self.tell(None, f"{count:,} {text}", left_out="nothing")

    def take_image(self, element: JsonElement) -> None:
        """Takes an element of the list of images."""
        data = self._record(element, "image", left_out="image")
        if data is None:
            return
        number, name = id_value(data.get("id")), path_text(data.get("file_name"))
        if number is None or not name:
            missing = "id" if number is None else "file_name"
            text = f"Image {element.place:,} has no {missing}"
            self.tell(element.line, text, left_out="image")
            return
        image = self._listed(name, data, line=element.line)
        before = self.images.setdefault(number, image)
        if before is image:
            return
        if before is not None and before.name == image.name:
            if not sizes_differ(before.size, image.size):
                self.tell(element.line, f"{image.name} is listed twice", left_out="nothing")
                return
            text = f"{image.name} is listed with {sizes_text(before.size, image.size)}"
        else:
            others = image.name if before is None else f"{before.name} and {image.name}"
            text = f"The image id {number} is used more than once: which shapes are of {others}?"
        self.tell(element.line, text, left_out="image")
        self.images[number] = None

    def _listed(self, name: str, data: Mapping[str, Any], *, line: int) -> ListedImage:
        path = self._path_of(name)
        width, height = side_value(data.get("width")), side_value(data.get("height"))
        if width is None or height is None:
            match = self._known.find(path)
            width = match.image.width if match.image else None
            height = match.image.height if match.image else None
        return ListedImage(name=path, width=width, height=height, line=line)

    def _path_of(self, name: str) -> str:
        """The path of an image that the file calls `name`: as it is, or beside the file, or in the
        folder for images beside the folder "annotations"; the one that is known, if any is."""
        folder = PurePosixPath(self.path).parent
        if folder.name.casefold() == "annotations":
            split = PurePosixPath(self.path).stem.rpartition("_")[2]
            around = folder.parent
            paths = [name, *(str(around / part / name) for part in (f"images/{split}", "images"))]
            paths.append(str(around / split / name))
        else:
            paths = [str(folder / name), name]
        return next((one for one in paths if self._known.find(one).by == "path"), paths[0])

    def take_category(self, element: JsonElement) -> None:
        """Takes an element of the list of categories."""
        data = self._record(element, "category", left_out="nothing")
        if data is None:
            return
        number, name = id_value(data.get("id")), text_value(data.get("name"))
        if number is None or not name.strip():
            missing = "id" if number is None else "name"
            text = f"Category {element.place:,} has no {missing}"
            self.tell(element.line, text, left_out="nothing")
            return
        points = named_points(data)
        for problem in points.problems:
            self.tell(element.line, f"Category {number}: {problem}", left_out="nothing")
        category = Category(
            name=name,
            supercategory=text_value(data.get("supercategory")),
            keypoints=points.names,
            skeleton=points.skeleton,
        )
        before = self.categories.setdefault(number, category)
        if before != category and (before is None or before.name != name):
            text = f"The category id {number} is used more than once: what is meant is not known"
            self.tell(element.line, text, left_out="nothing")
            self.categories[number] = None

    def take_shape(self, element: JsonElement, *, image: ListedImage | None, said: str) -> None:
        """Takes an annotation or a result, of an image that was found, and what it is called."""
        data, line = element.value, element.line
        number = id_value(data.get("image_id"))
        if image is None:
            named = "no image" if number is None else f"image {number}"
            why = "" if number is None else _why_unknown(number in self.images)
            self.tell(line, f"{said} is of {named}{why}", left_out="shape")
            return
        category = id_value(data.get("category_id"))
        if category is None:
            image.lost += 1
            self.tell(line, f"{said} on {image.name} has no category_id", left_out="shape")
            return
        try:
            found = read_shape(
                data, width=image.width, height=image.height, certainties=self._certainties
            )
        except BadShapeError as error:
            image.lost += 1
            self.tell(line, f"{said} on {image.name}: {_lowered(error)}", left_out="shape")
            return
        if found.text is not None:
            self.tell(line, f"{said} on {image.name}: {_lowered(found.text)}", left_out="nothing")
        if found.shape is not None:
            score = score_value(data.get("score"))
            if isinstance(found.shape, Keypoints):
                self._first_points.setdefault(category, len(found.shape.visibility))
            image.rows.append(Row(category, found.shape, score, line, said))
        self._note_asides(data, element.repeated, shape=found.shape)

    def _note_asides(
        self, data: Mapping[str, Any], repeated: str | None, *, shape: Shape | None
    ) -> None:
        if data.get("iscrowd"):
            self._asides["crowds (iscrowd 1) become plain shapes"] += 1
        if data.get("segmentation") and isinstance(shape, Keypoints):
            self._asides["shapes have keypoints and an outline, which is not read"] += 1
        if data.get("score") is not None and score_value(data["score"]) is None:
            self._asides["scores are not from 0 to 1 and are not read"] += 1
        if repeated is not None:
            self._asides[f"annotations have {repeated!r} twice: the last one counts"] += 1
        number = id_value(data.get("id"))
        if number is not None:
            if number in self._ids:
                self._asides["annotations have the id of another one"] += 1
            self._ids.add(number)

    def tags(self) -> Iterator[FileTag]:
        """The categories as tags, by rising id where all are numbers; that two have one name is
        told.

        One without shapes that others have as their supercategory (Roboflow's) is no class.
        """
        used = {row.category for image in self.images.values() if image for row in image.rows}
        above = {one.supercategory for one in self.categories.values() if one}
        items = list(self.categories.items())
        if all(isinstance(number, int) for number, _ in items):
            items.sort(key=lambda item: item[0])
        first: dict[str, Id] = {}
        for number, category in items:
            if category is None:
                continue
            is_group = category.name in above and category.supercategory in ("none", "")
            if is_group and number not in used:
                continue
            same = first.setdefault(category.name, number)
            if same != number:
                text = f'Categories {same} and {number} are both called "{category.name}"'
                self.tell(None, f"{text}: they are one tag", left_out="nothing")
            yield self._tag(number, category)

    def _tag(self, number: Id, category: Category) -> FileTag:
        """The tag; its points have numbers for names where shapes have some and nothing names
        them."""
        names = category.keypoints or numbered_points(self._first_points.get(number, 0))
        if names:
            self._point_numbers.setdefault(category.name, len(names))
        return FileTag(name=category.name, keypoints=names, skeleton=category.skeleton)

    def labelled(self, image: ListedImage) -> tuple[LabelledShape, ...]:
        """The shapes of an image; those of no category are left out."""
        shapes = []
        for row in image.rows:
            category = self.categories.get(row.category)
            if category is None:
                image.lost += 1
                text = f"{row.said} on {image.name} is of category {row.category}"
                why = _why_unknown(row.category in self.categories)
                self.tell(row.line, f"{text}{why}", left_out="shape")
            elif wrong := self._wrong_points(row.shape, category.name):
                image.lost += 1
                self.tell(row.line, f"{row.said} on {image.name} {wrong}", left_out="shape")
            else:
                shapes.append(LabelledShape(tag=category.name, shape=row.shape, score=row.score))
        return tuple(shapes)

    def _wrong_points(self, shape: Shape, name: str) -> str | None:
        """Why a shape has not the points of its category, if so."""
        if not isinstance(shape, Keypoints):
            return None
        count, wanted = len(shape.visibility), self._point_numbers.get(name)
        if wanted in (None, count):
            return None
        return f'has {count:,} keypoints, and "{name}" {wanted:,}'

    def _record(
        self, element: JsonElement, noun: str, *, left_out: LeftOut
    ) -> Mapping[str, Any] | None:
        if isinstance(element.value, dict):
            return element.value
        text = f"{noun.capitalize()} {element.place:,} is not an object"
        self.tell(element.line, text, left_out=left_out)
        return None


def _why_unknown(listed: bool) -> str:
    """Why nobody knows what an id means, listed as it is."""
    return ", and two are listed by that id" if listed else ", which is not listed"


def _lowered(text: object) -> str:
    sentence = str(text)
    return sentence[:1].lower() + sentence[1:]
