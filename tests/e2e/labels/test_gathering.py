"""Files, folders and zip files that somebody brings to import, hostile ones too."""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

GATHER = """async (files) => {
  const { gather } = await import(new URL("scene/gathering.js", document.baseURI));
  const brought = files.map(([name, content]) =>
    ({ name, file: new File([Uint8Array.fromBase64(content)], name) }));
  const gathering = await gather({ scope: location.pathname }, brought);
  const texts = {};
  const failures = {};
  for (let part = await gathering.nextTexts(); part; part = await gathering.nextTexts()) {
    let at = 0;
    for (const { path, bytes, failure } of part.pieces) {
      const text = new TextDecoder().decode(new Uint8Array(part.content, at, bytes));
      texts[path] = (texts[path] ?? "") + text;
      if (failure !== null) failures[path] = failure;
      at += bytes;
    }
  }
  const images = {};
  for (const one of gathering.images())
    images[one.name] = await one.read().then((blob) => blob.text(), (reason) => reason.message);
  gathering.end();
  return { ...gathering.found, texts, failures, read: images };
}"""


def gathered(page: Page, **files: bytes) -> Any:
    """What the page finds in these files; their names have "_" for "."."""
    listed = [
        [name.replace("_", "."), base64.b64encode(content).decode()]
        for name, content in files.items()
    ]
    return page.evaluate(GATHER, listed)


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def left(found: Any) -> dict[str, str]:
    return {one["path"]: one["why"] for one in found["left"]}


def test_a_zip_file_gives_its_label_files_and_names_its_images(booted_page: Page) -> None:
    long = "".join(
        f"{place} 0.5 0.5 0.1 {place * 7919 % 9973 / 9973}\n" for place in range(400_000)
    )
    content = zipped(
        {
            "set/data.yaml": "names: [a]",
            "set/labels/long.txt": long,
            "set/labels/ünïcode.txt": "",
            "set/images/a.jpg": b"\xff\xd8 the image",
            "set/.DS_Store": b"litter",
            "__MACOSX/set/._data.yaml": b"litter",
            "set/weights.bin": b"neither",
        }
    )
    found = gathered(booted_page, a_zip=content)
    assert found["texts"] == {
        "data.yaml": "names: [a]",
        "labels/long.txt": long,
        "labels/ünïcode.txt": "",
    }
    assert [one["path"] for one in found["images"]] == ["images/a.jpg"]
    assert found["read"]["images/a.jpg"].endswith("the image")
    assert (found["left"], found["others"]) == ([], 1)


def test_loose_files_and_zip_files_come_together(booted_page: Page) -> None:
    found = gathered(booted_page, classes_txt=b"car", a_zip=zipped({"b.txt": "0 1 1 1 1"}))
    assert found["texts"] == {"classes.txt": "car", "a.zip/b.txt": "0 1 1 1 1"}


def test_a_project_file_is_told_as_one(booted_page: Page) -> None:
    assert gathered(booted_page, a_zip=zipped({"twoclick.json": "{}"}))["isProjectFile"]


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a\\..\\..\\b"]
)
def test_names_that_lead_out_of_a_zip_file_are_refused(booted_page: Page, name: str) -> None:
    found = gathered(booted_page, a_zip=zipped({"good.txt": "", name: "evil"}))
    assert found["texts"] == {}
    assert "leads out of it" in left(found)["a.zip"]


def test_folders_as_windows_writes_them_are_folders(booted_page: Page) -> None:
    found = gathered(booted_page, a_zip=zipped({"labels\\a.txt": "0", "classes.txt": "car"}))
    assert found["texts"] == {"labels/a.txt": "0", "classes.txt": "car"}


def test_what_is_no_zip_file_or_ends_early_is_told(booted_page: Page) -> None:
    whole = zipped({"a.txt": "0 0.5 0.5 0.1 0.1"})
    found = gathered(booted_page, none_zip=b"no zip at all", half_zip=whole[:-30], empty_zip=b"")
    assert left(found) == {
        "none.zip": "it is no zip file",
        "half.zip": "the end of the file is missing: copy or download it again",
        "empty.zip": "the file is empty",
    }


def test_a_damaged_file_in_a_zip_file_voids_that_file_alone(booted_page: Page) -> None:
    content = bytearray(zipped({"a.txt": "first " * 50, "b.txt": "second " * 50}))
    at = content.index(b"a.txt") + len(b"a.txt") + 4
    content[at] ^= 0xFF
    found = gathered(booted_page, a_zip=bytes(content))
    assert list(found["failures"]) == ["a.txt"]
    assert found["texts"]["b.txt"] == "second " * 50


def test_what_unpacks_to_far_more_than_it_is_is_not_unpacked(booted_page: Page) -> None:
    bomb = zipped({"bomb.json": b"0" * 50_000_000, "good.txt": "1"})
    found = gathered(booted_page, a_zip=bomb)
    assert found["texts"] == {"good.txt": "1"}
    assert "500 times" in left(found)["bomb.json"]


def test_a_file_that_lies_about_its_size_is_stopped(booted_page: Page) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"0" * 60_000_000) + packer.flush()
    found = gathered(booted_page, a_zip=_zip_of(b"a.txt", packed, claimed=len(packed) * 2))
    assert list(found["failures"]) == ["a.txt"]
    assert len(found["texts"]["a.txt"]) <= len(packed) * 2


def test_locked_and_nested_files_are_named_and_not_opened(booted_page: Page) -> None:
    content = bytearray(zipped({"locked.txt": "secret", "inner.zip": zipped({"a.txt": "0"})}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    found = gathered(booted_page, a_zip=bytes(content))
    assert found["texts"] == {}
    assert "password" in left(found)["locked.txt"]
    assert "zip file in a zip file" in left(found)["inner.zip"]


def test_files_that_share_their_bytes_are_refused(booted_page: Page) -> None:
    content = zipped({"a.txt": "one text", "b.txt": "one text"})
    start = content.index(b"PK\x03\x04", 4)
    directory = bytearray(content)
    at = directory.index(b"b.txt", directory.index(b"PK\x01\x02")) - 46
    assert struct.unpack_from("<I", directory, at + 42)[0] == start
    struct.pack_into("<I", directory, at + 42, 0)
    found = gathered(booted_page, a_zip=bytes(directory))
    assert "b.txt" in found["failures"]


def _zip_of(name: bytes, packed: bytes, *, claimed: int) -> bytes:
    """A zip file of one deflated member that says that it holds `claimed` bytes."""
    fields = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, 0, len(packed), claimed)
    local = b"PK\x03\x04" + fields + struct.pack("<HH", len(name), 0) + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end
