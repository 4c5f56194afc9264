"""The inside of a project file: a manifest, records as lines of JSON, and image files.

    twoclick.json                    what the file is, and every part with its SHA-256
    records/assets-0001.jsonl        one record of the store a line, in the order of their keys
    images/<SHA-256>.png             image files as they came
    models/<digest>-0000.bin         files of a person's own models, where they were wanted

Bytes within a record are {"$bytes": base64}.  What is wrong with a file is said by BadFileError,
which names the part.
"""

import hashlib
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from twoclick.domain.json_depth import parsed_json
from twoclick.ports.store import SCHEMA_VERSION, Record
from twoclick.session.archive_models import KeptPart, wrong_kept_part
from twoclick.session.archive_upgrades import upgraded
from twoclick.session.making import PARTS

FORMAT = "twoclick-project"
VERSION = 1
MANIFEST = "twoclick.json"
OLDEST_SCHEMA = 2
"""Project files began with this schema of the store."""

STORES = ("projects", *PARTS)
"""In the order in which their records are read back: each is checked against those before it."""

_RECORDS = re.compile(r"records/([a-zA-Z]+)-[0-9]{4,}\.jsonl")
_IMAGE = re.compile(r"images/([0-9a-f]{64})\.[a-z0-9]{1,5}")
_EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/tiff": "tif",
}


class BadFileError(ValueError):
    """A file that is no whole project file; the text names the part and says what to do."""

    code = "bad-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsPart:
    """A file of records: of one object store, with so many lines."""

    path: str
    store: str
    lines: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePart:
    """An image file: SHA-256 and size of its content, and its media type."""

    path: str
    digest: str
    type: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a project file says of itself; `written_at` in milliseconds since 1970 UTC, and
    the schema of its records."""

    project_id: str
    name: str
    written_at: int
    records: tuple[RecordsPart, ...]
    images: tuple[ImagePart, ...]
    models: tuple[KeptPart, ...] = ()
    schema: int = SCHEMA_VERSION


# --- out --------------------------------------------------------------------------------------


def records_path(store: str, number: int) -> str:
    """The path of the records part of that number, from 1 on."""
    return f"records/{store}-{number:04}.jsonl"


def image_part(image: Mapping[str, Any]) -> ImagePart:
    """The part of an asset's image, of the asset's record."""
    digest, media_type = image["digest"], image["type"]
    extension = _EXTENSIONS.get(media_type, "bin")
    path = f"images/{digest}.{extension}"
    return ImagePart(path=path, digest=digest, type=media_type, bytes=image["size"])


def lines_of(records: Iterable[Record]) -> bytes:
    """Records as lines of JSON."""
    return b"".join(json_line(plain(record)) for record in records)


def json_line(data: Mapping[str, Any]) -> bytes:
    """JSON as a line of its own."""
    # ASCII: a name may have half a surrogate pair, which no encoding of text takes.
    return f"{json.dumps(data, allow_nan=False)}\n".encode("ascii")


def records_part(path: str, store: str, lines: bytes) -> RecordsPart:
    """What the manifest says of a part."""
    digest = hashlib.sha256(lines).hexdigest()
    return RecordsPart(path=path, store=store, lines=lines.count(b"\n"), sha256=digest)


def manifest_text(manifest: Manifest) -> bytes:
    """The content of MANIFEST."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "schema": manifest.schema,
        "writtenAt": manifest.written_at,
        "project": {"id": manifest.project_id, "name": manifest.name},
        "records": [
            {"path": one.path, "store": one.store, "lines": one.lines, "sha256": one.sha256}
            for one in manifest.records
        ],
        "images": [
            {"path": one.path, "digest": one.digest, "type": one.type, "bytes": one.bytes}
            for one in manifest.images
        ],
        "models": [
            {"path": one.path, "digest": one.digest, "name": one.name, "bytes": one.bytes}
            for one in manifest.models
        ],
    }
    return json.dumps(data, indent=1).encode("ascii")


def plain(record: Record) -> dict[str, Any]:
    """A record as JSON, with its bytes in base64."""
    return {
        name: {"$bytes": b64encode(value).decode()}
        if isinstance(value, bytes | bytearray | memoryview)
        else value
        for name, value in record.items()
    }


# --- in ---------------------------------------------------------------------------------------


def read_manifest(text: bytes) -> Manifest:
    """The manifest of a project file; says whose file it is where it is none of ours, and which
    Twoclick it needs where it is of a newer one."""
    try:
        data = parsed_json(text.decode())
    except ValueError as error:
        raise BadFileError(f"{MANIFEST} is damaged: {error}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadFileError(f"This is not a Twoclick project file: {MANIFEST} says nothing of one")
    version, schema = data.get("version"), data.get("schema")
    if not isinstance(version, int) or not isinstance(schema, int) or schema < OLDEST_SCHEMA:
        raise BadFileError(f"{MANIFEST} is damaged: version {version}, schema {schema}")
    if version > VERSION or schema > SCHEMA_VERSION:
        raise BadFileError(
            f"This project file was written by a newer Twoclick (schema {schema}, this one reads "
            f"up to {SCHEMA_VERSION}). Update Twoclick, then open the file again"
        )
    try:
        manifest = _manifest(data)
    except (KeyError, TypeError, ValueError) as error:
        raise BadFileError(f"{MANIFEST} is damaged: {error!r}") from error
    _check_parts(manifest)
    return manifest


def records_of(part: RecordsPart, content: bytes, *, schema: int) -> Iterator[dict[str, Any]]:
    """The records of a part, checked against what the manifest says of it, in the form of today."""
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise BadFileError(f"{part.path} is damaged: its content is not what {MANIFEST} says")
    lines = content.splitlines()
    if len(lines) != part.lines:
        raise BadFileError(f"{part.path} has {len(lines)} lines, {MANIFEST} says {part.lines}")
    for number, line in enumerate(lines, 1):
        try:
            yield upgraded(part.store, unplain(parsed_json(line.decode())), schema=schema)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadFileError(f"{part.path}, line {number}, is damaged: {error}") from error


def unplain(data: Any) -> dict[str, Any]:
    """The record of its JSON.  Raises ValueError or TypeError where it is not of this form."""
    if not isinstance(data, dict):
        raise TypeError("not a record")
    return {
        name: b64decode(value["$bytes"], validate=True)
        if isinstance(value, dict) and value.keys() == {"$bytes"}
        else value
        for name, value in data.items()
    }


def _manifest(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        project_id=_text(data["project"]["id"]),
        name=_text(data["project"]["name"]),
        written_at=int(data["writtenAt"]),
        schema=int(data["schema"]),
        records=tuple(
            RecordsPart(
                path=_text(one["path"]),
                store=_text(one["store"]),
                lines=int(one["lines"]),
                sha256=_text(one["sha256"]),
            )
            for one in data["records"]
        ),
        images=tuple(
            ImagePart(
                path=_text(one["path"]),
                digest=_text(one["digest"]),
                type=_text(one["type"]),
                bytes=int(one["bytes"]),
            )
            for one in data["images"]
        ),
        # Files of earlier versions hold none.
        models=tuple(
            KeptPart(
                path=_text(one["path"]),
                digest=_text(one["digest"]),
                name=_text(one["name"]),
                bytes=int(one["bytes"]),
            )
            for one in data.get("models", ())
        ),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {value!r}")
    return value


def _check_parts(manifest: Manifest) -> None:
    parts = (manifest.records, manifest.images, manifest.models)
    paths = [part.path for kind in parts for part in kind]
    if len(set(paths)) < len(paths):
        raise BadFileError(f"{MANIFEST} is damaged: it names a part twice")
    for part in manifest.records:
        found = _RECORDS.fullmatch(part.path)
        if found is None or found[1] != part.store or part.store not in STORES:
            raise BadFileError(f"{MANIFEST} is damaged: it has no use for {part.path}")
    for image in manifest.images:
        found = _IMAGE.fullmatch(image.path)
        if found is None or found[1] != image.digest or image.bytes < 0:
            raise BadFileError(f"{MANIFEST} is damaged: it has no use for {image.path}")
    if wrong := wrong_kept_part(manifest.models):
        raise BadFileError(f"{MANIFEST} is damaged: it has no use for {wrong.path}")
