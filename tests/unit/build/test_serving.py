import http.client
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from twoclick_build.serving.port_holder import taken_port_text
from twoclick_build.serving.server import page_server

SEEN_BY_PROC = pytest.mark.skipif(
    not Path("/proc/net/tcp").exists(), reason="the process is found through /proc"
)


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    (folder / "vendor").mkdir(parents=True)
    for name in (
        "index.html",
        "main.mjs",
        "x.wasm",
        "x.wasm.gz",
        "m.onnx",
        "t.whl",
        "m.webmanifest",
    ):
        (folder / name).write_text(name)
    (tmp_path / "secret.txt").write_text("outside")
    return folder


@pytest.fixture
def address(dist, run_server):
    return run_server(page_server(dist, host="127.0.0.1", port=0))


def ask(address, path):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/main.mjs", "text/javascript; charset=utf-8"),
        ("/x.wasm", "application/wasm"),
        ("/x.wasm.gz", "application/gzip"),
        ("/m.onnx", "application/octet-stream"),
        ("/t.whl", "application/octet-stream"),
        ("/m.webmanifest", "application/manifest+json"),
    ],
)
def test_files_have_the_types_that_browsers_insist_on(address, path, kind):
    status, headers, _ = ask(address, path)
    assert status == 200
    assert headers["Content-Type"] == kind


def test_answers_are_those_of_a_plain_host(address):
    _, headers, _ = ask(address, "/")
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Encoding"] is None
    assert not [name for name in headers if name.lower().startswith(("cross-origin", "content-s"))]


@pytest.mark.parametrize(
    "path", ["/vendor/", "/nothing.js", "/../secret.txt", "/%2e%2e/secret.txt"]
)
def test_folders_and_what_is_outside_are_not_given(address, path):
    status, _, body = ask(address, path)
    assert status == 404
    assert b"outside" not in body


def test_a_second_server_on_the_port_is_refused(dist, address):
    with pytest.raises(OSError, match="in use"):
        page_server(dist, host="127.0.0.1", port=urlsplit(address).port)


def test_a_taken_port_says_that_twoclick_is_served_there(address):
    port = urlsplit(address).port
    text = taken_port_text("127.0.0.1", port)
    assert text.startswith(f"Twoclick is being served at {address} already")
    assert "Ctrl+C" in text


@SEEN_BY_PROC
def test_a_taken_port_names_the_process(dist, serve_folder):
    port = urlsplit(serve_folder(dist)).port
    text = taken_port_text("127.0.0.1", port)
    assert f"Port {port} is taken by " in text
    assert f"(process {os.getpid()})" in text
    assert f"--port {port + 1}" in text
    assert "Projects belong to the address" in text


@SEEN_BY_PROC
def test_a_port_held_by_something_that_does_not_talk_is_named_too():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        text = taken_port_text("127.0.0.1", silent.getsockname()[1])
    assert f"(process {os.getpid()})" in text
