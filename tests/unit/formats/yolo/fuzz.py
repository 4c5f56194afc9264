"""Broken data sets: what was written, with bytes and files of it changed, lost or put in.

    ../.venv/bin/python -m unit.formats.yolo.fuzz 20000

run in tests/ reads so many and prints what became of them.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from twoclick.domain.geometry import Box, Keypoints, Polygon, bounds, labelled_points
from twoclick.domain.rings import POINT_BYTES, pack_ring
from twoclick.formats.format import FormatError, Read, SourceFile, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledImage, LabelledShape
from twoclick.formats.yolo_detect import FORMAT as DETECT
from twoclick.formats.yolo_pose import FORMAT as POSE
from twoclick.formats.yolo_segment import FORMAT as SEGMENT
from unit.formats.yolo.data_sets import TAGS, data_set

_SIZE = 100
_RING = Polygon(rings=(pack_ring((1, 1, 90, 5, 50, 80)), pack_ring((40, 20, 50, 20, 45, 30))))
_POSE = Keypoints(
    box=Box(1, 2, 30, 40), points=pack_ring((3, 4, 50, 60, 0, 0)), visibility=bytes((2, 1, 0))
)
_SCRAPS = (
    *(b"nan inf -1 1e999 0x1 1_0 , ; # : - [ ] { } ' \" | > & * ! \\ \t \r \x00 \xff".split(b" ")),
    *(b"\n", b"\r\n", b" ", b"\xff\xfe", b"\xef\xbb\xbf", b"0 0.5 0.5 0.1 0.1\n", b"9" * 400),
    *(
        b"names:",
        b"nc: 99999999999",
        b"kpt_shape: [1, 3]",
        b"kpt_shape: [3, 2]\n",
        b"kpt_names:\n  0: [a, b, c]\n",
        b"0 0 0",
        b"0.5 0.5 2",
        b"[" * 200,
        b"- " * 200,
        b"{0: a}",
    ),
    *("٣ ½ é\u2028".encode(), "\u3000".encode() * 20, b" " * 5000, b"0 " * 3000, b"1 0 " * 400),
)
_PATHS = ("labels/a.txt", "classes.txt", "obj.names", "x.json", "data.yaml", "c/data.yml", "d.txt")


@dataclass(slots=True)
class Figures:
    """What became of the cases: `outcomes` by their kind, the longest in seconds."""

    outcomes: Counter[str] = field(default_factory=Counter)
    shapes: int = 0
    problems: int = 0
    longest: float = 0.0


def run(cases: int, *, seed: int) -> Figures:
    """Reads so many broken data sets.  Raises AssertionError for a result that breaks a promise of
    the reader; any other exception but FormatError is the reader's own failing."""
    chance = random.Random(seed)
    figures = Figures()
    for _ in range(cases):
        files = broken(chance)
        start = time.process_time()
        for file_format in (DETECT, SEGMENT, POSE):
            file_format.recognise(files)
        try:
            read = at_once(DETECT.read(files, images=_known()))
        except FormatError:
            figures.outcomes["refused"] += 1
        else:
            check(read)
            figures.outcomes["read with problems" if read.problems else "read"] += 1
            figures.shapes += sum(len(image.shapes) for image in read.images)
            figures.problems += read.problem_count
        figures.longest = max(figures.longest, time.process_time() - start)
    return figures


def check(read: Read) -> None:
    """Whether the result holds what it promises."""
    names = [image.name for image in read.images]
    assert len(set(names)) == len(names)
    tags = [tag.name for tag in read.tags]
    assert len(set(tags)) == len(tags)
    assert read.problem_count >= len(read.problems)
    for image in read.images:
        for one in image.shapes:
            assert one.tag in tags
            x0, y0, x1, y1 = bounds(one.shape)
            assert 0 <= x0 <= x1 <= _SIZE
            assert 0 <= y0 <= y1 <= _SIZE
            assert one.score is None or 0 <= one.score <= 1
            if isinstance(one.shape, Keypoints):
                assert len(one.shape.points) == POINT_BYTES * len(one.shape.visibility)
                assert all(
                    0 <= x <= _SIZE and 0 <= y <= _SIZE for x, y in labelled_points(one.shape)
                )


def broken(chance: random.Random) -> list[SourceFile]:
    """The files of a small data set, broken in one to six places."""
    file_format = chance.choice((DETECT, SEGMENT, POSE))
    files, _ = data_set(_images(), file_format)
    for _ in range(chance.randint(1, 6)):
        _break(files, chance)
    return files


def _images() -> list[LabelledImage]:
    shapes = (_POSE, Box(1, 2, 30, 40), Box(-5, 90, 200, 300), _RING)
    return [
        LabelledImage(
            name=f"{name}.jpg",
            width=_SIZE,
            height=_SIZE,
            shapes=tuple(
                LabelledShape(tag=TAGS[at], shape=shape) for at, shape in enumerate(shapes[:count])
            ),
            number=count,
        )
        for name, count in (("a", 4), ("b", 2), ("c", 0))
    ]


def _known() -> KnownImages:
    names: Sequence[str] = ("images/a.jpg", "images/b.jpg", "images/c.jpg", "d.png")
    return KnownImages(KnownImage(name=name, width=_SIZE, height=_SIZE) for name in names)


def _break(files: list[SourceFile], chance: random.Random) -> None:
    at = chance.randrange(len(files))
    path, content = files[at].path, files[at].content
    start, end = sorted(chance.randint(0, len(content)) for _ in range(2))
    match chance.randrange(9):
        case 0:
            content = content[:start]
        case 1:
            content = content[:start] + content[end:]
        case 2:
            content = content[:start] + content[start:end] * 3 + content[end:]
        case 3:
            content = content[:start] + chance.randbytes(chance.randint(1, 9)) + content[start:]
        case 4:
            content = chance.randbytes(chance.randint(0, 300))
        case 5:
            path = chance.choice(_PATHS)
        case 6:
            files.append(SourceFile(path=chance.choice(_PATHS), content=content))
        case _:
            content = content[:start] + chance.choice(_SCRAPS) + content[start:]
    files[at] = SourceFile(path=path, content=content)


def said(figures: Figures) -> str:
    """The figures in a line."""
    outcomes = ", ".join(f"{count:,} {what}" for what, count in figures.outcomes.most_common())
    return (
        f"{figures.outcomes.total():,} broken data sets: {outcomes}; {figures.shapes:,} shapes and "
        f"{figures.problems:,} problems; none failed, the longest took {figures.longest:.3f} s"
    )


def main() -> None:
    """Prints the figures of a long run."""
    print(said(run(int(sys.argv[1]), seed=1)))


if __name__ == "__main__":
    main()
