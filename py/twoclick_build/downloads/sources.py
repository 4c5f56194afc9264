"""Getting files known by SHA-256: from the cache, else the first source that has them right."""

import http.client
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from twoclick_build.failure import BuildError
from twoclick_build.files import sha256_of
from twoclick_build.pins import PinnedFile
from twoclick_build.progress import ProgressLine

_CHUNK = 1 << 18


class SourceUnreachableError(Exception):
    """Nothing more can be had from this source now; its text is the reason."""


class Source(Protocol):
    """A place that may have pinned files."""

    @property
    def label(self) -> str:
        """The source in words, for messages."""

    def fetch(self, names: Sequence[str], into: Path) -> Mapping[str, str]:
        """Put the files `names` into `into`; the reason, by name, for each it does not have.

        Raises SourceUnreachableError when the source cannot be asked; what it gave before stays in
        `into`.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSource:
    """Single files by address: `url` has `{name}` in it."""

    url: str
    connect_seconds: float

    @property
    def label(self) -> str:
        return self.url.format(name="")

    def fetch(self, names: Sequence[str], into: Path) -> Mapping[str, str]:
        reasons: dict[str, str] = {}
        for name in names:
            try:
                self._download(name, into / name)
            except urllib.error.HTTPError as error:
                reasons[name] = f"answered {error.code} {error.reason}"
            except (OSError, http.client.HTTPException) as error:  # URLError is an OSError
                raise SourceUnreachableError(f"cannot be reached ({_reason(error)})") from error
        return reasons

    def _download(self, name: str, target: Path) -> None:
        address = self.url.format(name=name)
        # The address is a pin of ours; what comes is checked against a SHA-256 before it is used.
        with urllib.request.urlopen(address, timeout=self.connect_seconds) as answer:  # noqa: S310
            length = answer.headers.get("Content-Length")
            line = ProgressLine(f"Downloading {name}", total=int(length) if length else None)
            with target.open("wb") as stream:
                while chunk := answer.read(_CHUNK):
                    stream.write(chunk)
                    line.advance(len(chunk))
        line.finish("done")


def obtain(
    wanted: Sequence[PinnedFile], *, cache: Path, sources: Sequence[Source]
) -> dict[str, Path]:
    """The path of every wanted file, by name, in `cache`.

    Sources are asked in order and only for what is still missing, so a source that fails is waited
    for once. Every file is checked against its SHA-256, those in the cache too. Files move into the
    cache whole, so that several processes may do this at once. Raises BuildError, with the reason
    of every source, when a file stays missing.
    """
    places = {file.name: cache / file.sha256[:16] / file.name for file in wanted}
    missing = [file for file in wanted if not _is_right(places[file.name], file)]
    reasons: dict[str, list[str]] = {file.name: [] for file in missing}
    for source in sources:
        if not missing:
            break
        lacking = _take(source, missing, cache=cache, places=places)
        for name, reason in lacking.items():
            reasons[name].append(f"{source.label}: {reason}")
        missing = [file for file in missing if file.name in lacking]
    if missing:
        raise BuildError(_failure_text(missing, reasons=reasons, places=places))
    return places


def _take(
    source: Source, missing: Sequence[PinnedFile], *, cache: Path, places: Mapping[str, Path]
) -> dict[str, str]:
    """Move what `source` has right into its place; the reason for every file that it has not."""
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".fetch-") as name:
        staging = Path(name)
        try:
            reasons = dict(source.fetch([file.name for file in missing], staging))
            absent = "does not have it"
        except SourceUnreachableError as error:
            reasons, absent = {}, str(error)
        for file in missing:
            got = staging / file.name
            if file.name in reasons:
                continue
            if not got.exists():
                reasons[file.name] = absent
            elif not _is_right(got, file):
                reasons[file.name] = f"gives other content (SHA-256 {sha256_of(got)})"
            else:
                places[file.name].parent.mkdir(parents=True, exist_ok=True)
                got.replace(places[file.name])
        return reasons


def _is_right(path: Path, file: PinnedFile) -> bool:
    return path.exists() and sha256_of(path) == file.sha256


def _failure_text(
    missing: Sequence[PinnedFile],
    *,
    reasons: Mapping[str, Sequence[str]],
    places: Mapping[str, Path],
) -> str:
    lines: list[str] = []
    for file in missing:
        lines.append(f"Cannot get {file.name} (SHA-256 {file.sha256}):")
        lines += [f"  - {reason}" for reason in reasons[file.name]]
        lines.append(f"  by hand: put it at {places[file.name]}")
    lines.append("Run again with one of these sources in reach: what was fetched is kept.")
    return "\n".join(lines)


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", None) or error
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__)
