"""Damages COCO files at random and reads them: whatever comes, it is a Read or a FormatError.

    ../.venv/bin/python -m unit.formats.coco.fuzzing 20000

run in tests/ does so many times and prints what came of it.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from twoclick.domain.outlines import pack_outlines, read_outlines
from twoclick.formats.coco import FORMAT as COCO
from twoclick.formats.coco_results import FORMAT as RESULTS
from twoclick.formats.format import Format, FormatError, Read, SourceFile, at_once
from twoclick.formats.image_names import KnownImage, KnownImages

KNOWN = KnownImages([KnownImage(name="a.jpg", width=100, height=80)])

_SQUARE = [10, 10, 30.5, 10, 30.5, 30, 10, 30]
_MASKS = (
    {"size": [80, 100], "counts": [810, 20, 60, 20, 7090]},
    {"size": [80, 100], "counts": "Z9d0l1d0bf6"},
)
_OUTLINES = ([], [_SQUARE], [_SQUARE, [n + 5 for n in _SQUARE]], *_MASKS)

_POINTS = ([12, 22, 2, 0, 0, 0], [12, 22, 1, 40, 50, 2], [0] * 6, [12, 22, 2], [12, 22, 0.3, 1, 1])

_ODD_VALUES = (
    None, True, "", "x", "1", "\ud800", -1, 0, 0.5, 1e308, -1e308, 2**63, 10**400, [], [[]], {},
    [None], float("nan"), float("inf"), [1, 2], "../../x", "a" * 2000, [[1, 2, 3, 4, 5, 6]],
    {"size": [1, 1], "counts": "0"}, {"size": [2**31, 2**31], "counts": [2**62]},
)  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What came of so many files: read without and with problems, refused; the slowest, in s."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def said(self) -> str:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.counts.items()))
        return f"{self.counts.total():,} files: {kinds}; the slowest took {self.slowest:.3f} s"


def fuzz(cases: int, *, seed: int) -> Outcome:
    """Reads so many damaged files.  What is no Read and no FormatError comes out as it is."""
    rng = random.Random(seed)
    outcome = Outcome()
    for _ in range(cases):
        form, files = _damaged(rng)
        start = time.process_time()
        try:
            form.recognise(files)
            read = at_once(form.read(files, images=KNOWN))
        except FormatError as error:
            kind = "refused"
            _check_text(str(error))
        else:
            kind = "with problems" if read.problems else "read"
            check(read)
        outcome.counts[kind] += 1
        outcome.slowest = max(outcome.slowest, time.process_time() - start)
    return outcome


def check(read: Read) -> None:
    """Whether all that was read can be stored and shown."""
    tags = {tag.name for tag in read.tags}
    for image in read.images:
        _check_text(image.name)
        shapes = [one.shape for one in image.shapes]
        if read_outlines(pack_outlines(shapes), count=len(shapes)) != tuple(shapes):
            raise AssertionError("a shape does not come back from its columns")
        if not tags.issuperset(one.tag for one in image.shapes):
            raise AssertionError("a shape has a tag that is not listed")
    for tag in read.tags:
        _check_text(tag.name)
    for problem in read.problems:
        _check_text(problem.text)


def _check_text(text: str) -> None:
    if not text or not text.encode("utf-8"):
        raise AssertionError("a text is empty")


def _damaged(rng: random.Random) -> tuple[Format, Sequence[SourceFile]]:
    form = rng.choice((COCO, RESULTS))
    files = [SourceFile(path="labels.json", content=_content(_annotations(rng), rng))]
    if form is RESULTS:
        results = [_result(rng) for _ in range(rng.randrange(4))]
        files.append(SourceFile(path="results.json", content=_content(results, rng)))
    at = rng.randrange(len(files))
    content = rng.choice(_DAMAGES)(files[at].content, rng)
    files[at] = SourceFile(path=files[at].path, content=content)
    return form, files


def _annotations(rng: random.Random) -> dict:
    data = {
        "images": [{"id": at, "file_name": f"{at}.jpg", "width": 100, "height": 80} for at in "ab"],
        "annotations": [
            {
                "id": at,
                "image_id": rng.choice("ab"),
                "category_id": rng.randrange(1, 3),
                "bbox": [10, 20, 30, 40],
                "segmentation": rng.choice(_OUTLINES),
                "iscrowd": 0,
                **rng.choice(({}, {"keypoints": rng.choice(_POINTS), "num_keypoints": 1})),
            }
            for at in range(rng.randrange(5))
        ],
        "categories": [
            {"id": 1, "name": "car", "keypoints": ["a", "b"], "skeleton": [[1, 2]]},
            {"id": 2, "name": "bus"},
        ],
    }
    keys = list(data)
    rng.shuffle(keys)
    return {key: data[key] for key in keys}


def _result(rng: random.Random) -> dict:
    result = {"image_id": rng.choice("ab"), "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}
    more = {"segmentation": rng.choice(_MASKS)}, {"keypoints": rng.choice(_POINTS)}, {}
    return {**result, **rng.choice(more)}


def _content(data: object, rng: random.Random) -> bytes:
    """The file of a document in which, half of the time, some values are odd."""
    if rng.random() < 0.5:
        for _ in range(rng.randrange(1, 4)):
            data = _with_odd_value(data, rng)
    return json.dumps(data, indent=rng.choice((None, 1))).encode()


def _with_odd_value(data: object, rng: random.Random) -> object:
    """The document with one value, however deep, put in place of another."""
    if rng.random() < 0.15 or not isinstance(data, dict | list) or not data:
        return rng.choice(_ODD_VALUES)
    key = rng.choice(list(data)) if isinstance(data, dict) else rng.randrange(len(data))
    changed = dict(data) if isinstance(data, dict) else list(data)
    changed[key] = _with_odd_value(data[key], rng)
    return changed


def _truncated(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content))] if content else content


def _with_other_bytes(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randrange(1, 6)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.choice((rng.randrange(256), *b'"[]{},:0-e'))
    return bytes(changed)


def _cut_and_joined(content: bytes, rng: random.Random) -> bytes:
    one, other = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return rng.choice((content[:one] + content[other:], content[:other] + content[one:]))


def _garbage(_: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(rng.randrange(200))


def _encoded(content: bytes, rng: random.Random) -> bytes:
    return content.decode("utf-8").encode(rng.choice(("utf-16", "utf-8-sig", "utf-32-be")))


def _left(content: bytes, _: random.Random) -> bytes:
    return content


Damage = Callable[[bytes, random.Random], bytes]
_DAMAGES: tuple[Damage, ...] = (
    _truncated, _with_other_bytes, _with_other_bytes, _cut_and_joined, _garbage, _encoded, _left,
    _left,
)  # fmt: skip


if __name__ == "__main__":
    print(fuzz(int(sys.argv[1]), seed=1).said())
