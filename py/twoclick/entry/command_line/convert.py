"""`convert`: labels of one format, or of a project file, as another format."""

import argparse
import math
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from twoclick.adapters.files import Destination, FilesError, destination_kind
from twoclick.domain.asset import FINISHED_STATES, LabelState
from twoclick.entry.command_line.conversion import Conversion, converted
from twoclick.entry.command_line.exit_codes import DONE, PROBLEMS, failed
from twoclick.entry.command_line.label_source import LabelSource, opened_labels
from twoclick.entry.command_line.printing import counted, print_losses, print_problems, say
from twoclick.entry.command_line.reading_back import first_difference
from twoclick.formats.catalog import FORMATS, format_named
from twoclick.formats.format import Format, FormatError, SourceFile
from twoclick.formats.labels import LabelledImage
from twoclick.formats.survey import survey
from twoclick.formats.twoclick_labels import FORMAT as TWOCLICK
from twoclick.session.archive import BadFileError

NAME = "convert"
HELP = "write labels, or those of a project file, in another format"

_AT_ONCE = 200
"""Images handed to a writer together."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    names = [one.name for one in FORMATS]
    parser.add_argument(
        "source", type=Path, metavar="SRC", help="a file, folder or zip of labels; a project file"
    )
    parser.add_argument(
        "destination",
        type=Path,
        metavar="DST",
        help="what to make: a folder, or by its name a .zip, or a .json where one file is enough",
    )
    parser.add_argument("--from", dest="from_", choices=names, help="default: what SRC looks like")
    parser.add_argument("--to", choices=names, required=True)
    parser.add_argument(
        "--images",
        type=Path,
        metavar="DIR",
        help="a folder or zip of the images: what needs their sizes takes them from here, or from "
        "SRC (YOLO labels cannot be read without)",
    )
    parser.add_argument("--with-images", action="store_true", help="copy the images along")
    parser.add_argument(
        "--split",
        type=_shares,
        metavar="80/20",
        help="divide the images into train/val or train/val/test by these shares",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="another number divides otherwise (default 0)"
    )
    parser.add_argument(
        "--states",
        type=_states,
        metavar="STATE,STATE",
        help="label states of the images to take, or all (default: labelled,approved; all for "
        f"--to {TWOCLICK.name}); it says nothing of images whose state SRC does not tell",
    )
    parser.add_argument(
        "--with-problems",
        action="store_true",
        help="write what is good although there are problems; else nothing is written then",
    )


def _shares(text: str) -> tuple[float, ...]:
    try:
        shares = tuple(map(float, text.split("/")))
    except ValueError:
        shares = ()
    fit = all(math.isfinite(share) and share >= 0 for share in shares)
    if len(shares) not in (2, 3) or not fit or not any(shares):
        raise argparse.ArgumentTypeError(f"{text} is not like 80/20 or 70/20/10")
    return shares


def _states(text: str) -> frozenset[LabelState]:
    if text == "all":
        return frozenset(LabelState)
    try:
        return frozenset(map(LabelState, text.split(",")))
    except ValueError as error:
        known = ", ".join(LabelState)
        raise argparse.ArgumentTypeError(f"{text}: label states are {known}, or all") from error


def run(options: argparse.Namespace) -> int:
    """Converts, and says what became of it; the exit code."""
    if options.with_images and destination_kind(options.destination) == "file":
        return failed(f"{options.destination} cannot hold images: name a folder or a .zip.")
    try:
        with opened_labels(
            options.source, format_name=options.from_, images=options.images
        ) as source:
            return _run(source, options)
    except (FilesError, FormatError, BadFileError) as error:
        return failed(str(error))


def _run(source: LabelSource, options: argparse.Namespace) -> int:
    form = format_named(options.to)
    conversion = converted(
        source,
        form=form,
        states=options.states or _states_of(form),
        shares=options.split,
        seed=options.seed,
        with_images=options.with_images,
    )
    say(f"{options.source}: {source.what}")
    for note in source.notes:
        say(f"Passed by: {note}")
    problems = [*source.problems, *conversion.problems]
    count = source.problem_count + len(conversion.problems)
    print_problems(problems, count, to=sys.stderr)
    if count and not options.with_problems:
        say(
            f"Nothing was written because of {counted(count, 'problem')}. Mend them, or write what "
            "is good with --with-problems.",
            to=sys.stderr,
        )
        return PROBLEMS
    if not conversion.images:
        return failed(f"{options.source} has no image to write. {_left_out(conversion)}".rstrip())
    counts = survey(conversion.images)
    refusal = form.refusal(counts, tags=conversion.target.tags)
    if refusal is not None:
        return failed(refusal)
    print_losses(form.losses(counts), form.title)
    wrong = _write(conversion, form, source, options.destination)
    if wrong is not None:
        return failed(
            f"{options.destination} was not written: what was read back is not what it "
            f"should be. {wrong}"
        )
    say(
        f"{options.destination}: {counted(counts.images, 'image')}, {counts.empty:,} with nothing "
        f"on them, {counted(counts.shapes, 'shape')}, all read back as written. "
        f"{_left_out(conversion)}".rstrip()
    )
    return DONE


def _left_out(conversion: Conversion) -> str:
    counts = [f"{count:,} {state.value}" for state, count in conversion.not_taken.items()]
    return f"Left out by label state: {', '.join(counts)}." if counts else ""


def _states_of(form: Format) -> Collection[LabelState]:
    return frozenset(LabelState) if form.name == TWOCLICK.name else FINISHED_STATES


def _write(conversion: Conversion, form: Format, source: LabelSource, path: Path) -> str | None:
    """Writes all of it, if reading it back gives what it should; else what is wrong."""
    writer = form.writer(conversion.target)
    with Destination.opened(path) as destination:
        for start in range(0, len(conversion.images), _AT_ONCE):
            for piece in writer.add(conversion.images[start : start + _AT_ONCE]):
                destination.write(piece)
        for piece in writer.finish():
            destination.write(piece)
        destination.join()
        if destination_kind(path) == "file" and len(destination.paths) > 1:
            raise FilesError(
                f"{form.title} are {len(destination.paths):,} files here, which {path} cannot "
                "hold: name a folder or a .zip."
            )
        files = [
            SourceFile(path=name, content=destination.content(name)) for name in destination.paths
        ]
        places = [writer.image_path(image) for image in conversion.images]
        wrong = first_difference(form, files, conversion.images, places)
        if wrong is not None:
            return wrong
        if conversion.target.with_images:
            _copy_images(conversion.images, places, source, destination)
        destination.keep(path)
    return None


def _copy_images(
    images: Sequence[LabelledImage],
    places: Sequence[str],
    source: LabelSource,
    destination: Destination,
) -> None:
    written = set()
    for image, place in zip(images, places, strict=True):
        entry = source.file_of(image)
        if entry is None or place in written:  # pages of one file
            continue
        written.add(place)
        with entry.reading() as file:
            destination.copy(place, file)
