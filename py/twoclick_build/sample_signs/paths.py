"""Lines that lettering runs along."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]

_FINENESS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A line through many `points` (n, 2), x to the right, y down."""

    points: NDArray[np.float64]

    def _distances(self) -> NDArray[np.float64]:
        steps = np.diff(self.points, axis=0)
        return np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))

    @property
    def length(self) -> float:
        return float(self._distances()[-1])

    def at(self, distance: float) -> tuple[float, float, float]:
        """The point after this distance, and the direction there in radians, clockwise."""
        distances = self._distances()
        place = int(np.clip(np.searchsorted(distances, distance) - 1, 0, len(distances) - 2))
        start, end = self.points[place], self.points[place + 1]
        share = (distance - distances[place]) / (distances[place + 1] - distances[place])
        x, y = start + (end - start) * share
        return float(x), float(y), math.atan2(end[1] - start[1], end[0] - start[0])

    def moved_aside(self, distance: float) -> "Path":
        """The line that runs beside this one, to its right where y points down."""
        step = 1.0
        shifted = []
        for place in np.linspace(0, self.length, len(self.points)):
            x, y, angle = self.at(min(max(place, step), self.length - step))
            shifted.append((x - math.sin(angle) * distance, y + math.cos(angle) * distance))
        return Path(np.array(shifted))


def straight(middle: Point, *, length: float, angle: float) -> Path:
    """A straight line with its middle there; `angle` in degrees, clockwise."""
    turn = math.radians(angle)
    way = np.array([math.cos(turn), math.sin(turn)]) * length / 2
    shares = np.linspace(-1, 1, _FINENESS)
    return Path(np.array(middle) + shares[:, None] * way)


def arc(centre: Point, *, radius: float, degrees: float, below: bool) -> Path:
    """Part of a circle, its middle straight above the centre, or below it; left to right."""
    half = math.radians(degrees) / 2
    turns = np.linspace(-half, half, _FINENESS)
    side = 1.0 if below else -1.0
    ways = np.stack((np.sin(turns), side * np.cos(turns)), axis=1)
    return Path(np.array(centre) + radius * ways)


def wave(middle: Point, *, length: float, angle: float, height: float, waves: float) -> Path:
    """A line that swings by `height` to both sides of a straight one, `waves` times."""
    along = np.linspace(-length / 2, length / 2, _FINENESS)
    aside = height * np.sin(along / length * 2 * math.pi * waves)
    turn = math.radians(angle)
    x = along * math.cos(turn) - aside * math.sin(turn)
    y = along * math.sin(turn) + aside * math.cos(turn)
    return Path(np.array(middle) + np.stack((x, y), axis=1))
