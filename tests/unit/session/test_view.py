"""The rules of suggestions, one by one and as invariants."""

from collections import Counter
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.asset import Selection
from twoclick.domain.document import (
    Document,
    PassedOver,
    Rejection,
    with_annotations,
    with_passed_over,
    with_rejections,
)
from twoclick.domain.geometry import Box
from twoclick.domain.outlines import Buffer
from twoclick.domain.predictor import Predictor
from twoclick.domain.suggestion import Candidates, Columns, read_columns
from twoclick.session.overlaps import overlapping
from twoclick.session.view import Status, View, view
from unit.session.workplace import Found, columns

PREDICTOR = Predictor(
    id="m1",
    iteration=1,
    name="First",
    source="file",
    digest="d1",
    size=1,
    family="test",
    classes=("text", "title", "caption", "heading"),
    floor=0.05,
    overlap=0.7,
    card={},
    mapping={0: "Text", 1: "Title", 3: "Title"},
)
HERE = Box(0, 0, 100, 100)
NEARLY = Box(0, 0, 100, 90)
"""IoU 0.9 with HERE."""
HALF = Box(0, 0, 100, 60)
"""IoU 0.6 with HERE."""
EMPTY = Document(asset_id="a")


def candidates_of(*found: Found) -> Candidates:
    return read_columns(Columns(**_named(columns(found))), classes=4, cap=300)


def _named(buffers: list[Buffer]) -> dict[str, Buffer]:
    names = [field.name for field in fields(Columns)]
    return dict(zip(names, buffers, strict=True))


def look(
    candidates: Candidates,
    document: Document = EMPTY,
    *,
    predictor: Predictor = PREDICTOR,
    selected: tuple[int, ...] = (),
    preferred: tuple[int, ...] = (),
) -> View:
    return view(
        candidates=candidates,
        predictor=predictor,
        document=document,
        selection=Selection(
            digest=candidates.digest,
            candidates=frozenset(selected),
            preferred=frozenset(preferred),
        ),
        annotated=overlapping(candidates.index, document.annotations, earlier=None),
        rejected=overlapping(candidates.index, document.rejections, earlier=None),
    )


def annotation(box: Box, tag_id: str, *, link: Link | None = None) -> Annotation:
    provenance = None
    if link is not None:
        provenance = Provenance(link=link, class_id=0, iteration=1, score=0.9)
    return Annotation(
        id=f"{tag_id}{box}", tag_id=tag_id, shape=box, created_at=0, provenance=provenance
    )


def rejection(box: Box, *, predictor_id: str, class_id: int, tag_id: str) -> Rejection:
    link = Link(predictor_id=predictor_id, digest="another answer", candidate=0)
    return Rejection(id="r", link=link, class_id=class_id, tag_id=tag_id, shape=box)


def link_to(candidates: Candidates, candidate: int) -> Link:
    return Link(predictor_id="m1", digest=candidates.digest, candidate=candidate)


def test_what_scores_enough_is_shown() -> None:
    seen = look(candidates_of((HERE, 0.5, 0), (Box(200, 0, 210, 10), 0.49, 0)))
    assert seen.statuses == (Status.SHOWN, Status.BELOW_THRESHOLD)
    assert seen.tags == ("Text", "Text")


def test_a_tag_may_have_a_threshold_of_its_own() -> None:
    predictor = replace(PREDICTOR, tag_thresholds={"Title": 0.2})
    some = candidates_of((HERE, 0.4, 0), (Box(200, 0, 210, 10), 0.3, 1))
    assert look(some, predictor=predictor).statuses == (Status.BELOW_THRESHOLD, Status.SHOWN)


def test_a_selected_one_stays_below_the_threshold() -> None:
    seen = look(candidates_of((HERE, 0.1, 0)), selected=(0,))
    assert seen.statuses == (Status.SHOWN,)
    assert seen.selected == (0,)


def test_a_class_without_a_tag_is_unmapped() -> None:
    seen = look(candidates_of((HERE, 0.9, 2)))
    assert seen.statuses == (Status.UNMAPPED,)
    assert seen.tags == (None,)


def test_of_one_tag_the_lower_of_two_is_hidden() -> None:
    some = candidates_of((HERE, 0.9, 1), (Box(0, 0, 100, 80), 0.8, 3))
    assert look(some).statuses == (Status.SHOWN, Status.OVERLAP)
    looser = replace(PREDICTOR, overlap=0.85)
    assert look(some, predictor=looser).statuses == (Status.SHOWN, Status.SHOWN)
    assert look(some, selected=(1,)).statuses == (Status.SHOWN, Status.SHOWN)


def test_what_is_below_the_threshold_hides_nothing() -> None:
    predictor = replace(PREDICTOR, tag_thresholds={"Text": 0.95})
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.8, 1))
    assert look(some, predictor=predictor).statuses == (Status.BELOW_THRESHOLD, Status.SHOWN)


def test_two_tags_in_one_place_are_two_readings() -> None:
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.8, 1))
    seen = look(some)
    assert seen.statuses == (Status.SHOWN, Status.OTHER_READING)
    assert seen.readings == ((0, 1),)
    assert (seen.commit_all, seen.dropped) == ((0,), 1)


def test_a_preferred_reading_takes_the_place() -> None:
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.8, 1))
    seen = look(some, preferred=(1,))
    assert seen.statuses == (Status.OTHER_READING, Status.SHOWN)
    assert seen.commit_all == (1,)


def test_a_selected_reading_is_not_displaced_by_a_higher_score() -> None:
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.8, 1))
    assert look(some, selected=(1,)).selected == (1,)


def test_an_annotation_of_the_same_tag_is_already_labelled() -> None:
    document = with_annotations(EMPTY, [annotation(HALF, "Text")])
    assert look(candidates_of((HERE, 0.9, 0)), document).statuses == (Status.ALREADY_LABELLED,)


def test_what_is_too_weak_to_be_shown_is_not_counted_as_already_labelled() -> None:
    document = with_annotations(EMPTY, [annotation(HALF, "Text")])
    assert look(candidates_of((HERE, 0.3, 0)), document).statuses == (Status.BELOW_THRESHOLD,)


def test_an_annotation_of_another_tag_is_a_disagreement() -> None:
    document = with_annotations(EMPTY, [annotation(HALF, "Title")])
    seen = look(candidates_of((HERE, 0.9, 0)), document)
    assert seen.statuses == (Status.SHOWN,)
    assert seen.disagreements == (0,)
    assert seen.commit_all == ()


def test_a_consumed_one_is_hidden_by_link_wherever_its_annotation_went() -> None:
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.8, 1))
    far = annotation(Box(500, 500, 510, 510), "Text", link=link_to(some, 0))
    seen = look(some, with_annotations(EMPTY, [far]))
    assert seen.statuses == (Status.CONSUMED, Status.READING_OF_CONSUMED)


def test_a_link_to_another_answer_consumes_nothing() -> None:
    some = candidates_of((HERE, 0.9, 0))
    link = Link(predictor_id="m1", digest="another answer", candidate=0)
    far = annotation(Box(500, 500, 510, 510), "Text", link=link)
    assert look(some, with_annotations(EMPTY, [far])).statuses == (Status.SHOWN,)


@pytest.mark.parametrize(
    ("rejected", "expected"),
    [
        (rejection(NEARLY, predictor_id="m1", class_id=0, tag_id="x"), Status.REJECTED),
        (rejection(NEARLY, predictor_id="m1", class_id=1, tag_id="Text"), Status.SHOWN),
        (rejection(HALF, predictor_id="m1", class_id=0, tag_id="Text"), Status.SHOWN),
        (rejection(NEARLY, predictor_id="m0", class_id=1, tag_id="Text"), Status.REJECTED),
        (rejection(NEARLY, predictor_id="m0", class_id=0, tag_id="Title"), Status.SHOWN),
        (rejection(HALF, predictor_id="m0", class_id=0, tag_id="Text"), Status.SHOWN),
    ],
    ids=[
        "own, class",
        "own, other class",
        "own, elsewhere",
        "other's, tag",
        "other's, other tag",
        "other's, elsewhere",
    ],
)
def test_a_rejection_holds_for_its_like(rejected: Rejection, expected: Status) -> None:
    document = with_rejections(EMPTY, [rejected])
    assert look(candidates_of((HERE, 0.9, 0)), document).statuses == (expected,)


def test_what_was_passed_over_is_hidden_for_this_answer_only() -> None:
    some = candidates_of((HERE, 0.9, 0))
    item = PassedOver(predictor_id="m1", digest=some.digest, candidates=frozenset({0}))
    assert look(some, with_passed_over(EMPTY, item)).statuses == (Status.PASSED_OVER,)
    other = replace(item, predictor_id="m0")
    assert look(some, with_passed_over(EMPTY, other)).statuses == (Status.SHOWN,)


# --- invariants --------------------------------------------------------------------------------

places = st.sampled_from([HERE, NEARLY, HALF, Box(0, 0, 100, 80), Box(5, 5, 100, 100)])
found_ones = st.tuples(
    places, st.integers(5, 100).map(lambda percent: percent / 100), st.integers(0, 3)
)
answers = st.lists(found_ones, max_size=12).map(lambda found: candidates_of(*found))
documents = st.lists(st.tuples(places, st.sampled_from(["Text", "Title"])), max_size=3).map(
    lambda some: with_annotations(EMPTY, [annotation(box, tag_id) for box, tag_id in some])
)
thresholds = st.integers(0, 100).map(lambda percent: percent / 100)
indexes = st.lists(st.integers(0, 11), max_size=4)


@given(answers, documents, indexes, indexes)
def test_what_is_committed_together_is_shown_once_and_agreed_on(
    some: Candidates, document: Document, selected: list[int], preferred: list[int]
) -> None:
    seen = look(some, document, selected=tuple(selected), preferred=tuple(preferred))
    count = Counter(seen.statuses)
    assert len(seen.statuses) == len(seen.tags) == len(some)
    assert len(seen.readings) == count[Status.OTHER_READING]
    shown = {at for at, status in enumerate(seen.statuses) if status is Status.SHOWN}
    assert set(seen.commit_all) | set(seen.disagreements) == shown
    assert not set(seen.commit_all) & set(seen.disagreements)
    assert set(seen.selected) <= shown
    assert all(seen.statuses[primary] is Status.SHOWN for primary, _ in seen.readings)
    assert len({other for _, other in seen.readings}) == len(seen.readings)


@given(answers, documents, thresholds, thresholds, indexes)
def test_a_higher_threshold_shows_nothing_new(
    some: Candidates, document: Document, one: float, other: float, selected: list[int]
) -> None:
    low, high = sorted((one, other))
    fewer = look(
        some, document, predictor=replace(PREDICTOR, threshold=high), selected=tuple(selected)
    )
    more = look(
        some, document, predictor=replace(PREDICTOR, threshold=low), selected=tuple(selected)
    )
    for less, status in zip(fewer.statuses, more.statuses, strict=True):
        assert less is not Status.SHOWN or status is Status.SHOWN


@given(answers, documents, documents)
def test_overlaps_kept_up_in_steps_are_those_found_anew(
    some: Candidates, first: Document, second: Document
) -> None:
    both = {**first.annotations, **second.annotations}
    steps = overlapping(some.index, first.annotations, earlier=None)
    steps = overlapping(some.index, both, earlier=steps)
    steps = overlapping(some.index, second.annotations, earlier=steps)
    assert steps.found == overlapping(some.index, second.annotations, earlier=None).found
