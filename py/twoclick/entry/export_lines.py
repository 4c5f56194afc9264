"""Assets and their documents as the session hands them out, and as an export takes them."""

import json
from collections.abc import Iterator, Mapping

from twoclick.formats.export.looking import ImageFile
from twoclick.formats.labels import LabelledImage
from twoclick.formats.project_labels import labelled_image
from twoclick.ports.page import Buffer
from twoclick.session.archive import unplain
from twoclick.session.document_records import document_value
from twoclick.session.records import asset_value


def images_of(
    lines: Buffer, *, tag_names: Mapping[str, str]
) -> Iterator[tuple[LabelledImage, ImageFile]]:
    """The images of lines {"asset": record, "document": record or null}, with what is on them;
    `tag_names` gives the name in the file of each tag, by id."""
    for line in bytes(lines).splitlines():
        data = json.loads(line)
        asset = asset_value(unplain(data["asset"]))
        record = data["document"]
        document = None if record is None else document_value(unplain(record))
        file = ImageFile(
            digest=asset.digest,
            type=asset.type,
            size=asset.size,
            page=asset.page,
            depth=asset.depth,
        )
        yield labelled_image(asset, document, tag_names=tag_names), file
