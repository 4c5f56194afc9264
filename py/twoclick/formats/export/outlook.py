"""What an export would give, told before anything is written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from twoclick.domain.asset import FINISHED_STATES, OPEN_STATES, LabelState
from twoclick.domain.geometry import Box
from twoclick.formats.export.looking import Looking, Seen
from twoclick.formats.format import Format, Loss, Target
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.splits import divided

DEFAULT_STATES = FINISHED_STATES
"""What is exported unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person wants exported: images in these label states, divided by `shares` (percent by
    the name of the split; empty for one whole) with `seed`, with or without the image files."""

    states: frozenset[LabelState] = DEFAULT_STATES
    shares: Mapping[str, float]
    seed: int = 0
    with_images: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatOutlook:
    """What becomes of the choice in one format; `one_file` where that is all there is to save;
    `refusal` says why it cannot be written in this one, and what to do."""

    format: Format
    losses: tuple[Loss, ...]
    one_file: bool
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a choice comes to.

    `states` counts the images of the project by label state, `left_out` those of them that are not
    chosen, `splits` the chosen ones by split; `unused_tags` are those that no exported
    shape has; `image_bytes` are those of the image files; `notices` say what else is to be known;
    `refusal` says what to do where there is nothing to export.
    """

    states: Mapping[LabelState, int]
    images: int
    empty: int
    shapes: int
    left_out: Mapping[LabelState, int]
    splits: Mapping[str, int]
    unused_tags: tuple[str, ...]
    image_bytes: int
    formats: tuple[FormatOutlook, ...]
    notices: tuple[str, ...]
    refusal: str | None


def outlook(
    looking: Looking, choice: Choice, *, tags: Sequence[FileTag], formats: Sequence[Format]
) -> Outlook:
    """What the choice comes to in each of the formats."""
    chosen = looking.of(choice.states)
    counts = looking.survey(choice.states)
    used = looking.tags(choice.states)
    states = Counter(one.label_state for one in looking.seen)
    return Outlook(
        states=states,
        images=counts.images,
        empty=counts.empty,
        shapes=counts.shapes,
        left_out={state: n for state, n in states.items() if state not in choice.states},
        splits=_split_counts(chosen, choice),
        unused_tags=tuple(tag.name for tag in tags if not tag.deleted and not used[tag.name]),
        image_bytes=_image_bytes(chosen),
        formats=tuple(
            FormatOutlook(
                format=one,
                losses=tuple(one.losses(counts)),
                one_file=not choice.with_images and is_one_file(one, choice),
                refusal=one.refusal(counts, tags=tags),
            )
            for one in formats
        ),
        notices=tuple(_notices(looking, choice, chosen)),
        refusal=_refusal(looking, choice, chosen),
    )


def splits_of(chosen: Sequence[Seen], choice: Choice) -> Mapping[str, str]:
    """The split that each of these images goes to, by the digest of its file; empty where there are
    none."""
    if not choice.shares or not chosen:
        return {}
    digests = [one.file.digest for one in chosen]
    return divided(digests, parts=choice.shares, seed=choice.seed)


def is_one_file(format_: Format, choice: Choice) -> bool:
    """Whether the labels of a choice are one file: the format itself tells, by writing one image
    for each split."""
    tag = FileTag(name="tag", keypoints=("point",))
    shape = LabelledShape(tag=tag.name, shape=Box(x0=0, y0=0, x1=1, y1=1))
    splits = tuple(choice.shares)
    writer = format_.writer(Target(name="one", tags=(tag,), splits=splits))
    images = [
        LabelledImage(
            name=f"{number}.png", width=1, height=1, shapes=(shape,), number=number, split=split
        )
        for number, split in enumerate(splits or (None,), 1)
    ]
    paths = {piece.path for piece in (*writer.add(images), *writer.finish())}
    return len(paths) == 1


def counts_text(found: Outlook, *, verb: str) -> str:
    """ "412 exported, 31 with nothing on them, 188 not finished left out" """
    left_out = found.left_out
    unfinished = sum(left_out.get(state, 0) for state in OPEN_STATES)
    others = [
        (left_out.get(state, 0), f"{state} left out")
        for state in LabelState
        if state not in OPEN_STATES
    ]
    counted = [(found.empty, "with nothing on them" if found.empty != 1 else "with nothing on it")]
    counted += [(unfinished, "not finished left out"), *others]
    return ", ".join([f"{found.images:,} {verb}", *(f"{n:,} {text}" for n, text in counted if n)])


def _split_counts(chosen: Sequence[Seen], choice: Choice) -> Mapping[str, int]:
    split_of = splits_of(chosen, choice)
    counts = Counter(split_of[one.file.digest] for one in chosen) if split_of else Counter[str]()
    return {split: counts[split] for split, share in choice.shares.items() if share}


def _image_bytes(chosen: Sequence[Seen]) -> int:
    """A file of several pages counts once for each: it is not known how large each will be."""
    return sum(one.file.size for one in chosen)


def _notices(looking: Looking, choice: Choice, chosen: Sequence[Seen]) -> Iterator[str]:
    blank = looking.survey(choice.states & OPEN_STATES).empty
    if blank:
        yield (
            f"{_count(blank, 'unfinished image')} without shapes: exported as having nothing on "
            "them"
        )
    if not choice.with_images:
        return
    paged = looking.paged()
    if pages := sum(one.file.digest in paged for one in chosen):
        yield (
            f"{_count(pages, 'page')} of TIFF files: saved as PNG files of their own, as trainers "
            "read only the first page of a TIFF"
        )
    if deep := sum(one.file.depth == 16 for one in chosen):
        yield (
            f"{_count(deep, 'image')} of 16 bits a sample: saved as they are, and many trainers "
            "see only the upper 8 bits"
        )


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _refusal(looking: Looking, choice: Choice, chosen: Sequence[Seen]) -> str | None:
    if chosen:
        return None
    if not looking.seen:
        return "This project has no images yet: add some first."
    if not choice.states:
        return "Choose which images to export."
    if choice.states == DEFAULT_STATES:
        return (
            "No image is labelled yet: finish one with Done (G), or choose images that are not "
            "finished."
        )
    return "No image is in the label states that are chosen: choose others."
