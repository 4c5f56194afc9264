"""The rules of suggestions: which of the raw predictions are shown, and why the others are not.

Nothing here asks a model again or destroys anything: a view is made anew from the candidates, the
person's settings for the predictor and the asset's document.
"""

from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Selection
from twoclick.domain.document import Document, Edit, Rejection
from twoclick.domain.geometry import Shape
from twoclick.domain.predictor import Predictor
from twoclick.domain.suggestion import Candidates
from twoclick.session.overlaps import Overlapping

LABELLED_IOU = 0.5
"""An annotation of the same tag that overlaps this much: already labelled."""

REJECTED_IOU = 0.8
"""A rejection holds for other candidates that overlap the rejected box this much."""

READING_IOU = 0.85
"""Candidates of different tags that overlap this much are readings of one object."""


class Status(IntEnum):
    """What became of a candidate; the numbers are those on the wire."""

    SHOWN = 0
    BELOW_THRESHOLD = 1
    OVERLAP = 2
    ALREADY_LABELLED = 3
    REJECTED = 4
    CONSUMED = 5
    PASSED_OVER = 6
    UNMAPPED = 7
    OTHER_READING = 8
    READING_OF_CONSUMED = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What there is to see of the candidates of one asset; lists are of candidates.

    `readings` pairs the reading that is shown with each other one of its object.  `disagreements`
    are shown, but an annotation of another tag is there.  `edited` are shown with what a person
    changed on them; `tags` are theirs then, and `shapes` has the shapes of those.  `commit_all` is
    what Commit All takes, leaving out `dropped` other readings.
    """

    statuses: tuple[Status, ...]
    tags: tuple[str | None, ...]
    selected: tuple[int, ...]
    readings: tuple[tuple[int, int], ...]
    disagreements: tuple[int, ...]
    edited: tuple[int, ...]
    shapes: Mapping[int, Shape]
    commit_all: tuple[int, ...]
    dropped: int

    def shape(self, candidate: int, candidates: Candidates) -> Shape:
        """The shape that a candidate is shown with."""
        return self.shapes.get(candidate, candidates.shapes[candidate])


def view(
    *,
    candidates: Candidates,
    predictor: Predictor,
    document: Document,
    selection: Selection,
    annotated: Overlapping[Annotation],
    rejected: Overlapping[Rejection],
) -> View:
    """Gives each candidate exactly one status, the first that holds in the order of the rules.

    What a person changed on a suggestion is their word that something is there: no likeness to
    other shapes and no score hides it, and it is no reading of anything.  The rules go by the
    model's own shapes and tags.
    """
    tags = tuple(map(predictor.mapping.get, candidates.classes))
    labelled, contradicted = _annotated(annotated, tags)
    consumed = _consumed(document, predictor.id, candidates.digest)
    edits = edits_in(document, predictor.id, candidates.digest)
    shown_tags = _tags_shown(tags, edits)
    passed_over = _passed_over(document, predictor.id, candidates.digest)
    statuses = [Status.SHOWN] * len(candidates)
    # The weakest first: each rule overwrites what the ones before it said.
    for status, members in (
        (Status.ALREADY_LABELLED, labelled),
        (Status.READING_OF_CONSUMED, _readings_of(consumed, candidates)),
        (Status.PASSED_OVER, passed_over),
        (Status.REJECTED, _rejected(rejected, predictor.id, candidates, tags)),
        # An object has many weak candidates: nobody would count them as labelled or rejected.
        (Status.BELOW_THRESHOLD, _below(candidates, predictor, tags, selection.candidates)),
        (Status.SHOWN, edits),
        (Status.PASSED_OVER, edits.keys() & passed_over),
        (Status.CONSUMED, consumed),
        (Status.UNMAPPED, (index for index, tag in enumerate(shown_tags) if tag is None)),
    ):
        for index in members:
            statuses[index] = status
    kept = selection.candidates | edits.keys()
    _hide_overlapped(statuses, candidates, tags, predictor.overlap, kept)
    readings = _hide_other_readings(statuses, candidates, tags, selection, edits.keys())
    shown = [index for index, status in enumerate(statuses) if status is Status.SHOWN]
    contradicted -= edits.keys()
    commit_all = tuple(index for index in shown if index not in contradicted)
    taken = set(commit_all)
    return View(
        statuses=tuple(statuses),
        tags=shown_tags,
        selected=tuple(index for index in shown if index in selection.candidates),
        readings=readings,
        disagreements=tuple(index for index in shown if index in contradicted),
        edited=tuple(index for index in shown if index in edits),
        shapes={index: edit.shape for index, edit in edits.items() if edit.shape is not None},
        commit_all=commit_all,
        dropped=sum(primary in taken for primary, _ in readings),
    )


def edits_in(document: Document, predictor_id: str, digest: str) -> Mapping[int, Edit]:
    """What was changed on the candidates of a stored prediction."""
    return {
        edit.link.candidate: edit
        for edit in document.edits.values()
        if edit.link.predictor_id == predictor_id and edit.link.digest == digest
    }


def _tags_shown(tags: tuple[str | None, ...], edits: Mapping[int, Edit]) -> tuple[str | None, ...]:
    if not edits:
        return tags
    return tuple(
        edits[index].tag_id or tag if index in edits else tag for index, tag in enumerate(tags)
    )


def _annotated(
    annotated: Overlapping[Annotation], tags: Sequence[str | None]
) -> tuple[set[int], set[int]]:
    """Candidates where an annotation of the same tag is, and where one of another tag is."""
    same: set[int] = set()
    other: set[int] = set()
    for key, overlaps in annotated.found.items():
        tag_id = annotated.records[key].tag_id
        for index, shared in overlaps:
            if shared >= LABELLED_IOU:
                (same if tags[index] == tag_id else other).add(index)
    return same, other


def _consumed(document: Document, predictor_id: str, digest: str) -> set[int]:
    """Candidates whose annotation lives."""
    consumed = set()
    for annotation in document.annotations.values():
        provenance = annotation.provenance
        if provenance is not None:
            link = provenance.link
            if link.predictor_id == predictor_id and link.digest == digest:
                consumed.add(link.candidate)
    return consumed


def _readings_of(indexes: Iterable[int], candidates: Candidates) -> Iterable[int]:
    for index in indexes:
        for other, shared in candidates.overlaps[index]:
            if shared >= READING_IOU:
                yield other


def _passed_over(document: Document, predictor_id: str, digest: str) -> frozenset[int]:
    return frozenset().union(
        *(
            item.candidates
            for item in document.passed_over.values()
            if item.predictor_id == predictor_id and item.digest == digest
        )
    )


def _rejected(
    rejected: Overlapping[Rejection],
    predictor_id: str,
    candidates: Candidates,
    tags: Sequence[str | None],
) -> set[int]:
    """Candidates that were rejected: this very one, or one like it from the same predictor, or one
    of the same tag in the same place from another."""
    found = set()
    for key, rejection in rejected.records.items():
        own = rejection.link.predictor_id == predictor_id
        if own and rejection.link.digest == candidates.digest:
            found.add(rejection.link.candidate)
        for index, shared in rejected.found.get(key, ()):
            if shared >= REJECTED_IOU and (
                candidates.classes[index] == rejection.class_id
                if own
                else tags[index] == rejection.tag_id
            ):
                found.add(index)
    return found


def _below(
    candidates: Candidates,
    predictor: Predictor,
    tags: Sequence[str | None],
    selected: frozenset[int],
) -> Iterable[int]:
    least = {tag_id: predictor.least_score(tag_id) for tag_id in set(tags) if tag_id is not None}
    for index, (score, tag_id) in enumerate(zip(candidates.scores, tags, strict=True)):
        if tag_id is not None and score < least[tag_id] and index not in selected:
            yield index


def _hide_overlapped(
    statuses: list[Status],
    candidates: Candidates,
    tags: Sequence[str | None],
    most: float,
    kept: Container[int],
) -> None:
    """Tag by tag, by falling score: hides what overlaps a higher score that stayed by more than
    `most`.  One that is `kept` stays."""
    # By tag rather than class: two classes of one tag would otherwise show one object twice.
    for index, overlaps in enumerate(candidates.overlaps):
        if statuses[index] is not Status.SHOWN or index in kept:
            continue
        for other, shared in overlaps:
            if (
                other < index
                and shared > most
                and statuses[other] is Status.SHOWN
                and tags[other] == tags[index]
            ):
                statuses[index] = Status.OVERLAP
                break


def _hide_other_readings(
    statuses: list[Status],
    candidates: Candidates,
    tags: Sequence[str | None],
    selection: Selection,
    edited: Set[int],
) -> tuple[tuple[int, int], ...]:
    """Of the readings of one object keeps the preferred one, else a selected one, else the one with
    the highest score; gives (kept, hidden) pairs.

    Where one was edited the object is decided: its other readings are hidden, and none is paired
    with it.
    """
    decided = [index for index in edited if statuses[index] is Status.SHOWN]
    for index in _readings_of(decided, candidates):
        if statuses[index] is Status.SHOWN and index not in edited:
            statuses[index] = Status.OTHER_READING
    readings = []
    preferred, selected = selection.preferred, selection.candidates
    ranked = sorted(
        (
            index
            for index, status in enumerate(statuses)
            if status is Status.SHOWN and index not in edited
        ),
        key=lambda index: (index not in preferred, index not in selected, index),
    )
    for primary in ranked:
        if statuses[primary] is not Status.SHOWN:
            continue
        for other, shared in candidates.overlaps[primary]:
            if (
                shared >= READING_IOU
                and statuses[other] is Status.SHOWN
                and tags[other] != tags[primary]
                and other not in edited
            ):
                statuses[other] = Status.OTHER_READING
                readings.append((primary, other))
    return tuple(readings)
