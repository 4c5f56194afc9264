"""The sample projects' images, drawn once for each state of the code and fonts that draw them."""

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.files import files_under
from twoclick_build.machine.environment import lock_file
from twoclick_build.page.items import Item, folder_items
from twoclick_build.places import Places
from twoclick_build.progress import say
from twoclick_build.stamps import content_stamp

_FONTS = "@expo-google-fonts"
"""The folder of `node_modules` that has the fonts on the images."""

_KEPT = 3
"""Drawn states kept in the cache: switching between branches does not draw anew."""

_DRAW = """
import sys
from importlib import import_module
from pathlib import Path
draws = import_module(f"twoclick_build.{sys.argv[1]}")
draws.write_sample(Path(sys.argv[2]), fonts=Path(sys.argv[3]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    """A sample by its name in `dist/samples/`, the package that draws it, and all that one uses."""

    name: str
    package: str
    packages: tuple[str, ...]


_SAMPLES = (
    _Sample(name="pages", package="sample_pages", packages=("sample_pages",)),
    _Sample(name="signs", package="sample_signs", packages=("sample_signs", "sample_pages")),
)


def sample_items(places: Places, *, python: Path) -> list[Item]:
    """The files of all samples, drawn unless the cache has them."""
    items: list[Item] = []
    for sample in _SAMPLES:
        drawn = places.cache / "samples" / sample.name / _stamp(sample, places)[:16]
        if not drawn.exists():
            _draw(sample, drawn, python=python, fonts=places.node_modules / _FONTS)
            _prune(drawn.parent)
        items += folder_items(drawn, under=f"samples/{sample.name}/")
    return items


def _stamp(sample: _Sample, places: Places) -> str:
    """Of the drawing code, the versions it runs on, and the fonts by npm's own integrity hashes."""
    code = Path(__file__).parents[1]
    named = [
        (path.relative_to(code).as_posix(), path)
        for package in sample.packages
        for path in files_under(code / package)
    ]
    packages = json.loads((places.root / "package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    fonts = sorted(
        f"{name} {entry['integrity']}" for name, entry in packages.items() if f"/{_FONTS}/" in name
    )
    flat = [part for name, path in named for part in (name, path)]
    return content_stamp([*flat, *fonts, lock_file("build")])


def _draw(sample: _Sample, target: Path, *, python: Path, fonts: Path) -> None:
    say(f'Drawing the sample "{sample.name}" ...')
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".draw-") as name:
        fresh = Path(name) / sample.name
        fresh.mkdir()
        run = subprocess.run(
            [str(python), "-c", _DRAW, sample.package, str(fresh), str(fonts)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if run.returncode:
            raise BuildError(
                f'The sample "{sample.name}" could not be drawn:\n{run.stdout.strip()}'
            )
        if not target.exists():  # another process may have drawn the same
            fresh.replace(target)


def _prune(folder: Path) -> None:
    states = sorted(
        (path for path in folder.iterdir() if not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
    )
    for old in states[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
