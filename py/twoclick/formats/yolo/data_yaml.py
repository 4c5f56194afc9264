"""Writing data.yaml: where the images are, and the classes in their order."""

from collections.abc import Sequence

from twoclick.formats.yaml.quoting import yaml_quoted

_NEEDED = ("train", "val")
"""Trainers refuse a data set without either."""


def data_yaml(*, project: str, classes: Sequence[str], splits: Sequence[str]) -> str:
    """The text of data.yaml; paths are relative to the file itself.

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
    lines += ["", f"nc: {len(classes)}", "# A class keeps its number: new ones follow at the end."]
    lines += ["names:"] if classes else ["names: []"]
    lines += [f"  - {yaml_quoted(name)}" for name in classes]
    return "\n".join((*lines, ""))
