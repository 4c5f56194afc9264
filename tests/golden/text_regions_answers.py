"""What the reference implementation answered about regions of text, kept by make_golden.py."""

import json
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "text_regions" / "reference.json"


@cache
def reference() -> dict[str, Any]:
    """The boxes and polygons on every image, and what they were found with."""
    kept: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return kept
