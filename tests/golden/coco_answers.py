"""What supervision read in our COCO files, kept by make_golden.py."""

import json
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "coco" / "reference.json"


@cache
def reference() -> dict[str, Any]:
    """The classes and shapes of every file, with the digest of the file."""
    kept: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return kept
