"""What is going to be written: which images, under which numbers, in which parts of the data."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from twoclick.domain.asset import LabelState
from twoclick.entry.command_line.folders import SPLITS
from twoclick.entry.command_line.label_source import LabelSource
from twoclick.formats.format import Format, LeftOut, Problem, Target
from twoclick.formats.labels import LabelledImage
from twoclick.formats.splits import divided
from twoclick.formats.twoclick_labels import FORMAT as TWOCLICK


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Images ready for a format's writer.

    `not_taken` counts images by the label state for which they are left out; `problems` are what
    keeps other images from being written.
    """

    target: Target
    images: Sequence[LabelledImage]
    not_taken: Mapping[LabelState, int]
    problems: Sequence[Problem]


def converted(
    source: LabelSource,
    *,
    form: Format,
    states: Collection[LabelState],
    shares: Sequence[float] | None,
    seed: int,
    with_images: bool,
) -> Conversion:
    """What to write of `source` in a format.

    Images of which the source tells a label state are taken if it is one of `states`.  `shares` are
    those of train, val and test; None keeps the parts that the source tells of all images.  Raises
    ValueError where no share is above 0.
    """
    taken = [one for one in source.read.images if one.label_state in (None, *states)]
    not_taken = Counter(
        one.label_state for one in source.read.images if one.label_state not in (None, *states)
    )
    problems = []
    images = []
    for image in taken:
        problem = _problem(image, source, form, with_images=with_images)
        if problem is None:
            images.append(image)
        else:
            problems.append(problem)
    images = _divided(_numbered(images), shares, seed)
    used = {image.split for image in images}
    return Conversion(
        target=Target(
            name=source.name,
            tags=source.read.tags,
            splits=tuple(split for split in SPLITS if split in used),
            with_images=with_images,
            predictors=source.read.predictors,
        ),
        images=images,
        not_taken={state: not_taken[state] for state in LabelState if not_taken[state]},
        problems=problems,
    )


def _problem(
    image: LabelledImage, source: LabelSource, form: Format, *, with_images: bool
) -> Problem | None:
    """Why an image cannot be written."""
    left_out: LeftOut = "image"
    if form.name != TWOCLICK.name and (image.width is None or image.height is None):
        text = "Its size is not known: name the folder of its file with --images"
    elif with_images and source.file_of(image) is None:
        text = "Its file is not there: name its folder with --images"
    else:
        return None
    return Problem(path=image.name, line=None, text=text, left_out=left_out)


def _numbered(images: Sequence[LabelledImage]) -> list[LabelledImage]:
    """The images with the numbers that they have; from 1 on where some have none, or the same."""
    numbers = {image.number for image in images}
    if len(numbers) == len(images) and min(numbers, default=1) > 0:
        return list(images)
    return [replace(image, number=number) for number, image in enumerate(images, 1)]


def _divided(
    images: Sequence[LabelledImage], shares: Sequence[float] | None, seed: int
) -> list[LabelledImage]:
    if shares is None:
        if all(image.split in SPLITS for image in images):
            return list(images)
        return [replace(image, split=None) for image in images]
    keys = [image.digest or f"{image.name} {image.page}" for image in images]
    parts = divided(keys, parts=dict(zip(SPLITS, shares, strict=False)), seed=seed)
    return [replace(one, split=parts[key]) for one, key in zip(images, keys, strict=True)]
