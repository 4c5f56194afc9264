"""The Open Inference Protocol, version 2: Triton, KServe, MLServer and others.

Sources: kserve/open-inference-protocol `specification/protocol/inference_rest.md`;
triton-inference-server/server `docs/protocol/extension_binary_data.md`,
`extension_model_repository.md` and `extension_model_configuration.md`; kserve/kserve
`python/kserve/kserve/protocol/rest/v2_endpoints.py` (the list of models); ultralytics/ultralytics
`ultralytics/utils/triton.py` (what its exports write into a model's configuration).

A server tells of a model's tensors what is sent.  Where it batches by itself (Triton with
max_batch_size > 0), its metadata have the batch as a first dimension of -1; only its configuration
leaves that out, and that is not read for shapes.  So an input of three dimensions takes one image
without a batch, C, H, W or H, W, C, and is sent so, as for a model file.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from twoclick.deployments.protocols.open_inference_answer import name_of, outputs_of
from twoclick.deployments.protocols.open_inference_question import (
    NUMBERS,
    TEXTS,
    binary_question,
    json_question,
)
from twoclick.deployments.reading import (
    json_of,
    list_of,
    member,
    number_of,
    object_of,
    server_says,
    text_of,
)
from twoclick.models.family import Outputs
from twoclick.models.model_file import Dimension, ModelFile, TensorSpec
from twoclick.models.plan import Plan

BINARY, JSON = "binary", "json"

_BINARY_EXTENSION = "binary_tensor_data"
_INDEX_SERVERS = ("mlserver",)
"""Servers that list their models as the extension says without naming it."""

_MOST_METADATA = 200_000


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
            label="Tensors travel",
            kind="choice",
            choices=(BINARY, JSON),
            default=BINARY,
            hint="binary: faster, as Triton and KServe take it. json: every server takes it, "
            "MLServer nothing else",
        ),
    )
    credential: CredentialPlace | None = BEARER

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """The server's account of itself has a form of its own, and says whether it takes raw
        tensors.  Where it lists its models, they are the choices: asking for that list is a POST
        with an empty question where Triton's extension is spoken, which changes nothing."""
        place = _place(deployment)
        response = yield json_get(f"{place.root}/v2", credential=BEARER)
        server = _server(response)
        if server is None:
            return None
        name, extensions = server
        if name in _INDEX_SERVERS or "model_repository" in extensions:
            url = f"{place.root}/v2/repository/index"
            response = yield json_post(url, {}, credential=BEARER)
        else:
            response = yield json_get(f"{place.root}/v2/models", credential=BEARER)
        models = _listed_models(response)
        settings = {"transport": BINARY if _BINARY_EXTENSION in extensions else JSON}
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
        inputs, outputs = _specs(told, "inputs"), _specs(told, "outputs")
        for kind, specs in (("inputs", inputs), ("outputs", outputs)):
            if not specs:
                raise DeploymentError(
                    "not-understood",
                    f"The server does not tell the {kind} of the model “{place.model}”, so it is "
                    "not known how images are given to it and read. Declare inputs and outputs "
                    "with names, datatypes and shapes on the server (in MLServer's "
                    "model-settings.json, in the get_input_types and get_output_types of KServe's "
                    "models).",
                )
        config = yield json_get(f"{place.model_url}/config", credential=BEARER)
        return ModelFile(
            file_name=place.model,
            ir_version=0,
            producer=str(told.get("platform") or ""),
            doc_string="",
            opsets={},
            metadata=_metadata(_json_object(config) or {}),
            inputs=inputs,
            outputs=outputs,
            last_operators=(),
        )

    def infer(
        self, deployment: Deployment, plan: Plan, tensor: NDArray[np.generic]
    ) -> Exchange[Outputs]:
        """See `protocol`."""
        write = (
            json_question if deployment.setting("transport", BINARY) == JSON else binary_question
        )
        headers, body = write(plan, tensor)
        response = yield HttpRequest(
            method="POST",
            url=f"{_place(deployment).model_url}/infer",
            headers=headers,
            body=body,
            credential=BEARER,
        )
        return outputs_of(response, plan.outputs)


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


def _server(response: HttpResponse) -> tuple[str, Sequence[str]] | None:
    """Name and extensions of a server that tells them as the protocol says."""
    told = _json_object(response) or {}
    name, version, extensions = (told.get(key) for key in ("name", "version", "extensions"))
    if not isinstance(name, str) or not isinstance(version, str):
        return None
    if not isinstance(extensions, list) or not all(isinstance(one, str) for one in extensions):
        return None
    return name, extensions


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


def _specs(told: Mapping[str, Any], key: str) -> tuple[TensorSpec, ...]:
    rows = list_of(told.get(key) or [], key)
    return tuple(
        _spec(object_of(row, f"{key}[{place}]"), f"{key}[{place}]")
        for place, row in enumerate(rows)
    )


def _spec(row: Mapping[str, Any], where: str) -> TensorSpec:
    datatype = text_of(member(row, "datatype", where), f"{where}.datatype")
    sizes = list_of(member(row, "shape", where), f"{where}.shape")
    return TensorSpec(
        name=name_of(row, where),
        element_type="string" if datatype == TEXTS else NUMBERS.get(datatype, datatype.lower()),
        shape=tuple(
            _dimension(size, f"{where}.shape[{place}]") for place, size in enumerate(sizes)
        ),
    )


def _dimension(size: Any, where: str) -> Dimension:
    """-1 is a variable size."""
    number = number_of(size, where)
    return int(number) if number >= 1 else "?"


def _metadata(config: Mapping[str, Any]) -> dict[str, str]:
    """What Ultralytics wrote about its model: a mapping as Python writes it, as one parameter."""
    value: Any = config
    for key in ("parameters", "metadata", "string_value"):
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, str) or len(value) > _MOST_METADATA:
        return {}
    try:
        told = ast.literal_eval(value)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return {}
    return {str(key): str(one) for key, one in told.items()} if isinstance(told, dict) else {}
