import os

from twoclick_build.files import sha256_of
from twoclick_build.page.digests import Digests
from twoclick_build.stamps import content_stamp, read_stamps, write_stamps

LONG_AGO = 1_000_000_000_000_000_000


def write_at(path, content, *, time_ns):
    path.write_bytes(content)
    os.utime(path, ns=(time_ns, time_ns))


def test_a_stamp_follows_the_content_of_files(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text("numpy==1")
    before = content_stamp([lock])
    lock.write_text("numpy==2")
    assert content_stamp([lock]) != before
    lock.write_text("numpy==1")
    assert content_stamp([lock]) == before


def test_parts_do_not_run_into_each_other():
    assert content_stamp(["ab", "c"]) != content_stamp(["a", "bc"])


def test_stamps_are_kept_between_runs(tmp_path):
    file = tmp_path / "stamps.json"
    write_stamps(file, {"build": "abc"})
    assert read_stamps(file) == {"build": "abc"}


def test_a_missing_or_broken_stamp_file_means_nothing_is_known(tmp_path):
    file = tmp_path / "stamps.json"
    assert read_stamps(file) == {}
    file.write_text("{broken")
    assert read_stamps(file) == {}
    file.write_text("[]")
    assert read_stamps(file) == {}


def test_a_remembered_digest_is_used_while_size_and_time_stay(tmp_path):
    file, memory = tmp_path / "file", tmp_path / "digests.json"
    write_at(file, b"one", time_ns=LONG_AGO)
    first = Digests(memory)
    expected = first.of(file)
    first.keep()
    write_at(file, b"two", time_ns=LONG_AGO)  # same size and time: only the memory can answer "one"
    assert Digests(memory).of(file) == expected
    write_at(file, b"two", time_ns=LONG_AGO + 1)
    assert Digests(memory).of(file) == sha256_of(file) != expected


def test_a_file_that_may_still_be_changing_is_not_remembered(tmp_path):
    file, memory = tmp_path / "file", tmp_path / "digests.json"
    file.write_bytes(b"one")
    now = file.stat().st_mtime_ns
    first = Digests(memory)
    first.of(file)
    first.keep()
    write_at(file, b"two", time_ns=now)
    assert Digests(memory).of(file) == sha256_of(file)
