"""Deployments as people set them up and projects keep them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.deployments.deployment import Deployment, Sending, checked_address
from twoclick.deployments.errors import DeploymentError

STORED = Deployment(
    address="https://models.test/v1",
    protocol="custom",
    settings={"path": "$.boxes"},
    classes=("cat", "dog"),
    sending=Sending(media_type="image/png", quality=80, longest=1024),
    timeout=12.5,
).to_json()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://models.test/v1", "https://models.test/v1"),
        ("  http://models.test ", "http://models.test"),
        ("models.test/v1", "https://models.test/v1"),
        ("localhost:9001", "http://localhost:9001"),
        ("127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("gpu-box:8000", "http://gpu-box:8000"),
        ("gpu-box.local", "http://gpu-box.local"),
        ("host.docker.internal:32768", "http://host.docker.internal:32768"),
        ("local.models.test", "https://local.models.test"),
        ("models.test/v1?model=yolo", "https://models.test/v1?model=yolo"),
    ],
)
def test_an_address_is_made_whole(typed: str, address: str) -> None:
    assert checked_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "https://",
        "http:///path",
        "ftp://models.test",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://models.test:port/",
        "https://models.test:99999/",
        "https://[::1/",
        "https://models test/",
        "https://models.test\\@elsewhere.test/",
        "https://models.test/a\nb",
        "https://mod\u200bels.test/",
        "//models.test/v1",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(DeploymentError, match="no address of a deployment") as caught:
        checked_address(typed)
    assert caught.value.code == "bad-address"


@pytest.mark.parametrize(
    "typed",
    [
        "https://me:s3cret@models.test/v1",
        "me:s3cret@models.test",
        "https://s3cret@models.test",
        "https://me:a/s3cret@models.test",
        "https://detect.roboflow.com/bccd/3?api_key=s3cret",
        "detect.roboflow.com/bccd/3?format=json&API_KEY=s3cret",
        "https://models.test/v1?token=s3cret&x=1",
        "https://models.test/v1?key=",
    ],
)
def test_a_credential_is_not_part_of_an_address_and_is_not_shown(typed: str) -> None:
    with pytest.raises(DeploymentError, match="in its own field") as caught:
        checked_address(typed)
    assert "s3cret" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for typed in (text, f"https://{text}", f"https://models.test/{text}"):
        try:
            address = checked_address(typed)
        except DeploymentError:
            continue
        assert address.lower().startswith(("http://", "https://"))
        assert checked_address(address) == address


def test_the_base_has_no_query_and_no_slash() -> None:
    for address in ("https://a.test/v1/", "https://a.test/v1/?x=1", "https://a.test/v1#here"):
        assert Deployment(address=address, protocol="custom").base == "https://a.test/v1"


def test_settings_have_no_white_space_around_them() -> None:
    one = Deployment(address="https://a.test", protocol="x", settings={"a": " b ", "c": "  "})
    assert (one.setting("a"), one.setting("c", "d"), one.setting("e")) == ("b", "d", "")


@given(
    quality=st.integers(1, 100),
    longest=st.none() | st.integers(16, 65536),
    timeout=st.floats(1, 600),
    settings=st.dictionaries(st.text(), st.text(), max_size=3),
    classes=st.lists(st.text(), max_size=3).map(tuple),
)
def test_what_is_stored_is_read_back(
    quality: int,
    longest: int | None,
    timeout: float,
    settings: dict[str, str],
    classes: tuple[str, ...],
) -> None:
    one = Deployment(
        address="https://models.test/v1",
        protocol="roboflow",
        settings=settings,
        classes=classes,
        sending=Sending(quality=quality, longest=longest),
        timeout=timeout,
    )
    assert Deployment.from_json(json.loads(json.dumps(one.to_json()))) == one


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"quality": 1000}, {"quality": 100}),
        ({"quality": 0}, {"quality": 1}),
        ({"quality": 10**400}, {"quality": 100}),
        ({"longest": 1}, {"longest": 16}),
        ({"timeout": 0}, {"timeout": 1.0}),
        ({"timeout": float("inf")}, {"timeout": 600.0}),
    ],
)
def test_numbers_are_kept_within_what_works(
    change: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert Deployment.from_json({**STORED, **change}).to_json() == {**STORED, **expected}


@pytest.mark.parametrize("key", sorted(STORED))
@pytest.mark.parametrize(
    "value", [True, 7, 1.5, float("nan"), [], [1], {}, {"a": 1}, "", "x", b"x"], ids=repr
)
def test_other_values_are_refused_or_leave_a_deployment(key: str, value: Any) -> None:
    try:
        one = Deployment.from_json({**STORED, key: value})
    except (KeyError, TypeError, ValueError, DeploymentError):
        return
    assert Deployment.from_json(json.loads(json.dumps(one.to_json(), allow_nan=False))) == one


@pytest.mark.parametrize("key", sorted(STORED))
def test_nothing_may_be_missing(key: str) -> None:
    rest = {name: value for name, value in STORED.items() if name != key}
    with pytest.raises(KeyError):
        Deployment.from_json(rest)


@pytest.mark.parametrize(
    "change",
    [
        {"timeout": float("nan")},
        {"quality": "90"},
        {"quality": True},
        {"address": None},
        {"classes": "cat"},
        {"settings": [["a", "b"]]},
        {"settings": {"a": 1}},
        {"mediaType": "image/gif"},
    ],
)
def test_what_is_not_what_was_stored_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Deployment.from_json({**STORED, **change})


def test_a_deployment_can_be_changed() -> None:
    one = Deployment.from_json(STORED)
    assert replace(one, timeout=5.0).to_json() == {**STORED, "timeout": 5.0}
