"""Records of the store hold values without loss."""

import asyncio
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from twoclick.adapters.memory.store import MemoryStore
from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.asset import Answer, Asset, LabelState, Selection, Standing
from twoclick.domain.change import asset_change
from twoclick.domain.document import Document, Edit, PassedOver, Rejection
from twoclick.domain.geometry import Box, Polygon, RotatedBox
from twoclick.domain.predictor import Predictor
from twoclick.domain.project import HistoryPointer, ListFilter, Project
from twoclick.domain.rings import pack_ring
from twoclick.domain.suggestion import Columns, Predictions, read_columns
from twoclick.domain.tag import Tag
from twoclick.ports.store import Put, Record
from twoclick.session.document_records import document_record, document_value
from twoclick.session.history import Entry, Move
from twoclick.session.history_records import entry_record, entry_value
from twoclick.session.records import (
    asset_record,
    asset_value,
    predictions_record,
    predictions_value,
    project_record,
    project_value,
)
from unit.session.workplace import APART, CARD, columns

names = st.text(max_size=6)
counts = st.integers(0, 1 << 40)
fractions = st.floats(0, 1)
candidate_sets = st.frozensets(st.integers(0, 299), max_size=4)
numbers = st.floats(-1e6, 1e6)
ends = st.tuples(numbers, numbers).map(sorted)
boxes = st.builds(lambda x, y: Box(x[0], y[0], x[1], y[1]), ends, ends)
rings = st.lists(numbers, min_size=6, max_size=12).filter(lambda some: len(some) % 2 == 0)
shapes = st.one_of(
    boxes,
    st.lists(numbers, min_size=8, max_size=8).map(lambda some: RotatedBox(ring=pack_ring(some))),
    st.lists(rings.map(pack_ring), min_size=1, max_size=3).map(
        lambda some: Polygon(rings=tuple(some))
    ),
)
links = st.builds(Link, predictor_id=names, digest=names, candidate=st.integers(0, 299))
provenances = st.builds(Provenance, link=links, class_id=counts, iteration=counts, score=fractions)
annotations = st.builds(
    Annotation,
    id=names,
    tag_id=names,
    shape=shapes,
    created_at=counts,
    revision=counts,
    author=names,
    edited=st.booleans(),
    provenance=st.none() | provenances,
)
rejections = st.builds(Rejection, id=names, link=links, class_id=counts, tag_id=names, shape=shapes)
passed_over = st.builds(PassedOver, predictor_id=names, digest=names, candidates=candidate_sets)
edits = st.builds(Edit, link=links, tag_id=st.none() | names, shape=st.none() | shapes)
documents = st.builds(
    lambda some, rejected, passed, edited: Document(
        asset_id="a",
        annotations={one.id: one for one in some},
        rejections={one.id: one for one in rejected},
        passed_over={one.id: one for one in passed},
        edits={one.id: one for one in edited},
    ),
    st.lists(annotations, max_size=4),
    st.lists(rejections, max_size=2),
    st.lists(passed_over, max_size=2),
    st.lists(edits, max_size=2),
)
assets = st.builds(
    Asset,
    id=names,
    ordinal=counts,
    name=names,
    width=counts,
    height=counts,
    digest=names,
    type=names,
    size=counts,
    label_state=st.sampled_from(LabelState),
    page=counts,
    depth=st.sampled_from([8, 16]),
    note=st.none() | names,
    annotations=counts,
    tag_counts=st.dictionaries(names, st.integers(1, 9), max_size=2),
    selections=st.dictionaries(
        names,
        st.builds(Selection, digest=names, candidates=candidate_sets, preferred=candidate_sets),
        max_size=2,
    ),
    answers=st.dictionaries(
        names,
        st.builds(Answer, ready=st.booleans(), code=st.none() | names, reason=st.none() | names),
        max_size=2,
    ),
)
predictors = st.builds(
    Predictor,
    id=names,
    iteration=counts,
    name=names,
    source=names,
    digest=names,
    size=counts,
    family=names,
    classes=st.lists(names, max_size=3).map(tuple),
    floor=fractions,
    overlap=fractions,
    card=st.just(CARD),
    threshold=fractions,
    tag_thresholds=st.dictionaries(names, fractions, max_size=2),
    mapping=st.dictionaries(st.integers(0, 99), names, max_size=3),
)
projects = st.builds(
    Project,
    id=names,
    name=names,
    created_at=counts,
    opened_at=counts,
    asset_count=counts,
    tags=st.lists(
        st.builds(
            Tag,
            id=names,
            name=names,
            color=names,
            key=st.none() | names,
            deleted=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    current_asset_id=names,
    predictors=st.lists(predictors, max_size=2).map(tuple),
    active_predictor_id=st.none() | names,
    assist_on_open=st.none() | st.booleans(),
    suggestions_shown=st.booleans(),
    worked_on=st.lists(names, max_size=2).map(tuple),
    last_tag_id=st.none() | names,
    work_list=st.builds(
        ListFilter,
        kind=st.sampled_from(["all", "open", "label-state", "tag", "name"]),
        value=st.none() | names,
    ),
    changes=counts,
    filed_changes=counts,
    filed_at=st.none() | counts,
    deleted_at=st.none() | counts,
    history=st.builds(HistoryPointer, first=counts, last=counts, position=counts),
)


def stored(store_name: str, record: Record) -> Record:
    """The record as a store gives it back; it refuses what is not JSON-able."""
    store = MemoryStore()

    async def there_and_back() -> list[Record]:
        await store.write([Put(store_name, record)])
        return await store.read_all(store_name, ())

    (found,) = asyncio.run(there_and_back())
    return found


@given(documents)
def test_documents(document: Document) -> None:
    record = stored("documents", document_record(document, project_id="p"))
    assert document_value(record) == document
    assert list(document_value(record).annotations) == list(document.annotations)


@given(assets)
def test_assets(asset: Asset) -> None:
    assert asset_value(stored("assets", asset_record(asset, project_id="p"))) == asset


@given(projects)
def test_projects(project: Project) -> None:
    assert project_value(stored("projects", project_record(project))) == project


@given(documents, documents, st.none() | st.just(Move(from_id="a", to_id="b")))
def test_history(before: Document, after: Document, move: Move | None) -> None:
    standings = (Standing(label_state=LabelState.TODO), Standing(label_state=LabelState.STARTED))
    change = asset_change(before, after, standings=standings)
    entry = Entry(seq=3, name="Commit", asset_id="a", change=change, move=move, at=5)
    assert entry_value(stored("history", entry_record(entry, project_id="p"))) == entry


def test_predictions() -> None:
    names = [field.name for field in fields(Columns)]
    buffers = dict(zip(names, columns(APART), strict=True))
    predictions = Predictions(
        asset_id="a",
        predictor_id="m",
        width=100,
        height=100,
        floor=0.05,
        cap=300,
        milliseconds=7.5,
        candidates=read_columns(Columns(**buffers), classes=2, cap=300),
    )
    record = stored("predictions", predictions_record(predictions, project_id="p"))
    assert predictions_value(record, classes=2) == predictions
