"""What the folders of a data set tell of its images: their own names, and the parts of the data."""

from collections.abc import Sequence
from dataclasses import replace

from twoclick.formats.labels import LabelledImage

SPLITS = ("train", "val", "test")
_MEANT = {**{split: split for split in SPLITS}, "valid": "val"}


def without_folders(images: Sequence[LabelledImage]) -> list[LabelledImage]:
    """The images, named as they are below their folders "images", in the order given.

    Where all are in folders for train, val and test (images/train, train/images), these become
    their splits.  Names stay as they are where two would be the same.
    """
    told = [_told(image.name) for image in images]
    splits = [split for _, split in told]
    if None in splits:
        splits = [image.split for image in images]
        told = [(_below_images(image.name), None) for image in images]
    names = [name for name, _ in told]
    if len({*zip(names, (image.page for image in images), strict=True)}) < len(images):
        names = [image.name for image in images]
    return [
        replace(image, name=name, split=split)
        for image, name, split in zip(images, names, splits, strict=True)
    ]


def _told(name: str) -> tuple[str, str | None]:
    """The name below the folders, and the split that these tell."""
    parts = name.split("/")
    at = parts.index("images") if "images" in parts[:-1] else -1
    below = parts[at + 1 :]
    if len(below) > 1 and below[0] in _MEANT:
        return "/".join(below[1:]), _MEANT[below[0]]
    if at > 0 and parts[at - 1] in _MEANT:
        return "/".join(below), _MEANT[parts[at - 1]]
    return "/".join(below), None


def _below_images(name: str) -> str:
    parts = name.split("/")
    return "/".join(parts[parts.index("images") + 1 :]) if "images" in parts[:-1] else name
