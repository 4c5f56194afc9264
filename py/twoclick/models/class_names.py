"""Class names of models whose files have none, and names that do not fit their model."""

from collections.abc import Sequence

from twoclick.models.errors import ModelFileError
from twoclick.models.model_file import ModelFile

ASSUMED_CLASSES = 80
"""Classes of a model that does not say how many it has: as many as COCO's."""


def numbered_names(count: int) -> tuple[str, ...]:
    """Names for classes that have none, until a person brings some: "class 0" and so on."""
    return tuple(f"class {index}" for index in range(count))


def check_name_count(model: ModelFile, names: Sequence[str], count: int) -> None:
    """Raises ModelFileError for a file that does not name as many classes as it scores."""
    if len(names) != count:
        raise ModelFileError(
            f'{model.file_name} names {len(names)} classes (metadata key "names") but scores '
            f"{count}. Export it again, with the class names that it was trained with."
        )
