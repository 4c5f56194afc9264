"""Scenes made up here: what the models of the golden families were trained on and asked about.

A scene is drawn from its seed alone, with Python's own random numbers and whole pixels (a pixel
belongs to a shape when its centre does), so that every machine draws the same one.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NAMES = ("circle", "bar", "triangle", "ring", "pair")
KEYPOINTS = ("head", "centre", "tail")

# What the models of the golden families are asked about: seed, width and height of each scene.
ASKED = ((2, 320, 240), (8, 213, 317), (3, 500, 131), (0, 151, 149))

Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneObject:
    """One thing in a scene; coordinates in pixels of its image, some may lie outside of it.

    `outer` has one ring for each part, `holes` the rings that are cut out, `corners` the four
    corners of the turned box around all of it, `keypoints` a point for each of KEYPOINTS: the
    small mark, the centre, and the end across from the mark.
    """

    class_id: int
    outer: list[Points]
    holes: list[Points]
    corners: Points
    keypoints: Points

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is drawn."""
        points = [point for ring in self.outer for point in ring]
        across, down = [x for x, _ in points], [y for _, y in points]
        return min(across), min(down), max(across), max(down)


def scene(
    seed: int, width: int, height: int, kinds: tuple[int, ...] | None = None
) -> tuple[NDArray[np.uint8], list[SceneObject]]:
    """A scene as RGB (height, width, 3), and what is in it, drawn in that order.

    `kinds` are the classes of its objects, for who wants certain ones; else there are as many as
    find room, seven at most.
    """
    chance = random.Random(f"{seed} {width} {height}")
    image = _ground(chance, width, height)
    objects: list[SceneObject] = []
    taken: list[tuple[float, float, float]] = []
    wanted = kinds or tuple(chance.randrange(len(NAMES)) for _ in range(chance.randint(3, 7)))
    for kind in wanted:
        for _ in range(40):
            radius = chance.uniform(0.13, 0.3) * min(width, height)
            x, y = chance.uniform(0, width), chance.uniform(0, height)
            x = min(max(x, 0.8 * radius), width - 0.8 * radius)
            y = min(max(y, 0.8 * radius), height - 0.8 * radius)
            if all(math.hypot(x - u, y - v) > 0.95 * (radius + r) for u, v, r in taken):
                taken.append((x, y, radius))
                objects.append(_thing(chance, kind, (x, y), radius))
                _draw(image, objects[-1], chance, radius)
                break
    return image, objects


def mask(thing: SceneObject, width: int, height: int) -> NDArray[np.bool_]:
    """The pixels (height, width) whose centres the object covers."""
    covered = np.zeros((height, width), bool)
    for ring in thing.outer:
        covered |= _inside(ring, width, height)
    for ring in thing.holes:
        covered &= ~_inside(ring, width, height)
    return covered


def _thing(
    chance: random.Random, kind: int, centre: tuple[float, float], radius: float
) -> SceneObject:
    angle = chance.uniform(0, 2 * math.pi)
    long, broad = radius, radius
    holes: list[Points] = []
    outer = [_disc(0, 0, radius)]
    if NAMES[kind] == "bar":
        broad = radius * chance.uniform(0.3, 0.55)
        outer = [[(-long, -broad), (long, -broad), (long, broad), (-long, broad)]]
    elif NAMES[kind] == "triangle":
        broad = radius * chance.uniform(0.6, 0.9)
        outer = [[(long, 0), (-long, broad), (-long, -broad)]]
    elif NAMES[kind] == "ring":
        holes = [_disc(0, 0, radius * chance.uniform(0.4, 0.55))]
    elif NAMES[kind] == "pair":
        broad = radius * 0.42
        outer = [_disc(0.58 * radius, 0, broad), _disc(-0.58 * radius, 0, broad)]
    head = {"triangle": 0.35, "pair": 0.58, "ring": 0.78}.get(NAMES[kind], 0.7)
    square = 0.0 if NAMES[kind] in {"circle", "ring"} else angle
    corners = [(long, broad), (-long, broad), (-long, -broad), (long, -broad)]
    return SceneObject(
        class_id=kind,
        outer=[_turned(ring, angle, centre) for ring in outer],
        holes=[_turned(ring, angle, centre) for ring in holes],
        corners=_turned(corners, square, centre),
        keypoints=_turned([(head * radius, 0), (0, 0), (-radius, 0)], angle, centre),
    )


def _disc(x: float, y: float, radius: float) -> Points:
    turns = [2 * math.pi * at / 48 for at in range(48)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _turned(points: Points, angle: float, centre: tuple[float, float]) -> Points:
    across, down = math.cos(angle), math.sin(angle)
    return [
        (centre[0] + x * across - y * down, centre[1] + x * down + y * across) for x, y in points
    ]


def _ground(chance: random.Random, width: int, height: int) -> NDArray[np.uint8]:
    """A slope from one dull colour to another, with grain."""
    first, last = ([chance.randint(70, 150) for _ in range(3)] for _ in range(2))
    lean = chance.randint(0, 8)
    along = (lean * np.arange(width) * height + (8 - lean) * np.arange(height)[:, None] * width) / (
        8 * width * height
    )
    slope = np.multiply.outer(1 - along, first) + np.multiply.outer(along, last)
    grain = np.frombuffer(chance.randbytes(width * height), np.uint8) % 17
    ground: NDArray[np.uint8] = (slope + grain.reshape(height, width, 1)).astype(np.uint8)
    return ground


def _draw(
    image: NDArray[np.uint8], thing: SceneObject, chance: random.Random, radius: float
) -> None:
    height, width = image.shape[:2]
    bright = chance.random() < 0.5
    colour = [chance.randint(180, 255) if bright else chance.randint(0, 60) for _ in range(3)]
    colour[chance.randrange(3)] = chance.randint(0, 255)
    image[mask(thing, width, height)] = colour
    x, y = thing.keypoints[0]
    mark = _inside(_disc(x, y, 0.14 * radius), width, height)
    image[mark] = (20, 20, 20) if bright else (240, 240, 240)


def _inside(ring: Points, width: int, height: int) -> NDArray[np.bool_]:
    """The pixels whose centres lie inside a ring, by how often a ray to the left crosses it."""
    top = max(0, math.floor(min(y for _, y in ring)))
    across = np.arange(width) + 0.5
    down = np.arange(top, min(height, math.ceil(max(y for _, y in ring))))[:, None] + 0.5
    odd = np.zeros((len(down), width), bool)
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        first, last = np.searchsorted(down[:, 0], sorted((y1, y2)))
        rows = down[first:last]
        odd[first:last] ^= across > x1 + (rows - y1) * (x2 - x1) / ((y2 - y1) or 1)
    whole = np.zeros((height, width), bool)
    whole[top : top + len(down)] = odd
    return whole
