"""Reading the label files of a YOLO data set.  That they are poses data.yaml tells, and boxes and
polygons are told apart by their rows."""

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from twoclick.domain.geometry import Keypoints
from twoclick.formats.class_lists import MOST_CLASSES, filled, one_list
from twoclick.formats.format import FormatError, LeftOut, Read, Reading, SourceFile
from twoclick.formats.image_names import KnownImage, KnownImages, shared_folders
from twoclick.formats.labels import FileTag, LabelledImage
from twoclick.formats.problems import Problems
from twoclick.formats.text_files import text_of
from twoclick.formats.yolo.kpt_shape import Pose
from twoclick.formats.yolo.layout import LabelFile, Layout, sorting
from twoclick.formats.yolo.rows import RowReader

_STEP = 300
"""Shapes, or files looked at, between two pauses."""


def read_data_set(files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
    """What label files hold, in steps; the sizes of `images` make pixels of the shares in them.

    Raises FormatError where there are no label files, where lists of classes contradict each other,
    and for poses of which no data.yaml says how many keypoints they have.
    """
    layout = yield from _paused(sorting(files, images=images))
    problems = Problems()
    for problem in layout.problems:
        problems.add(problem.path, problem.line, problem.text, left_out=problem.left_out)
    if not layout.labels:
        why = f" {layout.problems[0].path}: {layout.problems[0].text}" if layout.problems else ""
        raise FormatError(
            "There are no YOLO label files here: text files (.txt), one for each image." + why
        )
    names = _names(layout, problems)
    pose = _pose(layout, problems)
    reader = RowReader(names=names or [f"class {at}" for at in range(MOST_CLASSES)], pose=pose)
    matches = yield from _paused(_matching(layout.labels, images, problems))
    read: list[LabelledImage] = []
    since = 0
    for at, (file, image) in enumerate(matches.pairs, start=1):
        labelled = _read_file(file, image, reader, problems)
        since += 1
        if labelled is not None:
            read.append(labelled)
            since += len(labelled.shapes)
        if since >= _STEP:
            since = 0
            yield at / len(matches.pairs)
    _tell_kinds(layout, reader, problems)
    tags = names or _used(read, reader.names)
    if tags and not names:
        text = (
            "No list of classes (data.yaml, classes.txt) came with the labels: the classes are "
            'called "class 0" and so on.'
        )
        problems.add(layout.labels[0].path, None, text, left_out="nothing")
    return Read(
        tags=tuple(_tags(tags, read, pose)),
        images=tuple(read),
        unmatched=tuple(matches.unmatched),
        problems=problems.kept,
        problem_count=problems.count,
    )


_Result = TypeVar("_Result")


def _paused(steps: Generator[None, None, _Result]) -> Generator[float, None, _Result]:
    """What small steps give, with a pause after some hundred of them; no labels are read yet."""
    at = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _Result = end.value
            return result
        at += 1
        if at % _STEP == 0:
            yield 0.0


def _names(layout: Layout, problems: Problems) -> Sequence[str]:
    """The names of the classes; none where nothing lists them."""
    chosen, differing = one_list(layout.lists)
    if chosen is None:
        return ()
    names, mended = filled(chosen)
    for problem in (*differing, *mended):
        problems.add(problem.path, problem.line, problem.text, left_out=problem.left_out)
    return names


def _pose(layout: Layout, problems: Problems) -> Pose | None:
    """What the rows are like, where a data.yaml says that they are poses.

    Raises FormatError where two say it differently, or one not as it should.
    """
    poses = [one.pose for one in layout.lists if one.pose is not None]
    if not poses:
        return None
    first, *others = poses
    for one in poses:
        if one.count == 0:
            raise FormatError(f"{one.path}: {one.text}")
    for other in others:
        if (other.count, other.values, other.names) != (first.count, first.values, first.names):
            raise FormatError(
                f"{first.path} and {other.path} tell of other keypoints (kpt_shape, kpt_names). "
                "Import their folders one by one."
            )
    if first.text is not None:
        problems.add(first.path, None, first.text, left_out="nothing")
    return first


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matches:
    """Label files with the image that each is about, and the paths of those that are about none."""

    pairs: list[tuple[LabelFile, KnownImage]] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


def _matching(
    labels: Sequence[LabelFile], images: KnownImages, problems: Problems
) -> Generator[None, None, _Matches]:
    """Finds the image of each label file, with a pause after each."""
    found = []
    for file in labels:
        found.append((file, images.find_by_stem(file.path)))
        yield
    # "a.txt" may be about a.jpg or a.png; where there is "a.png.txt" too, it is about a.jpg.
    named = {match.image for _, match in found if match.by == "name"}
    claims: dict[KnownImage, list[LabelFile]] = defaultdict(list)
    matches = _Matches()
    for file, match in found:
        left = [image for image in match.among if image not in named]
        image = match.image or (left[0] if len(left) == 1 else None)
        if image is None and match.among:
            some = ", ".join(image.name for image in match.among[:3])
            text = f"This may be about several images: {some}."
            problems.add(file.path, None, text, left_out="image")
        elif image is None:
            matches.unmatched.append(file.path)
        else:
            claims[image].append(file)
    for image, files in claims.items():
        best = max(files, key=lambda file: shared_folders(image.name, file.path))
        matches.pairs.append((best, image))
        for file in files:
            if file is not best:
                text = f"{image.name} has its labels from {best.path}."
                problems.add(file.path, None, text, left_out="file")
    return matches


def _read_file(
    file: LabelFile, image: KnownImage, reader: RowReader, problems: Problems
) -> LabelledImage | None:
    """The image with its shapes; None where there were rows and none can be read."""
    lost = 0

    def tell(line: int, text: str, left_out: LeftOut) -> None:
        nonlocal lost
        lost += left_out == "shape"
        problems.add(file.path, line, text, left_out=left_out)

    text = text_of(file.content) if file.row is not None else ""
    shapes = reader.read(text, width=image.width, height=image.height, tell=tell)
    if lost and not shapes:
        text = f"None of the {lost:,} rows can be read: {image.name} would look empty."
        problems.add(file.path, None, text, left_out="image")
        return None
    return LabelledImage(
        name=image.name, width=image.width, height=image.height, shapes=tuple(shapes)
    )


def _tell_kinds(layout: Layout, reader: RowReader, problems: Problems) -> None:
    if reader.kinds.are_poses:
        raise FormatError(
            f"The rows of {layout.labels[0].path} and the others are poses, boxes with keypoints. "
            "Choose the data.yaml of the data set with them: its kpt_shape says how to read them."
        )
    if reader.kinds.may_be_poses:
        text = (
            "Every row has as many points, all in one box: these may be poses. They were read as "
            "polygons; the data.yaml of poses has kpt_shape: choose it with them."
        )
        problems.add(layout.labels[0].path, None, text, left_out="nothing")
    if reader.kinds.may_be_rotated_boxes:
        text = (
            "Every row has four points: rotated boxes (OBB) and polygons look the same here. They "
            "were read as polygons."
        )
        problems.add(layout.labels[0].path, None, text, left_out="nothing")


def _tags(
    names: Sequence[str], images: Sequence[LabelledImage], pose: Pose | None
) -> Iterator[FileTag]:
    """The tags in class order, each name once; those of poses with their points."""
    shapes = (one for image in images for one in image.shapes)
    with_points = {one.tag for one in shapes if isinstance(one.shape, Keypoints)}
    numbers = {name: number for number, name in reversed([*enumerate(names)])}
    for name in dict.fromkeys(names):
        points: tuple[str, ...] = ()
        if pose is not None:
            points = pose.points_of(numbers[name], has_points=name in with_points)
        yield FileTag(name=name, keypoints=points)


def _used(images: Sequence[LabelledImage], names: Sequence[str]) -> Sequence[str]:
    """The names up to the last that a shape has."""
    used = {shape.tag for image in images for shape in image.shapes}
    last = max((at for at, name in enumerate(names) if name in used), default=-1)
    return names[: last + 1]
