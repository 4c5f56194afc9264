"""Datature: the local deployment server, the cloud, and the cloud as older clients ask it.

Sources: PyPI datature 1.12.2 `nexus/cli/deploy/local` (the local server, run); Datature's developer
documentation, "Making API calls to your deployed API" (the cloud); datature/portal
`src/engine/server/models/endpoint_model.py` (older clients).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from twoclick.deployments.answer import (
    Answer,
    Found,
    found_box,
    found_class,
    found_keypoints,
    found_polygon,
)
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import base64_of, json_get, json_post
from twoclick.deployments.messages import BEARER, CredentialPlace, Exchange, HttpRequest
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.reading import (
    failed_inside,
    json_of,
    list_of,
    member,
    misread,
    object_of,
    points_of,
    score_of,
    server_says,
    text_of,
)

LOCAL, CLOUD, OLDER = "local", "cloud", "older"

_CLOUD_HOSTS = ("inference.datature.io",)
_FORMATS = ("rectangle", "polygon", "keypoint", "classification")


@dataclass(frozen=True, slots=True)
class DatatureProtocol:
    """Boxes, polygons, keypoints and classes, all coordinates shares of the image."""

    name: str = "datature"
    title: str = "Datature"
    fields: tuple[Field, ...] = (
        Field(
            key="server",
            label="Server",
            kind="choice",
            choices=(LOCAL, CLOUD, OLDER),
            default=LOCAL,
            hint="local: the local deployment package. cloud: the hosted deployment. older: "
            "deployments that want “base_64”",
        ),
        Field(key="format", label="Shapes", kind="choice", choices=_FORMATS, default="rectangle"),
    )
    credential: CredentialPlace | None = BEARER

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """The local server answers a path of its own; of the cloud the host is known."""
        if any(host in deployment.base for host in _CLOUD_HOSTS):
            return Finding(says="Datature's cloud", settings={"server": CLOUD})
        response = yield json_get(f"{_root(deployment)}/datature-local-deployment-ping")
        if response.status != 200 or response.media_type == "text/html":
            return None
        return Finding(says="Datature local deployment", settings={"server": LOCAL})

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """The local server tells; the cloud cannot be asked without an image."""
        if deployment.setting("server", LOCAL) != LOCAL:
            return Health(ready=True)
        response = yield json_get(f"{_root(deployment)}/health")
        return Health(ready=response.status == 200, says=f"/health answers {response.status}")

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`."""
        response = yield _question(deployment, picture)
        value = json_of(response)
        said = server_says(response)
        if isinstance(value, dict) and not value.keys() & {"predictions", "response"} and said:
            failed_inside(said)
        return _answer(value, picture)


PROTOCOL = DatatureProtocol()


def _root(deployment: Deployment) -> str:
    return deployment.base.removesuffix("/predict")


def _question(deployment: Deployment, picture: Picture) -> HttpRequest:
    url = f"{_root(deployment)}/predict"
    data = base64_of(picture)
    server = deployment.setting("server", LOCAL)
    if server == LOCAL:
        body = {
            "data": data,
            "encoding": "base64",
            "mimeType": picture.media_type,
            "responseFormat": deployment.setting("format", "rectangle"),
        }
        return json_post(url, body)
    kind = "base_64" if server == OLDER else "base64"
    return json_post(url, {"image_type": kind, "data": data}, credential=BEARER)


def _answer(value: Any, picture: Picture) -> Answer:
    """The predictions of an answer; the local server wraps them in `response`."""
    whole = object_of(value, "the answer")
    inner = object_of(whole.get("response", whole), "response")
    rows = list_of(member(inner, "predictions", "the answer"), "predictions")
    found = [
        _found(object_of(row, f"predictions[{place}]"), f"predictions[{place}]", picture)
        for place, row in enumerate(rows)
    ]
    return Answer(found=tuple(found))


def _found(row: Mapping[str, Any], where: str, picture: Picture) -> Found:
    tag = object_of(member(row, "tag", where), f"{where}.tag")
    label = text_of(member(tag, "name", f"{where}.tag"), f"{where}.tag.name")
    score = score_of(member(row, "confidence", where), f"{where}.confidence")
    kind = row.get("boundType")
    if kind == "classification":
        return found_class(label, score)
    size = np.array((picture.width, picture.height), dtype=np.float64)
    if row.get("keypoints"):
        points = points_of(row["keypoints"], f"{where}.keypoints") * size
        told = row.get("keypointConfidences") or [1.0] * len(points)
        certainties = np.array(
            [score_of(one, f"{where}.keypointConfidences") for one in told], dtype=np.float64
        )
        if len(certainties) != len(points):
            misread(f"{where} has {len(points)} keypoints and {len(certainties)} confidences")
        return found_keypoints(label, score, None, points, certainties)
    if row.get("contour"):
        ring = points_of(row["contour"], f"{where}.contour", least=3) * size
        return found_polygon(label, score, (ring,))
    corners = points_of(member(row, "bound", where), f"{where}.bound", least=2) * size
    (x0, y0), (x1, y1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return found_box(label, score, (x0, y0, x1, y1))
