import csv
import hashlib
import io
import zipfile

import pytest

from twoclick_build.failure import BuildError
from twoclick_build.page.package_wheels import lean_packages, lean_wheel

INFO = "fields-1.0.dist-info"
IMPORTED = {
    "fields/__init__.py": b"from fields import tests_of_shape",
    "fields/core.so": b"\x00wasm",
    "fields/tests_of_shape.py": b"",
    f"{INFO}/METADATA": b"Name: fields",
    f"{INFO}/licenses/include/LICENSE.txt": b"free",
}
REST = {
    "fields/__init__.pyi": b"",
    "fields/include/fields.h": b"",
    "fields/lib/libfields.a": b"",
    "fields/tests/test_fields.py": b"",
    "numpy/f2py/rules.py": b"",
}


def wheel(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_lean_wheel_has_what_is_imported_and_its_licence():
    content = lean_wheel(wheel({**REST, **IMPORTED, f"{INFO}/RECORD": b"old"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        record = archive.read(f"{INFO}/RECORD").decode()
        members = {name: archive.read(name) for name in archive.namelist()}
    assert {**IMPORTED, f"{INFO}/RECORD": record.encode()} == members
    assert {row[0] for row in csv.reader(record.splitlines())} == set(members)


def test_the_lock_has_the_digest_of_the_lean_form():
    file_name = "fields-1.0-py3-none-any.whl"
    entry = {"file_name": file_name, "sha256": "that of the whole", "depends": []}
    wheels = {file_name: wheel({**REST, **IMPORTED, f"{INFO}/RECORD": b""})}
    lock, (item,) = lean_packages({"info": 1, "packages": {"fields": entry}}, wheels, folder="v")
    assert item.path == f"v/{file_name}"
    digest = hashlib.sha256(item.read()).hexdigest()
    assert lock == {"info": 1, "packages": {"fields": {**entry, "sha256": digest}}}


def test_what_is_no_wheel_is_refused():
    with pytest.raises(BuildError, match="no wheel"):
        lean_wheel(wheel(IMPORTED))
