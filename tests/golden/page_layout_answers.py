"""What the reference implementation answered about page layouts, kept by make_golden.py."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "page_layout"
REFERENCE = FOLDER / "reference.json"
ANSWERED = "narrow.png"
"""The image whose raw outputs are in ANSWER."""
ANSWER = FOLDER / "answer.npz"
RESAMPLED = FOLDER / "resampled.npz"
"""A picture of noise, and what OpenCV makes of it at sizes named by width and height."""
CONFIDENCE, OVERLAP = 0.5, 0.5


@cache
def reference() -> dict[str, Any]:
    """The shapes on every image, and what they were found with."""
    kept: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return kept
