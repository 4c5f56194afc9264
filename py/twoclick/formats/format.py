"""What every format can do.  The modules of formats each hold one, as their constant FORMAT."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from twoclick.formats.image_names import KnownImages
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage
from twoclick.formats.survey import Survey

LeftOut = Literal["nothing", "shape", "image", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that a person brought; `path` is relative to what they chose, with "/"."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a file, where (`line` from 1, None where no line can be named), and what
    is left out because of it ("nothing": it was mended, and `text` says how)."""

    path: str
    line: int | None
    text: str
    left_out: LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What files hold.  `tags` are in class order, unused ones too; each image comes once.

    What is in `problems` is not in `images`: nothing is guessed.  At most MOST_PROBLEMS of them are
    kept, `problem_count` counts all.  `unmatched` are the paths of label files that cannot be read
    before the image that they are about is known: it is none of the known ones.  They are not in
    `images`, where they would look as if nothing were on them, nor in `problems`.
    """

    tags: tuple[FileTag, ...]
    images: tuple[LabelledImage, ...]
    unmatched: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    predictors: tuple[FilePredictor, ...] = ()


MOST_PROBLEMS = 1000


Reading: TypeAlias = Generator[float, None, Read]
"""Reading in steps: yields how much is done, 0..1, at least each time that some hundred shapes are
read, and returns what was read.  So a thread can do other things between, show progress and stop.
"""


def at_once(reading: Reading) -> Read:
    """What is read, without a pause."""
    while True:
        try:
            next(reading)
        except StopIteration as end:
            read: Read = end.value
            return read


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a format cannot keep: `count` of something, and what becomes of it, in words."""

    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be written: the project's name, its tags in class order, the parts of the data
    (`splits`, empty where it is not divided), whether the image files come along, and the
    predictors that shapes came from."""

    name: str
    tags: tuple[FileTag, ...]
    splits: tuple[str, ...] = ()
    with_images: bool = False
    predictors: tuple[FilePredictor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Bytes of a file that is being written.

    A file is its pieces by rising `section`, those of one section in the order they came: so a file
    with several long lists is written in one go, and nobody holds all of it.
    """

    path: str
    content: bytes
    section: int = 0


class Writer(Protocol):
    """Writes one set of files; used once."""

    def add(self, images: Sequence[LabelledImage]) -> Iterable[Piece]:
        """The pieces of these images.  Every image is added once, in the order of the project."""
        ...

    def finish(self) -> Iterable[Piece]:
        """What makes the files whole."""
        ...

    def image_path(self, image: LabelledImage) -> str:
        """Where the file of an image that was added belongs in this format's folders."""
        ...


class Format(Protocol):
    """One kind of label files."""

    @property
    def name(self) -> str:
        """The name in commands and messages; never changes once released."""
        ...

    @property
    def title(self) -> str:
        """The name for people."""
        ...

    @property
    def purpose(self) -> str:
        """What to take it for, in one line for people: who reads it, and what it holds."""
        ...

    @property
    def tolerance(self) -> float:
        """How far, in pixels, a point that is read back may be from the one that was written, on an
        image of 1,000 pixels."""
        ...

    def recognise(self, files: Sequence[SourceFile]) -> str | None:
        """Why these files are of this format, in words; None where they are not.  Decided by their
        content: names may be anything.  Content that is not of the format is no error here."""
        ...

    def read(self, files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
        """What the files hold, in steps (`at_once` takes them all); `images` tells names and sizes
        of images that are known.

        The steps raise FormatError where nothing can be made of the files; everything less is a
        Problem.
        """
        ...

    def losses(self, survey: Survey) -> Sequence[Loss]:
        """What would be lost of images of which `survey` tells what is on them."""
        ...

    def refusal(self, survey: Survey, *, tags: Sequence[FileTag]) -> str | None:
        """Why what `survey` tells of, with these tags, cannot be written at all, and what to do, as
        sentences for people; None where it can."""
        ...

    def as_written(self, image: LabelledImage) -> LabelledImage:
        """The image as reading back what was written gives it: after the stated losses."""
        ...

    def writer(self, target: Target) -> Writer:
        """Starts to write."""
        ...


class FormatError(Exception):
    """Files that nothing can be made of; the message says what is wrong, in which file, and what to
    do."""

    code = "bad-labels"
