"""A project of 10,000 images with 200,000 shapes, as a project file in the form of the session."""

import hashlib
import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import cos, pi, sin
from pathlib import Path

from PIL import Image

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Asset, LabelState
from twoclick.domain.document import Document
from twoclick.domain.geometry import Box, Polygon, Shape
from twoclick.domain.project import Project
from twoclick.domain.rings import pack_ring
from twoclick.domain.tag import Tag, next_tag
from twoclick.ports.store import Record
from twoclick.session.archive import (
    ImagePart,
    Manifest,
    RecordsPart,
    image_part,
    lines_of,
    manifest_text,
    records_part,
    records_path,
)
from twoclick.session.document_records import document_record
from twoclick.session.making import chunks
from twoclick.session.records import asset_record, project_record

IMAGES = 10_000
SHAPES_EACH = 20
"""Half of them boxes, half polygons of POINTS points."""
POINTS = 30
NAME = "Many labels"

_WIDTH, _HEIGHT = 96, 64
_ID = "many-labels"
_LINES = 50


def write_project_file(path: Path) -> None:
    """Writes the file.  The images are small ones of their own, each labelled."""
    chance = random.Random(0)
    tags: tuple[Tag, ...] = ()
    for name in ("Text", "Title", "Figure", "Table"):
        tags = (*tags, next_tag(tags, tag_id=name.lower(), name=name))
    assets: list[Asset] = []
    documents: list[Document] = []
    images: list[ImagePart] = []
    with zipfile.ZipFile(path, "w") as archive:
        for ordinal in range(IMAGES):
            asset, content = _asset(ordinal)
            document = _document(asset, tags, chance)
            counts = Counter(one.tag_id for one in document.annotations.values())
            asset = replace(asset, annotations=SHAPES_EACH, tag_counts=counts)
            record = asset_record(asset, project_id=_ID)
            assets.append(asset)
            documents.append(document)
            images.append(image_part(record))
            archive.writestr(images[-1].path, content)
        stores: tuple[tuple[str, Iterator[Record]], ...] = (
            ("projects", iter([project_record(_project(tags, assets))])),
            ("assets", (asset_record(one, project_id=_ID) for one in assets)),
            ("documents", (document_record(one, project_id=_ID) for one in documents)),
        )
        parts = [
            part for store, records in stores for part in _write_records(archive, store, records)
        ]
        manifest = Manifest(
            project_id=_ID, name=NAME, written_at=0, records=tuple(parts), images=tuple(images)
        )
        archive.writestr("twoclick.json", manifest_text(manifest))


def _write_records(
    archive: zipfile.ZipFile, store: str, records: Iterator[Record]
) -> Iterator[RecordsPart]:
    for number, chunk in enumerate(chunks(list(records), _LINES), 1):
        path, lines = records_path(store, number), lines_of(chunk)
        archive.writestr(path, lines)
        yield records_part(path, store, lines)


def _project(tags: tuple[Tag, ...], assets: Sequence[Asset]) -> Project:
    return Project(
        id=_ID,
        name=NAME,
        created_at=0,
        opened_at=0,
        asset_count=len(assets),
        finished=len(assets),
        tags=tags,
        current_asset_id=assets[0].id,
    )


def _asset(ordinal: int) -> tuple[Asset, bytes]:
    """An image whose colour is its number, and its file."""
    colour = (ordinal % 256, ordinal // 256, 128)
    content = io.BytesIO()
    Image.new("RGB", (_WIDTH, _HEIGHT), colour).save(content, "PNG")
    asset = Asset(
        id=f"asset-{ordinal:05}",
        ordinal=ordinal,
        name=f"image-{ordinal:05}.png",
        width=_WIDTH,
        height=_HEIGHT,
        digest=hashlib.sha256(content.getvalue()).hexdigest(),
        type="image/png",
        size=len(content.getvalue()),
        label_state=LabelState.LABELLED,
    )
    return asset, content.getvalue()


def _document(asset: Asset, tags: Sequence[Tag], chance: random.Random) -> Document:
    annotations = (
        Annotation(
            id=f"{asset.id}-{number}",
            tag_id=chance.choice(tags).id,
            shape=_shape(number, chance),
            created_at=0,
        )
        for number in range(SHAPES_EACH)
    )
    return Document(asset_id=asset.id, annotations={one.id: one for one in annotations})


def _shape(number: int, chance: random.Random) -> Shape:
    x, y = chance.uniform(20, _WIDTH - 20), chance.uniform(20, _HEIGHT - 20)
    radius = chance.uniform(4, 19)
    if number % 2:
        return Box(x - radius, y - radius, x + radius, y + radius)
    turns = [2 * pi * place / POINTS for place in range(POINTS)]
    radii = [radius * chance.uniform(0.7, 1) for _ in turns]
    corners = [(x + r * cos(turn), y + r * sin(turn)) for r, turn in zip(radii, turns, strict=True)]
    return Polygon(rings=(pack_ring(number for corner in corners for number in corner),))
