"""Writing and reading label files in memory."""

from collections.abc import Iterable, Sequence

from twoclick.formats.format import Format, Piece, Read, SourceFile, Target, at_once
from twoclick.formats.image_names import KnownImages
from twoclick.formats.labels import LabelledImage

NO_IMAGES = KnownImages([])


def written(form: Format, target: Target, images: Sequence[LabelledImage]) -> list[SourceFile]:
    """The files that a format writes, each image added alone."""
    writer = form.writer(target)
    pieces = [piece for image in images for piece in writer.add([image])]
    return joined([*pieces, *writer.finish()])


def joined(pieces: Iterable[Piece]) -> list[SourceFile]:
    """The files that pieces are of."""
    files: dict[str, dict[int, bytes]] = {}
    for piece in pieces:
        sections = files.setdefault(piece.path, {})
        sections[piece.section] = sections.get(piece.section, b"") + piece.content
    return [
        SourceFile(path=path, content=b"".join(sections[at] for at in sorted(sections)))
        for path, sections in files.items()
    ]


def read(form: Format, files: Sequence[SourceFile], images: KnownImages = NO_IMAGES) -> Read:
    """What a format reads from files, without a pause."""
    return at_once(form.read(files, images=images))
