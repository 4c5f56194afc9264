"""Writing data.yaml: where the images are, and the classes in their order."""

from collections.abc import Iterator, Sequence

from twoclick.formats.keypoint_names import mirrored
from twoclick.formats.labels import FileTag
from twoclick.formats.yaml.quoting import yaml_quoted

_NEEDED = ("train", "val")
"""Trainers refuse a data set without either."""


def data_yaml(
    *, project: str, tags: Sequence[FileTag], splits: Sequence[str], points: int = 0
) -> str:
    """The text of data.yaml for these classes, of poses where they have `points`; paths are
    relative to the file itself.

    `splits` are the parts of the data that have images, none where it is not divided.  Trainers
    want a folder for training and one for validation: where one has no images of its own, another
    folder is named for it, and a comment says so.
    """
    lines = [f"# Written by Twoclick from the project {yaml_quoted(project)}."]
    folders = {split: f"images/{split}" for split in splits}
    stand_in = next(iter(folders.values()), "images")
    missing = [split for split in _NEEDED if split not in folders]
    if not splits:
        lines += ["# The images are not divided: the same ones are for training and validation."]
    elif missing:
        lines += [f"# No images are for {missing[0]} alone: those in {stand_in} are."]
    folders = {split: folders.get(split, stand_in) for split in (*_NEEDED, *splits)}
    lines += [f"{split}: {folder}" for split, folder in folders.items()]
    lines += ["", f"nc: {len(tags)}", "# A class keeps its number: new ones follow at the end."]
    lines += ["names:"] if tags else ["names: []"]
    lines += [f"  - {yaml_quoted(tag.name)}" for tag in tags]
    if points:
        lines += ["", *_of_points(tags, points)]
    return "\n".join((*lines, ""))


def _of_points(tags: Sequence[FileTag], points: int) -> Iterator[str]:
    """How many keypoints every row has, which of them change places in a mirror, and their names by
    class."""
    with_points = [(at, tag.keypoints) for at, tag in enumerate(tags) if tag.keypoints]
    mirrors = {mirrored(names) for _, names in with_points}
    mirror = next(iter(mirrors)) if len(mirrors) == 1 else None
    yield f"kpt_shape: [{points}, 3]"
    if mirror is None:
        yield "# The names do not say which points are left and right: images are not mirrored."
    else:
        yield f"flip_idx: [{', '.join(map(str, mirror))}]"
    yield "kpt_names:"
    for at, names in with_points:
        yield f"  {at}:"
        yield from (f"    - {yaml_quoted(name)}" for name in names)
