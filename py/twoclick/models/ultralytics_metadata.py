"""What Ultralytics' exporters write into the metadata of a file.

Every value is the text of a Python literal.  YOLOv5's own exporter writes "stride" and "names"
only; "task" came with YOLOv8, "head", "channels" and "end2end" later.

Pose models have "kpt_shape", [points, numbers a point], and since 8.4 "kpt_names", a dict from each
class to the list of its points' names: as the data set had it, which nothing checks, or "0", "1"
and so on where it had none.

Sources: Ultralytics 8.4 `engine/exporter.py`, `models/yolo/pose/train.py::set_model_attributes`;
YOLOv5 `export.py`.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twoclick.models.errors import ModelFileError
from twoclick.models.model_file import ModelFile
from twoclick.models.placings import Size

_LONGEST_TEXT = 1_000_000
"""Characters of a literal that are read at most: class names by the ten thousand fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UltralyticsMetadata:
    """`task` is None in files of YOLOv5; `size` is that of the training input where it is told;
    `finished`: the file itself hides duplicates, so that each row of its answer is one object."""

    task: str | None
    names: tuple[str, ...]
    stride: int
    size: Size | None
    finished: bool
    head: str
    keypoints: tuple[int, int] | None
    """Points an object and numbers a point, 2 or 3."""
    keypoint_names: tuple[tuple[str, ...], ...]
    """The lists of names that its classes have for their points, each once."""


def read_metadata(model: ModelFile) -> UltralyticsMetadata | None:
    """None for a file without the keys that all of these exporters write.

    Raises ModelFileError where a value is not what its key promises.
    """
    metadata = model.metadata
    if "names" not in metadata or "stride" not in metadata:
        return None
    arguments = _literal(model, "args", default={})
    nms = isinstance(arguments, Mapping) and bool(arguments.get("nms"))
    return UltralyticsMetadata(
        task=metadata.get("task"),
        names=_names(model),
        stride=_stride(model),
        size=_size(model),
        finished=nms or bool(_literal(model, "end2end", default=False)),
        head=metadata.get("head", ""),
        keypoints=_keypoints(model),
        keypoint_names=_keypoint_names(model),
    )


def _names(model: ModelFile) -> tuple[str, ...]:
    names = _literal(model, "names")
    if isinstance(names, Mapping) and all(isinstance(key, int) for key in names):
        if sorted(names) == list(range(len(names))):
            return tuple(str(names[place]) for place in range(len(names)))
    elif isinstance(names, list | tuple):
        return tuple(str(name) for name in names)
    raise _unusable(model, "names")


def _stride(model: ModelFile) -> int:
    stride = _literal(model, "stride")
    # Lists of the strides of all grids were written once: the largest is the one that counts.
    largest = max(stride, default=0) if isinstance(stride, list | tuple) else stride
    if not isinstance(largest, int | float) or largest < 1:
        raise _unusable(model, "stride")
    return int(largest)


def _size(model: ModelFile) -> Size | None:
    size = _literal(model, "imgsz", default=None)
    if isinstance(size, int):
        size = [size, size]
    if size is None:
        return None
    if not isinstance(size, list | tuple) or not all(isinstance(side, int) for side in size):
        raise _unusable(model, "imgsz")
    height, width = size[0], size[-1]
    return Size(width=width, height=height)


def _keypoints(model: ModelFile) -> tuple[int, int] | None:
    shape = _literal(model, "kpt_shape", default=None)
    if shape is None:
        return None
    if not isinstance(shape, list | tuple) or len(shape) != 2:
        raise _unusable(model, "kpt_shape")
    points, numbers = shape
    if not isinstance(points, int) or points < 1 or numbers not in (2, 3):
        raise _unusable(model, "kpt_shape")
    return points, int(numbers)


def _keypoint_names(model: ModelFile) -> tuple[tuple[str, ...], ...]:
    """A model is not refused for names that cannot be read: its maker does not read them either."""
    told = _literal(model, "kpt_names", default=None)
    lists = list(told.values()) if isinstance(told, Mapping) else told
    if not isinstance(lists, list | tuple):
        return ()
    if not any(isinstance(names, list | tuple) for names in lists):
        lists = [lists]
    if not all(isinstance(names, list | tuple) for names in lists):
        return ()
    named = (tuple(str(name) for name in names) for names in lists if names)
    # Numbers are what is written for a data set that names no points.
    told_apart = (names for names in named if names != tuple(map(str, range(len(names)))))
    return tuple(dict.fromkeys(told_apart))


def _literal(model: ModelFile, key: str, **otherwise: Any) -> Any:
    text = model.metadata.get(key)
    if text is None and otherwise:
        return otherwise["default"]
    try:
        if text is None or len(text) > _LONGEST_TEXT:
            raise ValueError
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise _unusable(model, key) from error


def _unusable(model: ModelFile, key: str) -> ModelFileError:
    return ModelFileError(
        f'{model.file_name} cannot be used: its metadata key "{key}" is not what Ultralytics '
        f"writes ({model.metadata.get(key, 'missing')[:80]}). Export it again."
    )
