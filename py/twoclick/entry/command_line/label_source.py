"""Labels and images that a person points to: what is read, and where the image files are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from twoclick.adapters.files import Entry, FilesError, Source, opened_source
from twoclick.adapters.pixels import ImageError, probe_file
from twoclick.entry.command_line.folders import without_folders
from twoclick.entry.command_line.project_file import ProjectFile, is_project_file
from twoclick.formats.catalog import LABEL_ENDINGS, format_named, recognise
from twoclick.formats.format import FormatError, LeftOut, Problem, Read, SourceFile, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledImage
from twoclick.formats.placing import ambiguous, sized

MOST_LABEL_BYTES = 2 << 30
"""All label files together, unpacked: they are held in memory."""

_IMAGE_ENDINGS = frozenset(
    {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".ppm", ".pgm", ".avif"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSource:
    """What was read: `name` is the project's, or that of the file or folder; `what` says what it
    was taken for and why, `notes` what was passed by.

    The images in `read` have their sizes where anybody knows them.  `file_of` gives the file of an
    image, None where there is none.  `problems` are those of reading and of the image files,
    `problem_count` counts those that are not kept too.
    """

    name: str
    what: str
    notes: Sequence[str]
    read: Read
    problems: Sequence[Problem]
    problem_count: int
    file_of: Callable[[LabelledImage], Entry | None]


@contextmanager
def opened_labels(
    path: Path, *, format_name: str | None, images: Path | None
) -> Iterator[LabelSource]:
    """What is at `path`; its files can be read inside the context.

    `images` is a folder or a zip of images, besides those at `path`.  Raises FilesError,
    FormatError or BadFileError, where nothing can be made of it.
    """
    with ExitStack() as stack:
        source = stack.enter_context(opened_source(path))
        if source.kind == "zip" and is_project_file(source.entries):
            yield _of_project_file(source, format_name)
            return
        beside = [] if images is None else stack.enter_context(opened_source(images)).entries
        yield _of_label_files(source, beside, format_name)


def _of_project_file(source: Source, format_name: str | None) -> LabelSource:
    if format_name is not None:
        raise FormatError(f"{source.name} is a project file, not {format_name}: leave out --from.")
    file = ProjectFile(source.entries)
    files = file.image_files()
    return LabelSource(
        name=file.project.name,
        what=f'the project file of "{file.project.name}"',
        notes=source.notes,
        read=file.labels(),
        problems=(),
        problem_count=0,
        file_of=lambda image: files.get(image.name),
    )


def _of_label_files(
    source: Source, beside: Sequence[Entry], format_name: str | None
) -> LabelSource:
    files = _label_files(source)
    if format_name is None:
        recognised = recognise(files)
        form, what = recognised.format, f"{recognised.format.title}: {recognised.evidence}"
        others = ", ".join(one.name for one in recognised.alternatives)
        what += f" (could be {others} too: say so with --from)" if others else ""
    else:
        form = format_named(format_name)
        what = form.title
    image_files = _image_files([*source.entries, *beside])
    sizes, image_problems = _known_images(image_files.values())
    known = KnownImages(sizes)
    read = at_once(form.read(files, images=known))
    unmatched = [
        _problem(name, "The image that it is about is not known: name its folder with --images")
        for name in read.unmatched
    ]

    on_files, size_problems = _on_their_files(read.images, known)
    images = without_folders([image for image, _ in on_files])
    found = {
        (image.name, image.page): image_files[file.name]
        for image, (_, file) in zip(images, on_files, strict=True)
        if file is not None
    }
    problems = (*image_problems, *read.problems, *unmatched, *size_problems)
    return LabelSource(
        name=source.name,
        what=what,
        notes=source.notes,
        read=replace(read, images=tuple(images)),
        problems=problems,
        problem_count=len(problems) - len(read.problems) + read.problem_count,
        file_of=lambda image: found.get((image.name, image.page)),
    )


def _label_files(source: Source) -> list[SourceFile]:
    """The files that may hold labels; a file that was named is one, whatever its own name is."""
    entries = [
        entry
        for entry in source.entries
        if source.kind == "file" or PurePosixPath(entry.path).suffix.lower() in LABEL_ENDINGS
    ]
    if sum(entry.size for entry in entries) > MOST_LABEL_BYTES:
        raise FilesError(
            f"{source.name} holds more than {MOST_LABEL_BYTES >> 30} GB of label files. Divide it."
        )
    return [SourceFile(path=entry.path, content=entry.content()) for entry in entries]


def _image_files(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """Image files by path; of one path, the first."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if PurePosixPath(entry.path).suffix.lower() in _IMAGE_ENDINGS:
            found.setdefault(entry.path, entry)
    return found


def _known_images(entries: Iterable[Entry]) -> tuple[list[KnownImage], list[Problem]]:
    """The oriented sizes of image files; those that cannot be read are problems."""
    known = []
    problems = []
    for entry in entries:
        try:
            with entry.reading() as file:
                header = probe_file(file, name=entry.path)
        except ImageError as error:
            problems.append(_problem(entry.path, str(error)))
            continue
        known.append(KnownImage(name=entry.path, width=header.width, height=header.height))
    return known, problems


def _problem(path: str, text: str, *, left_out: LeftOut = "file") -> Problem:
    return Problem(path=path, line=None, text=text, left_out=left_out)


def _on_their_files(
    images: Iterable[LabelledImage], known: KnownImages
) -> tuple[list[tuple[LabelledImage, KnownImage | None]], list[Problem]]:
    """The images in pixels of their files, where these are known, and their files; those that the
    labels cannot be about are left out, which is told."""
    kept: list[tuple[LabelledImage, KnownImage | None]] = []
    problems: list[Problem] = []
    for image in images:
        match = known.find(image.name)
        has_size = image.width is not None and image.height is not None
        if match.image is None and match.among and not has_size:
            problems.append(ambiguous(image, match.among))
        # Pages of one file have sizes of their own, and only that of the first is known.
        elif match.image is None or (image.page and has_size):
            kept.append((image, match.image))
        else:
            fit, told = sized(image, match.image)
            kept += [] if fit is None else [(fit, match.image)]
            problems += told
    return kept, problems
