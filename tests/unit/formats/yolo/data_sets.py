"""Data sets as files, and what is read of them."""

from collections.abc import Iterable, Sequence

from twoclick.formats.format import Format, Read, SourceFile, Target, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import FileTag, LabelledImage
from unit.formats.keypoint_builders import NAMES

TAGS = ("person", "traffic light", "no", "ä: 'b' # c")


def data_set(
    images: Iterable[LabelledImage], file_format: Format, *, splits: Sequence[str] = ()
) -> tuple[list[SourceFile], dict[str, LabelledImage]]:
    """The files of a data set, and the images by where their files belong."""
    points = {TAGS[0]: NAMES, TAGS[2]: NAMES}
    tags = tuple(FileTag(name=tag, keypoints=points.get(tag, ())) for tag in TAGS)
    target = Target(name="Test", tags=tags, splits=splits)
    writer = file_format.writer(target)
    all_images = list(images)
    pieces = [*writer.add(all_images), *writer.finish()]
    files = [SourceFile(path=piece.path, content=piece.content) for piece in pieces]
    return files, {writer.image_path(image): image for image in all_images}


def read_back(
    files: Sequence[SourceFile], file_format: Format, by_path: dict[str, LabelledImage]
) -> Read:
    """What the files hold about images that are where they belong."""
    known = KnownImages(
        KnownImage(name=path, width=image.width or 0, height=image.height or 0)
        for path, image in by_path.items()
    )
    return at_once(file_format.read(files, images=known))
