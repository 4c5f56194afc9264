"""The core as a wheel for the page: the same bytes from the same sources, anywhere."""

import tomllib
from pathlib import Path

from twoclick_build.files import files_under
from twoclick_build.page.wheel_archive import stored_wheel
from twoclick_build.places import Places

_COMMAND_LINE = (
    "__main__.py",
    "entry/cli.py",
    "entry/command_line/",
    "adapters/files/",
    "adapters/http/",
    "adapters/relay/",
    "adapters/onnxruntime_native.py",
)
"""What only the command line uses: the page, which everybody downloads, does without."""


def core_version(places: Places) -> str:
    """The version of the core, out of `pyproject.toml`."""
    project = tomllib.loads((places.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def wheel_name(version: str) -> str:
    """The file name of the core's wheel."""
    return f"twoclick-{version}-py3-none-any.whl"


def core_wheel(package: Path, *, version: str) -> bytes:
    """The package folder as a pure wheel without dependencies, and without the command line."""
    info = f"twoclick-{version}.dist-info"
    members = {
        f"{package.name}/{path.relative_to(package).as_posix()}": path.read_bytes()
        for path in files_under(package)
        if not path.relative_to(package).as_posix().startswith(_COMMAND_LINE)
    }
    members[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: twoclick\nVersion: {version}\nRequires-Python: >=3.11\n"
    ).encode()
    members[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: twoclick_build\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    return stored_wheel(members, info=info)
