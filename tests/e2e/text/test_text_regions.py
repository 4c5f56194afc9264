"""Text regions, the second starter model, on its sample: the shapes that it has natively."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.sample import (
    ANSWERS_WITHIN,
    Found,
    agree,
    annotations,
    button,
    leave,
    listed,
    opened,
    painted,
)
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import read_image
from twoclick.models.predictions import Keep


def found_natively(dist: Path, name: str) -> list[Found]:
    predictor = NativePredictor(dist / "starter-models" / "text-regions.onnx")
    data = (dist / "samples" / "signs" / f"{name}.jpg").read_bytes()
    keep = Keep(floor=0.5, overlap=predictor.card.default_overlap)
    raw = predictor.predict(read_image(data, name=name), keep=keep)
    assert {1, 2} <= set(raw.outlines.kinds.tolist()), "no example of both kinds of shape"
    return [
        Found(tag="Text", score=float(raw.scores[place]), box=tuple(raw.boxes[place].tolist()))
        for place in range(len(raw))
    ]


@pytest.fixture
def signs(booted_page: Page) -> Iterator[Page]:
    button(booted_page, "Open sample: Signs").click()
    expect(button(booted_page, "Model Assist")).to_be_visible(timeout=ANSWERS_WITHIN)
    yield opened(booted_page, "sign-01")
    leave(booted_page)


def test_the_sample_shows_what_the_model_finds_and_takes_it(signs: Page, dist: Path) -> None:
    signs.keyboard.press("m")
    count = painted(signs)
    expected = found_natively(dist, "sign-01")
    assert agree(listed(signs), expected)
    assert count == len(expected)
    button(signs, "Commit All").click()
    expect(annotations(signs)).to_have_count(count)
