"""Reading what a server answered: its status, its JSON, and each number in it.

`where` names a place in the answer, as people write it: "predictions[3].box.x1".
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import HttpResponse
from twoclick.domain.json_depth import is_too_deep

_SHOWN = 160
_MOST_DEEP = 64

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

_JSON_TYPES = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}


def json_of(response: HttpResponse) -> Any:
    """The JSON of a response that succeeded.

    Raises DeploymentError for another status, with what the server says of it, and for a body that
    is no JSON: HTML, half a text, numbers that are none.
    """
    check_status(response)
    try:
        return json_of_text(_text_of(response))
    except ValueError as error:
        raise DeploymentError("not-json", _no_json(response, error)) from error


def json_of_text(text: str) -> Any:
    """The value of a JSON text from a server or a person.

    Raises ValueError for what is none, is nested too deeply, or has numbers that are none.
    """
    if is_too_deep(text):
        raise ValueError("it is nested too deeply")
    return json.loads(text, parse_constant=_refuse_constant)


def json_or_none(response: HttpResponse) -> Any:
    """The JSON of a response that succeeded; None for any other, as of a server that speaks another
    protocol."""
    try:
        return json_of(response)
    except DeploymentError:
        return None


def check_status(response: HttpResponse) -> None:
    """Raises DeploymentError for a response that did not succeed (RFC 9110, section 15)."""
    status = response.status
    if 200 <= status < 300:
        return
    said = server_says(response)
    detail = f" The server says: {said}" if said else ""
    raise DeploymentError(*_failure(status, detail))


def server_says(response: HttpResponse) -> str:
    """What a server says of a failure, in a line: the text of its JSON, else its plain text."""
    try:
        told = _told(json_of_text(_text_of(response)), depth=0)
    except ValueError:
        told = "" if _is_html(response) else response.body[:2000].decode("utf-8", "replace")
    return shortened(told)


def shortened(text: str) -> str:
    """A line of a text from elsewhere, short enough to be shown."""
    line = " ".join(_printable(text).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def object_of(value: Any, where: str) -> Mapping[str, Any]:
    """A JSON object; raises DeploymentError for anything else."""
    if not isinstance(value, dict):
        misread(f"{where} should be an object, but is {type_of(value)}")
    return value


def list_of(value: Any, where: str) -> Sequence[Any]:
    """A JSON list; raises DeploymentError for anything else."""
    if not isinstance(value, list):
        misread(f"{where} should be a list, but is {type_of(value)}")
    return value


def member(value: Mapping[str, Any], key: str, where: str) -> Any:
    """What an object has at `key`; raises DeploymentError where it has nothing there."""
    if key not in value:
        has = ", ".join(list(value)[:8]) or "nothing"
        misread(f"{where} has no “{key}” (it has: {shortened(has)})")
    return value[key]


def text_of(value: Any, where: str) -> str:
    """A text that is not empty, or a whole number as one; DeploymentError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        misread(f"{where} should be a name, but is {type_of(value)}")
    return " ".join(_printable(value).split())


def number_of(value: Any, where: str, *, texts: bool = False) -> float:
    """A finite number; with `texts` also one that is written as a text.

    Raises DeploymentError for anything else: NaN, infinite, true, null.
    """
    if texts and isinstance(value, str):
        if not _NUMBER.fullmatch(value.strip()):
            misread(f"{where} should be a number, but is the text “{shortened(value)}”")
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        misread(f"{where} should be a number, but is {type_of(value)}")
    number = _finite(value)
    if not math.isfinite(number):
        misread(f"{where} should be a number, but is {number}")
    return number


def score_of(value: Any, where: str, *, texts: bool = False) -> float:
    """A score 0..1; raises DeploymentError for one that is not, with a hint at percentages."""
    number = number_of(value, where, texts=texts)
    if not -1e-6 <= number <= 1 + 1e-6:
        misread(f"{where} should be a score from 0 to 1, but is {number:g}")
    return min(max(number, 0.0), 1.0)


def points_of(value: Any, where: str, *, least: int = 1) -> NDArray[np.float64]:
    """Points (n, 2) from a list of pairs, or from a flat list x, y in turn.

    Raises DeploymentError for fewer than `least`, and for what is no finite number.
    """
    items = list_of(value, where)
    if items and not isinstance(items[0], list | tuple):
        numbers = [number_of(item, f"{where}[{place}]") for place, item in enumerate(items)]
        if len(numbers) % 2:
            misread(f"{where} should have x and y in turn, but has {len(numbers)} numbers")
        points = np.array(numbers, dtype=np.float64).reshape(-1, 2)
    else:
        pairs = [_pair(item, f"{where}[{place}]") for place, item in enumerate(items)]
        points = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    if len(points) < least:
        misread(f"{where} should have {least} points or more, but has {len(points)}")
    return points


def misread(what: str) -> NoReturn:
    """Raises DeploymentError: the answer is not of the protocol, and in what."""
    raise DeploymentError(
        "not-understood",
        f"The answer is not what this protocol says: {what}. Choose another protocol in Model "
        "Settings, or see what the server sends.",
        what=what,
    )


def failed_inside(said: object, *, advice: str = "Look at its log") -> NoReturn:
    """Raises DeploymentError: a status of success came with a failure in it, which `said` tells."""
    raise DeploymentError(
        "server-failed",
        f"The deployment answered with an error: {shortened(str(said))}. {advice}.",
    )


def type_of(value: Any) -> str:
    """What a JSON value is, for people."""
    if value is None:
        return "null"
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = _finite(value)
        return f"the number {number:g}" if math.isfinite(number) else f"the number {number}"
    return _JSON_TYPES.get(type(value), type(value).__name__)


def _finite(value: float) -> float:
    """A number as a float; infinite where it is a whole number beyond all floats."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _printable(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can escape and nothing can store."""
    return text.encode("utf-8", "replace").decode()


def _pair(value: Any, where: str) -> tuple[float, float]:
    pair = list_of(value, where)
    if len(pair) < 2:
        misread(f"{where} should be a point, x and y, but has {len(pair)} numbers")
    return number_of(pair[0], f"{where}[0]"), number_of(pair[1], f"{where}[1]")


def _text_of(response: HttpResponse) -> str:
    """The text of a body that is JSON; raises ValueError where its bytes are no text."""
    return response.body.decode(json.detect_encoding(response.body))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _no_json(response: HttpResponse, error: Exception) -> str:
    kind = response.media_type or "a body without a type"
    if _is_html(response):
        return (
            "The server answered with a web page instead of JSON. The address may be that of a "
            "sign-in page or of the server's front page: check it, and the credential."
        )
    if not response.body:
        return "The server answered with nothing. Check the address and the protocol."
    return (
        f"The server's answer ({len(response.body):,} bytes of {kind}) is no JSON: {error}. It may "
        "have been cut off on the way: try again; if it stays so, check the protocol."
    )


def _is_html(response: HttpResponse) -> bool:
    start = response.body[:200].lstrip().lower()
    return response.media_type == "text/html" or start.startswith((b"<!doctype", b"<html"))


def _told(value: Any, *, depth: int) -> str:
    """The likeliest text of a failure in a JSON value."""
    if isinstance(value, str):
        return value
    if depth < _MOST_DEEP and isinstance(value, list) and value:
        return _told(value[0], depth=depth + 1)
    if depth < _MOST_DEEP and isinstance(value, dict):
        for key in ("error", "message", "detail", "msg", "reason", "description"):
            if value.get(key):
                return _told(value[key], depth=depth + 1)
    return ""


def _failure(status: int, detail: str) -> tuple[Any, str]:
    """The code and the message of a status that is no success."""
    match status:
        case 401:
            return "unauthorised", (
                f"The deployment wants a credential, or does not know this one (401).{detail} "
                "Enter it again in Model Settings."
            )
        case 403:
            return "forbidden", (
                f"The credential may not use this deployment (403).{detail} Check what it is "
                "allowed to, and the address."
            )
        case 404 | 410:
            return "not-found", (
                f"There is nothing at this address ({status}).{detail} Check the address, the "
                "protocol and the name of the model."
            )
        case 405:
            return "not-allowed", (
                f"The address does not take what this protocol sends (405).{detail} Check the "
                "address and the protocol."
            )
        case 413:
            return "too-large", (
                f"The image is too large for the deployment (413).{detail} Send it smaller, or as "
                "JPEG: see “Images are sent” in Model Settings."
            )
        case 429:
            return "rate-limited", (
                f"The deployment wants fewer questions (429).{detail} Wait a little, then ask anew."
            )
    if 300 <= status < 400:
        return "redirected", (
            f"The deployment sends elsewhere ({status}), which is not followed: images go only to "
            "the address that you allowed. Enter the new address in Model Settings."
        )
    if 400 <= status < 500:
        return "refused", (
            f"The deployment refused the question ({status}).{detail} Check the protocol and its "
            "settings."
        )
    return "server-failed", (
        f"The deployment failed ({status}).{detail} Try again; if it stays so, look at its log."
    )
