"""Files of a person's own models in a project file."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PATH = re.compile(r"models/([0-9a-f]{64})-[0-9]{4,}\.bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPart:
    """A file of a predictor's model: `digest` is the predictor's, `name` the path that the model
    knows the file by, "" for the model itself."""

    path: str
    digest: str
    name: str
    bytes: int


def kept_parts(files: Iterable[Mapping[str, Any]]) -> Iterator[KeptPart]:
    """The parts for files of models, of the records of these."""
    by_digest: dict[str, list[Mapping[str, Any]]] = {}
    for file in files:
        by_digest.setdefault(file["digest"], []).append(file)
    for digest, found in by_digest.items():
        for number, file in enumerate(sorted(found, key=lambda one: str(one["path"]))):
            path = f"models/{digest}-{number:04}.bin"
            yield KeptPart(path=path, digest=digest, name=file["path"], bytes=file["bytes"])


def model_digest(sums: Mapping[str, str]) -> str:
    """The digest of a model, of the SHA-256 of each of its files by the file's name: the one of its
    only file, else that of all of them, as text, in the order of the names."""
    ordered = [sums[name] for name in sorted(sums)]
    if len(ordered) == 1:
        return ordered[0]
    return hashlib.sha256("".join(ordered).encode()).hexdigest()


def wrong_kept_part(parts: Sequence[KeptPart]) -> KeptPart | None:
    """The first part that is none as `kept_parts` makes them, or is there twice."""
    seen: set[tuple[str, str]] = set()
    for part in parts:
        found = _PATH.fullmatch(part.path)
        key = (part.digest, part.name)
        if found is None or found[1] != part.digest or part.bytes < 0 or key in seen:
            return part
        seen.add(key)
    return None
