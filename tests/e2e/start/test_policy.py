"""The policy that binds the page: on every answer, in the document itself, and in effect."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from e2e.host import Host
from e2e.screens import started
from e2e.watch import Watch

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-src 'self'; require-trusted-types-for 'script'"
)


def test_document_carries_the_same_policy(dist: Path) -> None:
    document = (dist / "index.html").read_text(encoding="utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', document)
    assert found is not None
    assert found.group(1) == POLICY


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("main.js", "text/javascript; charset=utf-8"),
        ("vendor/pyodide/pyodide.asm.mjs", "text/javascript; charset=utf-8"),
        ("vendor/pyodide/pyodide.asm.wasm", "application/wasm"),
        ("boot.css", "text/css; charset=utf-8"),
    ],
)
def test_every_answer_isolates_and_binds(booted_page: Page, path: str, media_type: str) -> None:
    headers = booted_page.evaluate(
        "async (path) => Object.fromEntries((await fetch(path)).headers)", path
    )
    assert headers["content-security-policy"] == POLICY
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["content-type"] == media_type


_WAYS_OUT = {
    "fetch": "fetch('https://elsewhere.example/')",
    "socket": (
        "new Promise((_, reject) => {"
        " new WebSocket('wss://elsewhere.example/').onerror = reject; })"
    ),
    "module": "import('https://elsewhere.example/script.js')",
    "worker": "(async () => new Worker('https://elsewhere.example/worker.js'))()",
    "image": (
        "new Promise((resolve, reject) => { const image = new Image(); image.onload = resolve;"
        " image.onerror = reject; image.src = 'https://elsewhere.example/image.png'; })"
    ),
    "markup": "(async () => { document.body.innerHTML = '<b>text</b>'; })()",
}


def test_ways_out_are_refused(visited_host: Host, visited_page: Page, watch: Watch) -> None:
    watch.expect_errors("Content Security Policy", "TrustedHTML", "TrustedScript")
    visited_page.goto(visited_host.url)
    started(visited_page)
    outcomes = {
        name: visited_page.evaluate(f"() => {attempt}.then(() => 'done', () => 'refused')")
        for name, attempt in _WAYS_OUT.items()
    }
    assert outcomes == dict.fromkeys(_WAYS_OUT, "refused")
