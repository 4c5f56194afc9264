"""TIFF pages compressed by deflate, unpacked with Python's own zlib.

Many programs write them, but the libtiff inside Pyodide's Pillow is built without zlib.  So such a
page is rewritten as a small TIFF of its own without compression, which every Pillow reads.

Source: TIFF 6.0, sections 2 (directory), 14 (predictor), 15 (tiles); Adobe Photoshop TIFF Technical
Notes (deflate).
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

COMPRESSION = 259
DEFLATE = (8, 32946)

_WIDTH, _HEIGHT, _BITS, _SAMPLES, _ROWS, _PLANAR, _PREDICTOR = 256, 257, 258, 277, 278, 284, 317
_TILE_WIDTH, _TILE_HEIGHT = 322, 323
_STRIPS, _TILES = (273, 279), (324, 325)
# Photometric interpretation, fill order, orientation, colour map, extra samples, sample format.
_KEPT = (_WIDTH, _HEIGHT, _BITS, 262, 266, 274, _SAMPLES, _PLANAR, 320, 338, 339)
_LONG = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunks:
    """How a page is cut up: into strips or tiles of `rows` x `columns` pixels, plane by plane.

    `places` and `sizes` say where each lies in the file, in bytes; `together` is the number of
    samples of a pixel that lie side by side.
    """

    rows: int
    columns: int
    together: int
    bits: int
    height: int
    tiled: bool
    places: tuple[int, ...]
    sizes: tuple[int, ...]

    @property
    def row_bytes(self) -> int:
        return -(-self.columns * self.together * self.bits // 8)

    def rows_of(self, index: int) -> int:
        """Only the last strip of a plane may be lower than the others."""
        if self.tiled:
            return self.rows
        a_plane = -(-self.height // self.rows)
        return min(self.rows, self.height - index % a_plane * self.rows)


def inflated(data: bytes, tags: Mapping[int, Any], *, order: str) -> bytes:
    """A TIFF with the one page of `data` that `tags` are of, without compression.

    `order` is the file's byte order as struct writes it, "<" or ">".  Raises OSError, zlib.error,
    KeyError or ValueError for a damaged page.
    """
    chunks = _chunks(tags)
    predictor = int(tags.get(_PREDICTOR, 1))
    if predictor not in (1, 2) or (predictor == 2 and chunks.bits not in (8, 16)):
        raise OSError(f"predictor {predictor} over {chunks.bits} bits is not known")
    unpacked = []
    for rows, content in _unpack(data, chunks):
        if predictor == 2:
            dtype = np.dtype(f"{order}u{chunks.bits // 8}")
            shape = (rows, chunks.columns, chunks.together)
            differences = np.frombuffer(content, dtype=dtype).reshape(shape)
            unpacked.append(np.cumsum(differences, axis=1, dtype=dtype).astype(dtype).tobytes())
        else:
            unpacked.append(content)
    return _file(tags, chunks, unpacked, order=order)


def _chunks(tags: Mapping[int, Any]) -> _Chunks:
    tiled = _TILE_WIDTH in tags
    places, sizes = (_numbers(tags[tag]) for tag in (_TILES if tiled else _STRIPS))
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])
    return _Chunks(
        rows=int(tags[_TILE_HEIGHT]) if tiled else min(int(tags.get(_ROWS, height)), height),
        columns=int(tags[_TILE_WIDTH]) if tiled else width,
        together=int(tags.get(_SAMPLES, 1)) if tags.get(_PLANAR, 1) == 1 else 1,
        bits=_numbers(tags.get(_BITS, 1))[0],
        height=height,
        tiled=tiled,
        places=places,
        sizes=sizes,
    )


def _unpack(data: bytes, chunks: _Chunks) -> Iterator[tuple[int, bytes]]:
    """The rows of each chunk and its bytes, never more than they need: a bomb stays small."""
    for index, (place, size) in enumerate(zip(chunks.places, chunks.sizes, strict=True)):
        rows = chunks.rows_of(index)
        wanted = rows * chunks.row_bytes
        content = zlib.decompressobj().decompress(data[place : place + size], wanted)
        if len(content) < wanted:
            raise OSError(f"part {index} of the page ends early")
        yield rows, content


def _file(tags: Mapping[int, Any], chunks: _Chunks, contents: list[bytes], *, order: str) -> bytes:
    """Header, pixels, directory."""
    header = 8
    sizes = [len(content) for content in contents]
    places = [header + sum_before for sum_before in _running_sums(sizes)]
    kept = {tag: _numbers(tags[tag]) for tag in _KEPT if tag in tags}
    at, of = _TILES if chunks.tiled else _STRIPS
    shape = {_TILE_WIDTH: (chunks.columns,), _TILE_HEIGHT: (chunks.rows,)}
    cut = shape if chunks.tiled else {_ROWS: (chunks.rows,)}
    entries = {**kept, COMPRESSION: (1,), **cut, at: tuple(places), of: tuple(sizes)}
    end = header + sum(sizes)
    magic = b"II*\0" if order == "<" else b"MM\0*"
    start = magic + struct.pack(f"{order}I", end)
    return b"".join([start, *contents, _directory(entries, at=end, order=order)])


def _running_sums(sizes: list[int]) -> list[int]:
    return [0, *np.cumsum(sizes[:-1], dtype=np.int64).tolist()]


def _directory(entries: Mapping[int, tuple[int, ...]], *, at: int, order: str) -> bytes:
    """An image file directory that begins at the byte `at`, every value a LONG."""
    table = [struct.pack(f"{order}H", len(entries))]
    beyond = at + 2 + 12 * len(entries) + 4
    values = []
    for tag in sorted(entries):
        numbers = entries[tag]
        packed = struct.pack(f"{order}{len(numbers)}I", *numbers)
        table.append(struct.pack(f"{order}HHI", tag, _LONG, len(numbers)))
        if len(numbers) == 1:
            table.append(packed)
        else:
            table.append(struct.pack(f"{order}I", beyond))
            values.append(packed)
            beyond += len(packed)
    return b"".join([*table, struct.pack(f"{order}I", 0), *values])


def _numbers(value: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in value) if isinstance(value, tuple) else (int(value),)
