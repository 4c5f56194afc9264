"""Which of the files that a person brought are labels, which list classes, which are neither."""

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from twoclick.formats.class_lists import MOST_CLASSES, NAMED_LISTS, ClassList, class_list
from twoclick.formats.format import Problem, SourceFile
from twoclick.formats.image_names import KnownImages
from twoclick.formats.text_files import text_of
from twoclick.formats.yolo.row_numbers import looks_like_row, numbers_of
from twoclick.formats.yolo.rows import why_no_shape

_ABOUT = frozenset({"readme", "license", "licence", "requirements"})
"""What texts about a data set are called, up to the first dot: "license_plate.txt" is none."""

_LISTS = NAMED_LISTS | {"train.txt", "val.txt", "valid.txt", "test.txt"}
"""Texts that list classes or images, and may list none."""

_MOST_LINES = 50
_LINE = re.compile(r"[^\n]+")
_IMAGE_PATH = re.compile(r"\S.*\.[A-Za-z0-9]{2,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFile:
    """A label file of a data set; `row` is the first of its rows that may be a shape, else the
    first with numbers, None where it is empty."""

    path: str
    content: bytes
    row: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files of a data set by what they are.  What is neither labels nor a list of classes is
    left away; `problems` are those that should be either and are not."""

    labels: tuple[LabelFile, ...]
    lists: tuple[ClassList, ...]
    problems: tuple[Problem, ...]


def layout_of(files: Iterable[SourceFile]) -> Layout:
    """What `sorting` returns, without a pause."""
    steps = sorting(files)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            layout: Layout = end.value
            return layout


def sorting(
    files: Iterable[SourceFile], *, images: KnownImages | None = None
) -> Generator[None, None, Layout]:
    """Sorts files, with a pause after each.  A text without any row is a label file that is broken
    where it is in a folder "labels" or beside one of `images`, else a text about something else."""
    labels: list[LabelFile] = []
    lists: list[ClassList] = []
    problems: list[Problem] = []
    for file in files:
        yield
        path = PurePosixPath(file.path)
        if path.name.startswith("._") or "__MACOSX" in path.parts:
            continue  # what macOS puts beside files in archives
        found = class_list(file)
        if isinstance(found, ClassList):
            lists.append(found)
        elif found is not None:
            problems.append(found)
        elif path.suffix.casefold() == ".txt":
            label = _label_file(file, path, images)
            if isinstance(label, LabelFile):
                labels.append(label)
            elif label is not None:
                problems.append(label)
    return Layout(labels=tuple(labels), lists=tuple(lists), problems=tuple(problems))


def _label_file(
    file: SourceFile, path: PurePosixPath, images: KnownImages | None
) -> LabelFile | Problem | None:
    expected = "labels" in path.parts[:-1] or _is_beside_image(file, images)
    if path.name.casefold().split(".")[0] in _ABOUT and not expected:
        return None
    lines = list(islice(_lines_of(text_of(file.content)), _MOST_LINES))
    row = next(filter(looks_like_row, lines), None)
    if not lines and path.name.casefold() in _LISTS and not _is_beside_image(file, images):
        return None
    if row is not None or not lines:
        if row is not None and not may_be_shape(row):
            row = next(filter(may_be_shape, lines), row)
        return LabelFile(path=file.path, content=file.content, row=row)
    if all(_IMAGE_PATH.fullmatch(line) for line in lines):
        return None
    if expected:
        text = "There is no row of labels in it: each starts with the number of a class."
        return Problem(path=file.path, line=None, text=text, left_out="file")
    return None


def _is_beside_image(file: SourceFile, images: KnownImages | None) -> bool:
    return images is not None and images.find_by_stem(file.path).image is not None


def _lines_of(text: str) -> Iterator[str]:
    """The lines that count: neither empty nor comments."""
    for found in _LINE.finditer(text):
        line = found.group().strip()
        if line and not line.startswith("#"):
            yield line


def may_be_shape(row: str) -> bool:
    """Whether a row of numbers may be a shape of some class."""
    found = numbers_of(row)
    return found is not None and why_no_shape(found[0], classes=MOST_CLASSES) is None
