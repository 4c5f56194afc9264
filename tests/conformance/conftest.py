from pathlib import Path

import pytest

from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick_build.places import checkout_places


@pytest.fixture(scope="session")
def page_layout_file() -> Path:
    """The starter model as it is shipped."""
    return _shipped("page-layout.onnx")


@pytest.fixture(scope="session")
def text_regions_file() -> Path:
    """The starter model as it is shipped."""
    return _shipped("text-regions.onnx")


@pytest.fixture(scope="session")
def page_layout(page_layout_file: Path) -> NativePredictor:
    return NativePredictor(page_layout_file)


def _shipped(name: str) -> Path:
    path = checkout_places().dist / "starter-models" / name
    if not path.exists():
        pytest.fail(f"{path} is missing: make it with `python3 build.py build`")
    return path
