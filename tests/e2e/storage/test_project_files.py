"""Project files in the browser: everything comes back byte for byte; a bad file leaves nothing."""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from e2e.storage.bench import Bench, Content

MAKE_PROJECT = """async (count) => {
  const images = [];
  for (let at = 0; at < count; at++) {
    const canvas = new OffscreenCanvas(40 + at, 30);
    const context = canvas.getContext("2d");
    context.fillStyle = `hsl(${at * 30} 80% 50%)`;
    context.fillRect(0, 0, 20, 20);
    const type = at % 2 ? "image/jpeg" : "image/png";
    const blob = await canvas.convertToBlob({ type });
    const hash = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    const digest = new Uint8Array(hash).toHex();
    const about = { width: 40 + at, height: 30, digest, type, bytes: blob.size };
    images.push({ name: `image ${at}.${type.slice(6)}`, ...about, blob });
  }
  const steps = [];
  const tags = [{ name: "Text" }, { name: "Ünïcode \\u{1f600}" }];
  const intake = await services.createProject(
    { name: "Every / thing", tags, images }, (done, total) => steps.push([done, total]),
  );
  const { assets, tags: stored } = session.events.find(({ event }) => event === "project");
  return { intake, steps, assets: assets.map(({ id }) => id), tags: stored.map(({ id }) => id) };
}"""

ANSWER = """async ({ assetId, predictorId }) => {
  const columns = [
    new Float64Array([1, 2, 10, 12.5, 3, 4, 20, 20]), new Float64Array([0.9, 0.1]),
    new Int32Array([1, 0]), new Int32Array([0, 1]), new Float64Array([0.25]),
    new Uint8Array([2, 0]), new Int32Array([0, 3]), new Float64Array([1, 2, 10, 2, 5, 12.5]),
    new Uint8Array([]),
  ];
  const command = {
    type: "record-predictions", assetId, predictorId,
    width: 40, height: 30, floor: 0.05, cap: 300, milliseconds: 7.5,
  };
  const buffers = columns.map(({ buffer }) => buffer);
  await session.ask("session", "dispatch", { command }, buffers);
}"""

CARD = {
    "family": "test",
    "classNames": ["Text", "Title"],
    "defaultOverlap": 0.7,
    "scoreFloor": 0.05,
}
POLYGON = {"kind": "polygon", "rings": [[1, 1, 30, 2.5, 15, 20]]}

SAVE = """async () => {
  delete self.showSaveFilePicker;
  const seen = [];
  const saved = await services.saveProjectFile({ onProgress: (...step) => seen.push(step) });
  return { saved, seen };
}"""

OPEN = """async ([name, base64, choice]) => {
  const file = new File([Uint8Array.fromBase64(base64)], name);
  const asked = [];
  const choose = async (found) => { asked.push(found); return choice; };
  try {
    return { id: await services.openProjectFile(file, { choose }), asked };
  } catch (reason) {
    return { message: reason.message, code: reason.code, asked };
  }
}"""


def make_project(bench: Bench, images: int = 4) -> dict[str, Any]:
    """A project with something of everything, saved."""
    made: dict[str, Any] = bench.run(MAKE_PROJECT, images)
    first, second, third = made["assets"][:3]
    text = made["tags"][0]
    model = {"card": CARD, "name": "m", "source": "file", "digest": "m", "bytes": 5}
    bench.dispatch("add-predictor", **model)
    (predictor,) = bench.event("settings")["predictors"]
    bench.dispatch("make-tags", predictorId=predictor["id"], classIds=[0, 1])
    bench.run(ANSWER, {"assetId": first, "predictorId": predictor["id"]})
    bench.dispatch("draw", assetId=first, tagId=text, shape=POLYGON)
    bench.dispatch("commit-all", assetId=first, painted=[0])
    bench.dispatch("done", assetId=first, painted=[])
    bench.dispatch("skip", assetId=second, reason="blurred, naïve")
    bench.dispatch("draw", assetId=third, tagId=text, shape={"kind": "box", "box": [1, 2, 9, 9.5]})
    bench.dispatch("undo")
    return made


def saved_file(bench: Bench, folder: Path) -> bytes:
    """The open project as a file, downloaded as in a browser that lets nobody choose a place."""
    with bench.page.expect_download() as downloading:
        answer = bench.run(SAVE)
    download = downloading.value
    assert download.suggested_filename == "Every thing.twoclick.zip"
    assert answer["seen"][0] == ["Saving", 0]
    assert answer["seen"][-1] == ["Saving", 1]
    path = folder / "saved.zip"
    download.save_as(path)
    return path.read_bytes()


def open_file(
    bench: Bench, content: bytes, *, name: str = "my.zip", choice: str | None = None
) -> Any:
    return bench.run(OPEN, [name, base64.b64encode(content).decode(), choice])


def test_every_record_and_image_comes_back(bench: Bench, tmp_path: Path) -> None:
    bench.start()
    made = make_project(bench)
    assert made["intake"] == {"added": 4, "duplicates": [], "renamed": []}
    content = saved_file(bench, tmp_path)
    bench.settle()
    before = bench.content()
    assert {name: len(records) for name, records in before.items() if records} == {
        "projects": 1,
        "assets": 4,
        "documents": 2,
        "predictions": 1,
        "history": 5,
        "images": 4,
    }
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for image in before["images"]:
            (path,) = [one for one in archive.namelist() if image["digest"] in one]
            assert hashlib.sha256(archive.read(path)).hexdigest() == image["digest"]

    other = Bench(bench.page)
    other.start()
    assert open_file(other, content) == {"id": before["projects"][0]["id"], "asked": []}
    assert other.content() == before


def test_a_project_that_is_there_is_copied_or_replaced(bench: Bench, tmp_path: Path) -> None:
    bench.start()
    make_project(bench)
    content = saved_file(bench, tmp_path)
    bench.settle()
    before = bench.content()
    left = open_file(bench, content, choice=None)
    assert left["id"] is None
    assert left["asked"][0]["existing"]["name"] == "Every / thing"
    assert bench.content() == before

    copy = open_file(bench, content, choice="copy")["id"]
    bench.start()  # the project is open in this one no more
    replaced = open_file(bench, content, choice="replacement")["id"]
    rows = {row["id"]: row for row in bench.request("projects")}
    assert rows[copy]["name"] == "Every / thing (copy)"
    assert rows[replaced]["name"] == "Every / thing"
    assert rows[before["projects"][0]["id"]]["deletedAt"] is not None
    assert len(bench.content()["images"]) == 4


def test_a_copy_shares_images_and_erasing_frees_them(bench: Bench) -> None:
    bench.start()
    make_project(bench)
    bench.settle()
    before = bench.content()
    first = before["projects"][0]["id"]
    copy = bench.run("(id) => services.duplicateProject(id)", first)
    both = bench.content()
    for name in ("assets", "documents", "predictions", "history"):
        copied = [record for record in both[name] if record["projectId"] == copy]
        assert [{**record, "projectId": first} for record in copied] == before[name]
    bench.start()
    bench.run("(id) => services.eraseProject(id)", first)
    assert bench.content()["images"] == before["images"]
    bench.run("(id) => services.eraseProject(id)", copy)
    assert not any(bench.content().values())


def rezipped(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The file with other parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return into.getvalue()


def image_of(parts: dict[str, bytes]) -> str:
    return next(name for name in parts if name.startswith("images/"))


def newer(parts: dict[str, bytes]) -> None:
    parts["twoclick.json"] = json.dumps(
        {**json.loads(parts["twoclick.json"]), "schema": 99}
    ).encode()


def other_image(parts: dict[str, bytes]) -> None:
    name = image_of(parts)
    parts[name] = parts[name][:-1] + bytes([parts[name][-1] ^ 1])


def bomb(parts: dict[str, bytes]) -> None:
    parts[image_of(parts)] = bytes(50_000_000)


def flipped(content: bytes) -> bytes:
    """One bit of the first image, with the checksum that was."""
    at = 30 + content.index(b"images/") + 200
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


BAD_FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "the file is empty"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + bytes(99), "it is no zip file"),
    "cut off": (lambda content: content[:-200], "the end of the file is missing"),
    "a foreign zip": (
        lambda content: rezipped(content, lambda parts: parts.clear() or parts.update({"a": b"b"})),
        "not a Twoclick project file: it has no twoclick.json",
    ),
    "a newer one": (lambda content: rezipped(content, newer), "newer Twoclick (schema 99"),
    "a missing image": (
        lambda content: rezipped(content, lambda parts: parts.pop(image_of(parts)) and None),
        "is missing",
    ),
    "another image": (lambda content: rezipped(content, other_image), "is damaged"),
    "a bomb": (lambda content: rezipped(content, bomb), "is larger than it can be"),
    "a flipped bit": (flipped, "is damaged"),
    "a missing part": (
        lambda content: rezipped(
            content, lambda parts: parts.pop("records/documents-0001.jsonl") and None
        ),
        "records/documents-0001.jsonl is missing",
    ),
    "a damaged line": (
        lambda content: rezipped(
            content,
            lambda parts: parts.update(
                {"records/assets-0001.jsonl": parts["records/assets-0001.jsonl"][:-5]}
            ),
        ),
        "records/assets-0001.jsonl is damaged",
    ),
}


def test_bad_files_are_named_and_leave_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.start()
    make_project(bench)
    content = saved_file(bench, tmp_path)
    other = Bench(bench.page)
    other.start()
    empty: Content = {name: [] for name in other.content()}
    for name, (spoil, said) in BAD_FILES.items():
        answer = open_file(other, spoil(content), name=f"{name}.zip")
        assert answer.get("message", "").startswith(f"{name}.zip: "), (name, answer)
        assert said in answer["message"], (name, answer)
        assert other.content() == empty, name


def test_an_interrupted_restore_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.start()
    make_project(bench, images=60)
    content = saved_file(bench, tmp_path)
    other = Bench(bench.page)
    other.start()
    empty: Content = {name: [] for name in other.content()}

    text = base64.b64encode(content).decode()
    cancelled = other.run(
        """async (base64) => {
          const file = new File([Uint8Array.fromBase64(base64)], "my.zip");
          const stop = new AbortController();
          const onProgress = (_label, fraction) => { if (fraction > 0) stop.abort(); };
          const work = { choose: async () => null, onProgress, signal: stop.signal };
          return await services.openProjectFile(file, work).catch(({ message }) => message);
        }""",
        text,
    )
    assert "aborted" in cancelled
    assert other.content() == empty

    died = other.run(
        """async (base64) => {
          const file = new File([Uint8Array.fromBase64(base64)], "my.zip");
          const onProgress = (_label, fraction) => { if (fraction > 0) session.stop(); };
          const work = { choose: async () => null, onProgress };
          return await services.openProjectFile(file, work).catch(({ message }) => message);
        }""",
        text,
    )
    assert "the test ended it" in died
    assert other.content()["projects"] == []
    assert len(other.content()["unfinished"]) == 1
    other.start()
    other.run("() => services.cleanUp()")
    assert other.content() == empty


@pytest.mark.parametrize("chosen", [True, False])
def test_a_save_that_is_cancelled_leaves_the_old_file(bench: Bench, chosen: bool) -> None:
    """The place is one in the browser's private folder: a dialog cannot be answered by a test."""
    bench.start()
    make_project(bench, images=60)
    bench.run(
        """async () => {
          const folder = await navigator.storage.getDirectory();
          self.place = await folder.getFileHandle("old.zip", { create: true });
          const writing = await place.createWritable();
          await writing.write("what was there");
          await writing.close();
        }"""
    )
    result = bench.run(
        """async (chosen) => {
          const stop = new AbortController();
          self.showSaveFilePicker = async () => {
            if (chosen) return place;
            throw new DOMException("no", "AbortError");
          };
          const onProgress = (_label, fraction) => { if (fraction > 0) stop.abort(); };
          const work = { onProgress, signal: stop.signal };
          const saved = await services.saveProjectFile(work).catch(({ message }) => message);
          const text = await (await place.getFile()).text();
          self.showSaveFilePicker = async () => place;
          const again = await services.saveProjectFile();
          const { size } = await place.getFile();
          delete self.showSaveFilePicker;
          return { saved, text, again, size };
        }""",
        chosen,
    )
    assert (result["saved"] is None) is not chosen
    assert result["text"] == "what was there"
    assert result["again"] == {"name": "old.zip"}
    assert result["size"] > 10_000
    assert bench.event("filed")["filedAt"] is not None
