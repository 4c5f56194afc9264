"""The data sets that the reference reads: written by Twoclick from images made up here."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from twoclick.domain.geometry import Box, Keypoints, Polygon, RotatedBox, Shape
from twoclick.domain.rings import pack_ring
from twoclick.formats.format import Format, Piece, Target
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.yolo_detect import FORMAT as DETECT
from twoclick.formats.yolo_pose import FORMAT as POSE
from twoclick.formats.yolo_segment import FORMAT as SEGMENT

NAMES = ("left ear", "right ear", "nose")
TAGS = ("person", "no", "traffic light: red", 'a "quoted" #1', "größer", "n01440764", "1.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """A data set as it was written: `images` by the paths where their files belong."""

    name: str
    format: Format
    pieces: tuple[Piece, ...]
    images: dict[str, LabelledImage]

    @property
    def digest(self) -> str:
        """SHA-256 of all files that were written, with their names."""
        hashed = hashlib.sha256()
        for piece in sorted(self.pieces, key=lambda piece: piece.path):
            hashed.update(f"{piece.path} {len(piece.content)}\n".encode() + piece.content)
        return hashed.hexdigest()

    def save(self, folder: Path) -> None:
        """Puts the files into a folder, and black images beside them."""
        for piece in self.pieces:
            path = folder / piece.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(piece.content)
        for name, image in self.images.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            kind = "JPEG" if path.suffix.casefold() in {".jpg", ".jpeg"} else None
            Image.new("L", (image.width or 0, image.height or 0)).save(path, format=kind)


def data_sets() -> Iterator[DataSet]:
    """Boxes, polygons and poses, each divided into parts and not."""
    for file_format in (DETECT, SEGMENT, POSE):
        for splits in (("train", "val", "test"), ()):
            name = f"{file_format.name}-{'divided' if splits else 'whole'}"
            yield _written(name, file_format, splits)


def _written(name: str, file_format: Format, splits: Sequence[str]) -> DataSet:
    points = {tag: NAMES for tag in TAGS[:2] if file_format is POSE}
    tags = tuple(FileTag(name=tag, keypoints=points.get(tag, ())) for tag in TAGS)
    target = Target(name=name, tags=tags, splits=splits)
    writer = file_format.writer(target)
    images = [*_images(), *(_posed() if file_format is POSE else ())]
    return DataSet(
        name=name,
        format=file_format,
        pieces=(*writer.add(images), *writer.finish()),
        images={writer.image_path(image): image for image in images},
    )


def _images() -> Iterator[LabelledImage]:
    for at, (name, size, shapes) in enumerate(_ON_IMAGES):
        yield LabelledImage(
            name=name,
            width=size[0],
            height=size[1],
            shapes=tuple(
                LabelledShape(tag=TAGS[(at + place) % len(TAGS)], shape=shape, score=0.5)
                for place, shape in enumerate(shapes)
            ),
            number=at + 1,
            split=("train", "val", "test")[at % 3],
        )


def _posed() -> Iterator[LabelledImage]:
    """Images with keypoints, all, some or none of them there, some at the edges."""
    for at, visibilities in enumerate(((2, 2, 2), (2, 1, 0), (0, 0, 0), (1, 1, 1))):
        shapes = [
            Keypoints(
                box=Box(10.25 + 100 * place, 20.5, 100.0 + 100 * place, 300.125),
                points=pack_ring((0, 0, 640, 480, 33.333 + place, 77.777)),
                visibility=bytes(visibilities),
            )
            for place in range(3)
        ]
        yield LabelledImage(
            name=f"pose {at}.png",
            width=640,
            height=480,
            shapes=tuple(LabelledShape(tag=TAGS[at % 2], shape=shape) for shape in shapes),
            number=100 + at,
            split=("train", "val", "test")[at % 3],
        )


def _ring(x: float, y: float, radius: float, points: int) -> bytes:
    """A wavy ring around a point."""
    numbers = []
    for at in range(points):
        angle = 2 * math.pi * at / points
        out = radius * (1 + 0.2 * math.cos(5 * angle))
        numbers += [x + out * math.cos(angle), y + out * math.sin(angle)]
    return pack_ring(numbers)


def _turned(x: float, y: float, width: float, height: float, degrees: float) -> RotatedBox:
    across, down = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = []
    for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        a, b = u * width / 2, v * height / 2
        corners += [x + a * across - b * down, y + a * down + b * across]
    return RotatedBox(ring=pack_ring(corners))


_WITH_HOLE = Polygon(rings=(_ring(300, 240, 150, 40), _ring(280, 230, 40, 12)))
_TWO_HOLES = Polygon(
    rings=(_ring(300, 240, 200, 60), _ring(230, 230, 30, 12), _ring(380, 250, 35, 16))
)
_IN_PARTS = Polygon(
    rings=(_ring(100, 100, 60, 20), _ring(500, 120, 50, 16), _ring(320, 400, 55, 24))
)
_PARTS_WITH_HOLES = Polygon(
    rings=(
        _ring(150, 240, 110, 40),
        _ring(150, 240, 30, 12),
        _ring(480, 240, 110, 40),
        _ring(480, 240, 40, 14),
    )
)
_SIMPLE: tuple[Shape, ...] = (
    Box(10.25, 20.5, 200.125, 300.0),
    _turned(400, 200, 220, 60, 30),
    Polygon(rings=(_ring(320, 240, 120, 30),)),
)
_ON_IMAGES: tuple[tuple[str, tuple[int, int], tuple[Shape, ...]], ...] = (
    ("plain.jpg", (640, 480), _SIMPLE),
    ("empty.jpg", (640, 480), ()),
    ("holes.png", (640, 480), (_WITH_HOLE,)),
    ("more holes.png", (640, 480), (_TWO_HOLES, Box(5, 5, 50, 60))),
    ("parts.png", (640, 480), (_IN_PARTS, *_SIMPLE)),
    ("parts with holes.png", (640, 480), (_PARTS_WITH_HOLES,)),
    ("left/same.jpg", (320, 240), (Box(0, 0, 320, 240),)),
    ("right/same.jpg", (240, 320), (Box(1, 1, 2, 2),)),
    ("same.jpg", (100, 100), (Box(0, 0, 50, 50),)),
    ("same.png", (100, 100), (Box(50, 50, 100, 100),)),
    ("Same.JPG", (100, 100), (Box(25, 25, 75, 75),)),
    ("images/labels/images/deep.jpg", (64, 64), (Box(8, 8, 16, 16),)),
    (".hidden/.dots.v1.2.jpg", (64, 64), (Box(8, 8, 16, 16),)),
    ('what? <a> "b" | c:*.png', (64, 64), (Box(8, 8, 16, 16),)),
    ("[ab]*{1}.png", (64, 64), (Box(8, 8, 16, 16),)),
    ("日本語 ÄÖÜ.png", (64, 64), (Box(8, 8, 16, 16),)),
    ("CON.png", (64, 64), (Box(8, 8, 16, 16),)),
    ("no ending", (64, 64), (Box(8, 8, 16, 16),)),
    ("scan.tif, page 1", (64, 64), (Box(8, 8, 16, 16),)),
    ("scan.tif, page 2", (64, 64), (Box(9, 9, 16, 16),)),
    ("line\nend.png", (64, 64), (Box(8, 8, 16, 16),)),
    ("outside.png", (64, 48), (Box(-10, -10, 20, 20), Box(50, 40, 90, 90), Box(70, 1, 80, 9))),
    ("turned over the edge.png", (64, 48), (_turned(60, 40, 40, 20, 45),)),
    ("twice.png", (64, 64), (Box(8, 8, 16, 16),) * 7 + (Box(8, 8, 16, 16),)),
    ("thin.png", (3000, 20), (Box(0, 3.3, 3000, 3.4), Box(17.1, 0, 17.2, 20))),
    ("tall.png", (11, 4000), (Box(0.5, 3999, 11, 4000),)),
    (
        "ten megapixels.jpg",
        (3840, 2748),
        (
            Box(0, 0, 3840, 2748),
            Box(3839.99, 2747.99, 3840, 2748),
            Box(1234.567, 1000.001, 1234.6, 1000.1),
            Polygon(rings=(_ring(1900, 1300, 1000, 400), _ring(1900, 1300, 300, 100))),
        ),
    ),
)
