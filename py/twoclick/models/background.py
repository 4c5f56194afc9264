"""Which classes of a map are no objects but what is around them."""

from collections.abc import Sequence

from twoclick.models.class_names import numbered_names

_NAMES = frozenset(
    ("background", "backgrounds", "bg", "unlabeled", "unlabelled", "void", "ignore", "nothing")
)

IGNORED = 255
"""What maps of classes have where their training data said nothing, by custom since PASCAL VOC."""


def left_out(names: Sequence[str]) -> tuple[int, ...]:
    """The classes that nothing is suggested for: those whose name says that they are background.

    Where names say nothing, because the file has none, it is class 0 of several: nearly every
    trainer has the background there, and a person would have to delete it on every image.
    """
    if has_numbers_only(names):
        return (0,) if len(names) > 1 else ()
    return tuple(kind for kind, name in enumerate(names) if is_background(name))


def is_background(name: str) -> bool:
    """Whether a class of this name is what is around objects."""
    return name.strip().strip("_").lower() in _NAMES


def background_line(names: Sequence[str]) -> str:
    """What `left_out` says of these names, as a line of evidence."""
    kinds = left_out(names)
    if not kinds:
        return "No class is taken for background: each gives outlines"
    if has_numbers_only(names):
        return "Class 0 is taken for background, as no names say otherwise: it gives no outlines"
    which = ", ".join(f'"{names[kind]}"' for kind in kinds)
    return f"Taken for background by name: {which}: no outlines"


def has_numbers_only(names: Sequence[str]) -> bool:
    """Whether names are those of a file that has none."""
    return tuple(names) == numbered_names(len(names))
