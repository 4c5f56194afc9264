"""Models of the two kinds of shape that no golden case has, as tiny files that always give one
answer: people with the points of COCO, and classes of the whole image.

Their tensor is 640 x 640: an image of 640 x 480 pixels lies in its middle, not scaled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from golden.family_models import answering, tensor_spec
from twoclick.models.keypoint_names import PERSON, PERSON_SKELETON

WIDTH, HEIGHT = 640, 480
_SIDE = 640
_ABOVE = (_SIDE - HEIGHT) // 2

Place = tuple[float, float]

STANDING: tuple[Place, ...] = (
    *((0.50, 0.10), (0.54, 0.08), (0.46, 0.08), (0.59, 0.10), (0.41, 0.10)),
    *((0.68, 0.24), (0.32, 0.24), (0.82, 0.36), (0.18, 0.36), (0.90, 0.50), (0.10, 0.50)),
    *((0.61, 0.54), (0.39, 0.54), (0.64, 0.74), (0.36, 0.74), (0.66, 0.94), (0.34, 0.94)),
)
"""The points of somebody who stands, as parts of the box's width and height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Somebody whom the model finds; `unsure` are the places of points that it does not see."""

    box: tuple[float, float, float, float]
    score: float = 0.9
    unsure: tuple[int, ...] = ()

    @property
    def points(self) -> list[Place]:
        """Where the points are on the image."""
        x0, y0, x1, y1 = self.box
        return [(x0 + x * (x1 - x0), y0 + y * (y1 - y0)) for x, y in STANDING]


def pose_file(path: Path, people: Sequence[Somebody]) -> Path:
    """A pose model that finds these people on every image."""
    answer = np.zeros((1, 300, 6 + 3 * len(PERSON)), dtype=np.float32)
    for row, one in enumerate(people):
        x0, y0, x1, y1 = one.box
        sure = [0.1 if at in one.unsure else 0.95 for at in range(len(PERSON))]
        points = [
            number
            for (x, y), certainty in zip(one.points, sure, strict=True)
            for number in (x, y + _ABOVE, certainty)
        ]
        answer[0, row] = (x0, y0 + _ABOVE, x1, y1 + _ABOVE, one.score, 0, *points)
    told = {"kpt_shape": f"[{len(PERSON)}, 3]", "end2end": "True"}
    return _written(path, answer, task="pose", names=["person"], **told)


def classes_file(path: Path, probabilities: dict[str, float]) -> Path:
    """A classification model that says this of every image."""
    answer = np.array([list(probabilities.values())], dtype=np.float32)
    return _written(path, answer, task="classify", names=list(probabilities))


def people_picture(path: Path, people: Sequence[Somebody], *, dark: bool = False) -> Path:
    """An image of these people."""
    ground, ink = ((24, 28, 34), (150, 140, 128)) if dark else ((238, 236, 230), (120, 104, 92))
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    draw = ImageDraw.Draw(image)
    for one in people:
        points = one.points
        thick = max(2, round((one.box[2] - one.box[0]) / 7))
        for start, end in PERSON_SKELETON[:12]:
            draw.line((points[start], points[end]), fill=ink, width=thick)
        x, y = points[0]
        draw.ellipse((x - thick, y - 1.4 * thick, x + thick, y + 1.2 * thick), fill=ink)
    image.save(path)
    return path


def _written(
    path: Path, answer: np.ndarray, *, task: str, names: Sequence[str], **told: str
) -> Path:
    metadata = {
        "task": task,
        "names": str(dict(enumerate(names))),
        "stride": "32",
        "imgsz": f"[{_SIDE}, {_SIDE}]",
        **told,
    }
    spec = tensor_spec("images", (1, 3, _SIDE, _SIDE))
    path.write_bytes(answering({"output0": answer}, inputs=[spec], metadata=metadata))
    return path
