"""Writing data.yaml: where the images are, and the classes in their order."""

from collections.abc import Sequence

from twoclick.formats.yaml.quoting import yaml_quoted

_NEEDED = ("train", "val")
"""Trainers refuse a data set without either."""


def data_yaml(*, project: str, classes: Sequence[str], splits: Sequence[str]) -> str:
    """The text of data.yaml; paths are relative to the file itself.

    `splits` are the parts of the data that have images, none where it is not divided: then one
    folder is named for training and for validation, and a comment says so.  So it does for a
    part that trainers need and that has no images.
    """
    lines = [f"# Written by Twoclick from the project {yaml_quoted(project)}."]
    folders = {split: f"images/{split}" for split in splits}
    stand_in = next(iter(folders.values()), "images")
    missing = [split for split in _NEEDED if split not in folders]
    if missing:
        lines += [f"# There are no images for {' and '.join(missing)} alone: {stand_in} is named."]
    folders = {split: folders.get(split, stand_in) for split in (*_NEEDED, *splits)}
    lines += [f"{split}: {folder}" for split, folder in folders.items()]
    lines += ["", f"nc: {len(classes)}", "# A class keeps its number: new ones follow at the end."]
    lines += ["names:"] if classes else ["names: []"]
    lines += [f"  - {yaml_quoted(name)}" for name in classes]
    return "\n".join((*lines, ""))
