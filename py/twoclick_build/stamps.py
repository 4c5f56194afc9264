"""Content stamps: what a set-up step was made from, so that an unchanged one is not made again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.files import write_text


def content_stamp(parts: Iterable[str | bytes | Path]) -> str:
    """A SHA-256 over texts, bytes and the content of files, each with its length, in order."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        if isinstance(content, Path):
            content = content.read_bytes()
        digest.update(len(content).to_bytes(8, "little"))
        digest.update(content)
    return digest.hexdigest()


def read_stamps(file: Path) -> dict[str, str]:
    """The stamps kept in `file` by name; none where it is missing or is not a stamp file."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    except OSError as error:
        raise BuildError(
            f"Cannot read {file}: {error.strerror}. Delete it and run again."
        ) from error
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def write_stamps(file: Path, stamps: dict[str, str]) -> None:
    """Keep `stamps` in `file` for the next run."""
    write_text(file, json.dumps(stamps, indent=1, sort_keys=True) + "\n")
