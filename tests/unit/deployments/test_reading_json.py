"""The JSON of an answer: in any encoding that JSON has, and never deeper than can be read."""

import json

import pytest

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.reading import json_of, server_says
from unit.deployments.talking import answered

DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
def test_it_is_read_in_each_encoding_of_json(encoding: str) -> None:
    assert json_of(answered(json.dumps({"a": "é"}, ensure_ascii=False).encode(encoding))) == {
        "a": "é"
    }


def test_what_is_nested_too_deeply_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(DeploymentError, match="is no JSON: it is nested too deeply") as caught:
        json_of(answered(DEEP))
    assert caught.value.code == "not-json"
    assert len(server_says(answered(DEEP, status=500))) < 200


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DeploymentError, match="is no JSON"):
        json_of(answered(b'{"a": "\xff\xfe"}'))
