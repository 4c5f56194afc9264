"""The Help: the guide's pages as the page shows them, written once for each state of the guide."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.files import files_under
from twoclick_build.machine.environment import lock_file
from twoclick_build.page.items import Item, folder_items
from twoclick_build.places import Places
from twoclick_build.stamps import content_stamp

_FOLDERS = ("pictures", "hosting", "deployments")
"""What lies beside the guide's pages and comes with them."""

_WRITE = """
import sys
from pathlib import Path
from twoclick_build.failure import BuildError
from twoclick_build.guide import write_help
target, guide, document = map(Path, sys.argv[1:])
try:
    write_help(target, guide=guide, document=document)
except BuildError as error:
    sys.exit(str(error))
"""


def help_items(places: Places, *, python: Path) -> list[Item]:
    """The Help's pages, and the guide's pictures and files to take away."""
    guide = places.guide
    code = Path(__file__).parents[1] / "guide"
    read = [*files_under(guide), *files_under(code), lock_file("build")]
    written = places.state / "help" / _stamp([*read, places.app / "index.html"], places)[:16]
    if not written.exists():
        _write(written, python=python, places=places)
    beside = [
        item
        for folder in _FOLDERS
        for item in folder_items(guide / folder, under=f"help/{folder}/")
    ]
    return [*folder_items(written, under="help/"), *beside]


def _stamp(files: Iterable[Path], places: Places) -> str:
    named = [(path.relative_to(places.root).as_posix(), path) for path in files]
    return content_stamp([part for name, path in named for part in (name, path)])


def _write(target: Path, *, python: Path, places: Places) -> None:
    """Write the pages into `target`, in place of those of all earlier states."""
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".write-") as name:
        fresh = Path(name) / "help"
        fresh.mkdir()
        document = places.app / "index.html"
        run = subprocess.run(
            [str(python), "-c", _WRITE, str(fresh), str(places.guide), str(document)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if run.returncode:
            raise BuildError(f"The Help could not be made of the guide:\n{run.stdout.strip()}")
        fresh.replace(target)
