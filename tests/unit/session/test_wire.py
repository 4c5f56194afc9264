"""Messages in and out."""

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Polygon, RotatedBox
from twoclick.domain.rings import pack_ring
from twoclick.domain.shape_json import shape_json
from twoclick.session import commands, events, mending_commands, rows, wire
from twoclick.session.wire import WireError, camel_case, event_message, parse_command

ABOUT = {"assetId": "a"}
DRAW = {"type": "draw", **ABOUT, "tagId": None}


def test_tags_and_names() -> None:
    assert wire.kebab_case("CommitAllAndNext") == "commit-all-and-next"
    assert camel_case("tag_thresholds") == "tagThresholds"
    assert set(wire.EVENTS) == {
        "project",
        "settings",
        "current",
        "asset",
        "predictions",
        "view",
        "changes",
        "assets-added",
        "work-list",
        "filed",
        "run-progress",
        "assist-wanted",
        "saving",
        "saved",
        "not-saved",
        "status",
    }
    assert len(wire.COMMANDS) == 39 + 2


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({}, "type: None is not a command"),
        ({"type": "explode"}, "type: 'explode' is not a command"),
        ({"type": ["commit"]}, "type"),
        ({"type": "go-to"}, "assetId: is missing"),
        ({"type": "go-to", "assetId": 3}, "assetId: expected text, found int"),
        ({"type": "go-to", "assetId": None}, "assetId: expected text, found null"),
        ({"type": "commit", **ABOUT, "painted": 3}, "painted: expected a list, found int"),
        ({"type": "commit", **ABOUT, "painted": [1, "2"]}, r"painted\[1\]: expected a whole"),
        ({"type": "commit", **ABOUT, "painted": [True]}, r"painted\[0\]: expected a whole"),
        ({"type": "commit", **ABOUT, "painted": [1.5]}, r"painted\[0\]: expected a whole"),
        ({"type": "step", "direction": "up"}, "direction: 'up' is not one of next, previous"),
        ({"type": "set-assist-on-open", "on": 1}, "on: expected true or false"),
        ({**DRAW, "shape": None}, "shape: expected an object, found null"),
        ({**DRAW, "shape": {"kind": "star"}}, "shape: kind: 'star' is not one of box"),
        ({**DRAW, "shape": {"kind": "box", "box": [1, 2]}}, "shape: box: expected 4 numbers"),
        ({**DRAW, "shape": {"kind": "box", "box": "1234"}}, "shape: box: expected a list"),
        ({**DRAW, "shape": {"kind": "rotated-box", "ring": [1] * 6}}, "ring: expected 8 numbers"),
        ({**DRAW, "shape": {"kind": "polygon", "rings": [[1]]}}, "rings: expected x and y"),
        ({**DRAW, "shape": {"kind": "polygon", "rings": [["1", 2]]}}, "rings: expected a list"),
        ({**DRAW, "shape": {"kind": "polygon", "rings": 3}}, "rings: expected a list"),
        ({"type": "add-predictor", "card": []}, "card: expected an object"),
        (
            {"type": "set-overlap", "predictorId": "m", "value": "0.5", "final": True},
            "value: expected a number, found str",
        ),
    ],
)
def test_what_is_wrong_is_named(message: dict[str, Any], said: str) -> None:
    with pytest.raises(WireError, match=said):
        parse_command(message)


def test_fields_inside_lists_are_named_in_full() -> None:
    spec = {"name": "P", "tags": [], "assets": [{"name": "a", "width": "wide"}]}
    with pytest.raises(WireError, match=r"assets\[0\]\.width: expected a whole number"):
        wire.parse_project(spec)


def test_each_image_comes_with_its_file() -> None:
    with pytest.raises(WireError, match="images: expected 1 files, found 0"):
        wire.parse_images([{"digest": "d", "type": "t", "bytes": 1}], [])


def test_predictions_come_with_nine_buffers() -> None:
    with pytest.raises(WireError, match="buffers: expected 9, found 1"):
        parse_command({"type": "record-predictions"}, [b""])


texts = st.text(max_size=5)
numbers = st.integers(0, 1 << 53)
fractions = st.floats(0, 1)
coordinates = st.floats(-1e6, 1e6)
rings = st.integers(0, 5).flatmap(
    lambda count: st.lists(coordinates, min_size=2 * count, max_size=2 * count).map(pack_ring)
)
shapes = st.one_of(
    st.builds(Box, *[coordinates] * 4),
    st.builds(
        lambda some: RotatedBox(ring=pack_ring(some)),
        st.lists(coordinates, min_size=8, max_size=8),
    ),
    st.builds(lambda some: Polygon(rings=tuple(some)), st.lists(rings, max_size=3)),
)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    "asset_id": texts,
    "predictor_id": texts,
    "tag_id": st.none() | texts,
    "candidates": st.lists(numbers, max_size=3).map(tuple),
    "painted": st.lists(numbers, max_size=3).map(tuple),
    "class_ids": st.lists(numbers, max_size=3).map(tuple),
    "tag_ids": st.lists(texts, max_size=3).map(tuple),
    "names": st.lists(texts, max_size=3).map(tuple),
    "files": st.just(()),  # what stands for their bytes comes beside the message
    "annotation_ids": st.lists(texts, max_size=3).map(tuple),
    "direction": st.sampled_from(["next", "previous"]),
    "kind": st.sampled_from(["all", "open", "label-state", "tag", "name"]),
    "mode": st.sampled_from(["toggle", "add", "remove", "only"]),
    "card": st.dictionaries(texts, st.lists(fractions, max_size=2), max_size=2),
    **dict.fromkeys(("shown", "final", "on"), st.booleans()),
    **dict.fromkeys(("value", "floor", "milliseconds"), fractions),
    **dict.fromkeys(("candidate", "class_id", "width", "height", "cap", "bytes"), numbers),
    **dict.fromkeys(("code", "reason", "name", "source", "digest", "note"), texts),
    **dict.fromkeys(("annotation_id", "color", "key", "keypoints"), st.none() | texts),
    **dict.fromkeys(("dx", "dy"), st.floats(-1e6, 1e6)),
    "shape": shapes,
}


def _values(kind: type, name: str) -> st.SearchStrategy[Any]:
    if kind is commands.AddPredictor and name == "kind":
        return st.sampled_from(["model", "deployment"])
    if kind is commands.OpenWorkList and name == "value":
        return st.none() | texts
    if kind in (mending_commands.ChangeShape, mending_commands.Nudge) and name == "candidate":
        return st.none() | numbers
    if (
        kind in (mending_commands.SetTag, mending_commands.ChangeTag, mending_commands.DeleteTag)
        and name == "tag_id"
    ):
        return texts
    if kind is mending_commands.ChangeTag and name == "color":
        return texts
    return VALUES[name]


plain_commands = st.sampled_from(
    [kind for kind in wire.COMMANDS.values() if kind is not commands.RecordPredictions]
).flatmap(
    lambda kind: st.builds(
        kind, **{field.name: _values(kind, field.name) for field in fields(kind)}
    )
)


@given(plain_commands)
def test_every_command_is_read_from_what_the_page_would_write(command: Any) -> None:
    message = {"type": wire.kebab_case(type(command).__name__)}
    for field in fields(command):
        value = getattr(command, field.name)
        message[camel_case(field.name)] = shape_json(value) if field.name == "shape" else value
    assert parse_command(json.loads(json.dumps(message))) == command


def test_buffers_are_copied_in_the_order_of_the_columns() -> None:
    message = {
        "type": "record-predictions",
        "assetId": "a",
        "predictorId": "m",
        "width": 1,
        "height": 1.0,
        "floor": 0,
        "cap": 300,
        "milliseconds": 1,
    }
    source = bytearray(b"boxes")
    names = ("scores", "classes", "pairs", "ious", "kinds", "rings", "points", "visibility")
    buffers = [memoryview(source), *(name.encode() for name in names)]
    command = parse_command(message, buffers)
    source[:] = b"other"
    assert isinstance(command, commands.RecordPredictions)
    assert command.columns.boxes == b"boxes"
    assert command.columns.pair_ious == b"ious"
    assert command.columns.points == b"points"
    assert command.columns.visibility == b"visibility"
    assert (command.height, command.floor) == (1, 0.0)


def test_events_are_json_beside_their_buffers() -> None:
    row = rows.AnnotationRow(
        id="x",
        tag_id="t",
        origin="hand",
        predictor_id=None,
        iteration=None,
        score=None,
        edited=False,
        index=0,
    )
    event = events.Asset(
        revision=3,
        asset_id="a",
        annotations=(row,),
        boxes=b"\0" * 32,
        kinds=b"",
        rings=b"",
        points=b"",
        visibility=b"",
    )
    message, buffers = event_message(event)
    assert message == {
        "event": "asset",
        "revision": 3,
        "assetId": "a",
        "annotations": [
            {
                "id": "x",
                "tagId": "t",
                "origin": "hand",
                "predictorId": None,
                "iteration": None,
                "score": None,
                "edited": False,
                "index": 0,
            }
        ],
    }
    assert buffers == [b"\0" * 32, b"", b"", b"", b""]
