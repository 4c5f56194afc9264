"""Reading what was written, and holding it against what should have been."""

from collections.abc import Sequence

from twoclick.formats.comparison import difference
from twoclick.formats.format import Format, SourceFile, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledImage


def first_difference(
    form: Format,
    files: Sequence[SourceFile],
    images: Sequence[LabelledImage],
    places: Sequence[str],
) -> str | None:
    """What is not as it should be in files that hold `images`, whose own files belong at `places`;
    None where all is."""
    known = KnownImages(
        KnownImage(name=place, width=image.width, height=image.height, page=image.page)
        for image, place in zip(images, places, strict=True)
        if image.width is not None and image.height is not None
    )
    read = at_once(form.read(files, images=known))
    for problem in read.problems:
        if problem.left_out != "nothing":
            return f"{problem.path}: {problem.text}"
    for name in read.unmatched:
        return f"{name}: its image is not known"
    found = _by_place(read.images, known)
    for image, place in zip(images, places, strict=True):
        one = found.get((image.name, image.page)) or found.get((place, image.page))
        text = difference(form.as_written(image), one, tolerance=form.tolerance)
        if text is not None:
            return f"{image.name}: {text}"
    if len(read.images) != len(images):
        return f"there are {len(read.images):,} images, not {len(images):,}"
    return None


def _by_place(
    images: Sequence[LabelledImage], known: KnownImages
) -> dict[tuple[str, int], LabelledImage]:
    """Images by the names in the files, and by the places of their own files."""
    found = {}
    for image in images:
        found[image.name, image.page] = image
        match = known.find(image.name).image
        if match is not None:
            found[match.name, image.page] = image
    return found
