"""Lists of class names beside label files: data.yaml, classes.txt, obj.names, JSON of any shape."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from twoclick.domain.json_depth import parsed_json
from twoclick.formats.format import FormatError, Problem, SourceFile
from twoclick.formats.text_files import text_of
from twoclick.formats.yaml.reading import YamlError, read_yaml
from twoclick.formats.yolo.kpt_shape import Pose, pose_of

MOST_CLASSES = 10_000
"""A number beyond is no class but a mistake."""

_LARGEST = 1_000_000
_LONGEST_NAME = 200
_YAML, _JSON = frozenset({".yaml", ".yml"}), frozenset({".json"})
_LISTS = frozenset({".names", ".labels"})
NAMED_LISTS = frozenset(
    {"classes.txt", "labels.txt", "names.txt", "class_names.txt", "predefined_classes.txt"}
)
"""What lists of classes are called that end as label files do."""

_KEYS = ("names", "classes", "categories", "labels")
_COUNTS = ("nc", "num_classes")
_ROW = re.compile(r"\d+(\.0*)?(\s+[-+]?[.,\d][-+.,\deE]*){4}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_IMAGE = re.compile(r".*\.(jpe?g|png|webp|bmp|gif|tiff?|avif)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d+)(?:\s*[:,;=]\s*|\s+)(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassList:
    """The names in class order, None where a class has none; `pose` is what the file says of
    keypoints, None where it is not about poses, `rank` which of several lists is believed: the
    lowest.  `count` is how many classes the file says that there are beside the names, None where
    it does not."""

    path: str
    names: tuple[str | None, ...]
    rank: int
    pose: Pose | None = None
    count: int | None = None


class _NoListError(Exception):
    """Content that is no list of classes; with a text for people where it should be one."""


def class_list(file: SourceFile) -> ClassList | Problem | None:
    """The classes that a file names; a Problem where it should and cannot be read, None where it is
    something else."""
    path = PurePosixPath(file.path.casefold())
    if path.suffix not in _YAML | _JSON | _LISTS and path.name not in NAMED_LISTS:
        return None
    if len(file.content) > _LARGEST:
        return None
    text = text_of(file.content)
    try:
        if path.suffix in _YAML:
            return _from_yaml(file.path, text)
        if path.suffix in _JSON:
            return _from_json(file.path, text)
        return ClassList(path=file.path, names=_from_lines(text), rank=1)
    except _NoListError as reason:
        if not reason.args:
            return None
        return Problem(path=file.path, line=None, text=str(reason), left_out="file")
    except YamlError as error:
        return Problem(path=file.path, line=error.line, text=error.text, left_out="file")


def one_list(lists: Sequence[ClassList]) -> tuple[ClassList | None, list[Problem]]:
    """The list that is believed: what leads a data set before plain lists, of several in one rank
    the longest, if it goes on where the others end.  A list of numbers alone says nothing against
    names.

    Raises FormatError where lists of one rank contradict each other.
    """
    if not lists:
        return None, []
    by_trust = sorted(lists, key=lambda one: (not any(one.names), one.rank, -len(one.names)))
    chosen = by_trust[0]
    problems = []
    for other in by_trust[1:]:
        if not any(other.names) or other.names == chosen.names[: len(other.names)]:
            continue
        if other.rank == chosen.rank:
            raise FormatError(
                f"{chosen.path} and {other.path} list other classes, so it is not known what the "
                "numbers mean. Import their folders one by one."
            )
        text = f"{chosen.path} lists other classes, and is the one that was used."
        problems.append(Problem(path=other.path, line=None, text=text, left_out="file"))
    return chosen, problems


def filled(found: ClassList) -> tuple[tuple[str, ...], list[Problem]]:
    """A name for every class: those without one are called by their number.  A name that comes
    twice is one tag, which is told."""
    names = tuple(name or f"class {at}" for at, name in enumerate(found.names))
    nameless = [str(at) for at, name in enumerate(found.names) if not name]
    problems = []
    if found.count not in (None, len(names)):
        text = f"nc is {found.count} here, and there are {len(names)} names: the names count."
        problems.append(_mended(found.path, text))
    if nameless:
        some = ", ".join(nameless[:5]) + (" ..." if len(nameless) > 5 else "")
        text = f'No names for classes {some}: they are called "class {nameless[0]}" and so on.'
        problems.append(_mended(found.path, text))
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        if first.setdefault(name, at) != at:
            text = f'Classes {first[name]} and {at} are both called "{name}": they are one tag.'
            problems.append(_mended(found.path, text))
    return names, problems


def _mended(path: str, text: str) -> Problem:
    return Problem(path=path, line=None, text=text, left_out="nothing")


def _from_yaml(path: str, text: str) -> ClassList:
    node = read_yaml(text)
    if not isinstance(node, dict):
        raise _NoListError
    try:
        names = _from_document(node, keys=("names",))
    except _NoListError:
        if "names" in node:
            raise _NoListError('The class names under "names" are no list of names.') from None
        raise
    count = _whole(node.get("nc"))
    pose = pose_of(node, path=path)
    return ClassList(path=path, names=names, rank=0, pose=pose, count=count)


def _from_json(path: str, text: str) -> ClassList:
    try:
        document = parsed_json(text)
    except ValueError:
        raise _NoListError from None
    if isinstance(document, dict):
        if "annotations" in document:
            raise _NoListError  # labels of another format, which lists its classes too
        if any(key in document for key in (*_KEYS, *_COUNTS)):
            names = _from_document(document, keys=_KEYS)
            return ClassList(path=path, names=_likely(names), rank=2)
    names = _likely(_from_node(document))
    # Where no key says so: what has gaps is other numbers, as sizes, and files are no classes.
    from_names = isinstance(document, dict) and _whole(next(iter(document))) is None
    if (from_names and None in names) or all(_IMAGE.fullmatch(name or "") for name in names):
        raise _NoListError
    return ClassList(path=path, names=names, rank=2)


def _from_document(document: Mapping[str, Any], *, keys: Sequence[str]) -> tuple[str | None, ...]:
    """The names of a document with a key for them, or with their number alone."""
    for key in keys:
        if document.get(key):
            return _from_node(document[key])
    for key in _COUNTS:
        count = _whole(document.get(key))
        if count is not None and 0 < count <= MOST_CLASSES:
            return (None,) * count
    if any(document.get(key) in ([], {}) for key in keys):
        return ()
    raise _NoListError


def _from_node(node: object) -> tuple[str | None, ...]:
    if isinstance(node, list) and all(isinstance(one, dict) for one in node):
        return _from_records(node)
    if isinstance(node, list):
        return tuple(_name(one) for one in node)
    if not isinstance(node, dict) or not node:
        raise _NoListError
    if all(_whole(key) is not None for key in node):
        return _by_number((_whole(key), name) for key, name in node.items())
    return _by_number((_whole(number), name) for name, number in node.items())


def _from_records(records: Sequence[Mapping[str, Any]]) -> tuple[str | None, ...]:
    if not records or any("name" not in one for one in records):
        raise _NoListError
    if all(_whole(one.get("id")) is not None for one in records):
        return _by_number((_whole(one["id"]), one["name"]) for one in records)
    return tuple(_name(one["name"]) for one in records)


def _by_number(numbered: Iterable[tuple[int | None, object]]) -> tuple[str | None, ...]:
    names: dict[int, str | None] = {}
    for number, name in numbered:
        if number is None or not 0 <= number < MOST_CLASSES:
            raise _NoListError
        names[number] = _name(name)
    return tuple(names.get(number) for number in range(max(names, default=-1) + 1))


def _name(node: object) -> str | None:
    if isinstance(node, list | dict):
        raise _NoListError
    name = "" if node is None else str(node)
    if any(sign == "\ufffd" or unicodedata.category(sign) == "Cs" for sign in name):
        raise _NoListError
    return name if name.strip() else None


def _likely(names: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """The names, of a file that need not be a list of classes.  Raises _NoListError where one is
    like none."""
    if any(len(name) > _LONGEST_NAME or _CONTROL.search(name) for name in names if name):
        raise _NoListError
    return names


def _whole(node: object) -> int | None:
    try:
        return int(node) if isinstance(node, str | int) and len(str(node)) < 10 else None
    except ValueError:
        return None


def _from_lines(text: str) -> tuple[str | None, ...]:
    """A name a line; a line in the middle without one keeps its place.  Quotes, commas at the ends,
    comments ("# " and what follows) and numbers that count from 0 are not part of names."""
    lines = [line.strip() for line in text.split("\n") if not line.lstrip().startswith("# ")]
    while lines and not lines[-1]:
        lines.pop()
    if not lines or all(_ROW.match(line) for line in lines):
        raise _NoListError
    if len(lines) > 1 and all(line.endswith(",") for line in lines[:-1]):
        lines = [line.removesuffix(",").rstrip() for line in lines]
    counted = [_NUMBERED.fullmatch(line) for line in lines]
    if all(found and int(found[1]) == at for at, found in enumerate(counted)):
        lines = [found[2] for found in counted if found]
    try:
        return _likely(tuple(_name(_unquoted(line).strip()) for line in lines))
    except _NoListError:
        raise _NoListError("This is no list of class names, one in each line, as UTF-8.") from None


def _unquoted(line: str) -> str:
    inside = line[1:-1]
    quoted = len(line) > 1 and line[0] == line[-1] and line[0] in "'\"" and line[0] not in inside
    return inside if quoted else line
