"""How much of a page the page-layout model finds, counted on drawn pages that are not shipped.

    ../.venv/bin/python -m conformance.page_layout.accuracy

run in tests/ after `python3 build.py build`, counts anew and writes its part of docs/accuracy.md.
Everything that could be tuned is a constant below and was fixed before the first count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from conformance.page_layout.golden_pages import fonts_folder
from conformance.page_layout.matching import match
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.kernels.boxes import pairwise_iou
from twoclick.models.predictions import Keep
from twoclick_build.places import checkout_places
from twoclick_build.sample_pages import DrawnPage, draw_page

SEEDS = range(3000, 3060)
KINDS = ("text", "title", "table", "figure")
"""What the count stands for; the other kinds are counted and listed apart."""
CONFIDENCE, OVERLAP, IOU = 0.5, 0.5, 0.5
KEEP = Keep(floor=CONFIDENCE, overlap=OVERLAP)

_NEXT_PART = "\n# How much text the text-regions model finds"

_INTRODUCTION = f"""\
# How much the page-layout model finds

Counted on {len(SEEDS)} drawn pages (seeds {SEEDS.start} to {SEEDS.stop - 1}), none of them a sample
page, with the starter model as it is shipped. A block counts as found when a suggestion of the same
class overlaps it by IoU {IOU} or more, one suggestion for one block, at confidence {CONFIDENCE} and
overlap {OVERLAP}. Real pages are more varied than drawn ones.

Counted anew by `tests/conformance/page_layout/accuracy.py`, which says how to run it; the test
beside it holds those of the first 20 pages to a floor.
"""


@dataclass(slots=True)
class Tally:
    """Blocks drawn, blocks found, suggestions shown, each by kind; and what was missed.

    Found: a suggestion of the same kind overlaps the block by IOU or more; one for each block.
    """

    blocks: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def share(self, *kinds: str) -> float:
        """Found of all blocks of these kinds, 0..1."""
        return sum(self.found[kind] for kind in kinds) / sum(self.blocks[kind] for kind in kinds)


def count(predictor: NativePredictor, seeds: Iterable[int]) -> Tally:
    """Draws each page, asks the model, and compares with what was drawn."""
    tally = Tally()
    for seed in seeds:
        _count_page(predictor, draw_page(seed=seed, fonts=fonts_folder()), tally)
    return tally


def _count_page(predictor: NativePredictor, page: DrawnPage, tally: Tally) -> None:
    raw = predictor.predict(np.asarray(page.image.convert("RGB")), keep=KEEP)
    boxes = raw.boxes
    labels = [predictor.card.class_names[index] for index in raw.classes]
    kinds = [str(kind) for kind, _ in page.truth]
    truth = np.array([box for _, box in page.truth], dtype=np.float64)
    found = {row for row, _, _ in match(truth, kinds, boxes, labels, minimum=IOU)}
    overlaps = pairwise_iou(truth, boxes)
    tally.shown.update(labels)
    tally.blocks.update(kinds)
    tally.found.update(kinds[row] for row in found)
    for row in set(range(len(kinds))) - found:
        near = [label for label, iou in zip(labels, overlaps[row], strict=True) if iou >= IOU]
        reason = f"taken for {near[0]}" if near else f"no suggestion overlaps it by {IOU}"
        tally.missed[kinds[row], reason] += 1


def as_markdown(tally: Tally) -> str:
    """The text of docs/accuracy.md."""
    others = [kind for kind in sorted(tally.blocks) if kind not in KINDS]
    rows = [_row(tally, kind) for kind in KINDS]
    together = (
        f"| **all four** | {sum(tally.blocks[kind] for kind in KINDS)} "
        f"| {sum(tally.found[kind] for kind in KINDS)} | **{tally.share(*KINDS):.1%}** "
        f"| {sum(tally.shown[kind] for kind in KINDS)} |"
    )
    missed = [
        f"- {kind}, {number} of {tally.blocks[kind]}: {reason}"
        for (kind, reason), number in sorted(tally.missed.items(), key=lambda item: -item[1])
    ]
    return "\n".join(
        [
            _INTRODUCTION,
            "| class | blocks | found | share | suggestions shown |",
            "|---|---|---|---|---|",
            *rows,
            together,
            *(_row(tally, kind) for kind in others),
            "",
            "What was missed:",
            "",
            *missed,
            "",
        ]
    )


def _row(tally: Tally, kind: str) -> str:
    return (
        f"| {kind} | {tally.blocks[kind]} | {tally.found[kind]} | {tally.share(kind):.1%} "
        f"| {tally.shown[kind]} |"
    )


def main() -> None:
    places = checkout_places()
    model = places.dist / "starter-models" / "page-layout.onnx"
    text = as_markdown(count(NativePredictor(model), SEEDS))
    file = places.root / "docs" / "accuracy.md"
    _, others, rest = file.read_text(encoding="utf-8").partition(_NEXT_PART)
    file.write_text(f"{text.rstrip()}\n{others}{rest}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
