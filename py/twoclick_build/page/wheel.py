"""The core as a wheel for the page: the same bytes from the same sources, anywhere."""

import base64
import hashlib
import io
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from twoclick_build.files import files_under
from twoclick_build.places import Places

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The zip format's first moment: files carry no time of their own."""


_COMMAND_LINE = (
    "__main__.py",
    "entry/cli.py",
    "entry/command_line/",
    "adapters/files/",
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
    """The package folder as a pure wheel without dependencies, and without the command line.

    Members are stored, not deflated: their bytes do not depend on a compressor, the `.gz` twin of
    the whole is smaller than deflated members would be, and importing from it is faster.
    """
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
    members[f"{info}/RECORD"] = _record(members, itself=f"{info}/RECORD")
    return _stored_zip(members)


def _record(members: Mapping[str, bytes], *, itself: str) -> bytes:
    lines = []
    for name, content in sorted(members.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{itself},,\n"]).encode()


def _stored_zip(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(members.items()):
            entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
            entry.create_system = 3  # as on Unix, on Windows too
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
