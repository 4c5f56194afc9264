"""The callable between a worker's JavaScript and Python."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from twoclick.entry.bridge import Bridge, Handler, Reply


class Page:
    """Collects what is posted, as the page would get it."""

    def __init__(self) -> None:
        self.posted: list[tuple[int, Any, list[bytes]]] = []

    def post(self, identifier: int, text: str, buffers: Sequence[Any]) -> None:
        self.posted.append((identifier, json.loads(text), [bytes(buffer) for buffer in buffers]))


class RefusalError(Exception):
    code = "nothing-selected"


def echo(request: Mapping[str, Any], attachments: Sequence[Any]) -> Reply:
    return dict(request), attachments


def refuse(_request: Mapping[str, Any], _attachments: Sequence[Any]) -> Reply:
    raise RefusalError("Nothing is selected.")


def break_down(_request: Mapping[str, Any], _attachments: Sequence[Any]) -> Reply:
    return {"x": next(iter(()))}, ()


async def later(request: Mapping[str, Any], attachments: Sequence[Any]) -> Reply:
    await asyncio.sleep(0)
    return echo(request, attachments)


async def refuse_later(request: Mapping[str, Any], attachments: Sequence[Any]) -> Reply:
    await asyncio.sleep(0)
    return refuse(request, attachments)


HANDLERS: Mapping[str, Handler] = {
    "echo": echo,
    "refuse": refuse,
    "break": break_down,
    "later": later,
    "refuse-later": refuse_later,
    "nan": lambda _request, _attachments: ({"x": float("nan")}, ()),
}


def ask(*texts: str, buffers: Sequence[bytes] = ()) -> list[tuple[int, Any, list[bytes]]]:
    """The answers to these requests, numbered from 1, in the order in which they came."""
    page = Page()

    async def run() -> None:
        bridge = Bridge(handlers=HANDLERS, post=page.post)
        for identifier, text in enumerate(texts, start=1):
            bridge.handle(identifier, text, list(buffers))
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

    asyncio.run(run())
    return page.posted


def test_answer_carries_result_and_buffers_under_the_id_of_the_request() -> None:
    assert ask('{"kind": "echo", "a": 1}', buffers=[b"\x01\x02"]) == [
        (1, {"ok": True, "result": {"a": 1}}, [b"\x01\x02"])
    ]


def test_asynchronous_answers_come_when_they_are_done() -> None:
    answers = ask('{"kind": "later", "n": 1}', '{"kind": "echo", "n": 2}')
    assert [(identifier, body["result"]["n"]) for identifier, body, _ in answers] == [
        (2, 2),
        (1, 1),
    ]


def test_errors_meant_for_people_keep_their_code_and_show_no_traceback() -> None:
    expected = {"code": "nothing-selected", "message": "Nothing is selected.", "detail": ""}
    for kind in ("refuse", "refuse-later"):
        [(_, body, _)] = ask(json.dumps({"kind": kind}))
        assert body == {"ok": False, "error": expected}


def test_a_defect_is_answered_with_its_traceback() -> None:
    [(_, body, _)] = ask('{"kind": "break"}')
    assert body["error"]["code"] == "StopIteration"
    assert "break_down" in body["error"]["detail"]


def test_unreadable_and_unknown_requests_are_answered() -> None:
    answers = ask("{", '{"kind": "dance"}', "{}")
    assert [body["ok"] for _, body, _ in answers] == [False, False, False]
    assert '"dance"' in answers[1][1]["error"]["message"]


def test_what_is_no_json_is_an_error_and_never_half_a_message() -> None:
    [(_, body, _)] = ask('{"kind": "nan"}')
    assert body["ok"] is False
