"""What the reference implementation reads in data sets of ours, kept by make_golden.py."""

import json
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "yolo" / "reference.json"


@cache
def reference() -> dict[str, Any]:
    """What was read in each data set, and what the reference itself writes."""
    kept: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return kept
