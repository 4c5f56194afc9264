"""Bodies of the Open Inference Protocol as tritonclient writes and reads them, kept by
make_golden.py."""

import json
from base64 import b64decode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

REFERENCE = Path(__file__).parent / "open_inference" / "reference.json"


@cache
def reference() -> dict[str, Any]:
    """`tensors` by their names, `questions` about them, and one `answer` as it is read."""
    kept: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return kept


def array(told: Mapping[str, Any]) -> NDArray[Any]:
    """A tensor of the reference."""
    kind = np.dtype(told["type"]).newbyteorder("<")
    return np.frombuffer(b64decode(told["data"]), dtype=kind).reshape(told["shape"])
