"""Writing COCO: one annotation file for each part of the data."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from twoclick.formats.coco_files.keypoints import skeleton_json, with_certainties
from twoclick.formats.coco_files.shapes import WrittenShape
from twoclick.formats.coco_files.values import path_text, text_value
from twoclick.formats.format import FormatError, Piece, Target
from twoclick.formats.labels import FileTag, LabelledImage

Row = tuple[LabelledImage, Sequence[tuple[str, WrittenShape]]]
"""An image, and its shapes as tags and written forms."""

_IMAGES, _ANNOTATIONS = 0, 1
"""Sections of an annotation file."""


def written_name(name: str) -> str:
    """The path of an image as it is written: below the folder for images, with "/"."""
    parts = (part.strip() for part in path_text(name).split("/"))
    return "/".join("_" if part == ".." else part for part in parts if part not in ("", ".")) or "_"


def written_tag(name: str) -> str:
    """The name of a tag as it is written."""
    return text_value(name)


def written_size(image: LabelledImage) -> tuple[int, int]:
    """Width and height of an image.  Raises FormatError where they are not known."""
    if image.width is None or image.height is None:
        raise FormatError(
            f"The size of {image.name} is not known, and COCO needs it. Bring the image along."
        )
    return image.width, image.height


def image_path(image: LabelledImage) -> str:
    """Where the file of an image belongs."""
    return str(PurePosixPath("images", image.split or "", written_name(image.name)))


def category_ids(target: Target) -> dict[str, int]:
    """The ids of the tags, from 1 in class order."""
    return {tag.name: number for number, tag in enumerate(target.tags, 1)}


def json_text(value: object) -> str:
    """JSON in ASCII: pycocotools reads files in whatever encoding its machine is set to."""
    return json.dumps(value, separators=(", ", ": "))


def box_text(shape: WrittenShape) -> str:
    """The bbox of a shape."""
    x, y, width, height = shape.box
    return f"[{x!r}, {y!r}, {width!r}, {height!r}]"


def segmentation_text(shape: WrittenShape, image: LabelledImage) -> str:
    """The segmentation of a shape: run lengths, polygons, or, of a box, an empty list."""
    if shape.runs is not None:
        width, height = written_size(image)
        return f'{{"size": [{height}, {width}], "counts": {json_text(shape.runs)}}}'
    rings = [",".join(map(repr, ring)) for ring in shape.rings]
    return "[" + ", ".join([f"[{ring}]" for ring in rings]) + "]"


class PointTexts:
    """Writes the keypoints of annotations, or, with `certainties`, of results.

    Evaluation asks every shape of a category that has some for them: those without get none there.
    """

    def __init__(self, target: Target, *, certainties: bool = False) -> None:
        self._counts = {tag.name: len(tag.keypoints) for tag in target.tags}
        self._certainties = certainties

    def text(self, tag: str, shape: WrittenShape) -> str:
        """What stands behind the segmentation of a shape.  Raises FormatError where it has another
        number of points than its tag."""
        count = self._counts[tag]
        numbers = shape.keypoints
        if numbers and count not in (0, len(numbers) // 3):
            raise FormatError(
                f'A shape has {len(numbers) // 3:,} keypoints and its tag "{tag}" {count:,}, which '
                "COCO has no words for."
            )
        there = len(numbers) // 3 - numbers[2::3].count(0)
        if not numbers and count:
            numbers = (0,) * (3 * count)
        if self._certainties:
            return f', "keypoints": {json_text(with_certainties(numbers))}' if numbers else ""
        if not numbers:
            return ""
        return f', "num_keypoints": {there}, "keypoints": {json_text(list(numbers))}'


def _category(tag: FileTag, number: int) -> dict[str, object]:
    plain: dict[str, object] = {"id": number, "name": written_tag(tag.name), "supercategory": ""}
    if not tag.keypoints:
        return plain
    points = [written_tag(name) for name in tag.keypoints]
    return {**plain, "keypoints": points, "skeleton": skeleton_json(tag.skeleton)}


class AnnotationFiles:
    """Writes annotation files: `annotations/instances.json`, or one for each part of the data.

    Categories come first: who reads the file in one go knows them before the shapes.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._category_ids = category_ids(target)
        self._begun: set[tuple[str, int]] = set()
        self._last_id = 0
        self._points = PointTexts(target)

    def add(self, rows: Iterable[Row]) -> Iterator[Piece]:
        """The pieces of images."""
        lines: dict[tuple[str, int], list[str]] = {}
        for image, shapes in rows:
            path = _path(image.split)
            lines.setdefault((path, _IMAGES), []).append(_image_line(image))
            if shapes:
                lines.setdefault((path, _ANNOTATIONS), []).extend(
                    [self._annotation_line(image, tag, shape) for tag, shape in shapes]
                )
        for (path, section), texts in lines.items():
            text = self._before_lines(path, section) + ",\n".join(texts)
            yield Piece(path=path, content=text.encode("ascii"), section=section)

    def finish(self) -> Iterator[Piece]:
        """What makes the files whole, those of empty parts of the data too."""
        paths = dict.fromkeys(_path(split) for split in self._target.splits or (None,))
        paths.update(dict.fromkeys(path for path, _ in self._begun))
        for path in paths:
            for section in (_IMAGES, _ANNOTATIONS):
                text = "" if (path, section) in self._begun else self._before_lines(path, section)
                end = "\n]\n}\n" if section == _ANNOTATIONS else ""
                if text or end:
                    yield Piece(path=path, content=(text + end).encode("ascii"), section=section)

    def _before_lines(self, path: str, section: int) -> str:
        """What stands before the next lines of a section."""
        if (path, section) in self._begun:
            return ",\n"
        self._begun.add((path, section))
        if section == _ANNOTATIONS:
            return '\n],\n"annotations": [\n'
        info = json_text({"description": self._target.name, "version": "1.0"})
        categories = ",\n".join(
            json_text(_category(tag, self._category_ids[tag.name])) for tag in self._target.tags
        )
        return (
            f'{{\n"info": {info},\n"licenses": [],\n"categories": [\n{categories}\n],\n'
            '"images": [\n'
        )

    def _annotation_line(self, image: LabelledImage, tag: str, shape: WrittenShape) -> str:
        self._last_id += 1
        return (
            f'{{"id": {self._last_id}, "image_id": {image.number}, '
            f'"category_id": {self._category_ids[tag]}, "bbox": {box_text(shape)}, '
            f'"area": {shape.area!r}, "iscrowd": 0, '
            f'"segmentation": {segmentation_text(shape, image)}{self._points.text(tag, shape)}}}'
        )


def _path(split: str | None) -> str:
    return f"annotations/instances_{split}.json" if split else "annotations/instances.json"


def _image_line(image: LabelledImage) -> str:
    width, height = written_size(image)
    return json_text(
        {
            "id": image.number,
            "file_name": written_name(image.name),
            "width": width,
            "height": height,
        }
    )
