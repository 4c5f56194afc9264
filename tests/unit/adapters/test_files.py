"""Files, folders and zip archives: read with limits, written whole or not at all."""

import errno
import os
import random
import stat
import struct
import zipfile

import pytest

from twoclick.adapters.files import Destination, FilesError, opened_source
from twoclick.formats.format import Piece


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return path


def contents(path):
    with opened_source(path) as source:
        return {entry.path: entry.content() for entry in source.entries}, list(source.notes)


def refusal(path):
    with pytest.raises(FilesError) as caught:
        contents(path)
    return str(caught.value)


def test_a_folder_gives_its_files_with_the_paths_in_it(tmp_path):
    (tmp_path / "labels" / "train").mkdir(parents=True)
    (tmp_path / "labels" / "train" / "a.txt").write_text("0 1 2")
    (tmp_path / "data.yaml").write_text("names: []")
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("x")
    found, notes = contents(tmp_path)
    assert found == {"data.yaml": b"names: []", "labels/train/a.txt": b"0 1 2"}
    assert notes == []


def test_links_in_a_folder_are_followed_but_never_round_and_round(tmp_path):
    images = tmp_path / "photos"
    images.mkdir()
    (images / "a.txt").write_text("a")
    data = tmp_path / "data"
    data.mkdir()
    (data / "images").symlink_to(images, target_is_directory=True)
    (data / "again").symlink_to(data, target_is_directory=True)
    (data / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert contents(data)[0] == {"images/a.txt": b"a"}


def test_a_link_to_what_is_not_there_is_said(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert contents(tmp_path) == ({}, ["gone.txt is a link to what is not there"])


def test_a_folder_that_may_not_be_read_is_named_and_not_passed_over(tmp_path, monkeypatch):
    (tmp_path / "labels" / "val").mkdir(parents=True)
    whole = os.scandir

    def refused(path):
        if str(path).endswith("val"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return whole(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert "labels/val cannot be read: Permission denied" in refusal(tmp_path)


def test_what_goes_wrong_while_a_source_is_used_is_not_about_it(tmp_path):
    with pytest.raises(BrokenPipeError), opened_source(tmp_path):
        raise BrokenPipeError


def test_what_is_neither_a_file_nor_a_folder_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "pipe is neither" in refusal(tmp_path / "pipe")


def test_a_file_is_a_source_of_one(tmp_path):
    path = tmp_path / "labels.json"
    path.write_bytes(b"{}")
    with opened_source(path) as source:
        assert (source.name, source.kind) == ("labels", "file")
        assert [entry.path for entry in source.entries] == ["labels.json"]


def test_what_is_not_there_is_named(tmp_path):
    assert "nowhere" in refusal(tmp_path / "nowhere")


def test_an_archive_gives_its_files_without_what_systems_leave(tmp_path):
    path = zipped(
        tmp_path / "data.v2.zip",
        [
            ("labels/", b""),
            ("labels\\a.txt", b"a"),
            ("__MACOSX/labels/._a.txt", b"x"),
            ("labels/.DS_Store", b"x"),
        ],
    )
    assert contents(path) == ({"labels/a.txt": b"a"}, [])
    with opened_source(path) as source:
        assert (source.name, source.kind) == ("data.v2", "zip")


def test_archives_and_links_in_an_archive_are_passed_by_and_said(tmp_path):
    link = zipfile.ZipInfo("secret.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped(
        tmp_path / "data.zip", [("a.txt", b"a"), ("inner.zip", b"PK"), (link, b"/etc/passwd")]
    )
    found, notes = contents(path)
    assert found == {"a.txt": b"a"}
    assert notes == [
        "inner.zip is an archive in the archive, which is not opened",
        "secret.txt is a link, which is not followed",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_files_of_one_name_the_first_counts(tmp_path):
    path = zipped(tmp_path / "data.zip", [("a.txt", b"1"), ("a.txt", b"2")])
    assert contents(path) == ({"a.txt": b"1"}, ["a.txt is there twice: the first one counts"])


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt"])
def test_an_archive_that_leads_out_of_itself_is_not_opened(tmp_path, name):
    assert "outside of itself" in refusal(zipped(tmp_path / "bad.zip", [(name, b"x")]))


def test_an_archive_that_unpacks_to_far_too_much_is_not_opened(tmp_path):
    bomb = zipped(tmp_path / "bomb.zip", [("labels.json", bytes(40 << 20))])
    assert bomb.stat().st_size < 1 << 16
    assert "would be 41,943,040 bytes" in refusal(bomb)


def test_files_that_share_their_bytes_are_not_opened(tmp_path):
    """An overlapping archive: each name points to the same packed bytes."""
    path = zipped(tmp_path / "shared.zip", [("a.txt", os.urandom(1 << 15))])
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    many = b"".join(entry.replace(b"a.txt", b"%c.txt" % (97 + at)) for at in range(8))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 8, 8, len(many), start, 0)
    path.write_bytes(data[:start] + many + tail)
    assert "more than fits in it" in refusal(path)


def test_a_protected_archive_is_not_opened(tmp_path):
    path = zipped(tmp_path / "safe.zip", [("a.txt", b"a")])
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "protected by a password" in refusal(path)


def test_a_damaged_archive_is_named(tmp_path):
    path = zipped(tmp_path / "data.zip", [("a.txt", os.urandom(1000))])
    data = path.read_bytes()
    path.write_bytes(data[:500])
    assert "damaged, or cut short" in refusal(path)
    path.write_bytes(data[:300] + bytes([data[300] ^ 1]) + data[301:])
    assert "a.txt cannot be read" in refusal(path)


def test_damage_is_named_however_the_archive_is_packed(tmp_path):
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        path = tmp_path / f"{method}.zip"
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("a.txt", b"0 0.5 0.5 0.1 0.1\n" * 9)
        whole = bytearray(path.read_bytes())
        start = whole.index(b"a.txt") + len("a.txt")
        whole[start + 4 : start + 14] = b"\xff" * 10
        path.write_bytes(whole)
        assert "a.txt cannot be read" in refusal(path)


def test_a_file_that_is_longer_than_it_says_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"123")
    with opened_source(path) as source:
        path.write_bytes(b"12345")
        with pytest.raises(FilesError, match="longer than it says"):
            source.entries[0].content()


def written(path, pieces, *, whole=True):
    with Destination.opened(path) as destination:
        for piece in pieces:
            destination.write(piece)
        destination.join()
        if whole:
            destination.keep(path)


PIECES = [
    Piece(path="labels.json", content=b"c", section=2),
    Piece(path="labels.json", content=b"a", section=0),
    Piece(path="images/a.txt", content=b"x", section=3),
    Piece(path="labels.json", content=b"b", section=0),
    Piece(path="images/a.txt", content=b"y", section=3),
]
WHOLE = {"labels.json": b"abc", "images/a.txt": b"xy"}


@pytest.mark.parametrize("name", ["out", "out.v1", "out.zip", "deep/er/out.zip"])
def test_sections_are_put_in_order(tmp_path, name):
    written(tmp_path / name, PIECES)
    assert contents(tmp_path / name)[0] == WHOLE
    assert [path.name for path in (tmp_path / name).parent.iterdir()] == [(tmp_path / name).name]


def test_one_file_may_stand_alone(tmp_path):
    written(tmp_path / "out.json", [piece for piece in PIECES if piece.path == "labels.json"])
    assert (tmp_path / "out.json").read_bytes() == b"abc"


@pytest.mark.parametrize("name", ["out", "out.zip", "out.json"])
def test_what_is_not_kept_leaves_nothing_behind(tmp_path, name):
    written(tmp_path / name, PIECES, whole=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["new/deep/out", "x" * 300, "new/" + "x" * 300])
def test_folders_that_were_made_for_nothing_go_again(tmp_path, name):
    with pytest.raises(FilesError, match="Nothing"), Destination.opened(tmp_path / name):
        raise FilesError("Nothing.")
    assert list(tmp_path.iterdir()) == []


def test_a_name_may_be_as_long_as_systems_take(tmp_path):
    written(tmp_path / ("x" * 255), PIECES)
    assert contents(tmp_path / ("x" * 255))[0] == WHOLE


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "out").mkdir()
    written(tmp_path / "out", PIECES)
    with pytest.raises(FilesError, match="is there already"):
        written(tmp_path / "out", PIECES)


@pytest.mark.parametrize("path", ["../a.txt", "/a.txt", "a/../../b.txt", "C:a.txt", "a\\b.txt"])
def test_no_file_is_written_outside(tmp_path, path):
    with pytest.raises(FilesError, match="no name for a file"):
        written(tmp_path / "out", [Piece(path=path, content=b"x")])
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FilesError, match=r"out cannot be written: .*Nothing was written"):
        written(tmp_path / "file" / "out", PIECES)


def test_whatever_is_broken_in_an_archive_is_refused_or_passed_by(tmp_path):
    path = zipped(tmp_path / "data.zip", [("a.txt", b"a" * 300), ("b/c.json", b"{}")])
    whole = path.read_bytes()
    chance = random.Random(1)
    refused = 0
    for _ in range(1000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 255, chance.randrange(256)))
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        try:
            found, _ = contents(path)
        except FilesError:
            refused += 1
            continue
        assert all(len(content) <= 1 << 24 for content in found.values())
    assert 500 < refused < 1000
