"""A model behind a URL: connected, tried, used; each failure named, and nothing lost."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from e2e.deployments.connecting import connected, deployed, settings
from e2e.deployments.server import DeploymentServer, Reply
from e2e.images.files import HEIGHT, WIDTH, write
from e2e.images.own import new_project
from e2e.openers import Booted
from e2e.sample import (
    annotations,
    annotator,
    assisted,
    button,
    leave,
    listed,
    opened,
    paints,
    saved,
    suggestions,
)
from e2e.watch import Watch

TAGS = ("Red", "Green", "Blue")


@pytest.fixture(scope="module")
def server() -> Iterator[DeploymentServer]:
    server = DeploymentServer()
    yield server
    server.stop()


@pytest.fixture
def elsewhere() -> Iterator[DeploymentServer]:
    server = DeploymentServer()
    yield server
    server.stop()


@pytest.fixture
def booted_watch(_booted: Booted) -> Watch:
    """That of the session's page."""
    return _booted.watch


@pytest.fixture
def page(
    booted_page: Page, booted_watch: Watch, server: DeploymentServer, tmp_path: Path
) -> Iterator[Page]:
    """A project of two images and three tags; the server behaves."""
    server.restart_count()
    server.instead = lambda number: None
    server.cors, server.front = True, None
    booted_watch.allow(server.url)
    files = [write(tmp_path / f"quarters-{number}.png", mark=number) for number in (1, 2)]
    yield new_project(booted_page, files, tags=TAGS)
    leave(booted_page)


def test_it_is_connected_tried_and_used(page: Page, server: DeploymentServer) -> None:
    dialog = connected(page, server.url.removeprefix("http://"))
    expect(dialog.get_by_role("status").filter(has_text="Datature")).to_be_visible()
    assert server.predictions == []
    form = dialog.locator("form", has=page.get_by_role("button", name="Add and use"))
    form.get_by_role("button", name="Test on this image").click()
    tried = form.get_by_role("img", name=re.compile("^What the deployment finds: 3 shown"))
    expect(tried).to_be_visible()
    (asked,) = server.predictions
    picture = Image.open(io.BytesIO(asked.picture))
    assert (picture.format, picture.size) == ("JPEG", (WIDTH, HEIGHT))
    assert not picture.getexif()
    assert "cookie" not in asked.headers
    assert "referer" not in asked.headers
    form.get_by_role("button", name="Add and use").click()
    expect(dialog.get_by_role("status").filter(has_text="is in use")).to_be_visible()
    page.keyboard.press("Escape")
    assert assisted(page) == 3
    assert [(one.tag, one.score) for one in listed(page)] == [
        ("Red", 0.95),
        ("Green", 0.8),
        ("Blue", 0.6),
    ]
    page.keyboard.press("Shift+Space")
    expect(annotations(page)).to_have_count(3)
    saved(page)


def test_images_are_sent_ahead_only_where_that_was_turned_on(
    page: Page, server: DeploymentServer
) -> None:
    deployed(page, server.url)
    on_open = page.get_by_role("switch", name="Assist on open")
    expect(on_open).not_to_be_checked()
    expect(on_open).to_have_accessible_description(re.compile("^Images are sent to 127"))
    assisted(page)
    assert len(server.predictions) == 1
    on_open.check()
    annotator(page).focus()
    page.keyboard.press("d")
    opened(page, "quarters-2")
    paints(page, 3)
    assert len(server.predictions) == 2
    page.keyboard.press("a")
    opened(page, "quarters-1")
    paints(page, 3)
    assert len(server.predictions) == 2


def test_the_credential_goes_there_and_nowhere_else(page: Page, server: DeploymentServer) -> None:
    dialog = connected(page, server.url)
    dialog.get_by_role("combobox", name="Server", exact=True).select_option("cloud")
    dialog.get_by_role("textbox", name="Credential").fill("s3cret")
    form = dialog.locator("form", has=page.get_by_role("button", name="Add and use"))
    form.get_by_role("button", name="Test on this image").click()
    expect(form.get_by_role("img", name=re.compile("3 shown"))).to_be_visible()
    assert server.predictions[-1].headers["authorization"] == "Bearer s3cret"
    expect(form.get_by_text("One is kept in this tab")).to_be_visible()
    dialog.get_by_role("button", name="What left this browser").click()
    left = page.get_by_role("dialog", name="What left this browser")
    expect(left.get_by_role("row").nth(1)).to_contain_text(f"POST {server.url}/predict")
    expect(left).not_to_contain_text("s3cret")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_an_answer_of_any_form_is_mapped_by_a_guess_and_by_hand(
    page: Page, server: DeploymentServer
) -> None:
    objects = [
        {"what": "Red", "sure": 0.9, "bbox": [30, 20, 270, 180]},
        {"what": "Blue", "sure": 0.7, "bbox": [30, 220, 270, 380]},
    ]
    body = json.dumps({"status": "ok", "items": objects}).encode()
    server.instead = lambda number: Reply(body=body, headers={"Content-Type": "application/json"})
    dialog = connected(page, server.url)
    dialog.get_by_role("combobox", name="Protocol").select_option("custom")
    dialog.get_by_role("button", name="Ask once and guess").click()
    given = dialog.get_by_role("region", name="What the paths give")
    expect(given.get_by_role("row").nth(1)).to_contain_text("2 objects")
    expect(given).to_contain_text("Red")
    assert dialog.get_by_role("textbox", name="List of objects").input_value() == "items"
    # A path that finds nothing says so, at once; one that fits is there again.
    score = dialog.get_by_role("textbox", name="Score", exact=True)
    path = score.input_value()
    score.fill("score")
    expect(given.get_by_role("row").filter(has_text="score").first).to_contain_text("no “score”")
    score.fill(path)
    expect(given).not_to_contain_text("no “score”")
    dialog.get_by_role("button", name="Add and use").click()
    expect(dialog.get_by_role("status").filter(has_text="is in use")).to_be_visible()
    page.keyboard.press("Escape")
    assert assisted(page) == 2
    assert [(one.tag, one.score) for one in listed(page)] == [("Red", 0.9), ("Blue", 0.7)]


FAILURES = {
    "unauthorised": (Reply(status=401), "wants a credential"),
    "forbidden": (Reply(status=403), "may not use this deployment"),
    "not found": (Reply(status=404, body=b'{"detail": "no model x"}'), "no model x"),
    "too large": (Reply(status=413), "too large for the deployment"),
    "failed": (Reply(status=500, body=b'{"error": "out of memory"}'), "out of memory"),
    "a web page": (
        Reply(body=b"<!doctype html><p>Sign in", headers={"Content-Type": "text/html"}),
        "a web page instead of JSON",
    ),
    "half a JSON": (Reply(body=b'{"response": {"predictions": [{'), "is no JSON"),
    "another shape": (Reply(body=b'{"boxes": []}'), "has no “predictions”"),
    "an error inside": (Reply(body=b'{"error": "no weights"}'), "no weights"),
    "no numbers": (Reply(body=b'{"response": {"predictions": NaN}}'), "NaN is no number"),
    "hangs up": (Reply(hangs_up=True), "cannot be reached"),
}


def test_each_failure_is_named_and_nothing_is_lost(
    page: Page, booted_watch: Watch, server: DeploymentServer
) -> None:
    booted_watch.expect_errors(server.url)
    deployed(page, server.url)
    assisted(page)
    suggestions(page).first.click()
    page.keyboard.press("Space")
    expect(annotations(page)).to_have_count(1)
    for reply, says in FAILURES.values():
        server.instead = lambda number, reply=reply: reply
        expect(button(page, "Model Assist")).to_be_enabled()
        annotator(page).focus()
        page.keyboard.press("Shift+m")
        failure = page.get_by_text(re.compile(f"Model Assist failed on .*{re.escape(says)}"))
        expect(failure).to_be_visible()
        expect(annotations(page)).to_have_count(1)
        expect(suggestions(page)).to_have_count(2)
    saved(page)


def test_where_a_server_sends_elsewhere_nobody_goes(
    page: Page, booted_watch: Watch, server: DeploymentServer, elsewhere: DeploymentServer
) -> None:
    # The browser tells of the request that it does not make: what counts is what arrives.
    booted_watch.allow(elsewhere.url)
    deployed(page, server.url)
    to = {"Location": f"{elsewhere.url}/predict"}
    server.instead = lambda number: Reply(status=307, headers=to)
    page.keyboard.press("m")
    expect(page.get_by_text(re.compile("Prediction failed on .*sends elsewhere"))).to_be_visible()
    assert len(server.predictions) == 1
    assert elsewhere.sent == []


def test_one_that_does_not_answer_cannot_be_asked_until_it_does(
    page: Page, booted_watch: Watch, server: DeploymentServer
) -> None:
    booted_watch.expect_errors(server.url)
    deployed(page, server.url)
    server.stop()
    page.keyboard.press("m")
    assist = button(page, "Model Assist")
    expect(assist).to_be_disabled()
    expect(assist).to_have_accessible_description(
        re.compile("does not answer: .* does not answer: it does not run")
    )
    server.start()
    expect(assist).to_be_enabled()
    annotator(page).focus()
    page.keyboard.press("Shift+m")
    paints(page, 3)


def test_what_is_not_allowed_any_more_is_not_asked(page: Page, server: DeploymentServer) -> None:
    deployed(page, server.url)
    settings(page).get_by_role("button", name="What left this browser").click()
    left = page.get_by_role("dialog", name="What left this browser")
    left.get_by_role("button", name=f"Do not allow {server.url} any more").click()
    expect(left.get_by_text("Nothing may leave this browser")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    asked = len(server.sent)
    assist = button(page, "Model Assist")
    expect(assist).to_be_disabled()
    expect(assist).to_have_accessible_description(re.compile("has not been allowed"))
    assert len(server.sent) == asked


def test_a_server_without_cors_headers_is_explained(
    page: Page, booted_watch: Watch, server: DeploymentServer
) -> None:
    booted_watch.expect_errors(server.url)
    server.cors = False
    dialog = settings(page)
    dialog.get_by_role("textbox", name="Address of the deployment").fill(server.url)
    dialog.get_by_role("button", name="Allow and connect").click()
    trouble = dialog.get_by_role("alert").filter(has_text="sends no CORS headers")
    expect(trouble).to_contain_text("answers, but does not let web pages read that")
    expect(dialog.get_by_role("alert").filter(has_text="serve --relay")).to_be_visible()
    # What was asked to find that out is listed too.
    dialog.get_by_role("button", name="What left this browser").click()
    left = page.get_by_role("dialog", name="What left this browser")
    asking = left.get_by_role("row").filter(has_text="does it answer?")
    expect(asking.first).to_contain_text(f"GET {server.url}/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_who_finds_out_whether_a_server_answers_is_not_sent_elsewhere(
    page: Page, booted_watch: Watch, server: DeploymentServer, elsewhere: DeploymentServer
) -> None:
    booted_watch.expect_errors(server.url, elsewhere.url, "Content Security Policy")
    server.cors = False
    server.front = Reply(status=302, headers={"Location": f"{elsewhere.url}/"})
    dialog = settings(page)
    dialog.get_by_role("textbox", name="Address of the deployment").fill(server.url)
    dialog.get_by_role("button", name="Allow and connect").click()
    expect(dialog.get_by_role("alert").filter(has_text="does not answer")).to_be_visible()
    assert "/" in [one.path for one in server.sent]
    assert elsewhere.sent == []
    page.keyboard.press("Escape")


def test_fifty_images_in_a_row_of_a_server_that_is_busy_every_fifth_time(
    page: Page, booted_watch: Watch, server: DeploymentServer, tmp_path: Path
) -> None:
    booted_watch.expect_errors(server.url)
    server.instead = lambda number: Reply(status=503) if number % 5 == 0 else None
    files = [write(tmp_path / f"{number:03}.png", mark=number) for number in range(50)]
    new_project(leave(page), files, tags=TAGS)
    deployed(page, server.url)
    page.get_by_role("switch", name="Assist on open").check()
    current = page.get_by_role("navigation", name="Current image")
    annotator(page).focus()
    for number in range(50):
        expect(current).to_contain_text(f"{number:03}.png")
        paints(page, 3)
        page.keyboard.press("Shift+g")
    expect(page.get_by_text("All 50 finished")).to_be_visible()
    saved(page)
    pictures = [one.picture for one in server.predictions]
    assert len(set(pictures)) == 50
    assert 60 <= len(pictures) <= 64
