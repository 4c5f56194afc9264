"""The types of the page's files, for whoever serves them."""

from collections.abc import Mapping
from pathlib import PurePath

MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".onnx": "application/octet-stream",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".whl": "application/octet-stream",
    ".zip": "application/zip",
}
"""By the end of the name.  The system's own registry differs from machine to machine, and browsers
insist on some of these."""


def media_type_of(path: str) -> str:
    """The type of a file, by its name alone."""
    return MEDIA_TYPES.get(PurePath(path).suffix.lower(), "application/octet-stream")
