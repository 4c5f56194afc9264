"""What a person changed on suggestions, among the rules of suggestions."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.document import (
    Document,
    Edit,
    PassedOver,
    with_annotations,
    with_edits,
    with_passed_over,
    with_rejections,
)
from twoclick.domain.geometry import Box, Shape
from twoclick.domain.suggestion import Candidates
from twoclick.session.view import Status
from unit.session.test_view import (
    EMPTY,
    HERE,
    NEARLY,
    PREDICTOR,
    annotation,
    answers,
    candidates_of,
    documents,
    indexes,
    link_to,
    look,
    rejection,
)

FAR = Box(300, 300, 400, 400)


def edited(
    candidates: Candidates,
    candidate: int,
    *,
    tag_id: str | None = None,
    shape: Shape | None = None,
    document: Document = EMPTY,
) -> Document:
    link = link_to(candidates, candidate)
    return with_edits(document, [Edit(link=link, tag_id=tag_id, shape=shape)])


def test_an_edit_gives_shape_and_tag() -> None:
    some = candidates_of((HERE, 0.9, 0), (FAR, 0.8, 0))
    seen = look(some, edited(some, 0, tag_id="Title", shape=NEARLY))
    assert seen.tags == ("Title", "Text")
    assert [seen.shape(at, some) for at in range(2)] == [NEARLY, FAR]
    assert seen.edited == (0,)


def test_an_edit_outlives_threshold_and_likeness() -> None:
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.1, 0))
    document = edited(some, 1, shape=FAR)
    assert look(some, document).statuses == (Status.OTHER_READING, Status.SHOWN)
    labelled = with_annotations(document, [annotation(HERE, "Text")])
    assert look(some, labelled).statuses == (Status.ALREADY_LABELLED, Status.SHOWN)
    alike = rejection(HERE, predictor_id="m1", class_id=0, tag_id="Text")
    rejected = with_rejections(document, [alike])
    assert look(some, rejected).statuses == (Status.REJECTED, Status.SHOWN)


def test_what_was_passed_over_or_is_consumed_stays_hidden() -> None:
    some = candidates_of((HERE, 0.9, 0), (FAR, 0.8, 0))
    document = edited(some, 0, shape=NEARLY)
    passed = PassedOver(predictor_id="m1", digest=some.digest, candidates=frozenset({0}))
    assert look(some, with_passed_over(document, passed)).statuses[0] is Status.PASSED_OVER
    taken = annotation(FAR, "Text", link=link_to(some, 0))
    assert look(some, with_annotations(document, [taken])).statuses[0] is Status.CONSUMED


def test_an_edit_of_the_shape_alone_does_not_map_its_class() -> None:
    some = candidates_of((HERE, 0.9, 0))
    nowhere = replace(PREDICTOR, mapping={})
    document = edited(some, 0, shape=NEARLY)
    assert look(some, document, predictor=nowhere).statuses == (Status.UNMAPPED,)
    document = edited(some, 0, tag_id="Title")
    assert look(some, document, predictor=nowhere).statuses == (Status.SHOWN,)


def test_where_one_was_edited_the_object_has_no_other_readings() -> None:
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.8, 1))
    assert look(some).readings == ((0, 1),)
    seen = look(some, edited(some, 0, tag_id="Title"))
    assert seen.statuses == (Status.SHOWN, Status.OTHER_READING)
    assert (seen.readings, seen.dropped, seen.commit_all) == ((), 0, (0,))


def test_duplicates_of_an_edited_one_stay_hidden_behind_it() -> None:
    some = candidates_of((HERE, 0.9, 0), (NEARLY, 0.8, 0))
    seen = look(some, edited(some, 0, tag_id="Title", shape=FAR))
    assert seen.statuses[0] is Status.SHOWN
    assert seen.statuses[1] is not Status.SHOWN


def test_an_edited_one_is_no_disagreement() -> None:
    some = candidates_of((HERE, 0.9, 0))
    document = with_annotations(EMPTY, [annotation(HERE, "Title")])
    assert look(some, document).disagreements == (0,)
    seen = look(some, edited(some, 0, shape=NEARLY, document=document))
    assert (seen.disagreements, seen.commit_all) == ((), (0,))


def test_edits_of_another_answer_say_nothing_about_this_one() -> None:
    some, other = candidates_of((HERE, 0.9, 0)), candidates_of((FAR, 0.9, 0))
    seen = look(some, edited(other, 0, tag_id="Title"))
    assert (seen.tags, seen.edited) == (("Text",), ())


@given(answers, documents, indexes, indexes, st.sampled_from([None, "Text", "Title"]))
def test_an_edit_that_is_not_hidden_on_purpose_is_shown(
    some: Candidates,
    document: Document,
    places: list[int],
    selected: list[int],
    tag_id: str | None,
) -> None:
    changed = {at for at in places if at < len(some)}
    for at in changed:
        document = edited(some, at, tag_id=tag_id, shape=FAR, document=document)
    seen = look(some, document, selected=tuple(selected))
    shown = {at for at in changed if seen.tags[at] is not None}
    assert set(seen.edited) == shown
    assert shown <= set(seen.commit_all)
    assert not shown & {end for pair in seen.readings for end in pair}
