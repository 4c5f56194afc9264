"""What an import will do to the project besides its images: tags, numbers of classes, and a
predictor that stands for the file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from twoclick.domain.predictor import Predictor
from twoclick.domain.project import Project
from twoclick.domain.run import Run, TagPoints
from twoclick.domain.tag import Tag, named, next_tag, same_name
from twoclick.session.refusal import Refused
from twoclick.session.runs.spec import FileSpec, PointsSpec, RunSpec
from twoclick.session.spec import TagSpec

TagIds = tuple[str | None, ...]
"""The tag of each class of a file, None where it has none."""

_OVERLAP = 0.9
"""Above it the lower of two suggestions of one tag is hidden at first: a file has what was left
when a model's own doubles were gone."""


def new_run(spec: RunSpec, project: Project, *, new_id: Callable[[], str]) -> tuple[Run, TagIds]:
    """The run as it is planned, and the tag of each class.  Refuses what does not fit together."""
    name = " ".join(spec.name.split())
    if not name:
        raise Refused("bad-value", "An import needs a name")
    tags = _new_tags(spec.new_tags, project, new_id=new_id)
    tag_ids = tuple(_tag_id(one, project, tags) for one in spec.tags)
    predictor = None
    if spec.as_ == "suggestions":
        if spec.predictor is None or len(spec.predictor.classes) != len(tag_ids):
            raise Refused("bad-value", "Suggestions need a file that names its classes")
        predictor = _file_predictor(spec.predictor, project, tag_ids, predictor_id=new_id())
    numbered = tag_ids if spec.ordered else ()
    run = Run(
        id=new_id(),
        name=name,
        mode=spec.mode,
        label_state=spec.label_state,
        tags=tags,
        class_order=tuple(
            dict.fromkeys(
                one for one in numbered if one is not None and one not in project.class_order
            )
        ),
        predictor=predictor,
        points=tuple(_points(spec.points, project)),
    )
    return run, tag_ids


def _new_tags(
    specs: Sequence[TagSpec], project: Project, *, new_id: Callable[[], str]
) -> tuple[Tag, ...]:
    """The tags that are not there yet: a deleted one comes back under its name."""
    known = project.tags
    for spec in specs:
        if not spec.name.strip():
            raise Refused("bad-value", "A tag needs a name")
        if named(known, spec.name) is None:
            deleted = next((tag for tag in known if same_name(tag.name, spec.name)), None)
            tag = next_tag(known, tag_id=new_id(), name=spec.name)
            key = spec.key if spec.key not in {one.key for one in known} else tag.key
            tag = replace(tag, color=spec.color or tag.color, key=key)
            tag = replace(deleted, deleted=False) if deleted else tag
            known = (*known, _with_points(tag, spec))
    return known[len(project.tags) :]


def _with_points(tag: Tag, spec: TagSpec) -> Tag:
    """The tag with the keypoints that a file names, where it has none."""
    _check_points(spec.keypoints, spec.skeleton)
    if tag.keypoints:
        return tag
    return replace(tag, keypoints=spec.keypoints, skeleton=spec.skeleton)


def _points(specs: Sequence[PointsSpec], project: Project) -> Iterator[TagPoints]:
    """What the file tells of tags that are there and have no keypoints."""
    bare = {tag.id for tag in project.live_tags if not tag.keypoints}
    for spec in specs:
        _check_points(spec.keypoints, spec.skeleton)
        if spec.tag_id in bare and spec.keypoints:
            bare.remove(spec.tag_id)
            yield TagPoints(tag_id=spec.tag_id, keypoints=spec.keypoints, skeleton=spec.skeleton)


def _check_points(keypoints: Sequence[str], skeleton: Sequence[Sequence[int]]) -> None:
    for pair in skeleton:
        if len(pair) != 2 or not all(0 <= place < len(keypoints) for place in pair):
            raise Refused("bad-value", "A line of a skeleton is not between two keypoints")


def _tag_id(wanted: str | None, project: Project, new: Sequence[Tag]) -> str | None:
    if wanted is None:
        return None
    live = project.live_tags
    known = next((tag for tag in live if tag.id == wanted), None)
    tag = known or named(live, wanted) or named(new, wanted)
    if tag is None:
        raise Refused("unknown-tag", f'There is no tag "{wanted}" in this project')
    return tag.id


def _file_predictor(
    spec: FileSpec, project: Project, tag_ids: TagIds, *, predictor_id: str
) -> Predictor:
    return Predictor(
        id=predictor_id,
        iteration=1 + max((one.iteration for one in project.predictors), default=0),
        name=spec.name,
        source=spec.name,
        digest=spec.digest,
        size=spec.size,
        family="file",
        classes=spec.classes,
        floor=0.0,
        overlap=_OVERLAP,
        card={},
        kind="file",
        mapping={class_id: tag for class_id, tag in enumerate(tag_ids) if tag is not None},
    )
