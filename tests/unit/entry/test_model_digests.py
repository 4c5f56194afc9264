import asyncio
import hashlib

import pytest

from twoclick.entry.model_digests import digest
from twoclick.models.byte_source import HeldBytes
from twoclick.models.errors import ModelFileError

LARGE = bytes(range(256)) * 40_000


class Pieces(HeldBytes):
    """Remembers how much was read at once."""

    most = 0

    def read(self, start, length):
        Pieces.most = max(Pieces.most, length)
        return super().read(start, length)


class Gone(HeldBytes):
    """A file that is not what it was when it was chosen."""

    def read(self, start, length):
        raise OSError("it was changed or removed since it was chosen")


def digest_of(**files):
    paths = [path.replace("model", "").replace("_", ".") for path in files]
    request = {"name": "mine.onnx", "paths": paths}
    reply, _ = asyncio.run(digest(request, list(files.values())))
    return reply["digest"]


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def test_a_file_is_known_by_its_content_and_never_held_as_a_whole():
    assert digest_of(model=Pieces(LARGE)) == sha256(LARGE)
    assert Pieces.most < len(LARGE)
    assert digest_of(model=HeldBytes(b"")) == sha256(b"")


def test_several_files_are_known_by_all_of_them_in_the_order_of_their_names():
    files = {"b_data": HeldBytes(b"two"), "a_data": HeldBytes(b"one"), "model": HeldBytes(LARGE)}
    sums = sha256(LARGE) + sha256(b"one") + sha256(b"two")
    assert digest_of(**files) == sha256(sums.encode())


def test_a_file_that_cannot_be_read_is_named():
    with pytest.raises(ModelFileError, match=r"mine\.onnx cannot be read: it was changed"):
        digest_of(model=Gone(LARGE))
    with pytest.raises(ModelFileError, match=r"a\.data cannot be read"):
        digest_of(model=HeldBytes(b""), a_data=Gone(b"one"))
