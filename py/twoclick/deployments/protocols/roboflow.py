"""Roboflow: the hosted endpoints, and the Inference server that anybody can run.

Sources: roboflow/inference 3bb973b `inference/core/interfaces/http/http_api.py` (the route
/{project}/{version}, `legacy_infer_from_request`) and `inference/core/entities/responses/
inference.py`; roboflow/roboflow-python `roboflow/config.py` (hosts).  Thresholds are asked as low
as is worth it, in per cent: older hosts know no other, newer ones divide what is 1 or more by 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.answer import (
    Answer,
    Found,
    found_box,
    found_class,
    found_keypoints,
    found_polygon,
)
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import base64_of, json_get
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.masks import found_mask, found_regions, opened, too_large
from twoclick.deployments.messages import CredentialPlace, Exchange, HttpRequest
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.reading import (
    json_of,
    json_or_none,
    list_of,
    member,
    misread,
    number_of,
    object_of,
    score_of,
    shortened,
    text_of,
)
from twoclick.kernels.raster import TooLargeError
from twoclick.kernels.rle import InvalidRunsError, counts_of_numbers, counts_of_text, patch_of

API_KEY = CredentialPlace(where="query", name="api_key")

_HOSTED = ".roboflow.com"
_QUESTION = "confidence=5&overlap=90&max_detections=300&keypoint_confidence=0&format=json"
"""What newer servers are asked besides; older ones leave out what they do not know."""


@dataclass(frozen=True, slots=True)
class RoboflowProtocol:
    """Boxes, polygons, keypoints, classes and maps of classes.  Every class has its name in the
    answer."""

    name: str = "roboflow"
    title: str = "Roboflow"
    fields: tuple[Field, ...] = (
        Field(
            key="model",
            label="Model",
            hint="project/version, as in my-project/3; not needed where the address ends with it",
        ),
    )
    credential: CredentialPlace | None = API_KEY

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """Of hosted endpoints the host is known; a server of one's own tells its name."""
        if _is_hosted(deployment):
            return Finding(says="Roboflow, hosted")
        root = _root(deployment)
        info = json_or_none((yield json_get(f"{root}/info")))
        name = info.get("name") if isinstance(info, dict) else None
        if not isinstance(name, str) or "roboflow" not in name.lower():
            return None
        if root != deployment.base:
            return Finding(says=shortened(name))
        # Any model can be asked for: those that are loaded are no more than a hint.
        models = _loaded_models(json_or_none((yield json_get(f"{root}/model/registry"))))
        return Finding(
            says=shortened(name), settings={"model": models[0]} if len(models) == 1 else {}
        )

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """A server of one's own tells; the hosted one cannot be asked without an image."""
        if _is_hosted(deployment):
            return Health(ready=True)
        response = yield json_get(f"{_root(deployment)}/info")
        return Health(ready=response.status == 200, says=f"/info answers {response.status}")

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`."""
        response = yield _question(deployment, picture)
        return _answer(json_of(response), picture, open_mask=open_mask)


PROTOCOL = RoboflowProtocol()


def _is_hosted(deployment: Deployment) -> bool:
    host = urlsplit(deployment.base).hostname or ""
    return f".{host}".endswith(_HOSTED)


def _root(deployment: Deployment) -> str:
    """The address without the model, where it ends with one."""
    base = deployment.base
    parts = urlsplit(base).path.strip("/").split("/")
    if deployment.setting("model") or len(parts) < 2:
        return base
    return base.rsplit("/", 2)[0]


def _model_address(deployment: Deployment) -> str:
    model = deployment.setting("model").strip("/")
    if model:
        return f"{deployment.base.removesuffix(f'/{model}')}/{quote(model)}"
    if deployment.base != _root(deployment):
        return deployment.base
    raise DeploymentError(
        "bad-settings",
        "The model is not known: enter it in Model Settings as project/version, as in "
        "my-project/3, or at the end of the address.",
    )


def _question(deployment: Deployment, picture: Picture) -> HttpRequest:
    # As run lengths masks keep their holes and all of their parts; polygons have one part.
    return HttpRequest(
        method="POST",
        url=f"{_model_address(deployment)}?{_QUESTION}&response_mask_format=rle",
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        },
        body=base64_of(picture).encode("ascii"),
        credential=API_KEY,
    )


def _loaded_models(registry: Any) -> list[str]:
    rows = registry.get("models") if isinstance(registry, dict) else None
    rows = rows if isinstance(rows, list) else []
    told = [row.get("model_id") for row in rows if isinstance(row, dict)]
    return [shortened(model) for model in told if isinstance(model, str) and model.strip()]


def _answer(value: Any, picture: Picture, *, open_mask: OpenMask) -> Answer:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]  # The answers to several images, of which there was one.
    whole = object_of(value, "the answer")
    _check_no_failure(whole)
    scale = _scale(whole, picture)
    predictions = member(whole, "predictions", "the answer")
    if isinstance(predictions, dict) and "segmentation_mask" in predictions:
        return _map_answer(predictions, picture, open_mask=open_mask)
    if isinstance(predictions, dict):
        return Answer(found=tuple(_several_classes(predictions)))
    is_class = "top" in whole
    found = []
    for place, item in enumerate(list_of(predictions, "predictions")):
        where = f"predictions[{place}]"
        row = object_of(item, where)
        found.append(_class(row, where) if is_class else _object(row, where, picture, scale=scale))
    return Answer(found=tuple(found))


def _check_no_failure(whole: Mapping[str, Any]) -> None:
    """Raises DeploymentError for an answer that says why there is none, whatever its status."""
    if whole.get("is_stub") is True:
        raise DeploymentError(
            "refused", "The version of this project has no model yet: train it in Roboflow first."
        )
    said = whole.get("error") or whole.get("message")
    if "predictions" not in whole and isinstance(said, str):
        raise DeploymentError(
            "refused", f"The deployment did not look at the image. It says: {shortened(said)}"
        )


def _scale(whole: Mapping[str, Any], picture: Picture) -> tuple[float, float]:
    """From pixels of the image that the answer is about, to those of the picture."""
    image = whole.get("image")
    if isinstance(image, list) and len(image) == 1:
        image = image[0]
    if image is None:
        return 1.0, 1.0
    sides = [
        number_of(member(object_of(image, "image"), key, "image"), f"image.{key}")
        for key in ("width", "height")
    ]
    if min(sides) < 1:
        misread(f"image should have a size, but has {sides[0]:g} x {sides[1]:g} pixels")
    return picture.width / sides[0], picture.height / sides[1]


def _class(row: Mapping[str, Any], where: str) -> Found:
    label = text_of(member(row, "class", where), f"{where}.class")
    return found_class(label, score_of(member(row, "confidence", where), f"{where}.confidence"))


def _several_classes(predictions: Mapping[str, Any]) -> list[Found]:
    """Each class that an image may have, by its name."""
    found = []
    for name, item in predictions.items():
        where = f"predictions.{shortened(name)}"
        told = member(object_of(item, where), "confidence", where)
        found.append(found_class(text_of(name, where), score_of(told, f"{where}.confidence")))
    return found


def _object(
    row: Mapping[str, Any], where: str, picture: Picture, *, scale: tuple[float, float]
) -> Found:
    label = text_of(member(row, "class", where), f"{where}.class")
    score = score_of(member(row, "confidence", where), f"{where}.confidence")
    if row.get("rle") is not None:
        return _run_lengths(label, score, row["rle"], f"{where}.rle", picture)
    if row.get("points") is not None:
        points = _points(row["points"], f"{where}.points", least=3)
        return found_polygon(label, score, (points[:, :2] * scale,))
    x, y, width, height = (
        number_of(member(row, key, where), f"{where}.{key}")
        for key in ("x", "y", "width", "height")
    )
    if min(width, height) < 0:
        misread(f"{where} should have a width and a height, but they are {width:g} and {height:g}")
    (x0, y0), (x1, y1) = (
        np.array([(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)]) * scale
    ).tolist()
    if row.get("keypoints"):
        told = _points(row["keypoints"], f"{where}.keypoints", certain=True)
        return found_keypoints(label, score, (x0, y0, x1, y1), told[:, :2] * scale, told[:, 2])
    return found_box(label, score, (x0, y0, x1, y1))


def _points(
    value: Any, where: str, *, least: int = 1, certain: bool = False
) -> NDArray[np.float64]:
    """(n, 3): x, y and certainty of each, 1 where that is not wanted."""
    rows = []
    for place, item in enumerate(list_of(value, where)):
        here = f"{where}[{place}]"
        point = object_of(item, here)
        x, y = (number_of(member(point, key, here), f"{here}.{key}") for key in ("x", "y"))
        told = score_of(member(point, "confidence", here), f"{here}.confidence") if certain else 1.0
        rows.append((x, y, told))
    if len(rows) < least:
        misread(f"{where} should have {least} points or more, but has {len(rows)}")
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _run_lengths(label: str, score: float, value: Any, where: str, picture: Picture) -> Found:
    """A mask as COCO's run lengths of the size that they tell: rows, then columns."""
    rle = object_of(value, where)
    size = list_of(member(rle, "size", where), f"{where}.size")
    sides = [int(number_of(side, f"{where}.size")) for side in size]
    if len(sides) != 2:
        misread(f"{where}.size should be two numbers, but there are {len(sides)}")
    height, width = sides
    told = member(rle, "counts", where)
    try:
        counts = (
            counts_of_text(told)
            if isinstance(told, str)
            else counts_of_numbers(list_of(told, f"{where}.counts"))
        )
        patch = patch_of(counts, width=width, height=height)
    except InvalidRunsError as error:
        misread(f"{where} is no mask: {error}")
    except TooLargeError as error:
        raise too_large(where, error) from error
    return found_mask(label, score, patch, size=(width, height), picture=picture, where=where)


def _map_answer(predictions: Mapping[str, Any], picture: Picture, *, open_mask: OpenMask) -> Answer:
    """The regions of a map of classes.  A number that `class_map` does not name is "class 7"."""
    named = object_of(member(predictions, "class_map", "predictions"), "class_map")
    names: dict[int, str] = {}
    for key, name in named.items():
        if not (key.isascii() and key.isdigit() and len(key) < 10):
            misread(f"class_map should have numbers of classes, but has “{shortened(key)}”")
        names[int(key)] = text_of(name, f"class_map.{key}")
    where = "segmentation_mask"
    classes = opened(predictions[where], where, open_mask=open_mask)
    certain = None
    if predictions.get("confidence_mask") is not None:
        told = opened(predictions["confidence_mask"], "confidence_mask", open_mask=open_mask)
        if told.shape != classes.shape:
            misread("confidence_mask has another size than segmentation_mask")
        certain = told / 255
    found = found_regions(classes, names, certain=certain, picture=picture)
    return Answer(found=found)
