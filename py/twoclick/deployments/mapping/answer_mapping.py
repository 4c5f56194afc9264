"""A mapping: the settings that say where in an answer its objects are and how they are told."""

from collections.abc import Mapping
from dataclasses import dataclass

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.json_path_text import PathError, path_of, paths_of
from twoclick.deployments.json_paths import JsonPath, Name
from twoclick.deployments.mapping.forms import (
    ANGLES,
    ARRANGEMENTS,
    BOX_ORDERS,
    CORNERS,
    EACH_OBJECT,
    FORMS,
    IN_COLUMNS,
    NUMBERS,
    NUMBERS_AS_TEXTS,
    NUMBERS_ONLY,
    PIXELS,
    POINTS_BY_AXIS,
    ROTATED,
    SCORE_PERCENT,
    SCORE_SHARE,
    SCORES,
    TOLD,
    UNITS,
    WHOLE,
)
from twoclick.deployments.protocol import Field

FIELDS: tuple[Field, ...] = (
    Field(
        key="objects",
        label="List of objects",
        default="predictions",
        hint="Where the objects are in the answer, as a path: predictions, or $ where the answer "
        "is the list itself",
    ),
    Field(
        key="arrangement",
        label="Objects stand",
        kind="choice",
        choices=ARRANGEMENTS,
        default=EACH_OBJECT,
        hint="In lists side by side: one list of boxes, one of scores, one of classes",
    ),
    Field(key="form", label="Shape", kind="choice", choices=FORMS, default=CORNERS),
    Field(
        key="place",
        label="Where the shape is",
        default="box",
        hint="One path of a list, or a path of each number: xmin, ymin, xmax, ymax",
    ),
    Field(key="units", label="Units", kind="choice", choices=UNITS, default=PIXELS),
    Field(
        key="size",
        label="Width and height",
        hint="Two paths: $.image.width, $.image.height",
        only_with=("units", (TOLD,)),
    ),
    Field(
        key="angle",
        label="Angle",
        kind="choice",
        choices=ANGLES,
        default=ANGLES[0],
        only_with=("form", (ROTATED,)),
    ),
    Field(
        key="label",
        label="Class",
        default="label",
        hint="The path of its name or of its number; *.@key where the name is a key. Nothing: "
        "all objects are of one class",
    ),
    Field(key="score", label="Score", default="score", hint="Nothing: all scores are 1"),
    Field(key="scores", label="Scores are", kind="choice", choices=SCORES, default=SCORE_SHARE),
    Field(
        key="numbers",
        label="Numbers are",
        kind="choice",
        choices=NUMBERS,
        default=NUMBERS_ONLY,
        hint='Numbers or texts: for answers with "0.93" in quotes',
    ),
)
"""In the order in which people meet them.  A path that is set to nothing is wanted to be so; the
default is for settings that are not there."""

_FIELD = {field.key: field for field in FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMapping:
    """The settings, read.  `place` holds one path of a list or one of each number; `label` and
    `score` are None where the answer tells none."""

    objects: JsonPath
    columns: bool
    form: str
    place: tuple[JsonPath, ...]
    units: str
    size: tuple[JsonPath, ...]
    angle: str
    label: JsonPath | None
    score: JsonPath | None
    percent: bool
    texts: bool

    @property
    def of_objects(self) -> tuple[JsonPath, ...]:
        """The paths that have a value for each object."""
        return tuple(path for path in (self.label, self.score, *self.place) if path is not None)

    @property
    def named(self) -> frozenset[str]:
        """The members of an object that paths name: "*" beside them means the others."""
        firsts = (path.steps[:1] for path in (*self.of_objects, *self.size) if not path.whole)
        return frozenset(step.name for steps in firsts for step in steps if isinstance(step, Name))


def mapping_of(settings: Mapping[str, str]) -> AnswerMapping:
    """Reads the settings; raises DeploymentError, which names the field, for wrong ones."""
    form = _choice(settings, "form")
    units = _choice(settings, "units")
    return AnswerMapping(
        objects=_needed(settings, "objects"),
        columns=_choice(settings, "arrangement") == IN_COLUMNS,
        form=form,
        place=_place(settings, form),
        units=units,
        size=_size(settings) if units == TOLD else (),
        angle=_choice(settings, "angle"),
        label=_path(settings, "label"),
        score=_path(settings, "score"),
        percent=_choice(settings, "scores") == SCORE_PERCENT,
        texts=_choice(settings, "numbers") == NUMBERS_AS_TEXTS,
    )


def label_of(key: str) -> str:
    """What a field is called on the page."""
    return _FIELD[key].label


def text_of_setting(settings: Mapping[str, str], key: str) -> str:
    """What stands in a field, or its default; "" where the person wants nothing there."""
    field = _FIELD[key]
    text = settings.get(key, field.default).strip()
    return text or field.default if field.kind == "choice" else text


def bad_setting(label: str, why: str) -> DeploymentError:
    """The error for a setting that cannot be used."""
    return DeploymentError("bad-settings", f"“{label}” in Model Settings: {why}.", what=why)


def _choice(settings: Mapping[str, str], key: str) -> str:
    text = text_of_setting(settings, key)
    if text not in _FIELD[key].choices:
        raise bad_setting(label_of(key), f"“{text}” is none of {', '.join(_FIELD[key].choices)}")
    return text


def _path(settings: Mapping[str, str], key: str) -> JsonPath | None:
    text = text_of_setting(settings, key)
    try:
        return path_of(text) if text else None
    except PathError as error:
        raise bad_setting(label_of(key), str(error)) from error


def _needed(settings: Mapping[str, str], key: str) -> JsonPath:
    path = _path(settings, key)
    if path is None:
        raise bad_setting(label_of(key), "a path is missing")
    return path


def _paths(settings: Mapping[str, str], key: str) -> tuple[JsonPath, ...]:
    try:
        return paths_of(text_of_setting(settings, key))
    except PathError as error:
        raise bad_setting(label_of(key), str(error)) from error


def _place(settings: Mapping[str, str], form: str) -> tuple[JsonPath, ...]:
    """The paths of the shape, as many as its form can have."""
    if form == WHOLE:
        return ()
    paths = _paths(settings, "place")
    counts = {POINTS_BY_AXIS: (2,), ROTATED: (1, 5), **dict.fromkeys(BOX_ORDERS, (1, 4))}
    allowed = counts.get(form)
    wrong = len(paths) % 2 and len(paths) > 1 if allowed is None else len(paths) not in allowed
    if wrong:
        known = " or ".join(map(str, allowed or ("1", "x and y in turn")))
        raise bad_setting(label_of("place"), f"“{form}” takes {known} paths, not {len(paths)}")
    return paths


def _size(settings: Mapping[str, str]) -> tuple[JsonPath, ...]:
    paths = _paths(settings, "size")
    if len(paths) != 2:
        raise bad_setting(label_of("size"), "two paths are needed, of the width and of the height")
    return paths
