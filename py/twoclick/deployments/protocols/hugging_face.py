"""Hugging Face: Inference Endpoints, the Inference Toolkit's container, Inference Providers.

Sources: huggingface/huggingface.js `packages/tasks/src/tasks/{object-detection,
image-segmentation,image-classification}/spec`; huggingface/huggingface-inference-toolkit
`src/huggingface_inference_toolkit/webservice_starlette.py` and `serialization/base.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from twoclick.deployments.answer import Answer, Found, found_box, found_class
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import base64_of, json_get, json_post
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.masks import cropped, found_mask, opened
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
    list_of,
    member,
    misread,
    number_of,
    object_of,
    score_of,
    server_says,
    shortened,
    text_of,
)
from twoclick.deployments.retry_after import duration

_ENDPOINTS = "endpoints.huggingface.cloud"
_PROVIDERS = ("router.huggingface.co", "api-inference.huggingface.co")

_CORNERS = ("xmin", "ymin", "xmax", "ymax")


@dataclass(frozen=True, slots=True)
class HuggingFaceProtocol:
    """Boxes, masks or classes, as the model's pipeline gives them."""

    name: str = "hugging_face"
    title: str = "Hugging Face"
    fields: tuple[Field, ...] = (
        Field(
            key="threshold",
            label="Lowest score",
            kind="number",
            hint="0 to 1; empty: the server's own, mostly 0.5",
        ),
    )
    credential: CredentialPlace | None = BEARER

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """The hosts are known; a container of one's own tells nothing of itself."""
        yield from ()  # a conversation in which nothing is asked
        host = urlsplit(deployment.base).hostname or ""
        if host == _ENDPOINTS or host.endswith(f".{_ENDPOINTS}"):
            return Finding(says="a Hugging Face Inference Endpoint")
        if host in _PROVIDERS:
            return Finding(says="Hugging Face Inference Providers")
        return None

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """Endpoints and containers tell at a path of their own; the providers cannot be asked."""
        if urlsplit(deployment.base).hostname in _PROVIDERS:
            return Health(ready=True)
        root = deployment.base.removesuffix("/predict")
        response = yield json_get(f"{root}/health", credential=BEARER)
        if response.status in (502, 503):
            return Health(ready=False, says="the endpoint is starting, or paused")
        # A server of one's own need not have that path.
        ready = response.status in (200, 404, 405)
        return Health(ready=ready, says="" if ready else f"/health answers {response.status}")

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`.  A mask is one polygon, whatever the number of its parts."""
        response = yield _question(deployment, picture)
        rows = _rows(_checked(response))
        found = [
            _found(object_of(row, f"[{place}]"), f"[{place}]", picture, open_mask)
            for place, row in enumerate(rows)
        ]
        return Answer(found=tuple(one for one in found if one is not None))


PROTOCOL = HuggingFaceProtocol()


def _question(deployment: Deployment, picture: Picture) -> HttpRequest:
    """The bytes of the picture; as JSON where there is a parameter to send with it."""
    told = deployment.setting("threshold")
    if not told:
        headers = {"Content-Type": picture.media_type, "Accept": "application/json"}
        return HttpRequest(
            method="POST",
            url=deployment.base,
            headers=headers,
            body=picture.content,
            credential=BEARER,
        )
    try:
        threshold = score_of(told, "the lowest score", texts=True)
    except DeploymentError as error:
        raise DeploymentError(
            "bad-settings", f"The lowest score should be a number from 0 to 1, not “{told}”."
        ) from error
    body = {"inputs": base64_of(picture), "parameters": {"threshold": threshold}}
    return json_post(deployment.base, body, credential=BEARER)


def _checked(response: HttpResponse) -> Any:
    """The JSON of an answer; raises DeploymentError for a failure, and for a model that loads."""
    if response.status == 503:
        try:
            told = object_of(json_of(HttpResponse(status=200, headers={}, body=response.body)), "")
            wait = number_of(told.get("estimated_time"), "estimated_time")
        except DeploymentError:
            wait = -1.0
        if wait >= 0:
            raise DeploymentError(
                "server-failed",
                f"The model is being loaded (503): {server_says(response)}. Ask again in about "
                f"{duration(max(wait, 1))}.",
            )
    value = json_of(response)
    if isinstance(value, dict) and value.get("error"):
        failed_inside(server_says(response))
    return value


def _rows(value: Any) -> Sequence[Any]:
    """The list of what was found; in a list of one where a server answers for several pictures."""
    rows = list_of(value, "the answer")
    if rows and all(isinstance(row, list) for row in rows):
        if len(rows) > 1:
            misread(f"the answer is about {len(rows)} pictures instead of one")
        return list_of(rows[0], "[0]")
    return rows


def _found(
    row: Mapping[str, Any], where: str, picture: Picture, open_mask: OpenMask
) -> Found | None:
    """A box, a mask, or a class of the whole image; None for a mask with nothing inside, which
    segmentation gives for classes that it did not find."""
    label = text_of(member(row, "label", where), f"{where}.label")
    told = row.get("score")
    if "box" in row:
        box = object_of(row["box"], f"{where}.box")
        x0, y0, x1, y1 = (
            number_of(member(box, key, f"{where}.box"), f"{where}.box.{key}") for key in _CORNERS
        )
        score = score_of(member(row, "score", where), f"{where}.score")
        return found_box(label, score, (x0, y0, x1, y1))
    if "mask" in row:
        score = 1.0 if told is None else score_of(told, f"{where}.score")
        grey = opened(row["mask"], f"{where}.mask", open_mask=open_mask)
        rows, columns = grey.shape
        # White is inside; some pipelines write 1 instead of 255.
        inside = grey > np.uint8(127 if grey.max(initial=0) > 1 else 0)
        size = (columns, rows)
        found = found_mask(label, score, cropped(inside), size=size, picture=picture, where=where)
        return found if found.rings else None
    if "score" not in row:
        has = shortened(", ".join(row))
        misread(f"{where} has no box, no mask and no score (it has: {has})")
    return found_class(label, score_of(told, f"{where}.score"))
