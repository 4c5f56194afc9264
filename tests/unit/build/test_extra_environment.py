import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from twoclick_build.failure import BuildError
from twoclick_build.machine.environment import install_locked
from twoclick_build.machine.extra_environment import ensure_extra_environment
from twoclick_build.page.wheel import core_wheel, wheel_name
from twoclick_build.places import Places


@pytest.fixture
def places(tmp_path):
    return Places(root=tmp_path / "checkout", cache=tmp_path / "cache")


@pytest.fixture
def requirements(tmp_path, monkeypatch):
    """A hash-pinned list of one package, which pip finds in a folder on this machine."""
    package = tmp_path / "reference"
    package.mkdir()
    (package / "__init__.py").write_text("ANSWER = 42\n")
    wheel = core_wheel(package, version="3.1")
    index = tmp_path / "index"
    index.mkdir()
    (index / wheel_name("3.1")).write_bytes(wheel)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    file = tmp_path / "requirements.txt"
    file.write_text(f"twoclick==3.1 --hash=sha256:{hashlib.sha256(wheel).hexdigest()}\n")
    return file


def test_the_environment_has_the_pinned_packages_and_is_made_once(places, requirements):
    python = ensure_extra_environment(places, name="reference", requirements=requirements)
    run = subprocess.run(
        [python, "-c", "import reference, sys; print(reference.ANSWER, sys.prefix)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["42", str(python.parents[1])]
    mark = python.parents[1] / "made-once"
    mark.touch()
    again = ensure_extra_environment(places, name="reference", requirements=requirements)
    assert again == python
    assert mark.exists()


def test_a_package_with_other_content_than_pinned_is_refused(requirements):
    requirements.write_text(f"twoclick==3.1 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(BuildError, match=r"pip could not install"):
        install_locked(Path(sys.executable), requirements)
