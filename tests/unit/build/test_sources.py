import hashlib
import socket
import sys
import threading

import pytest

from twoclick_build.downloads.carrier import CarrierSource
from twoclick_build.downloads.sources import ReleaseSource, obtain
from twoclick_build.failure import BuildError
from twoclick_build.page.wheel import core_wheel, wheel_name
from twoclick_build.pins import Carrier, PinnedFile

NUMPY = b"the wheel of numpy"
PILLOW = b"the wheel of Pillow"


def pinned(name, content):
    return PinnedFile(name=name, sha256=hashlib.sha256(content).hexdigest())


WANTED = [pinned("numpy.whl", NUMPY), pinned("pillow.whl", PILLOW)]


def release(address):
    return ReleaseSource(url=f"{address}/{{name}}", connect_seconds=5.0)


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "numpy.whl").write_bytes(NUMPY)
    (folder / "pillow.whl").write_bytes(PILLOW)
    return folder


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def closed_address():
    """An address on this machine where nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def hanging_up():
    """An address that hangs up on everyone, and the list of those who called."""
    callers = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up():
            while True:
                try:
                    connection, caller = listener.accept()
                except OSError:
                    return
                callers.append(caller)
                connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", callers
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_files_come_from_the_release_and_stay_in_the_cache(site, cache, serve_folder):
    source = release(serve_folder(site))
    places = obtain(WANTED, cache=cache, sources=[source])
    assert places["numpy.whl"].read_bytes() == NUMPY
    assert places["pillow.whl"].read_bytes() == PILLOW
    assert obtain(WANTED, cache=cache, sources=[]) == places


def test_an_unreachable_source_is_no_error_while_another_serves(
    site, cache, serve_folder, closed_address
):
    sources = [release(closed_address), release(serve_folder(site))]
    places = obtain(WANTED, cache=cache, sources=sources)
    assert places["pillow.whl"].read_bytes() == PILLOW


def test_a_source_that_failed_is_not_asked_for_the_next_file(site, cache, serve_folder, hanging_up):
    address, callers = hanging_up
    obtain(WANTED, cache=cache, sources=[release(address), release(serve_folder(site))])
    assert len(callers) == 1


def test_a_file_with_other_content_is_taken_from_the_next_source(
    site, cache, serve_folder, tmp_path
):
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "numpy.whl").write_bytes(b"something else")
    sources = [release(serve_folder(wrong)), release(serve_folder(site))]
    assert obtain(WANTED, cache=cache, sources=sources)["numpy.whl"].read_bytes() == NUMPY


def test_when_all_fail_the_message_has_the_file_and_the_reason_of_each(
    site, cache, serve_folder, closed_address
):
    (site / "numpy.whl").write_bytes(b"something else")
    good_for_one = serve_folder(site)
    with pytest.raises(BuildError) as failure:
        obtain(WANTED, cache=cache, sources=[release(closed_address), release(good_for_one)])
    text = str(failure.value)
    assert f"Cannot get numpy.whl (SHA-256 {WANTED[0].sha256})" in text
    assert f"{closed_address}/: cannot be reached" in text
    assert f"{good_for_one}/: gives other content" in text
    assert "pillow.whl" not in text
    kept = obtain(WANTED[1:], cache=cache, sources=[])
    assert kept["pillow.whl"].read_bytes() == PILLOW


def test_a_missing_file_is_named_with_the_answer_of_the_source(site, cache, serve_folder):
    (site / "numpy.whl").unlink()
    with pytest.raises(BuildError, match=r"answered 404"):
        obtain(WANTED, cache=cache, sources=[release(serve_folder(site))])


def test_a_damaged_file_in_the_cache_is_fetched_anew(site, cache, serve_folder):
    source = release(serve_folder(site))
    places = obtain(WANTED, cache=cache, sources=[source])
    places["numpy.whl"].write_bytes(NUMPY[:4])
    assert obtain(WANTED, cache=cache, sources=[source])["numpy.whl"].read_bytes() == NUMPY


def test_nothing_is_left_behind_in_the_cache_by_a_failure(cache, closed_address):
    with pytest.raises(BuildError):
        obtain(WANTED, cache=cache, sources=[release(closed_address)])
    assert list(cache.iterdir()) == []


def carrier(folders):
    return CarrierSource(
        carrier=Carrier(requirement="twoclick==9.9", folders=folders, megabytes=1),
        python=sys.executable,
    )


@pytest.fixture
def index_with_carrier(site, tmp_path, monkeypatch):
    """pip finds one wheel, with the files of `site` inside, in a folder on this machine."""
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / wheel_name("9.9")).write_bytes(core_wheel(site, version="9.9"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null" if sys.platform != "win32" else "nul")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))


@pytest.mark.usefixtures("index_with_carrier")
def test_files_come_out_of_a_wheel_that_carries_them(cache):
    source = carrier(("elsewhere", "site"))
    places = obtain(WANTED, cache=cache, sources=[source])
    assert places["numpy.whl"].read_bytes() == NUMPY
    assert sorted(path.name for path in cache.rglob("*.whl")) == ["numpy.whl", "pillow.whl"]


@pytest.mark.usefixtures("index_with_carrier")
def test_a_carrier_without_the_file_is_a_reason(cache):
    with pytest.raises(BuildError, match=r"Python package index: does not have it"):
        obtain(WANTED, cache=cache, sources=[carrier(("elsewhere",))])


def test_a_carrier_that_pip_does_not_find_is_a_reason_in_its_words(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(BuildError, match=r"pip says: No matching distribution"):
        obtain(WANTED, cache=cache, sources=[carrier(("site",))])
