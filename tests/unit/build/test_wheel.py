import base64
import csv
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import twoclick
from twoclick_build.page.wheel import core_wheel, wheel_name
from unit.test_import_rules import imports_of


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "twoclick"
    (folder / "domain" / "__pycache__").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "domain" / "__init__.py").write_text("WORD = 'tag'\n")
    (folder / "domain" / "__pycache__" / "x.pyc").write_bytes(b"")
    return folder


def test_the_same_sources_give_the_same_bytes(package):
    before = core_wheel(package, version="1.2")
    for path in package.rglob("*"):
        os.utime(path, (0, 0))
    assert core_wheel(package, version="1.2") == before


def test_the_record_lists_every_member_with_its_digest(package):
    with zipfile.ZipFile(io.BytesIO(core_wheel(package, version="1.2"))) as archive:
        record = archive.read("twoclick-1.2.dist-info/RECORD").decode()
        rows = {name: (digest, size) for name, digest, size in csv.reader(record.splitlines())}
        assert rows.keys() == set(archive.namelist())
        content = archive.read("twoclick/domain/__init__.py")
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    assert rows["twoclick/domain/__init__.py"] == (f"sha256={digest}", str(len(content)))
    assert "twoclick/domain/__pycache__/x.pyc" not in rows


def test_the_page_gets_the_core_without_the_command_line():
    core = Path(twoclick.__file__).parent
    with zipfile.ZipFile(io.BytesIO(core_wheel(core, version="1.2"))) as archive:
        sources = {
            name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".py")
        }
    assert "twoclick/entry/session_worker.py" in sources
    assert "twoclick/entry/cli.py" not in sources
    # Nothing that is there misses what is not.
    for file, source in sources.items():
        for found in imports_of(source, file):
            if found.target_part is not None and found.name != "twoclick":
                path = found.name.replace(".", "/")
                assert f"{path}.py" in sources or f"{path}/__init__.py" in sources, found


def test_pip_installs_it(package, tmp_path):
    wheel = tmp_path / wheel_name("1.2")
    wheel.write_bytes(core_wheel(package, version="1.2"))
    target = tmp_path / "target"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-index", "-q", "--target", target, wheel],
        check=True,
    )
    run = subprocess.run(
        [sys.executable, "-c", "import twoclick.domain as d; print(d.WORD, d.__file__)"],
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith(f"tag {target}")
