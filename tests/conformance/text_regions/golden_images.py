"""The images that the reference was asked about: drawn walls that no sample has, and pages."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twoclick_build.places import checkout_places
from twoclick_build.sample_signs import DrawnWall, draw_wall

SEEDS = tuple(range(4000, 4016))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenImage:
    """A drawn wall and the name that the reference's answers are kept under."""

    name: str
    wall: DrawnWall

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """RGB (height, width, 3)."""
        return np.asarray(self.wall.image)

    @property
    def digest(self) -> str:
        """SHA-256 of size and pixels, whatever the file around them."""
        size = f"{self.wall.image.width}x{self.wall.image.height}".encode()
        return hashlib.sha256(size + self.pixels.tobytes()).hexdigest()


def golden_images() -> Iterator[GoldenImage]:
    """Walls by their seeds."""
    for seed in SEEDS:
        yield GoldenImage(name=f"wall {seed}", wall=draw_wall(seed=seed, fonts=fonts_folder()))


def fonts_folder() -> Path:
    """Where npm put the fonts of the samples."""
    return checkout_places().node_modules / "@expo-google-fonts"
