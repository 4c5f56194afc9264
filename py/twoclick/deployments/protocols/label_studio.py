"""Label Studio ML backends: servers that suggest regions to Label Studio, asked as it asks them.

Source: HumanSignal/label-studio-ml-backend d02cedf `label_studio_ml/api.py` (requests, health,
errors, HTTP Basic) and `response.py`; the regions are read in `label_studio_regions`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.sax.saxutils import quoteattr

from twoclick.deployments.answer import Answer
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.encoding import data_url_of, json_get, json_post
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BASIC, CredentialPlace, Exchange, HttpResponse
from twoclick.deployments.protocol import Field, Finding, Health, OpenMask
from twoclick.deployments.protocols.label_studio_regions import found_of_regions
from twoclick.deployments.reading import (
    json_of,
    json_or_none,
    list_of,
    member,
    misread,
    object_of,
    score_of,
    shortened,
)

_PROJECT = "1.1700000000"
"""The project's number and when it was made; backends look at what is before the dot."""

_CONTROLS = {
    "boxes": ("RectangleLabels", "Label"),
    "polygons": ("PolygonLabels", "Label"),
    "masks": ("BrushLabels", "Label"),
    "classes of the image": ("Choices", "Choice"),
}

_IMAGE_VALUE = re.compile(r"<Image\b[^>]*?\bvalue\s*=\s*[\"']\$([^\"']+)[\"']", re.IGNORECASE)
_KEYPOINT_LABELS = re.compile(
    r"<KeyPointLabels\b.*?</KeyPointLabels\s*>", re.IGNORECASE | re.DOTALL
)
_LABEL_VALUE = re.compile(r"<Label\b[^>]*?\bvalue\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LabelStudioProtocol:
    """Boxes, rotated boxes, polygons, keypoints and classes, in per cent of the image.

    Masks and ellipses are polygons here.  Every class has its name in the answer; backends tell
    only those that the labelling configuration names.
    """

    name: str = "label_studio"
    title: str = "Label Studio ML backend"
    fields: tuple[Field, ...] = (
        Field(
            key="shapes",
            label="Shapes",
            kind="choice",
            choices=tuple(_CONTROLS),
            default="boxes",
            hint="What the backend is asked for",
        ),
        Field(
            key="classes",
            label="Classes",
            hint="Their names, with commas between them: backends tell no others",
        ),
        Field(
            key="label_config",
            label="Labelling configuration",
            hint="<View>…</View>, as in Label Studio, where the backend needs its own: instead of "
            "shapes and classes",
        ),
    )
    credential: CredentialPlace | None = BASIC

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """Backends tell that they are up, and the name of their class."""
        told = _status_of((yield json_get(f"{_root(deployment)}/health", credential=BASIC)))
        if told is None:
            return None
        return Finding(says=f"Label Studio ML backend, {shortened(str(told['model_class']))}")

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """What /health tells."""
        response = yield json_get(f"{_root(deployment)}/health", credential=BASIC)
        told = _status_of(response)
        if told is None:
            return Health(ready=False, says=f"/health answers {response.status}")
        return Health(ready=told["status"] == "UP", says=shortened(f"{told['status']}"))

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """See `protocol`."""
        config = _label_config(deployment)
        shown = _IMAGE_VALUE.search(config)
        data = {unescape(shown[1]) if shown else "image": data_url_of(picture)}
        question = {
            "tasks": [{"id": 1, "data": data}],
            "project": _PROJECT,
            "label_config": config,
            "params": {"login": None, "password": None, "context": None},
        }
        response = yield json_post(f"{_root(deployment)}/predict", question, credential=BASIC)
        return _answer(json_of(response), picture, points=_keypoint_names(config))


PROTOCOL = LabelStudioProtocol()


def _root(deployment: Deployment) -> str:
    return deployment.base.removesuffix("/predict").removesuffix("/health")


def _status_of(response: HttpResponse) -> Mapping[str, Any] | None:
    """What /health tells; None where it is not that of a backend."""
    told = json_or_none(response)
    return told if isinstance(told, dict) and {"status", "model_class"} <= told.keys() else None


def _label_config(deployment: Deployment) -> str:
    """The configuration that is set, else one for the named classes.

    Raises DeploymentError where there is neither: backends leave out what it does not name, so that
    nothing would be found.
    """
    config = deployment.setting("label_config")
    if config:
        return config
    told = [name.strip() for name in deployment.setting("classes").split(",") if name.strip()]
    classes = told or deployment.classes
    if not classes:
        raise DeploymentError(
            "bad-settings",
            "A Label Studio backend tells only classes that it is asked for: name the classes in "
            "Model Settings, or enter a labelling configuration.",
        )
    control, label = _CONTROLS.get(deployment.setting("shapes", "boxes"), _CONTROLS["boxes"])
    names = "".join(f"<{label} value={quoteattr(name)}/>" for name in classes)
    # What scores less is left out when the suggestions are looked at, not before.
    return (
        '<View><Image name="image" value="$image"/>'
        f'<{control} name="label" toName="image" model_score_threshold="0.05">{names}</{control}>'
        "</View>"
    )


def _keypoint_names(config: str) -> tuple[str, ...]:
    """The names of keypoints in a configuration, in their order."""
    blocks = _KEYPOINT_LABELS.findall(config)
    return tuple(unescape(value[1:-1]) for block in blocks for value in _LABEL_VALUE.findall(block))


def _answer(value: Any, picture: Picture, *, points: tuple[str, ...]) -> Answer:
    whole = object_of(value, "the answer")
    results = list_of(member(whole, "results", "the answer"), "results")
    if not results:
        misread(
            "results has nothing for the image that was asked about, as of a backend that wants "
            "points or a box first"
        )
    # Several answers to one task are those of several versions.
    first = results[0][0] if isinstance(results[0], list) and results[0] else results[0]
    prediction = object_of(first, "results[0]")
    regions = list_of(member(prediction, "result", "results[0]"), "results[0].result")
    found = found_of_regions(
        [object_of(region, f"region {place + 1}") for place, region in enumerate(regions)],
        picture,
        score=_score_of_all(prediction),
        points=points,
    )
    return Answer(found=found)


def _score_of_all(prediction: Mapping[str, Any]) -> float:
    """What stands for the score of regions that have none of their own."""
    told = prediction.get("score")
    return 1.0 if told is None else score_of(told, "results[0].score")
