"""X-AnyLabeling-Server: models behind X-AnyLabeling's remote inference.

Source: CVHub520/X-AnyLabeling-Server 70599dc `app/api/{predict,models}.py`, `app/schemas/*`,
`app/core/middleware.py`, `app/models/yolo11*.py`, `docs/source/en/{router,user_guide}.md`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from twoclick.deployments.answer import (
    Answer,
    Found,
    found_box,
    found_ellipse,
    found_keypoints,
    found_polygon,
    found_pose,
    found_rotated_box,
)
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import data_url_of, json_get, json_post
from twoclick.deployments.errors import DeploymentError, FailureCode
from twoclick.deployments.messages import CredentialPlace, Exchange
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.reading import (
    json_of,
    json_or_none,
    list_of,
    member,
    misread,
    object_of,
    points_of,
    score_of,
    shortened,
    text_of,
)
from twoclick.kernels.contours import Ring

TOKEN = CredentialPlace(where="header", name="Token")

_PARAMS = {"conf_threshold": 0.05, "iou_threshold": 0.9}
_FAILURES: Mapping[str, FailureCode] = {
    "MODEL_NOT_FOUND": "not-found",
    "UNAUTHORIZED": "unauthorised",
    "INVALID_IMAGE": "refused",
}
_LINES = ("point", "line", "linestrip")
_KINDS = ("rectangle", "rotation", "polygon", "quadrilateral", "circle", *_LINES)
_KEYPOINT = re.compile(r"_kpt_([0-9]{1,3})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """A shape as the server tells it; `score` is None where it has none."""

    label: str
    kind: str
    points: Ring
    score: float | None
    group: int | None
    where: str


@dataclass(frozen=True, slots=True)
class XAnyLabelingProtocol:
    """Boxes, rotated boxes, polygons and keypoints, in pixels of the picture.

    Circles and quadrilaterals are polygons here.  Points of one group with a rectangle are the
    keypoints of its object; other points are objects of a single one.  Lines are keypoints, in
    their order: what is open encloses nothing.  Every class has its name in the answer.
    """

    name: str = "x_anylabeling"
    title: str = "X-AnyLabeling-Server"
    fields: tuple[Field, ...] = (
        Field(key="model", label="Model", required=True, hint="Its id, as yolo11n"),
    )
    credential: CredentialPlace | None = TOKEN

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """The list of models has a form of its own; where a key is wanted, the refusal has."""
        response = yield json_get(f"{_root(deployment)}/v1/models", credential=TOKEN)
        if response.status == 401 and b'"Invalid or missing API Key"' in response.body:
            return Finding(says="X-AnyLabeling-Server, which wants a key")
        told = json_or_none(response)
        models = told.get("data") if isinstance(told, dict) else None
        if not isinstance(told, dict) or told.get("success") is not True:
            return None
        if not isinstance(models, dict) or not all(isinstance(m, dict) for m in models.values()):
            return None
        names = tuple(shortened(name) for name in models)
        return Finding(
            says=f"X-AnyLabeling-Server, models: {len(names)}",
            settings={"model": names[0]} if len(names) == 1 else {},
            choices={"model": names} if names else {},
        )

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """What /health tells, which needs no key."""
        response = yield json_get(f"{_root(deployment)}/health")
        told = json_or_none(response)
        if not isinstance(told, dict) or "status" not in told:
            return Health(ready=False, says=f"/health answers {response.status}")
        status = shortened(str(told["status"]))
        return Health(ready=status == "healthy", says=status)

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`."""
        model = deployment.setting("model")
        if not model:
            raise DeploymentError("bad-settings", "Choose the model to ask in Model Settings.")
        question = {"model": model, "image": data_url_of(picture), "params": _PARAMS}
        url = f"{_root(deployment)}/v1/predict"
        response = yield json_post(url, question, credential=TOKEN)
        return _answer(json_of(response))


PROTOCOL = XAnyLabelingProtocol()


def _root(deployment: Deployment) -> str:
    return deployment.base.removesuffix("/v1/predict").removesuffix("/v1/models")


def _answer(value: Any) -> Answer:
    whole = object_of(value, "the answer")
    _check_success(whole)
    data = object_of(member(whole, "data", "the answer"), "data")
    rows = list_of(member(data, "shapes", "data"), "data.shapes")
    said = data.get("description")
    if not rows and isinstance(said, str) and said.strip():
        misread(f"it has a text and no shapes: {shortened(said)}")
    shapes = [
        _shape(object_of(row, f"shapes[{place}]"), f"shapes[{place}]")
        for place, row in enumerate(rows)
    ]
    poses = _poses(shapes)
    taken = {id(point) for points in poses.values() for point in points}
    found = [
        _pose(shape, poses[shape.group], shapes)
        if shape.kind == "rectangle" and shape.group in poses
        else _found(shape)
        for shape in shapes
        if id(shape) not in taken
    ]
    return Answer(found=tuple(found))


def _check_success(whole: Mapping[str, Any]) -> None:
    """Raises DeploymentError for a failure, which has the status of a success."""
    if member(whole, "success", "the answer") is True:
        return
    error = whole.get("error")
    error = error if isinstance(error, dict) else {}
    code, message = (shortened(str(error.get(key) or "")) for key in ("code", "message"))
    raise DeploymentError(
        _FAILURES.get(code, "server-failed"),
        f"The deployment failed. It says: {message or 'nothing'} ({code or 'no code'}). Check the "
        "model in Model Settings; if it is right, look at the server's log.",
    )


def _shape(row: Mapping[str, Any], where: str) -> _Shape:
    told, group = row.get("score"), row.get("group_id")
    kind = text_of(member(row, "shape_type", where), f"{where}.shape_type")
    if kind not in _KINDS:
        misread(f"{where} is of type “{shortened(kind)}”, which is no shape that is known here")
    return _Shape(
        label=text_of(member(row, "label", where), f"{where}.label"),
        kind=kind,
        points=points_of(member(row, "points", where), f"{where}.points"),
        score=None if told is None else score_of(told, f"{where}.score"),
        group=group if isinstance(group, int) else None,
        where=where,
    )


def _poses(shapes: Sequence[_Shape]) -> dict[int | None, list[_Shape]]:
    """The points of each group that has one rectangle and besides it nothing but points."""
    groups: dict[int, list[_Shape]] = {}
    for shape in shapes:
        if shape.group is not None:
            groups.setdefault(shape.group, []).append(shape)
    poses: dict[int | None, list[_Shape]] = {}
    for group, members in groups.items():
        points = [shape for shape in members if shape.kind == "point"]
        others = [shape.kind for shape in members if shape.kind != "point"]
        if points and others == ["rectangle"]:
            poses[group] = points
    return poses


def _pose(box: _Shape, points: Sequence[_Shape], shapes: Sequence[_Shape]) -> Found:
    """An object's box with its keypoints: in the order of their numbers ("person_kpt_3"), where
    they have some, as the server leaves out those that it is not sure of."""
    numbers = [_keypoint_number(point) for point in points]
    count = len(points)
    if None in numbers or len(set(numbers)) < count:
        numbers = list(range(count))
    else:
        # As many as any object of the answer has, so that all have the same.
        count = 1 + max(
            number for shape in shapes if (number := _keypoint_number(shape)) is not None
        )
    placed = {
        number: (*_first(point), 1.0 if point.score is None else point.score)
        for number, point in zip(numbers, points, strict=True)
        if number is not None
    }
    return found_pose(box.label, _score(box), _corners(box), placed, count=count)


def _keypoint_number(shape: _Shape) -> int | None:
    told = _KEYPOINT.search(shape.label) if shape.kind == "point" else None
    return int(told[1]) if told else None


def _first(shape: _Shape) -> tuple[float, float]:
    x, y = shape.points[0].tolist()
    return x, y


def _score(shape: _Shape) -> float:
    return 1.0 if shape.score is None else shape.score


def _corners(shape: _Shape) -> tuple[float, float, float, float]:
    """Of a rectangle that is told by two corners or by four."""
    _check_count(shape, least=2)
    (x0, y0), (x1, y1) = shape.points.min(axis=0).tolist(), shape.points.max(axis=0).tolist()
    return x0, y0, x1, y1


def _found(shape: _Shape) -> Found:
    label, score, points = shape.label, _score(shape), shape.points
    match shape.kind:
        case "rectangle":
            return found_box(label, score, _corners(shape))
        case "rotation":
            _check_count(shape, least=4, most=4)
            return found_rotated_box(label, score, points)
        case "polygon" | "quadrilateral":
            _check_count(shape, least=3)
            return found_polygon(label, score, (points,))
        case "circle":
            _check_count(shape, least=2, most=2)
            x, y = _first(shape)
            radius = float(np.hypot(*(points[1] - points[0])))
            return found_ellipse(label, score, (x, y), (radius, radius))
        case _:
            return found_keypoints(label, score, None, points, np.ones(len(points)))


def _check_count(shape: _Shape, *, least: int, most: int | None = None) -> None:
    count = len(shape.points)
    if count < least or (most is not None and count > most):
        wanted = f"{least} points" if most == least else f"{least} points or more"
        misread(f"{shape.where}.points should have {wanted}, but has {count}")
