"""Making a project, and the predictors of one, from what a person brought."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from twoclick.domain.predictor import Predictor
from twoclick.domain.project import Project, with_predictor
from twoclick.domain.tag import Tag, named, next_tag
from twoclick.session.intake import Intake, taken_in
from twoclick.session.refusal import Refused
from twoclick.session.spec import PredictorSpec, ProjectSpec, TagSpec


def new_project(
    spec: ProjectSpec, *, now: int, new_id: Callable[[], str]
) -> tuple[Project, Intake]:
    """The project and what becomes of its images, in the order of the spec.

    Refuses one without images or without a name.
    """
    name = project_name(spec.name)
    intake = taken_in(spec.assets, present=(), new_id=new_id)
    if not intake.assets:
        raise Refused("empty-project", "A project needs at least one image")
    tags = _new_tags(spec.tags, new_id=new_id)
    predictor: Predictor | None = None
    if spec.predictor is not None:
        predictor = new_predictor(
            spec.predictor, predictor_id=new_id(), iteration=1, tags=tags, now=now
        )
    project = Project(
        id=new_id(),
        name=name,
        created_at=now,
        opened_at=now,
        asset_count=len(intake.assets),
        tags=tags,
        current_asset_id=intake.assets[0].id,
    )
    if predictor is not None:
        project = with_predictor(project, predictor)
        project = replace(project, active_predictor_id=predictor.id)
    return project, intake


def project_name(name: str) -> str:
    """A name as it is kept; refuses an empty one."""
    kept = " ".join(name.split())
    if not kept:
        raise Refused("bad-value", "A project needs a name")
    return kept


def new_predictor(
    spec: PredictorSpec, *, predictor_id: str, iteration: int, tags: Sequence[Tag], now: int
) -> Predictor:
    """A predictor whose classes are mapped to the tags of the same names.

    Refuses a card that lacks what the session reads of it.
    """
    classes = _class_names(spec)
    tag_of = {class_id: named(tags, name) for class_id, name in enumerate(classes)}
    return Predictor(
        id=predictor_id,
        iteration=iteration,
        name=spec.name,
        source=spec.source,
        kind=spec.kind,
        digest=spec.digest,
        size=spec.bytes,
        family=str(_of_card(spec.card, "family")),
        classes=classes,
        floor=_fraction(spec.card, "scoreFloor"),
        overlap=_fraction(spec.card, "defaultOverlap"),
        card=spec.card,
        mapping={class_id: tag.id for class_id, tag in tag_of.items() if tag is not None},
        added_at=now,
    )


def _new_tags(specs: Sequence[TagSpec], *, new_id: Callable[[], str]) -> tuple[Tag, ...]:
    tags: tuple[Tag, ...] = ()
    for spec in specs:
        if named(tags, spec.name) is not None:
            raise Refused("bad-value", f'There are two tags named "{spec.name}"')
        tag = next_tag(tags, tag_id=new_id(), name=spec.name)
        tag = replace(
            tag,
            color=spec.color or tag.color,
            key=spec.key or tag.key,
            keypoints=spec.keypoints,
            skeleton=spec.skeleton,
        )
        tags = (*tags, tag)
    return tags


def _class_names(spec: PredictorSpec) -> tuple[str, ...]:
    """Those of a deployment may come with its answers only."""
    names = _of_card(spec.card, "classNames")
    lacking = not names and spec.kind == "model"
    if not isinstance(names, list) or lacking or not all(isinstance(n, str) for n in names):
        raise Refused("bad-value", "The model's card does not name its classes")
    return tuple(names)


def _fraction(card: Mapping[str, Any], name: str) -> float:
    value = _of_card(card, name)
    if not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
        raise Refused("bad-value", f"The model's card has no {name} between 0 and 1")
    return float(value)


def _of_card(card: Mapping[str, Any], name: str) -> Any:
    if name not in card:
        raise Refused("bad-value", f"The model's card has no {name}")
    return card[name]
