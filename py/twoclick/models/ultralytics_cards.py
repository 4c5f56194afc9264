"""What the cards of all models of Ultralytics that letterbox their images have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from twoclick.models.card import ModelCard, Task
from twoclick.models.image_input import ImageInput
from twoclick.models.letterbox_plans import letterbox_recipe
from twoclick.models.ultralytics_metadata import UltralyticsMetadata

SCORE_FLOOR, OVERLAP = 0.05, 0.7
_STRIDE = 32


def letterbox_card(
    image: ImageInput,
    metadata: UltralyticsMetadata | None,
    *,
    family: str,
    task: Task,
    class_names: Sequence[str],
    suppressed: bool = False,
    overlap: float = OVERLAP,
    details: Mapping[str, Any],
    evidence: Sequence[str],
) -> ModelCard:
    """The card of a model whose input is letterboxed, RGB, 0..1, at the size that its metadata
    tell where the file takes any; `details` are those that its decoder needs."""
    letterbox = letterbox_recipe(
        image,
        size=metadata.size if metadata else None,
        stride=metadata.stride if metadata else _STRIDE,
    )
    return ModelCard(
        family=family,
        task=task,
        class_names=tuple(class_names),
        recipe=letterbox.recipe,
        suppressed=suppressed,
        # Rows of finished objects do not tell how many classes there are: metadata do.
        classes_assumed=suppressed and metadata is None,
        default_overlap=overlap,
        score_floor=SCORE_FLOOR,
        evidence=tuple(evidence),
        details={**letterbox.details, **details},
    )


def metadata_line(metadata: UltralyticsMetadata) -> str:
    """What the metadata say, as a line of evidence."""
    task = f'the task "{metadata.task}" and ' if metadata.task else ""
    return f"Its metadata name {task}{len(metadata.names)} classes, as Ultralytics writes them"
