"""Ultralytics: the Platform with its dedicated endpoints, and the older HUB.

Sources: ultralytics/ultralytics `docs/en/platform/deploy/inference.md` and ultralytics/sdk
`openapi.json` 0.1.9 (the Platform); ultralytics/ultralytics `docs/en/hub/inference-api.md` (HUB).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from twoclick.deployments.answer import Answer
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import form_post
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.masks import found_regions, opened
from twoclick.deployments.messages import BEARER, CredentialPlace, Exchange, HttpRequest
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.protocols.ultralytics_results import (
    found_in_pixels,
    found_in_shares,
    label_of,
)
from twoclick.deployments.reading import (
    failed_inside,
    json_of,
    list_of,
    member,
    misread,
    number_of,
    object_of,
    shortened,
)
from twoclick.models.background import IGNORED

PLATFORM, HUB = "platform", "hub"

_HOSTS = {"platform.ultralytics.com": PLATFORM, "api.ultralytics.com": HUB}

_HUB_KEY = CredentialPlace(where="header", name="x-api-key")

_LEAST_SCORE, _MOST_OVERLAP = "0.05", "0.9"
"""Duplicates and doubtful boxes are left to the page, where a person decides."""


@dataclass(frozen=True, slots=True)
class UltralyticsProtocol:
    """Boxes, rotated boxes, outlines, keypoints, regions or classes, as the model's task is."""

    name: str = "ultralytics"
    title: str = "Ultralytics Platform and HUB"
    fields: tuple[Field, ...] = (
        Field(
            key="service",
            label="Service",
            kind="choice",
            choices=(PLATFORM, HUB),
            default=PLATFORM,
            hint="platform: also dedicated endpoints. hub: api.ultralytics.com/v1/predict",
        ),
        Field(
            key="imgsz",
            label="Size in the model",
            kind="number",
            hint="pixels, 32 to 1280; empty: 640",
        ),
    )
    credential: CredentialPlace | None = BEARER

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """The hosts are known; dedicated endpoints have any, and cannot be asked so."""
        yield from ()  # a conversation in which nothing is asked
        service = _HOSTS.get(urlsplit(deployment.base).hostname or "")
        if service is None:
            return None
        says = "the Ultralytics Platform" if service == PLATFORM else "Ultralytics HUB"
        return Finding(says=says, settings={"service": service})

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """Cannot be asked without an image."""
        yield from ()
        return Health(ready=True)

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`.  A class id without a name anywhere is "class 7"."""
        response = yield _question(deployment, picture)
        # Numbers beyond all pixels become infinite, and are refused as places of shapes.
        with np.errstate(over="ignore", invalid="ignore"):
            return _answer(json_of(response), picture, deployment.classes, open_mask)


PROTOCOL = UltralyticsProtocol()


def _question(deployment: Deployment, picture: Picture) -> HttpRequest:
    size = deployment.setting("imgsz")
    if size and not (
        size.isascii() and size.isdigit() and len(size) < 6 and 32 <= int(size) <= 1280
    ):
        raise DeploymentError(
            "bad-settings",
            f"The size in the model should be a whole number from 32 to 1280, not “{size}”.",
        )
    if deployment.setting("service", PLATFORM) == HUB:
        fields = {"confidence": _LEAST_SCORE, "iou": _MOST_OVERLAP}
        return form_post(
            deployment.base,
            picture,
            file_field="image",
            fields={**fields, **({"size": size} if size else {})},
            credential=_HUB_KEY,
        )
    fields = {"conf": _LEAST_SCORE, "iou": _MOST_OVERLAP, "normalize": "false"}
    return form_post(
        deployment.base.removesuffix("/predict") + "/predict",
        picture,
        file_field="file",
        fields={**fields, **({"imgsz": size} if size else {})},
        credential=BEARER,
    )


def _answer(value: Any, picture: Picture, classes: Sequence[str], open_mask: OpenMask) -> Answer:
    answer = object_of(value, "the answer")
    error = answer.get("error")
    if error or answer.get("success") is False:
        failed_inside(
            error or answer.get("message") or "no reason is given",
            advice="Try again; if it stays so, look at the model there",
        )
    if "images" not in answer and "data" in answer:
        rows = _objects(answer["data"], "data")
        return Answer(
            found=tuple(found_in_shares(row, where, picture, classes) for where, row in rows)
        )
    images = list_of(member(answer, "images", "the answer"), "images")
    if len(images) != 1:
        misread(f"images should be one image, but has {len(images)}")
    image = object_of(images[0], "images[0]")
    return _image(image, picture, classes, open_mask)


def _objects(value: Any, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (f"{where}[{place}]", object_of(row, f"{where}[{place}]"))
        for place, row in enumerate(list_of(value, where))
    ]


def _image(
    image: Mapping[str, Any], picture: Picture, classes: Sequence[str], open_mask: OpenMask
) -> Answer:
    """What the Platform says of one image."""
    where = "images[0]"
    if "depth" in image:
        misread(f"{where} measures the distance of each pixel (depth), which is no shape")
    rows = _objects(member(image, "results", where), f"{where}.results")
    if image.get("semantic_mask") is not None:
        mask = object_of(image["semantic_mask"], f"{where}.semantic_mask")
        data = member(mask, "data", f"{where}.semantic_mask")
        ids = opened(data, f"{where}.semantic_mask.data", open_mask=open_mask)
        told = {_class_id(row, place): label_of(row, place, classes) for place, row in rows}
        names = {**dict(enumerate(classes)), **told} or {0: "background"}
        return Answer(
            found=found_regions(ids, {IGNORED: "void", **names}, certain=None, picture=picture)
        )
    if any("pixel_ratio" in row for _, row in rows):
        misread(
            f"{where} tells the share of each class and has no “semantic_mask”, so it is not known "
            "where they are"
        )
    scale = _scale(image, picture)
    return Answer(found=tuple(found_in_pixels(row, place, scale, classes) for place, row in rows))


def _class_id(row: Mapping[str, Any], where: str) -> int:
    return int(number_of(member(row, "class", where), f"{where}.class"))


def _scale(image: Mapping[str, Any], picture: Picture) -> tuple[float, float]:
    """Pixels of the picture for one of the image that the server read, which tells its rows and
    columns."""
    if image.get("shape") is None:
        return 1.0, 1.0
    where = "images[0].shape"
    sizes = [number_of(size, where) for size in list_of(image["shape"], where)]
    if len(sizes) < 2 or min(sizes[:2]) < 1:
        misread(f"{where} should be height and width, but is {shortened(str(sizes))}")
    return picture.width / sizes[1], picture.height / sizes[0]
