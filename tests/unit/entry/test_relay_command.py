"""`relay` as it is started and stopped by people."""

import json
import signal
import subprocess
import sys

import pytest

from twoclick.adapters import relay as relay_package
from twoclick.adapters.relay.server import bound_socket
from twoclick.entry.cli import main
from unit.adapters.relay.relaying import Running
from unit.deployments.serving import in_turn, said, server_saying


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "index.html").write_text("the page")
    return folder


def refused(capsys, *arguments):
    code = main(["relay", *map(str, arguments)])
    captured = capsys.readouterr()
    assert captured.out == ""
    return code, captured.err


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(dist, stop):
    with bound_socket(0) as free:
        port = free.getsockname()[1]
    with server_saying(in_turn(said({"found": []}))) as server:
        command = [
            *(sys.executable, "-m", "twoclick", "relay", "--serve", str(dist)),
            *("--to", f"{server.address}/v1", "--port", str(port), "--token-env", "MY_TOKEN"),
        ]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={"MY_TOKEN": "tok-1234", "PATH": ""}
        ) as process:
            assert process.stdout is not None
            ready = process.stdout.readline()
            told = process.stdout.readline()
            relay = Running(port=port)
            assert relay.ask("/").body == b"the page"
            assert json.loads(relay.ask("/relay/.twoclick").body)["relay"] is True
            assert relay.ask("/relay/predict", method="POST", body=b"{}").status == 200
            process.send_signal(stop)
            rest = process.stdout.read()
    assert ready == f"Twoclick is ready at http://127.0.0.1:{port}\n"
    assert told == f"In Model Settings, http://127.0.0.1:{port}/relay/ is {server.address}/v1.\n"
    assert (process.returncode, rest) == (0, "Stopped.\n")
    (asked,) = server.asked
    assert (asked.path, asked.headers["authorization"]) == ("/v1/predict", "Bearer tok-1234")


def test_what_cannot_be_served_is_told(dist, tmp_path, capsys):
    to = ("--to", "http://127.0.0.1:1")
    code, errors = refused(capsys, "--serve", tmp_path, *to, "--port", "0")
    assert (code, "index.html is missing" in errors) == (2, True)
    code, errors = refused(capsys, "--serve", dist, *to, "--token-env", "NO_SUCH_VARIABLE")
    assert (code, "NO_SUCH_VARIABLE holds no credential" in errors) == (2, True)
    code, errors = refused(capsys, "--serve", dist, "--to", "ftp://models.test")
    assert (code, "no address of a deployment" in errors) == (2, True)
    with bound_socket(0) as taken:
        port = taken.getsockname()[1]
        code, errors = refused(capsys, "--serve", dist, *to, "--port", port)
    assert (code, f"Port {port} is taken" in errors) == (2, True)
    to_itself = ("--to", f"localhost:{port}/relay", "--port", port)
    code, errors = refused(capsys, "--serve", dist, *to_itself)
    assert (code, "is where the relay itself is served" in errors) == (2, True)


def test_without_its_packages_it_says_how_to_have_them(dist, capsys, monkeypatch):
    for part in ("forwarding", "server"):
        monkeypatch.delattr(relay_package, part, raising=False)
        monkeypatch.setitem(sys.modules, f"{relay_package.__name__}.{part}", None)
    code, errors = refused(capsys, "--serve", dist, "--to", "http://127.0.0.1:1")
    assert code == 2
    assert 'pip install "twoclick[cli,relay]"' in errors
