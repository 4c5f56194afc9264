"""The images that the reference was asked about: drawn pages, and pictures that are kept."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from golden.page_layout_answers import FOLDER
from twoclick.adapters.pixels import read_image
from twoclick_build.places import checkout_places
from twoclick_build.sample_pages import draw_page

SEEDS = tuple(range(2000, 2008))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenImage:
    """RGB pixels (height, width, 3) and the name that the reference's answers are kept under."""

    name: str
    pixels: NDArray[np.uint8]

    @property
    def digest(self) -> str:
        """SHA-256 of size and pixels, whatever the file around them."""
        size = f"{self.pixels.shape[1]}x{self.pixels.shape[0]}".encode()
        return hashlib.sha256(size + self.pixels.tobytes()).hexdigest()


def golden_images() -> Iterator[GoldenImage]:
    """Drawn pages by their seeds, then the pictures that are kept beside the answers."""
    for seed in SEEDS:
        yield GoldenImage(name=f"page {seed}", pixels=drawn_page(seed))
    for path in sorted(FOLDER.glob("*.png")):
        yield GoldenImage(name=path.name, pixels=read_image(path.read_bytes(), name=path.name))


def drawn_page(seed: int) -> NDArray[np.uint8]:
    """Sample page number `seed`, whether it is shipped or not."""
    return np.asarray(draw_page(seed=seed, fonts=fonts_folder()).image.convert("RGB"))


def fonts_folder() -> Path:
    """Where npm put the fonts of the sample pages."""
    return checkout_places().node_modules / "@expo-google-fonts"
