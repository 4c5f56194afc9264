"""Looking through everything that could be exported, before anybody chooses what is."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from twoclick.domain.asset import LabelState
from twoclick.formats.labels import LabelledImage
from twoclick.formats.survey import Survey, survey


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """The file of an image: SHA-256 and size of its content, its media type, which of its pages the
    image is, from 0, and the bits of one sample."""

    digest: str
    type: str
    size: int
    page: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is remembered of each image: without its shapes, which would fill the memory."""

    file: ImageFile
    label_state: LabelState


class Looking:
    """Takes all images of a project, one after the other, and counts."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._surveys: dict[LabelState, Survey] = defaultdict(Survey)
        self._tags: dict[LabelState, Counter[str]] = defaultdict(Counter)

    def take(self, image: LabelledImage, file: ImageFile) -> None:
        """The next image; its label state must be known."""
        state = image.label_state
        assert state is not None
        self.seen.append(Seen(file=file, label_state=state))
        self._surveys[state] += survey([image])
        self._tags[state].update(one.tag for one in image.shapes)

    def of(self, states: Collection[LabelState]) -> list[Seen]:
        """The images in these label states, in their order."""
        return [one for one in self.seen if one.label_state in states]

    def survey(self, states: Collection[LabelState]) -> Survey:
        """What is on the images in these label states."""
        return sum((self._surveys[state] for state in states), Survey())

    def tags(self, states: Collection[LabelState]) -> Counter[str]:
        """How many shapes have each tag, by its name, on the images in these label states."""
        return sum((self._tags[state] for state in states), Counter())

    def paged(self) -> frozenset[str]:
        """The digests of files that several images are pages of: a project has each file once."""
        counts = Counter(one.file.digest for one in self.seen)
        return frozenset(digest for digest, count in counts.items() if count > 1)
