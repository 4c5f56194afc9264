"""What COCO files hold together: their classes, and each image once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from twoclick.formats.coco_files.gathering import CocoFile, ListedImage
from twoclick.formats.coco_files.values import Size, sizes_differ, sizes_text
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape


class Gathered:
    """What files hold together: tags by name, images by path, the first file first."""

    def __init__(self) -> None:
        self._tags: dict[str, FileTag] = {}
        self._images: dict[str, LabelledImage | None] = {}

    @property
    def tags(self) -> tuple[FileTag, ...]:
        """The tags in class order."""
        return tuple(self._tags.values())

    @property
    def images(self) -> tuple[LabelledImage, ...]:
        """The images in the order of the files; those of two sizes are not among them."""
        return tuple(image for image in self._images.values() if image is not None)

    def steps(self, file: CocoFile, *, every: int) -> Iterator[None]:
        """Takes what a file holds; yields after `every` images."""
        for tag in file.tags():
            self._take_tag(file, tag)
        here: dict[str, LabelledImage | None] = {}
        for count, image in enumerate(file.images.values(), 1):
            if image is not None:
                self._take(file, image, here)
            if count % every == 0:
                yield
        for name, labelled in here.items():
            before = self._images.setdefault(name, labelled)
            if before is not labelled:
                self._images[name] = self._both(file, before, labelled)

    def _take_tag(self, file: CocoFile, tag: FileTag) -> None:
        before = self._tags.setdefault(tag.name, tag)
        if not before.keypoints:
            self._tags[tag.name] = tag
        elif tag.keypoints and before.keypoints != tag.keypoints:
            text = f'"{tag.name}" has other keypoints before: the first names of them count'
            file.tell(None, text, left_out="nothing")

    def _both(
        self, file: CocoFile, one: LabelledImage | None, other: LabelledImage | None
    ) -> LabelledImage | None:
        """One image in two files: what both say is there once; None where its size is not known."""
        if one is None or other is None:
            return None
        if sizes_differ(_size(one), _size(other)):
            text = f"{one.name} is listed with {sizes_text(_size(one), _size(other))}"
            file.tell(None, text, left_out="image")
            return None
        there = set(one.shapes)
        return _joined(one, other, [shape for shape in other.shapes if shape not in there])

    def _take(
        self, file: CocoFile, image: ListedImage, here: dict[str, LabelledImage | None]
    ) -> None:
        shapes = file.labelled(image)
        if image.lost and not shapes:
            text = f"None of the {image.lost:,} shapes on {image.name} can be read: "
            file.tell(image.line, f"{text}it would look empty", left_out="image")
            return
        labelled = LabelledImage(
            name=image.name, width=image.width, height=image.height, shapes=shapes
        )
        before = here.setdefault(image.name, labelled)
        if before is labelled or before is None:
            return
        if sizes_differ(_size(before), image.size):
            text = f"{image.name} is listed with {sizes_text(_size(before), image.size)}"
            file.tell(image.line, text, left_out="image")
            here[image.name] = None
            return
        text = f"{image.name} is listed under several ids: taken together"
        file.tell(image.line, text, left_out="nothing")
        here[image.name] = _joined(before, labelled, shapes)


def _size(image: LabelledImage) -> Size:
    return image.width, image.height


def _joined(
    one: LabelledImage, other: LabelledImage, shapes: Iterable[LabelledShape]
) -> LabelledImage:
    """An image with more shapes, and the size that one of the two has."""
    return replace(
        one,
        width=one.width or other.width,
        height=one.height or other.height,
        shapes=(*one.shapes, *shapes),
    )
