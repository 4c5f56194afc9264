"""Servers as people run them, asked from the page through the relay: connected, tried, used, and
what they found committed."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.deployments.connecting import connected
from e2e.deployments.relayed import RelayedPage, relayed_page, sent
from e2e.images.files import HEIGHT, WIDTH, write
from e2e.images.own import new_project
from e2e.openers import OpenBrowser
from e2e.sample import (
    ANSWERS_WITHIN,
    Found,
    agree,
    annotations,
    button,
    leave,
    listed,
    paints,
    saved,
)
from e2e.stored import count_stored, outlines, records, stored_answer
from e2e.visited import Visited
from e2e.watch import Watch
from live.asking import printed_for
from live.looking_model import write_model
from live.servers import datature_server, kserve, mlserver
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import read_image

pytestmark = pytest.mark.live

CLASSES = ("Red", "Green", "Blue")

Relayed = Callable[[str], AbstractContextManager[RelayedPage]]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """An image without loss, so that the page and this process have the same pixels of it."""
    return write(tmp_path / "quarters.png", mark=1)


@pytest.fixture
def relayed(
    dist: Path, _visited: Visited, open_browser: OpenBrowser, watch: Watch, tmp_path: Path
) -> Relayed:
    """Opens the page with a relay to an address."""
    folder = tmp_path / "relay"
    folder.mkdir()
    return lambda to: relayed_page(
        to, dist=dist, visited=_visited, open_browser=open_browser, watch=watch, folder=folder
    )


@pytest.fixture
def server_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "server"
    folder.mkdir()
    return folder


def details(dialog: Locator) -> Locator:
    """What is set of a deployment that was found."""
    return dialog.locator("form", has=dialog.page.get_by_role("button", name="Add and use"))


def tried(form: Locator, says: str) -> None:
    """Test on this image, until its picture says that."""
    form.get_by_role("button", name="Test on this image").click()
    picture = form.get_by_role("img", name=f"What the deployment finds: {says}", exact=True)
    expect(picture).to_be_visible(timeout=ANSWERS_WITHIN)


def added(dialog: Locator) -> None:
    """Add and use, until it is in use and Model Assist can be pressed."""
    details(dialog).get_by_role("button", name="Add and use").click()
    expect(dialog.get_by_role("status").filter(has_text="was added and is in use")).to_be_visible()
    dialog.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button(dialog.page, "Model Assist")).to_be_enabled()


def answered(page: Page) -> dict[str, np.ndarray]:
    """What the deployment found on the open image, once it is stored."""
    count_stored(page, "predictions", 1)
    return stored_answer(page)


def committed(page: Page) -> list[Found]:
    """Press Commit All by its key; what is then stored of the image, by tag and box."""
    count = len(listed(page))
    page.keyboard.press("Shift+Space")
    expect(annotations(page)).to_have_count(count)
    count_stored(page, "documents", 1)
    saved(page)
    (project,) = records(page, "projects")
    names = {tag["id"]: tag["name"] for tag in project["tags"]}
    (document,) = outlines(page)
    boxes = np.array(document["boxes"]).reshape(-1, 4).tolist()
    return [
        Found(tag=names[tag], score=1, box=tuple(box))
        for tag, box in zip(document["tagIds"], boxes, strict=True)
    ]


def same_boxes(ours: list[Found], theirs: list[Found], *, within: float) -> None:
    """The same tags with the same boxes, in whatever order."""
    ours, theirs = (sorted(one, key=lambda each: (each.tag, each.box)) for one in (ours, theirs))
    assert [one.tag for one in ours] == [one.tag for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert one.box == pytest.approx(other.box, abs=within)


def test_what_a_local_deployment_of_datature_finds_is_committed(
    relayed: Relayed, image: Path, server_folder: Path
) -> None:
    found = [
        Found(tag="Red", score=0.9, box=(120, 40, 360, 200)),
        Found(tag="Green", score=0.75, box=(240, 120, 480, 360)),
    ]
    rows = [
        [y0 / HEIGHT, x0 / WIDTH, y1 / HEIGHT, x1 / WIDTH, one.score, number, 1]
        for number, one in enumerate(found, start=1)
        for x0, y0, x1, y1 in [one.box]
    ]
    with (
        datature_server(server_folder, rows=[*rows, [0] * 7], names=CLASSES) as server,
        relayed(server) as opened,
    ):
        page = new_project(opened.page, [image], tags=CLASSES)
        dialog = connected(page, opened.address)
        form = details(dialog)
        expect(dialog.get_by_role("status").filter(has_text="Found: Datature")).to_be_visible()
        expect(form.get_by_role("combobox", name="Protocol")).to_have_value("datature")
        expect(form.get_by_role("combobox", name="Server", exact=True)).to_have_value("local")
        tried(form, "2 shown: 1 Red, 1 Green")
        added(dialog)
        page.keyboard.press("m")
        paints(page, 2)
        assert agree(listed(page), found)
        assert answered(page)["scores"] == pytest.approx([0.9, 0.75], abs=1e-6)
        same_boxes(committed(page), found, within=0.01)
        pictures = [one for one in sent(page) if not one.endswith(", no image")]
        assert len(pictures) == 2
        for one in pictures:
            assert re.fullmatch(rf"POST {opened.address}predict, \d+ k?B", one)
        page.keyboard.press("Escape")
        leave(page)


@pytest.mark.parametrize(
    ("start", "transport"), [(mlserver, "json"), (kserve, "binary")], ids=["mlserver", "kserve"]
)
def test_tensors_of_a_server_are_read_as_the_file_is_by_the_command_line(
    relayed: Relayed,
    image: Path,
    server_folder: Path,
    tmp_path: Path,
    start: Callable[[Path, Path], AbstractContextManager[str]],
    transport: str,
) -> None:
    model = write_model(tmp_path / "looking.onnx")
    native = NativePredictor(model).predict(read_image(image.read_bytes(), name=image.name))
    assert native.classes.tolist() == [0, 1, 0, 2]
    with start(server_folder, model) as server, relayed(server) as opened:
        page = new_project(opened.page, [image], tags=CLASSES)
        dialog = connected(page, opened.address)
        form = details(dialog)
        expect(form.get_by_role("combobox", name="Protocol")).to_have_value("open_inference")
        sending = form.get_by_role("combobox", name="Tensors are sent")
        expect(sending).to_have_value(transport)
        tried(form, "3 shown: 1 class 0, 1 class 1, 1 class 2")
        way = form.get_by_role("combobox", name="Its answers are read as")
        expect(way.get_by_role("option", selected=True)).to_have_text(re.compile("^YOLO by Ultr"))
        form.get_by_role("textbox", name="Class names").fill("\n".join(CLASSES))
        tried(form, "3 shown: 1 Red, 1 Green, 1 Blue")
        added(dialog)
        page.keyboard.press("m")
        paints(page, 3)
        here = answered(page)
        assert here["classes"].tolist() == native.classes.tolist()
        assert here["scores"] == pytest.approx(native.scores, abs=0.01)
        np.testing.assert_allclose(here["boxes"].reshape(-1, 4), native.boxes, atol=0.5)
        shown = [
            Found(tag=CLASSES[native.classes[at]], score=1, box=tuple(native.boxes[at].tolist()))
            for at in (0, 1, 3)  # the third is the first once more
        ]
        same_boxes(committed(page), shown, within=0.5)
        asked = f"POST {opened.address}v2/models/looking/infer, "
        assert sum(one.startswith(asked) for one in sent(page)) == 3
        page.keyboard.press("Escape")
        leave(page)
        names = tmp_path / "classes.txt"
        names.write_text("\n".join(CLASSES))
        options = ("--protocol", "open_inference", "--names", str(names))
        printed = printed_for(image, server, *options)
        assert [label for label, _, _ in printed] == [one.tag for one in shown]
        for (_, _, box), one in zip(printed, shown, strict=True):
            assert box == pytest.approx(one.box, abs=0.5)
