"""Whatever a server answers, a protocol reads it or says what is wrong: nothing else is raised."""

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from twoclick.deployments.catalog import PROTOCOLS, protocol_of
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocol import PictureProtocol
from twoclick.deployments.protocols import cvat, label_studio, roboflow, x_anylabeling
from twoclick.models.predictions import Keep
from unit.deployments.examples import (
    CVAT,
    LABEL_STUDIO,
    ROBOFLOW_BOXES,
    ROBOFLOW_CLASS,
    ROBOFLOW_CLASSES,
    ROBOFLOW_KEYPOINTS,
    ROBOFLOW_MAP,
    ROBOFLOW_POLYGONS,
    X_ANYLABELING,
)
from unit.deployments.talking import PICTURE, answered, deployment, refusal_of, talk

ANSWERS: list[tuple[PictureProtocol, Any]] = [
    (roboflow.PROTOCOL, ROBOFLOW_BOXES),
    (roboflow.PROTOCOL, ROBOFLOW_POLYGONS),
    (roboflow.PROTOCOL, ROBOFLOW_KEYPOINTS),
    (roboflow.PROTOCOL, ROBOFLOW_CLASS),
    (roboflow.PROTOCOL, ROBOFLOW_CLASSES),
    (roboflow.PROTOCOL, ROBOFLOW_MAP),
    (cvat.PROTOCOL, CVAT),
    (label_studio.PROTOCOL, LABEL_STUDIO),
    (x_anylabeling.PROTOCOL, X_ANYLABELING),
]

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.sampled_from((0, 1, -1, 2**31, 2**63, 10**400)),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(("rectangle", "polygon", "mask", "point", "r1", "bbox-0", "choices", "0.5")),
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(("x", "points", "label", "score", "0")), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a value."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))]


def put(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy with another value at a path."""
    if not path:
        return value
    changed = copy.deepcopy(whole)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


def open_mask(content: bytes) -> NDArray[np.uint8]:
    if content not in (b"mask", b"sure"):
        raise ValueError("no PNG")
    return (np.arange(48 * 64).reshape(48, 64) // 1024).astype(np.uint8)


@pytest.mark.parametrize(("protocol", "answer"), ANSWERS)
@given(data=st.data())
def test_a_changed_answer_is_read_or_refused(
    protocol: PictureProtocol, answer: Any, data: st.DataObject
) -> None:
    changed = answer
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(places(changed)))
        changed = put(changed, path, data.draw(values))
    one = deployment(
        protocol.name, "https://models.test/p/1", settings={"model": "p/1"}, classes=("a",)
    )

    def ask() -> None:
        found, _ = talk(protocol.predict(one, PICTURE, open_mask=open_mask), [answered(changed)])
        predictions_of(found, PICTURE, width=640, height=480, keep=Keep(floor=0.05, overlap=0.9))

    error = refusal_of(ask)
    assert error is None or str(error).encode()


@given(value=values, status=st.sampled_from((200, 401, 404, 500)))
def test_nothing_that_a_server_answers_breaks_a_probe(value: Any, status: int) -> None:
    for protocol in PROTOCOLS:
        one = deployment(protocol.name, "http://models.test/p/1", settings={"model": "m"})
        for ask in (protocol.probe, protocol.health):
            talk(ask(one), lambda _: answered(value, status=status))


def test_every_protocol_is_found_by_its_name() -> None:
    assert len({protocol.name for protocol in PROTOCOLS}) == len(PROTOCOLS)
    for protocol in PROTOCOLS:
        assert protocol_of(deployment(protocol.name)) is protocol
        assert protocol.title
        assert all(field.default in field.choices for field in protocol.fields if field.choices)


def test_an_unknown_protocol_is_named() -> None:
    with pytest.raises(DeploymentError, match="Choose one of: datature, ") as caught:
        protocol_of(deployment("soap"))
    assert caught.value.code == "bad-settings"
