"""Environments beside `.venv`, for references whose packages do not fit with the tests' own."""

from pathlib import Path

from twoclick_build.lock import only_one
from twoclick_build.machine.environment import (
    create_environment,
    environment_python,
    install_locked,
)
from twoclick_build.places import Places
from twoclick_build.stamps import content_stamp, read_stamps, write_stamps


def ensure_extra_environment(places: Places, *, name: str, requirements: Path) -> Path:
    """The Python of an environment in the cache that has exactly the hash-pinned `requirements`.

    Made at the first call and again when the requirements change. Raises BuildError when a package
    cannot be had.
    """
    venv = places.cache / "environments" / name
    stamp = content_stamp([requirements])
    with only_one(venv.with_suffix(".lock")):
        stamps_file = venv / "twoclick-stamps.json"
        if read_stamps(stamps_file).get("requirements") != stamp:
            create_environment(venv)
            install_locked(environment_python(venv), requirements)
            write_stamps(stamps_file, {"requirements": stamp})
    return environment_python(venv)
