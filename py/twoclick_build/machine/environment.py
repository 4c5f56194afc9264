"""The checkout's Python environment, `.venv`: made once, brought to the locks, known by stamps."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Literal

from twoclick_build.failure import BuildError
from twoclick_build.files import write_text
from twoclick_build.places import Places
from twoclick_build.progress import say
from twoclick_build.stamps import content_stamp, read_stamps, write_stamps

Lock = Literal["build", "cli", "relay", "test", "node"]

_LOCKS = Path(__file__).parents[1] / "locks"
_COVERED_BY: dict[Lock, tuple[Lock, ...]] = {
    # Each lock is a full closure and they agree: a larger one has the smaller one's packages.
    "build": ("build", "cli", "relay", "test"),
    "cli": ("cli", "relay", "test"),
    "relay": ("relay", "test"),
    "test": ("test",),
    "node": ("node",),
}
_OLDEST = (3, 11)


def lock_file(lock: Lock) -> Path:
    """The requirements of `lock`: exact versions with the hashes of all their release files."""
    return _LOCKS / f"{lock}.txt"


def ensure_packages(places: Places, lock: Lock) -> Path:
    """The Python of `.venv`, with the packages of `lock` in it and the checkout's `py` on its path.

    Does nothing when the stamps say that it is so. An environment that is there already is adopted
    if its Python is new enough and works. Raises BuildError with pip's words when a package cannot
    be had.
    """
    python = environment_python(places.venv)
    if not _is_usable(places.venv):
        _create(places.venv)
    _put_on_path(places)
    stamps_file = places.venv / "twoclick-stamps.json"
    stamps = read_stamps(stamps_file)
    if any(stamps.get(name) == content_stamp([lock_file(name)]) for name in _COVERED_BY[lock]):
        return python
    install_locked(python, lock_file(lock))
    write_stamps(stamps_file, {**stamps, lock: content_stamp([lock_file(lock)])})
    return python


def environment_python(venv: Path) -> Path:
    """Where the Python of the environment `venv` is on this system."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def site_packages(venv: Path) -> Path:
    """Where packages are in the existing environment `venv`."""
    if sys.platform == "win32":
        return venv / "Lib" / "site-packages"
    major, minor = _python_version(venv)
    return venv / "lib" / f"python{major}.{minor}" / "site-packages"


def create_environment(venv: Path) -> None:
    """Make a bare environment with pip at `venv`, replacing what is there."""
    if importlib.util.find_spec("ensurepip") is None:
        raise BuildError(
            f"This Python ({sys.executable}) cannot make virtual environments: "
            f"its module ensurepip is missing.\n"
            f"On Debian and Ubuntu install it with: "
            f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv\n"
            f"Elsewhere use a Python that comes whole, as the installers of python.org do."
        )
    run = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(venv)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise BuildError(f"Cannot make the environment {venv}:\n{run.stdout}{run.stderr}")


def install_locked(python: Path, requirements: Path) -> None:
    """Bring the environment of `python` to the versions and hashes in `requirements`, by wheels."""
    say(f"Installing the Python packages of {requirements.name} ...")
    run = subprocess.run(
        [
            str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--require-hashes", "--only-binary", ":all:", "-r", str(requirements),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )  # fmt: skip
    if run.returncode:
        raise BuildError(
            f"pip could not install {requirements}:\n{run.stdout.strip()}\n"
            f"Is the Python package index in reach? Run again when it is: what was done is kept."
        )


def _create(venv: Path) -> None:
    say(f"Making the Python environment {venv} ...")
    create_environment(venv)


def _is_usable(venv: Path) -> bool:
    # Path.exists follows links: false too when the Python it was made from is gone.
    return environment_python(venv).exists() and _python_version(venv) >= _OLDEST


def _python_version(venv: Path) -> tuple[int, int]:
    """Major and minor version of the environment's Python; (0, 0) where `pyvenv.cfg` has none."""
    try:
        text = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return (0, 0)
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if key.strip() in {"version", "version_info"}:
            major, minor, *_ = value.strip().split(".")
            return (int(major), int(minor))
    return (0, 0)


def _put_on_path(places: Places) -> None:
    """Let the environment's Python import `twoclick` from the checkout, wherever it is run."""
    link = site_packages(places.venv) / "twoclick-checkout.pth"
    wanted = f"{places.python}\n"
    if not link.exists() or link.read_text(encoding="utf-8") != wanted:
        write_text(link, wanted)
