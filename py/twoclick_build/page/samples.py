"""The sample project's pages, drawn once for each state of the code and fonts that draw them."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.files import files_under
from twoclick_build.machine.environment import lock_file
from twoclick_build.page.items import Item, folder_items
from twoclick_build.places import Places
from twoclick_build.progress import say
from twoclick_build.stamps import content_stamp

_FONTS = "@expo-google-fonts"
"""The folder of `node_modules` that has the fonts on the pages."""

_KEPT = 3
"""Drawn states kept in the cache: switching between branches does not draw anew."""

_DRAW = """
import sys
from pathlib import Path
from twoclick_build.sample_pages import write_sample
write_sample(Path(sys.argv[1]), fonts=Path(sys.argv[2]))
"""


def sample_items(places: Places, *, python: Path) -> list[Item]:
    """The files of the sample "pages", drawn unless the cache has them."""
    drawn = places.cache / "samples" / _stamp(places)[:16]
    if not drawn.exists():
        _draw(drawn, python=python, fonts=places.node_modules / _FONTS)
        _prune(drawn.parent)
    return folder_items(drawn, under="samples/pages/")


def _stamp(places: Places) -> str:
    """Of the drawing code, the versions it runs on, and the fonts by npm's own integrity hashes."""
    sources = Path(__file__).parents[1] / "sample_pages"
    named = [(path.relative_to(sources).as_posix(), path) for path in files_under(sources)]
    packages = json.loads((places.root / "package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    fonts = sorted(
        f"{name} {entry['integrity']}" for name, entry in packages.items() if f"/{_FONTS}/" in name
    )
    flat = [part for name, path in named for part in (name, path)]
    return content_stamp([*flat, *fonts, lock_file("build")])


def _draw(target: Path, *, python: Path, fonts: Path) -> None:
    say("Drawing the sample pages ...")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".draw-") as name:
        fresh = Path(name) / "pages"
        fresh.mkdir()
        run = subprocess.run(
            [str(python), "-c", _DRAW, str(fresh), str(fonts)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if run.returncode:
            raise BuildError(f"The sample pages could not be drawn:\n{run.stdout.strip()}")
        if not target.exists():  # another process may have drawn the same
            fresh.replace(target)


def _prune(folder: Path) -> None:
    states = sorted(
        (path for path in folder.iterdir() if not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
    )
    for old in states[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
