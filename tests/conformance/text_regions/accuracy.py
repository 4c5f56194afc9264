"""How much text the text-regions model finds, counted on drawn walls that are not shipped.

    ../.venv/bin/python -m conformance.text_regions.accuracy

run in tests/ after `python3 build.py build`, counts anew and writes its part of docs/accuracy.md.
Everything that could be tuned is a constant below and was fixed before the first count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from conformance.text_regions.golden_images import fonts_folder
from conformance.text_regions.test_against_reference import BOX_IOU, POLYGON_IOU, SCORE
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.kernels.polygon_overlap import polygon_areas, shared_areas
from twoclick.models.outlines import POLYGON
from twoclick.models.predictions import Keep
from twoclick_build.places import checkout_places
from twoclick_build.sample_signs import DrawnWall, draw_wall
from unit.kernels.polygons import edges_of

SEEDS = range(5000, 5040)
CONFIDENCE, OVERLAP, COVERED, IOU = 0.5, 0.5, 0.7, 0.5
KEEP = Keep(floor=CONFIDENCE, overlap=OVERLAP)
TITLE = "# How much text the text-regions model finds"

_INTRODUCTION = f"""\
{TITLE}

Counted on {len(SEEDS)} drawn walls (seeds {SEEDS.start} to {SEEDS.stop - 1}), none of them of the
sample "Signs", with the starter model as it is shipped, at confidence {CONFIDENCE}. The model often
tells the words of a line apart, so a line counts as found when suggestions together cover
{COVERED:.0%} of the ring around its ink; "in one" are lines that a single suggestion overlaps by
IoU {IOU} or more. Photographs are harder than drawn walls.

Counted anew by `tests/conformance/text_regions/accuracy.py`, which says how to run it; the test
beside it holds those of the first 14 walls to a floor. Another test compares with
`rapidocr-onnxruntime` 1.4.4 on 16 more walls: every rotated box has its own box there with IoU
{BOX_IOU} or more and a score within {SCORE}, every polygon its own outline by OpenCV and pyclipper
with IoU {POLYGON_IOU} or more.
"""


@dataclass(slots=True)
class Tally:
    """Lines drawn, found and found in one, by their kind ("straight", "curved"); suggestions shown
    by the kind of their shape, and those that are on no text."""

    lines: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    in_one: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    stray: int = 0

    def share(self, *kinds: str) -> float:
        """Found of all lines of these kinds, 0..1."""
        return sum(self.found[kind] for kind in kinds) / sum(self.lines[kind] for kind in kinds)


def count(predictor: NativePredictor, seeds: Iterable[int]) -> Tally:
    """Draws each wall, asks the model, and compares with what was drawn."""
    tally = Tally()
    for seed in seeds:
        _count_wall(predictor, draw_wall(seed=seed, fonts=fonts_folder()), tally)
    return tally


def _count_wall(predictor: NativePredictor, wall: DrawnWall, tally: Tally) -> None:
    raw = predictor.predict(np.asarray(wall.image), keep=KEEP)
    shapes = []
    for place in range(len(raw)):
        bent = raw.outlines.kind_of(int(place)) == POLYGON
        tally.shown["polygon" if bent else "rotated box"] += 1
        shapes.append(edges_of(*raw.outlines.rings_of(int(place))))
    lines = [edges_of(np.array(ring)) for _, ring in wall.truth]
    shared = np.array([[_shared(line, shape) for shape in shapes] for line in lines])
    line_areas = polygon_areas(lines)
    shape_areas = polygon_areas(shapes)
    ious = shared / (line_areas[:, None] + shape_areas - shared)
    for place, (_, ring) in enumerate(wall.truth):
        kind = "straight" if len(ring) == 4 else "curved"
        tally.lines[kind] += 1
        tally.found[kind] += bool(shared[place].sum() >= COVERED * line_areas[place])
        tally.in_one[kind] += bool(ious[place].max() >= IOU)
    tally.stray += int((shared.sum(axis=0) < 0.2 * shape_areas).sum())


def _shared(line: np.ndarray, shape: np.ndarray) -> float:
    return float(shared_areas(line[None], shape[None])[0])


def as_markdown(tally: Tally) -> str:
    """The part of docs/accuracy.md that is about text."""
    rows = [
        f"| {kind} | {tally.lines[kind]} | {tally.found[kind]} | {tally.share(kind):.1%} "
        f"| {tally.in_one[kind]} |"
        for kind in ("straight", "curved")
    ]
    shown = ", ".join(f"{number} as {kind}" for kind, number in sorted(tally.shown.items()))
    return "\n".join(
        (
            _INTRODUCTION,
            "| lines of text | drawn | found | share | in one |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"Suggestions shown: {shown}; {tally.stray} of them on no text.",
            "",
        )
    )


def main() -> None:
    """Counts, and writes the part of docs/accuracy.md."""
    places = checkout_places()
    predictor = NativePredictor(places.dist / "starter-models" / "text-regions.onnx")
    text = as_markdown(count(predictor, SEEDS))
    file = places.root / "docs" / "accuracy.md"
    before = file.read_text(encoding="utf-8").partition(TITLE)[0].rstrip()
    file.write_text(f"{before}\n\n{text}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
