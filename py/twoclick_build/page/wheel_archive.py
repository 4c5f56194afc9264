"""Wheels as the page loads them: stored, with a record, the same bytes from the same members."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The zip format's first moment: files carry no time of their own."""


def stored_wheel(members: Mapping[str, bytes], *, info: str) -> bytes:
    """A wheel of these members and their record, in the folder `info`.

    Members are stored, not deflated: their bytes do not depend on a compressor, the `.gz` twin of
    the whole is smaller than deflated members would be, and reading from it is faster.
    """
    record = f"{info}/RECORD"
    rest = {name: content for name, content in members.items() if name != record}
    return _stored_zip({**rest, record: _record(rest, itself=record)})


def _record(members: Mapping[str, bytes], *, itself: str) -> bytes:
    lines = []
    for name, content in sorted(members.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{itself},,\n"]).encode()


def _stored_zip(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(members.items()):
            entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
            entry.create_system = 3  # as on Unix, on Windows too
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
