"""`check`: what label files hold, and what is wrong with them."""

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from twoclick.adapters.files import FilesError
from twoclick.entry.command_line.exit_codes import DONE, PROBLEMS, failed
from twoclick.entry.command_line.label_source import LabelSource, opened_labels
from twoclick.entry.command_line.printing import counted, print_problems, say
from twoclick.formats.catalog import FORMATS
from twoclick.formats.format import FormatError
from twoclick.formats.survey import survey
from twoclick.session.archive import BadFileError

NAME = "check"
HELP = "say what label files hold and what is wrong with them"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    names = [one.name for one in FORMATS]
    parser.add_argument(
        "source", type=Path, metavar="PATH", help="a file, folder or zip of labels; a project file"
    )
    parser.add_argument("--from", dest="from_", choices=names, help="default: what it looks like")
    parser.add_argument(
        "--images", type=Path, metavar="DIR", help="a folder or zip of the images, for their sizes"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Prints counts, tags and problems; the exit code."""
    try:
        with opened_labels(
            options.source, format_name=options.from_, images=options.images
        ) as source:
            if options.json:
                print(json.dumps(_described(source)))
            else:
                _tell(source, options.source)
            return PROBLEMS if source.problem_count else DONE
    except (FilesError, FormatError, BadFileError) as error:
        return failed(str(error))


def _described(source: LabelSource) -> dict[str, object]:
    """{"source", "name", "passedBy": [text], "images", "empty", "shapes", "boxes", "rotatedBoxes",
    "polygons", "keypoints", "wholeImages", "tags": [{"name", "shapes"}],
    "labelStates": {state: images}, "problemCount",
    "problems": [{"path", "line", "text", "leftOut"}]}."""
    counts = survey(source.read.images)
    states = Counter(one.label_state for one in source.read.images if one.label_state is not None)
    return {
        "source": source.what,
        "name": source.name,
        "passedBy": list(source.notes),
        "images": counts.images,
        "empty": counts.empty,
        "shapes": counts.shapes,
        "boxes": counts.boxes,
        "rotatedBoxes": counts.rotated_boxes,
        "polygons": counts.polygons,
        "keypoints": counts.keypoints,
        "wholeImages": counts.whole_images,
        "tags": [{"name": name, "shapes": count} for name, count in _uses(source).items()],
        "labelStates": {state.value: count for state, count in states.items()},
        "problemCount": source.problem_count,
        "problems": [
            {("leftOut" if key == "left_out" else key): value for key, value in asdict(one).items()}
            for one in source.problems
        ],
    }


def _uses(source: LabelSource) -> dict[str, int]:
    """How many shapes each tag has, in class order."""
    uses = Counter(shape.tag for image in source.read.images for shape in image.shapes)
    return {tag.name: uses[tag.name] for tag in source.read.tags}


def _tell(source: LabelSource, path: Path) -> None:
    counts = survey(source.read.images)
    say(f"{path}: {source.what}")
    for note in source.notes:
        say(f"Passed by: {note}")
    say(
        f"{counted(counts.images, 'image')}, {counts.empty:,} with nothing on them; "
        f"{counted(counts.shapes, 'shape')}: {counts.boxes:,} boxes, {counts.rotated_boxes:,} "
        f"rotated boxes, {counts.polygons:,} polygons, {counts.keypoints:,} with keypoints, "
        f"{counted(counts.whole_images, 'whole image')}"
    )
    uses = _uses(source)
    say(f"{counted(len(uses), 'tag')}:")
    for name, count in uses.items():
        say(f"  {name}  {count:,}")
    count = source.problem_count
    say(f"{counted(count, 'problem')}:" if count else "No problems")
    print_problems(source.problems, count)
