import gzip
import random

import pytest

from twoclick_build.page.twins import SMALLEST, TwinStore, twin_of

TEXT = b"the same words again and again " * 1000
NOISE = random.Random(7).randbytes(30_000)


def test_a_twin_inflates_to_the_original():
    assert gzip.decompress(twin_of(TEXT)) == TEXT


def test_a_twin_has_the_same_bytes_each_time():
    assert twin_of(TEXT) == twin_of(TEXT)


def test_small_files_have_none():
    assert twin_of(TEXT[:SMALLEST]) is None
    assert twin_of(TEXT[: SMALLEST + 1]) is not None


@pytest.mark.parametrize(("noise", "pays"), [(0.95, False), (0.8, True)])
def test_a_twin_pays_when_it_saves_a_tenth(noise, pays):
    count = round(noise * len(NOISE))
    content = NOISE[:count] + bytes(len(NOISE) - count)
    assert (twin_of(content) is not None) is pays


def test_the_store_makes_a_twin_once(tmp_path):
    reads = []

    def read():
        reads.append(1)
        return TEXT

    store = TwinStore(tmp_path)
    first = store.twin("digest", size=len(TEXT), read=read)
    assert store.twin("digest", size=len(TEXT), read=read) == first
    assert gzip.decompress(first.read_bytes()) == TEXT
    assert len(reads) == 1


def test_the_store_remembers_that_a_twin_does_not_pay(tmp_path):
    reads = []

    def read():
        reads.append(1)
        return NOISE

    store = TwinStore(tmp_path)
    assert store.twin("digest", size=len(NOISE), read=read) is None
    assert store.twin("digest", size=len(NOISE), read=read) is None
    assert len(reads) == 1


def test_the_store_forgets_what_is_gone(tmp_path):
    store = TwinStore(tmp_path)
    kept = store.twin("kept", size=len(TEXT), read=lambda: TEXT)
    gone = store.twin("gone", size=len(TEXT), read=lambda: TEXT)
    store.prune(["kept"])
    assert kept.exists()
    assert not gone.exists()
