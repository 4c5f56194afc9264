"""All formats, and which one some files are of."""

from collections.abc import Sequence
from dataclasses import dataclass

from twoclick.formats.coco import FORMAT as COCO
from twoclick.formats.coco_results import FORMAT as COCO_RESULTS
from twoclick.formats.format import Format, FormatError, SourceFile
from twoclick.formats.text_files import beginning
from twoclick.formats.twoclick_labels import FORMAT as TWOCLICK
from twoclick.formats.yolo_detect import FORMAT as YOLO_DETECT
from twoclick.formats.yolo_pose import FORMAT as YOLO_POSE
from twoclick.formats.yolo_segment import FORMAT as YOLO_SEGMENT

FORMATS: tuple[Format, ...] = (
    TWOCLICK,
    COCO_RESULTS,
    COCO,
    YOLO_POSE,
    YOLO_SEGMENT,
    YOLO_DETECT,
)
"""In the order in which they are tried: the most particular first."""

LABEL_ENDINGS = frozenset({".json", ".txt", ".yaml", ".yml", ".names", ".labels"})
"""How the names of files end that may hold labels, in small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What files are: the format, why, and the formats that they could be as well."""

    format: Format
    evidence: str
    alternatives: tuple[Format, ...] = ()


def format_named(name: str) -> Format:
    """The format of that name.  Raises FormatError where there is none."""
    for one in FORMATS:
        if one.name == name:
            return one
    raise FormatError(f'There is no format "{name}". There are {_known()}.')


def recognise(files: Sequence[SourceFile]) -> Recognised:
    """What the files are.  Raises FormatError, which says what was seen, where nobody knows."""
    found = [(one, evidence) for one in FORMATS if (evidence := one.recognise(files)) is not None]
    if not found and files and not any(beginning(file) for file in files):
        raise FormatError(f"{_seen(files)}: nothing is in there. Export or copy it again.")
    if not found:
        raise FormatError(
            f"{_seen(files)}: no labels of a known format. Known are COCO, YOLO and Twoclick's "
            "own: in the tool that they come from, export them as one of these."
        )
    (best, evidence), *others = found
    return Recognised(format=best, evidence=evidence, alternatives=tuple(one for one, _ in others))


def _known() -> str:
    return ", ".join(one.name for one in FORMATS)


def _seen(files: Sequence[SourceFile]) -> str:
    """Some of the files, for people."""
    if not files:
        return "No files"
    few = ", ".join(file.path for file in files[:3])
    return few if len(files) <= 3 else f"{few} and {len(files) - 3:,} more"
