"""CVAT's serverless functions: detectors that nuclio serves, each at an address of its own.

Sources: cvat-ai/cvat 024777e `cvat/apps/lambda_manager/views.py` (the request, the kinds of shape),
`serverless/**/main.py` and `serverless/common/openvino/shared.py` (the answers); docs.cvat.ai,
"CVAT for images 1.1" (rotation, ellipses); nuclio `pkg/processor/trigger/http` (its health path).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.answer import (
    Answer,
    Found,
    found_box,
    found_class,
    found_ellipse,
    found_keypoints,
    found_polygon,
    found_rotated_box,
    turned_about,
)
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import base64_of, json_get, json_post
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.masks import cropped, found_mask
from twoclick.deployments.messages import BASIC, CredentialPlace, Exchange, HttpResponse
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.reading import (
    json_of,
    list_of,
    member,
    misread,
    number_of,
    object_of,
    points_of,
    score_of,
    shortened,
    text_of,
)
from twoclick.kernels.contours import Ring
from twoclick.kernels.raster import MOST_PIXELS

_THRESHOLD = 0.05
_HEALTH = "/__internal/health"
_BUSY = (502, 503, 504)
_KINDS = ("rectangle", "polygon", "ellipse", "mask", "skeleton", "points", "polyline", "tag")


@dataclass(frozen=True, slots=True)
class CvatProtocol:
    """Boxes, rotated boxes, polygons, keypoints and classes, in pixels of the picture.

    Masks are polygons here.  Points are keypoints, in their order, and so are polylines: a line
    that is open encloses nothing.  Every class has its name in the answer.
    """

    name: str = "cvat"
    title: str = "CVAT serverless function (nuclio)"
    fields: tuple[Field, ...] = ()
    credential: CredentialPlace | None = BASIC

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """A nuclio function says that it is one, where a browser may see it, but not for whom."""
        response = yield json_get(f"{deployment.base}{_HEALTH}", credential=BASIC)
        if not _is_nuclio(response):
            return None
        return Finding(says="A nuclio function, as CVAT's are", certain=False)

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """Older nuclio has the function itself answer, which fails without an image: that is no
        reason not to ask it."""
        response = yield json_get(f"{deployment.base}{_HEALTH}", credential=BASIC)
        ready = response.status not in (*_BUSY, 401, 403)
        return Health(ready=ready, says="" if ready else f"It answers {response.status}")

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`."""
        question = {"image": base64_of(picture), "threshold": _THRESHOLD}
        response = yield json_post(deployment.base, question, credential=BASIC)
        return _answer(json_of(response), picture)


PROTOCOL = CvatProtocol()


def _is_nuclio(response: HttpResponse) -> bool:
    return response.headers.get("server", "").strip().lower().startswith("nuclio")


def _answer(value: Any, picture: Picture) -> Answer:
    if isinstance(value, dict):
        _check_no_failure(value)
    rows = [
        (object_of(row, f"shape {place + 1}"), f"shape {place + 1}")
        for place, row in enumerate(list_of(value, "the answer"))
    ]
    return Answer(found=tuple(_found(row, where, picture) for row, where in rows))


def _check_no_failure(whole: Mapping[str, Any]) -> None:
    """Raises DeploymentError for what functions of people's own answer instead of a list."""
    said = whole.get("error") or whole.get("message")
    if isinstance(said, str):
        raise DeploymentError(
            "server-failed", f"The function failed. It says: {shortened(said)}. Look at its log."
        )
    if "mask" in whole or "states" in whole:
        misread(
            "it is that of a function for interaction or tracking, which needs points or shapes"
        )


def _found(row: Mapping[str, Any], where: str, picture: Picture) -> Found:
    label = text_of(member(row, "label", where), f"{where}.label")
    # Optional, and a text in nearly all functions of CVAT's own.
    told = row.get("confidence")
    score = 1.0 if told is None else score_of(told, f"{where}.confidence", texts=True)
    kind = str(row.get("type", "rectangle")).lower()
    if kind not in _KINDS:
        misread(f"{where} is of type “{shortened(kind)}”, which is no shape on an image here")
    match kind:
        case "tag":
            return found_class(label, score)
        case "mask":
            return _mask(label, score, row, where, picture)
        case "skeleton":
            return _skeleton(label, score, row, where)
        case "rectangle":
            return _rectangle(label, score, row, where)
        case "ellipse":
            return _ellipse(label, score, row, where)
        case "polygon":
            return found_polygon(label, score, (_points(row, where, least=3),))
        case _:
            points = _points(row, where, least=1)
            return found_keypoints(label, score, None, points, np.ones(len(points)))


def _points(row: Mapping[str, Any], where: str, *, least: int) -> Ring:
    return points_of(member(row, "points", where), f"{where}.points", least=least)


def _rotation(row: Mapping[str, Any], where: str) -> float:
    """Degrees, clockwise about the centre."""
    told = row.get("rotation")
    return 0.0 if told is None else number_of(told, f"{where}.rotation")


def _rectangle(label: str, score: float, row: Mapping[str, Any], where: str) -> Found:
    corners = _points(row, where, least=2)
    (x0, y0), (x1, y1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    turned = _rotation(row, where)
    if turned == 0:
        return found_box(label, score, (x0, y0, x1, y1))
    ring = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float64)
    centre = ring.mean(axis=0)
    return found_rotated_box(label, score, turned_about(ring - centre, turned) + centre)


def _ellipse(label: str, score: float, row: Mapping[str, Any], where: str) -> Found:
    """Told by its centre and by the corner that its right end and its upper end span."""
    (x, y), (right, top), *_ = _points(row, where, least=2).tolist()
    radii = abs(right - x), abs(top - y)
    return found_ellipse(label, score, (x, y), radii, turned=_rotation(row, where))


def _skeleton(label: str, score: float, row: Mapping[str, Any], where: str) -> Found:
    """Its points in their order; those that are outside have a certainty of 0."""
    points, certainties = [], []
    for place, item in enumerate(list_of(member(row, "elements", where), f"{where}.elements")):
        here = f"{where}.elements[{place}]"
        element = object_of(item, here)
        points.append(_points(element, here, least=1)[0])
        told = element.get("confidence")
        sure = 1.0 if told is None else score_of(told, f"{here}.confidence", texts=True)
        certainties.append(0.0 if element.get("outside") else sure)
    if not points:
        misread(f"{where}.elements should have points, but is empty")
    return found_keypoints(label, score, None, np.array(points), np.array(certainties))


def _mask(label: str, score: float, row: Mapping[str, Any], where: str, picture: Picture) -> Found:
    """A crop, row by row, and then its corners: left, top, right, bottom, the last pixels included.

    Crops are values of pixels, 0 being outside, as functions answer; or runs of them, the first one
    outside, as CVAT itself stores masks.
    """
    key = "mask" if row.get("mask") is not None else "points"
    name = f"{where}.{key}"
    values = list_of(member(row, key, where), name)
    if len(values) < 5:
        misread(f"{name} should be a mask and its four corners, but has {len(values)} numbers")
    numbers = _whole_numbers(values, name)
    left, top, right, bottom = numbers[-4:].tolist()
    crop = numbers[:-4]
    if not (0 <= left <= right and 0 <= top <= bottom):
        misread(f"{name} ends with corners that are none: {left}, {top}, {right}, {bottom}")
    size = picture.width, picture.height
    # Functions that cut the crop out of the image have less of it where a corner is beyond.
    ends = (right, bottom), (min(right, size[0] - 1), min(bottom, size[1] - 1))
    shapes = [(last_row - top + 1, last_column - left + 1) for last_column, last_row in ends]
    masks = [mask for shape in shapes if (mask := _crop_mask(crop, shape)) is not None]
    if not masks:
        misread(
            f"{name} has {len(crop)} values, which are not those of the crop that it ends with: "
            f"{left}, {top} to {right}, {bottom}"
        )
    patch = cropped(masks[0], x=left, y=top)
    return found_mask(label, score, patch, size=size, picture=picture, where=name)


def _crop_mask(crop: NDArray[np.intp], shape: tuple[int, int]) -> NDArray[np.bool_] | None:
    """The pixels (rows, columns) of values or runs; None where they are not so many."""
    pixels = shape[0] * shape[1]
    if min(shape) < 1 or pixels > MOST_PIXELS:
        return None
    if pixels == len(crop):
        values: NDArray[np.bool_] = crop != 0
        return values.reshape(shape)
    if crop.min() >= 0 and crop.sum() == pixels:
        return np.repeat(np.arange(len(crop)) % 2 == 1, crop).reshape(shape)
    return None


def _whole_numbers(values: Sequence[Any], where: str) -> NDArray[np.intp]:
    """Those of a mask, all at once: they are nearly all of an answer."""
    if not {*map(type, values)} <= {int, float, bool}:
        misread(f"{where} should have nothing but numbers")
    try:
        numbers = np.array(values, dtype=np.float64)
    except OverflowError:
        numbers = np.array([np.inf])
    if not (np.abs(numbers) <= MOST_PIXELS).all():
        misread(f"{where} has a number that is larger than any image")
    return np.floor(numbers).astype(np.intp)
