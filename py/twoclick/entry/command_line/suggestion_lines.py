"""Suggestions as `predict` prints them, whoever made them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from twoclick.models.keypoint_rows import LEAST_CERTAINTY
from twoclick.models.outlines import KEYPOINTS, ROTATED_BOX, WHOLE_IMAGE, Outlines
from twoclick.models.predictions import RawPredictions


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What was found on an image; `class_names` by the classes of `raw`."""

    raw: RawPredictions
    class_names: Sequence[str]


class Suggesting(Protocol):
    """Whatever can be asked: a model file, or a deployment."""

    def suggest(self, image: NDArray[np.uint8], *, name: str) -> Suggested:
        """Suggestions on an oriented RGB image (height, width, 3), which people know as `name`.

        Raises ModelError, DeploymentError or ImageError.
        """
        ...


def suggestions_on(image: NDArray[np.uint8], path: Path, suggested: Suggested) -> dict[str, Any]:
    """One image's suggestions, in pixels of the oriented image.

    `bbox` is x, y, width, height; shapes that are no plain boxes have `segments`, a list of rings
    x, y in turn, and rotated boxes an `angle`: that of their width, in degrees clockwise.  Objects
    with points have `keypoints`, [x, y, certainty] each, in the order of the model's card, and no
    segments; of a whole image there are none in it.
    """
    raw = suggested.raw
    suggestions = []
    for index in range(len(raw)):
        left, top, right, bottom = raw.boxes[index].tolist()
        class_id = int(raw.classes[index])
        suggestions.append(
            {
                "label": suggested.class_names[class_id],
                "class_id": class_id,
                "score": float(raw.scores[index]),
                "bbox": [left, top, right - left, bottom - top],
                **_outline(raw.outlines, index),
            }
        )
    height, width = image.shape[:2]
    return {"image": str(path), "width": width, "height": height, "suggestions": suggestions}


def print_suggestions(answer: dict[str, Any]) -> None:
    """For people."""
    found = answer["suggestions"]
    count = "1 suggestion" if len(found) == 1 else f"{len(found)} suggestions"
    print(f"{answer['image']} ({answer['width']} x {answer['height']}): {count}")
    for suggestion in found:
        box = " ".join(f"{number:.1f}" for number in suggestion["bbox"])
        print(f"  {suggestion['score']:.3f}  {suggestion['label']}  {box}{_kind_text(suggestion)}")


def _outline(outlines: Outlines, place: int) -> dict[str, Any]:
    kind, rings = outlines.kind_of(place), outlines.rings_of(place)
    if kind == WHOLE_IMAGE:
        return {"segments": []}
    if not rings:
        return {}
    if kind == KEYPOINTS:
        certainties = outlines.certainties_of(place)
        return {"keypoints": np.column_stack((rings[0], certainties)).tolist()}
    segments = [ring.reshape(-1).tolist() for ring in rings]
    if kind != ROTATED_BOX:
        return {"segments": segments}
    right, down = (rings[0][1] - rings[0][0]).tolist()
    return {"segments": segments, "angle": math.degrees(math.atan2(down, right))}


def _kind_text(suggestion: dict[str, Any]) -> str:
    """How the shape differs from its bounding box, for people."""
    if "angle" in suggestion:
        return f"  turned by {suggestion['angle']:.1f} degrees"
    if "keypoints" in suggestion:
        seen = sum(certainty >= LEAST_CERTAINTY for *_, certainty in suggestion["keypoints"])
        return f"  {seen} of {len(suggestion['keypoints'])} points seen"
    if suggestion.get("segments") == []:
        return "  the whole image"
    if "segments" in suggestion:
        return f"  polygon of {sum(map(len, suggestion['segments'])) // 2} points"
    return ""
