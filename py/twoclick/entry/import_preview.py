"""What importing labels would do to a project, in numbers and names, before anything is done."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twoclick.domain.geometry import Box, Keypoints, Polygon, RotatedBox, WholeImage
from twoclick.domain.tag import same_name
from twoclick.formats.format import Problem, Read
from twoclick.formats.image_names import KnownImages
from twoclick.formats.labels import FileTag
from twoclick.formats.placing import Placing
from twoclick.models.predictions import CAP

MOST_TOLD = 200
"""Names and problems that are told one by one; of all others there is a count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTag:
    """A live tag of the project, and how many keypoints it names."""

    id: str
    name: str
    keypoints: int = 0


def preview_of(
    read: Read,
    placing: Placing,
    *,
    tags: Sequence[ProjectTag],
    along: KnownImages,
    refused: Sequence[Problem],
    all_classes: bool,
) -> dict[str, Any]:
    """What the page shows: see `ImportPreview` in `app/scene/label-import.js`.

    `along` are the images that came with the files, `refused` the files that could not be read;
    `all_classes`: those without a shape are wanted too.
    """
    problems = [*refused, *read.problems, *placing.problems, *_other_points(read.tags, tags)]
    shapes = [shape for one in placing.placed for shape in one.image.shapes]
    counts = Counter(shape.tag for shape in shapes)
    uncounted = max(0, read.problem_count - len(read.problems))
    return {
        "images": len(read.images) + len(read.unmatched),
        "matched": len(placing.placed),
        "empty": sum(not one.image.shapes for one in placing.placed),
        "unmatched": _unmatched(read, placing, along),
        "already": {
            "images": sum(one.asset.annotations > 0 for one in placing.placed),
            "annotations": sum(one.asset.annotations for one in placing.placed),
        },
        "classes": [_class(tag, counts, tags, all_classes) for tag in read.tags],
        "shapes": _kinds(shape.shape for shape in shapes),
        "scored": sum(shape.score is not None for shape in shapes),
        "beyondCap": sum(len(one.image.shapes) > CAP for one in placing.placed),
        "tellsStates": any(one.image.label_state is not None for one in placing.placed),
        "problems": [_problem(one) for one in problems[:MOST_TOLD]],
        "problemCount": len(problems) + uncounted,
        "leftOut": uncounted + sum(one.left_out != "nothing" for one in problems),
    }


def tag_of(class_tag: FileTag, tags: Sequence[ProjectTag]) -> ProjectTag | None:
    """The tag of the project that a class of the files is: by its id, else by its name."""
    for tag in tags:
        if tag.id == class_tag.id:
            return tag
    return next((tag for tag in tags if same_name(tag.name, class_tag.name)), None)


def _other_points(classes: Iterable[FileTag], tags: Sequence[ProjectTag]) -> Iterator[Problem]:
    """What is told of classes that have another number of keypoints than their tags here."""
    for one in classes:
        here = tag_of(one, tags)
        if here is None or not here.keypoints or len(one.keypoints) in (0, here.keypoints):
            continue
        text = (
            f"it has {len(one.keypoints):,} keypoints in the files and {here.keypoints:,} here: "
            "with both on one tag, only Twoclick labels can be exported"
        )
        yield Problem(path=one.name, line=None, text=text, left_out="nothing")


def _class(
    class_tag: FileTag, counts: Mapping[str, int], tags: Sequence[ProjectTag], wanted: bool
) -> dict[str, Any]:
    found = tag_of(class_tag, tags)
    shapes = counts.get(class_tag.name, 0)
    return {
        "name": class_tag.name,
        "shapes": shapes,
        "tagId": None if found is None else found.id,
        "wanted": shapes > 0 or (wanted and not class_tag.deleted),
    }


def _unmatched(read: Read, placing: Placing, along: KnownImages) -> dict[str, Any]:
    came = {image.name: along.find(image.name).image for image in placing.unmatched}
    came |= {path: along.find_by_stem(path).image for path in read.unmatched}
    return {
        "count": len(came),
        "names": list(came)[:MOST_TOLD],
        "along": list(dict.fromkeys(one.name for one in came.values() if one is not None)),
    }


def _kinds(shapes: Iterable[object]) -> dict[str, int]:
    counts = Counter(map(type, shapes))
    return {
        "boxes": counts[Box],
        "rotatedBoxes": counts[RotatedBox],
        "polygons": counts[Polygon],
        "keypoints": counts[Keypoints],
        "wholeImages": counts[WholeImage],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "text": problem.text,
        "leftOut": problem.left_out,
    }
