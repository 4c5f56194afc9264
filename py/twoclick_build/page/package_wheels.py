"""Wheels of others without what nothing imports: a third of numpy is for compilers and editors."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from twoclick_build.failure import BuildError
from twoclick_build.page.items import Item
from twoclick_build.page.wheel_archive import stored_wheel

_NEVER_IMPORTED = re.compile(
    r"""
    \.(pyi|pxd|pyx|h|a|c|cmake|pc)$          # for type checkers, Cython and C compilers
    | ^(?!.*\.dist-info/).*/(tests|include)/ # tests of the package, headers
    | ^numpy/f2py/                           # a compiler driver
    """,
    re.VERBOSE,
)


def lean_wheel(content: bytes) -> bytes:
    """The wheel without what is never imported; licences stay."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        members = {name: archive.read(name) for name in names if not _NEVER_IMPORTED.search(name)}
    infos = {name.split("/")[0] for name in names if name.endswith(".dist-info/RECORD")}
    if len(infos) != 1:
        raise BuildError("A package of Pyodide is no wheel: it has no record of its files.")
    return stored_wheel(members, info=infos.pop())


def lean_packages(
    lock: Mapping[str, Any], wheels: Mapping[str, bytes], *, folder: str
) -> tuple[dict[str, Any], list[Item]]:
    """Pyodide's lock for the lean forms of its wheels (by file name), and these in `folder`."""
    packages: dict[str, Any] = {}
    items = []
    for name, entry in lock["packages"].items():
        content = lean_wheel(wheels[entry["file_name"]])
        packages[name] = {**entry, "sha256": hashlib.sha256(content).hexdigest()}
        items.append(Item(path=f"{folder}/{entry['file_name']}", source=content))
    return {**lock, "packages": packages}, items
