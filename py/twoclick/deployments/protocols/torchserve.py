"""TorchServe: the answers of its own handlers for object detection and image classification.

Sources: pytorch/serve 0.12 `docs/inference_api.md`, `docs/management_api.md`,
`ts/torch_handler/{object_detector,image_classifier}.py`,
`examples/object_detector/fast-rcnn/README.md`.  Up to version 0.1 the handler wrote a box as a
text, "[(x0, y0), (x1, y1)]", without a score.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from twoclick.deployments.answer import Answer, Found, found_box, found_class
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import json_get
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import (
    BEARER,
    CredentialPlace,
    Exchange,
    HttpRequest,
    HttpResponse,
)
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.reading import (
    failed_inside,
    json_of,
    misread,
    object_of,
    points_of,
    score_of,
    server_says,
    shortened,
    text_of,
    type_of,
)

_STATES = ("Healthy", "Partial Healthy", "Unhealthy")

_NUMBER = r"\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*"
_PAIRS = re.compile(rf"\[\({_NUMBER},{_NUMBER}\),\s*\({_NUMBER},{_NUMBER}\)\]")


@dataclass(frozen=True, slots=True)
class TorchServeProtocol:
    """Boxes whose label is the key of their corners, or classes of the whole image."""

    name: str = "torchserve"
    title: str = "TorchServe"
    fields: tuple[Field, ...] = (
        Field(key="model", label="Model", required=True, hint="its name on the server"),
        Field(key="version", label="Version", hint="empty: the default version"),
    )
    credential: CredentialPlace | None = BEARER

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """/ping tells a state in words of its own, and a description of the interface its name.
        Where the management interface is on the same port, it lists the models."""
        root, model = _place(deployment)
        response = yield json_get(f"{root}/ping", credential=BEARER)
        if _json_object(response).get("status") not in _STATES:
            return None
        response = yield json_get(f"{root}/api-description", credential=BEARER)
        about = _json_object(response).get("info")
        named = isinstance(about, dict) and "torchserve" in str(about.get("title", "")).lower()
        response = yield json_get(f"{root}/models", credential=BEARER)
        models = _listed_models(_json_object(response).get("models"))
        model = model or (models[0] if len(models) == 1 else "")
        return Finding(
            says="TorchServe",
            certain=named or bool(models),
            settings={"model": model} if model else {},
            choices={"model": models} if models else {},
        )

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """Whether all models of the server have workers."""
        root, _ = _place(deployment)
        response = yield json_get(f"{root}/ping", credential=BEARER)
        state = _json_object(response).get("status")
        if response.status == 200 and state in _STATES[:2]:
            return Health(ready=True, says="" if state == _STATES[0] else "some models are down")
        return Health(ready=False, says=server_says(response) or f"/ping: {response.status}")

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`."""
        response = yield HttpRequest(
            method="POST",
            url=_predictions_url(deployment),
            headers={"Content-Type": picture.media_type, "Accept": "application/json"},
            body=picture.content,
            credential=BEARER,
        )
        return _answer(json_of(response))


PROTOCOL = TorchServeProtocol()


def _place(deployment: Deployment) -> tuple[str, str]:
    """The server's root, and the model that the address names, "" where it names none."""
    path = urlsplit(deployment.base).path
    before, _, model = path.partition("/predictions")
    return deployment.base.removesuffix(path) + before.rstrip("/"), model.strip("/")


def _predictions_url(deployment: Deployment) -> str:
    root, named = _place(deployment)
    model = deployment.setting("model")
    if not model and named:
        return deployment.base
    if not model:
        raise DeploymentError(
            "bad-settings",
            "Which model of this server is to be asked? Enter its name in Model Settings.",
        )
    version = deployment.setting("version")
    path = "/".join(quote(part, safe="") for part in (model, version) if part)
    return f"{root}/predictions/{path}"


def _json_object(response: HttpResponse) -> Mapping[str, Any]:
    """The JSON object of a response of any status; an empty one for any other."""
    try:
        value = json_of(HttpResponse(status=200, headers=response.headers, body=response.body))
    except DeploymentError:
        return {}
    return value if isinstance(value, dict) else {}


def _listed_models(rows: Any) -> tuple[str, ...]:
    names = [
        row.get("modelName")
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _answer(value: Any) -> Answer:
    if isinstance(value, list):
        found = [
            _found(object_of(row, f"[{place}]"), f"[{place}]") for place, row in enumerate(value)
        ]
        return Answer(found=tuple(found))
    classes = object_of(value, "the answer")
    if isinstance(classes.get("message"), str) and "code" in classes:
        failed_inside(classes["message"])
    if set(classes) == {"class", "probability"}:
        classes = {text_of(classes["class"], "class"): classes["probability"]}
    if not classes:
        misread("the answer has no classes in it")
    return Answer(
        found=tuple(
            found_class(text_of(label, "a class"), score_of(score, f"the score of “{label}”"))
            for label, score in classes.items()
        )
    )


def _found(row: Mapping[str, Any], where: str) -> Found:
    """A box: {label: [x0, y0, x1, y1], "score": 0..1}, in pixels; a label may be "score", too."""
    labels = [key for key in row if key != "score"]
    if not labels and isinstance(row.get("score"), list | str):
        labels = ["score"]
    if len(labels) != 1:
        misread(
            f"{where} should have one label with a box, but has: "
            f"{shortened(', '.join(row)) or 'nothing'}"
        )
    label = labels[0]
    told, score = row[label], 1.0
    if label != "score" and "score" in row:
        score = score_of(row["score"], f"{where}.score")
    corners = points_of(_numbers(told, f"{where}.{label}"), f"{where}.{label}", least=2)
    if len(corners) != 2:
        misread(f"{where}.{label} should be a box of 4 numbers, but has {corners.size}")
    (x0, y0), (x1, y1) = corners.tolist()
    return found_box(text_of(label, f"{where}: the label"), score, (x0, y0, x1, y1))


def _numbers(told: Any, where: str) -> Any:
    if not isinstance(told, str):
        return told
    pairs = _PAIRS.fullmatch(told.strip())
    if pairs is None:
        misread(f"{where} should be a box, but is {type_of(told)}: “{shortened(told)}”")
    return [float(number) for number in pairs.groups()]
