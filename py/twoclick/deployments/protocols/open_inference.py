"""The Open Inference Protocol, version 2: Triton, KServe, MLServer and others.

Sources: kserve/open-inference-protocol `specification/protocol/inference_rest.md`;
triton-inference-server/server `docs/protocol/extension_binary_data.md` and
`extension_model_repository.md`; kserve/kserve `python/kserve/kserve/protocol/rest/v2_endpoints.py`
(its list of models) and pull request 3685 (raw tensors since 0.14); MLServer 1.7.1 `mlserver/rest`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.deployment import Deployment
from twoclick.deployments.encoding import json_get, json_post
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import (
    BEARER,
    CredentialPlace,
    Exchange,
    HttpRequest,
    HttpResponse,
)
from twoclick.deployments.protocol import Field, Finding, Health
from twoclick.deployments.protocols.open_inference_answer import outputs_of
from twoclick.deployments.protocols.open_inference_model import described_model
from twoclick.deployments.protocols.open_inference_question import binary_question, json_question
from twoclick.deployments.reading import json_of, object_of, server_says
from twoclick.models.family import Outputs
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan

BINARY, JSON = "binary", "json"

_BINARY_EXTENSION = "binary_tensor_data"
_INDEX_SERVERS = ("mlserver",)
"""Servers that list their models as the extension says without naming it."""

_RAW_SINCE = {"kserve": (0, 14)}
"""Servers that take raw tensors without naming the extension, from a version on."""

_MAY_NOT_TAKE_RAW = ("refused", "server-failed")
_WAY_OUT = (
    "If this server takes no raw tensors (MLServer does not), set “Tensors are sent” to json in "
    "Model Settings."
)


@dataclass(frozen=True, slots=True)
class OpenInferenceProtocol:
    """Tensors to a named model and back, which a model family reads."""

    name: str = "open_inference"
    title: str = "Open Inference Protocol (Triton, KServe, MLServer)"
    fields: tuple[Field, ...] = (
        Field(key="model", label="Model", required=True, hint="its name on the server"),
        Field(key="version", label="Version", hint="empty: the server chooses"),
        Field(
            key="transport",
            label="Tensors are sent",
            kind="choice",
            choices=(BINARY, JSON),
            default=BINARY,
            hint="binary: faster; Triton and KServe take it. json: every server does, "
            "and MLServer takes nothing else",
        ),
    )
    credential: CredentialPlace | None = BEARER

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """The server's account of itself has a form of its own, and says whether it takes raw
        tensors.  Where it lists its models, they are the choices: asking for that list is a POST
        with an empty question where Triton's extension is spoken, which changes nothing."""
        place = _place(replace(deployment, settings={}))
        response = yield json_get(f"{place.root}/v2", credential=BEARER)
        server = _server(response)
        if server is None:
            return None
        name, _, extensions = server
        if name in _INDEX_SERVERS or "model_repository" in extensions:
            url = f"{place.root}/v2/repository/index"
            response = yield json_post(url, {}, credential=BEARER)
        else:
            response = yield json_get(f"{place.root}/v2/models", credential=BEARER)
        models = _listed_models(response)
        settings = {"transport": BINARY if _takes_raw(*server) else JSON}
        model = place.model or (models[0] if len(models) == 1 else "")
        if model:
            settings["model"] = model
        if place.version:
            settings["version"] = place.version
        return Finding(
            says=f"{name}, Open Inference Protocol",
            settings=settings,
            choices={"model": models} if models else {},
        )

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """Whether the model is ready: by the status, and by the body of servers that tell there."""
        url = f"{_place(deployment).model_url}/ready"
        response = yield json_get(url, credential=BEARER)
        said = _json_object(response)
        if response.status != 200:
            reason = server_says(response)
            says = f"/ready answers {response.status}" + (f": {reason}" if reason else "")
            return Health(ready=False, says=says)
        if said is not None and said.get("ready") is False:
            return Health(ready=False, says="the model is not ready yet")
        return Health(ready=True)

    def describe(self, deployment: Deployment) -> Exchange[ModelFile]:
        """Inputs and outputs as the server tells them, and what an export of Ultralytics wrote into
        the configuration of the model, where there is any.

        Raises DeploymentError where the server does not tell inputs and outputs.
        """
        place = _place(deployment)
        answer = yield json_get(place.model_url, credential=BEARER)
        told = object_of(json_of(answer), "the model's metadata")
        config = yield json_get(f"{place.model_url}/config", credential=BEARER)
        return described_model(place.model, told, _json_object(config) or {})

    def infer(
        self, deployment: Deployment, plan: Plan, tensor: NDArray[np.generic]
    ) -> Exchange[Outputs]:
        """See `protocol`."""
        is_json = deployment.setting("transport", BINARY) == JSON
        headers, body = (json_question if is_json else binary_question)(plan, tensor)
        response = yield HttpRequest(
            method="POST",
            url=f"{_place(deployment).model_url}/infer",
            headers=headers,
            body=body,
            credential=BEARER,
        )
        try:
            return outputs_of(response, plan.outputs)
        except DeploymentError as error:
            if is_json or error.code not in _MAY_NOT_TAKE_RAW:
                raise
            raise DeploymentError(error.code, f"{error} {_WAY_OUT}") from error


PROTOCOL = OpenInferenceProtocol()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The server's root, and the model, "" where none is named."""

    root: str
    model: str
    version: str

    @property
    def model_url(self) -> str:
        """Raises DeploymentError where no model is named."""
        if not self.model:
            raise DeploymentError(
                "bad-settings",
                "Which model of this server is to be asked? Enter its name in Model Settings.",
            )
        version = f"/versions/{quote(self.version, safe='')}" if self.version else ""
        return f"{self.root}/v2/models/{quote(self.model, safe='')}{version}"


def _place(deployment: Deployment) -> _Place:
    """What the settings say; else the address, which may be that of the server or of a model."""
    base = deployment.base
    path = urlsplit(base).path
    before, found, rest = f"{path}/".partition("/v2/")
    parts = rest.split("/") if found else []
    root = base.removesuffix(path) + before.rstrip("/")
    in_address = parts[0:1] == ["models"] and len(parts) > 2
    has_version = in_address and parts[2:3] == ["versions"] and len(parts) > 4
    model = deployment.setting("model") or (unquote(parts[1]) if in_address else "")
    same = in_address and model == unquote(parts[1])
    version = deployment.setting("version") or (unquote(parts[3]) if same and has_version else "")
    return _Place(root=root, model=model, version=version)


def _json_object(response: HttpResponse) -> Mapping[str, Any] | None:
    """The JSON object of a response that succeeded; None for any other."""
    try:
        value = json_of(response)
    except DeploymentError:
        return None
    return value if isinstance(value, dict) else None


def _server(response: HttpResponse) -> tuple[str, str, Sequence[str]] | None:
    """Name, version and extensions of a server that tells them as the protocol says."""
    told = _json_object(response) or {}
    name, version, extensions = (told.get(key) for key in ("name", "version", "extensions"))
    if not isinstance(name, str) or not isinstance(version, str):
        return None
    if not isinstance(extensions, list) or not all(isinstance(one, str) for one in extensions):
        return None
    return name, version, extensions


def _takes_raw(name: str, version: str, extensions: Sequence[str]) -> bool:
    if _BINARY_EXTENSION in extensions:
        return True
    numbers = [int(part) for part in version.split(".")[:2] if part.isascii() and part.isdigit()]
    return name in _RAW_SINCE and tuple(numbers) >= _RAW_SINCE[name]


def _listed_models(response: HttpResponse) -> tuple[str, ...]:
    """Names in a repository's index, [{"name", "version", "state"}], or in KServe's list,
    {"models": [...]}; none for any other response."""
    try:
        value = json_of(response)
    except DeploymentError:
        return ()
    if isinstance(value, dict):
        value = value.get("models")
    rows = value if isinstance(value, list) else []
    names = [row.get("name") if isinstance(row, dict) else row for row in rows]
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))
