"""Exchanges with deployments, step by step: the compute thread says what is to be sent, and is told
what came back.  It never sees a credential, and opens no connection."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

import numpy as np

from twoclick.deployments.answer import Answer
from twoclick.deployments.carrier_failure import CarrierFailure
from twoclick.deployments.catalog import PROTOCOLS, protocol_of, recognised_protocol
from twoclick.deployments.conversation import Conversation, Done, Send
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.mapping.preview import explain
from twoclick.deployments.mapping.suggest import suggest_mapping
from twoclick.deployments.messages import Exchange, HttpResponse
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocol import (
    DeploymentProtocol,
    OpenMask,
    PictureProtocol,
    TensorProtocol,
)
from twoclick.deployments.protocols import custom
from twoclick.entry.compute_tasks import columns_of, recognised
from twoclick.models.card import ModelCard
from twoclick.models.family import Outputs
from twoclick.models.plan import Plan
from twoclick.models.predictions import CAP, keep_raw
from twoclick.models.recognise import family_of
from twoclick.ports.compute import Buffer, ComputeTask, Reply, Request

SCORE_FLOOR = 0.05
"""Nothing below is kept of what a deployment finds: see `models.predictions`."""

_Finish: TypeAlias = Callable[[Any], Reply]


class ExchangeGoneError(Exception):
    """The thread that knew the exchange is gone; it has to be begun again."""

    code = "exchange_gone"


class DeploymentExchanges:
    """The exchanges that are under way, by the names that the page gives them."""

    def __init__(self, open_mask: OpenMask) -> None:
        self._open_mask = open_mask
        self._under_way: dict[str, tuple[Conversation[Any], _Finish]] = {}
        self._example: tuple[Any, Picture] | None = None

    def tasks(self) -> Mapping[str, ComputeTask]:
        """Every task by the name that messages give it."""
        return {
            "list-protocols": self.list_protocols,
            "begin-exchange": self.begin,
            "exchange-answered": self.answered,
            "exchange-failed": self.failed,
            "explain-example": self.explain_example,
            "forget-exchange": self.forget,
        }

    def list_protocols(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """{protocols: [{name, title, fields, hasCredential, takes}]}, in the order in which people
        are offered them; `takes` is "picture" or "tensor"."""
        return {"protocols": [_protocol_json(one) for one in PROTOCOLS]}, []

    def begin(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """The first step of an exchange: {exchange, purpose, deployment, ...} -> a step.

        A step is {send: {method, url, headers, credential, after}} with one buffer, the body, to be
        told of by `answered` or `failed`; or {done: ...}.  Purposes, and what else they take and
        are done with:

        - "probe": {found: {protocol, says, certain, settings, choices, classes}}, null where no
          protocol is recognised.
        - "health": {ready, says}.
        - "describe", of a tensor protocol: as the task `recognise`.
        - "predict", {picture: {mediaType, width, height}, width, height} and the encoded picture:
          {labels, count, floor, cap} with the columns of the task `decode`, their classes places
          among `labels`.
        - "example", of the custom protocol, and the same fields: {settings, why}, a mapping of
          what is answered; the answer is held for `explain_example`.
        - "infer", {card, plan, width, height} and the tensor: as the task `decode`.

        Raises DeploymentError, or what recognising and decoding raise.
        """
        deployment = Deployment.from_json(request["deployment"])
        exchange, finish = self._begun(deployment, request, buffers)
        conversation = Conversation(exchange)
        return self._step(request["exchange"], conversation, finish, conversation.begin)

    def answered(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """{exchange, status, headers} and the body that came back -> the next step."""
        name = request["exchange"]
        conversation, finish = self._known(name)
        response = HttpResponse(
            status=int(request["status"]),
            headers={str(key).lower(): str(text) for key, text in request["headers"].items()},
            body=bytes(buffers[0]),
        )
        return self._step(name, conversation, finish, lambda: conversation.answered(response))

    def failed(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """{exchange, failure, detail} of a request that got no answer -> the next step."""
        name = request["exchange"]
        conversation, finish = self._known(name)
        failure = CarrierFailure(kind=request["failure"], detail=str(request["detail"]))
        return self._step(name, conversation, finish, lambda: conversation.failed(failure))

    def explain_example(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """{settings} of a mapping -> {rows: [{object, field, path, value, problem}]}: what it gives
        for the first objects of the example that is held.  Raises ExchangeGoneError without one."""
        if self._example is None:
            raise ExchangeGoneError("The example is not here any more. Ask for one again.")
        value, picture = self._example
        rows = explain(
            value,
            request["settings"],
            width=picture.width,
            height=picture.height,
            open_mask=self._open_mask,
        )
        return {"rows": [asdict(row) for row in rows]}, []

    def forget(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """{exchange} that nobody waits for any more."""
        self._under_way.pop(request["exchange"], None)
        return {}, []

    def _known(self, name: str) -> tuple[Conversation[Any], _Finish]:
        if name not in self._under_way:
            raise ExchangeGoneError("The question was interrupted. Ask again.")
        return self._under_way[name]

    def _step(
        self,
        name: str,
        conversation: Conversation[Any],
        finish: _Finish,
        go_on: Callable[[], Send | Done[Any]],
    ) -> Reply:
        self._under_way.pop(name, None)
        step = go_on()
        if isinstance(step, Done):
            result, columns = finish(step.value)
            return {"done": result}, columns
        self._under_way[name] = conversation, finish
        request = step.request
        sent = {
            "method": request.method,
            "url": request.url,
            "headers": dict(request.headers),
            "credential": None if request.credential is None else asdict(request.credential),
            "after": step.after,
        }
        return {"send": sent}, [request.body]

    def _begun(
        self, deployment: Deployment, request: Request, buffers: Sequence[Buffer]
    ) -> tuple[Exchange[Any], _Finish]:
        purpose = request["purpose"]
        if purpose == "probe":
            return recognised_protocol(deployment), _found
        protocol = protocol_of(deployment)
        if purpose == "health":
            return protocol.health(deployment), lambda health: (asdict(health), [])
        if purpose == "predict":
            picture = _picture(request["picture"], buffers[0])
            asked = _of(protocol, PictureProtocol).predict(
                deployment, picture, open_mask=self._open_mask
            )
            return asked, lambda answer: _predictions(answer, picture, request)
        if purpose == "example":
            picture = _picture(request["picture"], buffers[0])
            asked = custom.PROTOCOL.example(deployment, picture)
            return asked, lambda value: self._guessed(value, picture)
        tensors = _of(protocol, TensorProtocol)
        if purpose == "describe":
            return tensors.describe(deployment), lambda model: (recognised(model), [])
        plan = Plan.from_json(request["plan"])
        tensor = np.frombuffer(buffers[0], dtype=plan.dtype).reshape(plan.dims)
        return tensors.infer(deployment, plan, tensor), lambda outputs: _decoded(
            outputs, plan, request
        )

    def _guessed(self, value: Any, picture: Picture) -> Reply:
        self._example = value, picture
        return asdict(suggest_mapping(value)), []


def _of(protocol: DeploymentProtocol, kind: Any) -> Any:
    """The protocol as one of a kind; raises DeploymentError for one of the other kind."""
    needed = "predict" if kind is PictureProtocol else "infer"
    if not hasattr(protocol, needed):
        raise DeploymentError(
            "bad-settings", f"{protocol.title} cannot be asked so. Choose the protocol again."
        )
    return protocol


def _protocol_json(protocol: DeploymentProtocol) -> dict[str, Any]:
    return {
        "name": protocol.name,
        "title": protocol.title,
        "fields": [asdict(field) for field in protocol.fields],
        "hasCredential": protocol.credential is not None,
        "takes": "tensor" if hasattr(protocol, "infer") else "picture",
    }


def _found(recognised_as: Any) -> Reply:
    if recognised_as is None:
        return {"found": None}, []
    protocol, finding = recognised_as
    return {"found": {"protocol": protocol.name, **asdict(finding)}}, []


def _picture(described: Mapping[str, Any], content: Buffer) -> Picture:
    return Picture(
        content=bytes(content),
        media_type=described["mediaType"],
        width=int(described["width"]),
        height=int(described["height"]),
    )


def _predictions(answer: Answer, picture: Picture, request: Request) -> Reply:
    raw, labels = predictions_of(
        answer,
        picture,
        width=int(request["width"]),
        height=int(request["height"]),
        keep=keep_raw(floor=SCORE_FLOOR),
    )
    told = {"labels": list(labels), "count": len(raw), "floor": SCORE_FLOOR, "cap": CAP}
    return told, columns_of(raw)


def _decoded(outputs: Outputs, plan: Plan, request: Request) -> Reply:
    card = ModelCard.from_json(request["card"])
    raw = family_of(card).decode(
        card,
        plan,
        outputs,
        width=int(request["width"]),
        height=int(request["height"]),
        keep=keep_raw(floor=card.score_floor),
    )
    return {"count": len(raw), "floor": card.score_floor, "cap": CAP}, columns_of(raw)
