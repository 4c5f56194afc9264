"""The four open font families of the sample pages, read from their npm packages.

Every face is laid out with Pillow's basic engine, so that the same bytes come out whether or
not the machine has an OpenType shaper.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont


class Family(StrEnum):
    """A family by the folder name of its `@expo-google-fonts` package."""

    TIMES = "tinos"
    SERIF = "source-serif-4"
    SANS = "ibm-plex-sans"
    SLAB = "zilla-slab"


class Cut(StrEnum):
    """A weight and slope, by the folder name that the packages use."""

    REGULAR = "400Regular"
    ITALIC = "400Regular_Italic"
    BOLD = "700Bold"
    BOLD_ITALIC = "700Bold_Italic"


_FILE_STEM = {
    Family.TIMES: "Tinos",
    Family.SERIF: "SourceSerif4",
    Family.SANS: "IBMPlexSans",
    Family.SLAB: "ZillaSlab",
}


@lru_cache(maxsize=256)
def _load(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Faces:
    """Gives faces from `folder`, which holds one sub-folder for each family's package."""

    folder: Path

    def face(self, family: Family, cut: Cut, size: int) -> ImageFont.FreeTypeFont:
        """The face at `size` pixels per em. Raises OSError if the package is not there."""
        file = f"{_FILE_STEM[family]}_{cut}.ttf"
        return _load(self.folder / family / cut / file, size)

    def licences(self) -> tuple[tuple[str, Path], ...]:
        """(family folder name, licence text of the font) for every family."""
        return tuple((str(family), self.folder / family / "LICENSE_FONT") for family in Family)
