"""`build.py serve --relay`: the page as always, served by the relay's process."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from twoclick_build import commands
from twoclick_build.page.dist import Built


@pytest.fixture
def started(monkeypatch):
    """The commands that would have been run."""
    run = []
    built = Built(assets=(), changed=0, seconds=0.0)
    monkeypatch.setattr(commands, "build_dist", lambda _: built)
    monkeypatch.setattr(commands, "ensure_packages", lambda _, lock: Path("python-of") / lock)
    monkeypatch.setattr(commands, "run_until_stopped", lambda command: run.append(command) or 0)
    monkeypatch.setattr(commands, "_has_screen", lambda: False)
    return run


def test_the_relay_serves_what_was_built(started):
    arguments = ["--port", "0", "--relay", "http://127.0.0.1:9449", "--token-env", "MY_TOKEN"]
    assert commands.main(["serve", *arguments]) == 0
    (command,) = started
    assert command[0] == str(Path("python-of") / "relay")
    options = dict(zip(command[4::2], command[5::2], strict=True))
    assert Path(options.pop("--serve")).name == "dist"
    assert int(options.pop("--port")) > 0
    assert options == {"--to": "http://127.0.0.1:9449", "--token-env": "MY_TOKEN"}


def test_a_credential_wants_a_deployment(started, capsys):
    assert commands.main(["serve", "--port", "0", "--token-env", "MY_TOKEN"]) == 1
    assert "--relay" in capsys.readouterr().err
    assert started == []


@pytest.mark.parametrize(("name", "lock"), [("relay", "relay"), ("predict", "cli")])
def test_the_command_line_has_the_packages_that_its_command_needs(started, monkeypatch, name, lock):
    run = []
    done = SimpleNamespace(returncode=0)
    monkeypatch.setattr(
        commands.subprocess, "run", lambda command, **_: run.append(command) or done
    )
    assert commands.main(["cli", name, "--help"]) == 0
    assert run[0][0] == str(Path("python-of") / lock)
