"""A plan means the same to the page's image thread, in JavaScript, as to CPython."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from twoclick.models.input_tensor import input_tensor
from twoclick.models.placings import Size, at_top_left, cropped, letterboxed, stretched
from twoclick.models.plan import Layout, Plan

EXECUTE = Path(__file__).with_name("execute_plan.mjs")

TENSOR = Size(width=61, height=80)
PLAN = Plan(
    input_name="image",
    width=TENSOR.width,
    height=TENSOR.height,
    placing=stretched(TENSOR),
    mean=(0.485, 0.456, 0.406),
    std=(0.229, 0.224, 0.225),
)
SIZES = [Size(width=w, height=h) for w, h in [(124, 176), (40, 30), (61, 80), (300, 1), (1, 1)]]
PLACES = (letterboxed, at_top_left, cropped)


def noise(size: Size) -> NDArray[np.uint8]:
    shape = (size.height, size.width, 3)
    return np.random.default_rng(size.width).integers(0, 256, shape, dtype=np.uint8)


def cases() -> Iterator[tuple[str, Plan, NDArray[np.uint8]]]:
    """Name, plan and image of each."""
    for size in SIZES:
        image, name = noise(size), f"{size.width} x {size.height}"
        for channels in ("RGB", "BGR", "grey"):
            yield f"{name} {channels}", replace(PLAN, channels=channels), image
        for place in PLACES:
            for filtered in ("bilinear", "antialias"):
                plan = replace(PLAN, placing=place(size, TENSOR), filter=filtered)
                yield f"{name} {place.__name__} {filtered}", plan, image
    yield from cases_of_numbers()


def cases_of_numbers() -> Iterator[tuple[str, Plan, NDArray[np.uint8]]]:
    size = Size(width=40, height=30)
    for dtype in ("float32", "float16", "uint8"):
        for layout in get_args(Layout):
            plan = replace(PLAN, placing=letterboxed(size, TENSOR), dtype=dtype, layout=layout)
            yield f"{dtype} {layout}", plan, noise(size)
            raw = replace(plan, scale=1.0, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))
            yield f"{dtype} {layout} from 0 to 255", raw, noise(size)
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    whole = stretched(Size(width=16, height=16))
    for scale in (1e-9, 1e-6, 3e-5, 1.0, 257.7, 1e4):
        plan = replace(PLAN, width=16, height=16, placing=whole, scale=scale, dtype="float16")
        yield f"16 bits times {scale}", plan, levels


CASES = {name: (plan, image) for name, plan, image in cases()}


@pytest.fixture(scope="module")
def by_javascript(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tensor of every case, all made by one process."""
    folder = tmp_path_factory.mktemp("plans")
    for place, (plan, pixels) in enumerate(CASES.values()):
        height, width = pixels.shape[:2]
        described: dict[str, Any] = {"plan": plan.to_json(), "width": width, "height": height}
        (folder / f"{place}.json").write_text(json.dumps(described), encoding="utf-8")
        rgba = np.dstack((pixels, np.full(pixels.shape[:2], 255, dtype=np.uint8)))
        (folder / f"{place}.rgba").write_bytes(rgba.tobytes())
    node = os.environ.get("TWOCLICK_NODE", "node")
    subprocess.run([node, str(EXECUTE), str(folder)], check=True)
    return {name: (folder / f"{place}.tensor").read_bytes() for place, name in enumerate(CASES)}


@pytest.mark.parametrize("name", CASES)
def test_both_make_the_same_tensor(name, by_javascript):
    plan, image = CASES[name]
    with np.errstate(over="ignore"):
        ours = input_tensor(plan, image)
    theirs = np.frombuffer(by_javascript[name], dtype=plan.dtype)
    np.testing.assert_array_equal(theirs.reshape(ours.shape), ours)
