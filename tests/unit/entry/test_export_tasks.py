"""An export as the page leads it: looked through, told, written, read back; with every format."""

import json
from collections import defaultdict

import pytest

from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.asset import Asset, LabelState
from twoclick.domain.document import Document
from twoclick.domain.geometry import Box, Keypoints, Polygon, RotatedBox, WholeImage
from twoclick.domain.rings import pack_ring
from twoclick.entry.export_tasks import ExportTasks
from twoclick.formats.catalog import FORMATS
from twoclick.session.archive import json_line, plain
from twoclick.session.document_records import document_record
from twoclick.session.records import asset_record
from twoclick.session.refusal import Refused

TAGS = [
    {
        "id": "t1",
        "name": "Text",
        "color": "#0072b2",
        "key": "1",
        "deleted": False,
        "keypoints": ["left ear", "right ear"],
        "skeleton": [[0, 1]],
    },
    {"id": "t2", "name": "Fig: a, b", "color": "#e69f00", "key": None, "deleted": False},
    {"id": "t3", "name": "Unused", "color": "#009e73", "key": None, "deleted": False},
]
PREDICTORS = [
    {
        "id": "p",
        "iteration": 1,
        "name": "m",
        "kind": "model",
        "digest": "d" * 64,
        "classes": ["a", "b"],
    }
]
LINK = Link(predictor_id="p", digest="answer", candidate=3)
MODEL = Provenance(link=LINK, class_id=1, iteration=1, score=0.75)

SQUARE = pack_ring([10, 10, 50, 10, 50, 50, 10, 50])
HOLE = pack_ring([20, 20, 20, 30, 30, 30, 30, 20])
PART = pack_ring([60, 60, 80, 60, 70, 80])
SHAPES = (
    Box(1.25, 2.5, 40, 50),
    RotatedBox(ring=pack_ring([20, 10, 40, 20, 30, 40, 10, 30])),
    Polygon(rings=(SQUARE,)),
    Polygon(rings=(SQUARE, HOLE)),
    Polygon(rings=(SQUARE, PART)),
    Keypoints(box=Box(5, 5, 50, 60), points=pack_ring([10, 20, 50, 110]), visibility=bytes((2, 1))),
    WholeImage(box=Box(0, 0, 100, 120)),
)


def asset(ordinal, name, state=LabelState.LABELLED, **fields):
    digest = f"{ordinal:064x}"
    known = {"digest": digest, "type": "image/png", "size": 1000, "width": 100, "height": 120}
    return Asset(id=f"a{ordinal}", ordinal=ordinal, name=name, label_state=state, **known | fields)


def document(one, *shapes, tag_id="t1"):
    annotations = [
        Annotation(
            id=f"{one.id}-{place}",
            tag_id=tag_id,
            shape=shape,
            created_at=1_700_000_000_000,
            provenance=MODEL if place % 2 else None,
        )
        for place, shape in enumerate(shapes)
    ]
    return Document(asset_id=one.id, annotations={each.id: each for each in annotations})


ASSETS = [
    asset(0, "sheets/first page.png"),
    asset(1, "first page.jpg", LabelState.APPROVED),
    asset(2, "nothing.png"),
    asset(3, "todo.png", LabelState.TODO),
    asset(4, "returned.png", LabelState.RETURNED, note="again"),
    asset(5, "skipped.png", LabelState.SKIPPED, note="blurred"),
]
DOCUMENTS = {
    "a0": document(ASSETS[0], *SHAPES),
    "a1": document(ASSETS[1], SHAPES[0], tag_id="t2"),
    "a4": document(ASSETS[4], SHAPES[0], tag_id="t2"),
}
DEFAULT = {"states": ["labelled", "approved"], "shares": {}, "seed": 0, "withImages": False}


class Page:
    """Does with the tasks what the page does: messages are JSON text, files are kept by path."""

    def __init__(self, assets=ASSETS, documents=DOCUMENTS):
        self._handlers = ExportTasks(formats=FORMATS, clock=lambda: 0).handlers()
        self.parts = [lines(assets[at : at + 2], documents) for at in range(0, len(assets), 2)]
        self.files = {}
        self.images = []
        self.renamed = None

    def ask(self, kind, attachment=None, /, **fields):
        attachments = [] if attachment is None else [memoryview(attachment)]
        reply, buffers = self._handlers[kind](json.loads(json.dumps(fields)), attachments)
        return json.loads(json.dumps(reply)), [bytes(one) for one in buffers]

    def look(self):
        self.ask("open-export", name="My / project", tags=TAGS, predictors=PREDICTORS)
        for part in self.parts:
            self.ask("look-through", part)
        return self

    def survey(self, **choice):
        return self.ask("survey-labels", **DEFAULT | choice)[0]

    def write(self, name, **choice):
        self.ask("begin-labels", format=name, **DEFAULT | choice)
        sections = defaultdict(lambda: defaultdict(bytes))
        self.images = []
        replies = [self.ask("write-labels", part) for part in self.parts]
        last = self.ask("finish-labels")
        self.renamed = (last[0]["renamed"], last[0]["first"])
        for reply, (content,) in [*replies, last]:
            self.images += reply.get("images", [])
            start = 0
            for piece in reply["pieces"]:
                end = start + piece["bytes"]
                sections[piece["path"]][piece["section"]] += content[start:end]
                start = end
            assert start == len(content)
        self.files = {
            path: b"".join(parts[section] for section in sorted(parts))
            for path, parts in sections.items()
        }
        return self

    def read_back(self):
        for path, content in self.files.items():
            half = len(content) // 2
            pieces = [(half, False), (len(content) - half, True)]
            told = [{"path": path, "bytes": n, "ends": e, "failure": None} for n, e in pieces]
            self.ask("take-written", content, pieces=told)
        while self.ask("read-written")[0]["done"] < 1:
            pass
        for part in self.parts:
            self.ask("compare-written", part)
        return self.ask("end-check")[0]


def lines(assets, documents):
    return b"".join(
        json_line(
            {
                "asset": plain(asset_record(one, project_id="p")),
                "document": plain(document_record(documents[one.id], project_id="p"))
                if one.id in documents
                else None,
            }
        )
        for one in assets
    )


@pytest.fixture
def page():
    return Page().look()


def test_a_choice_is_told_before_anything_is_written(page):
    told = page.survey()
    assert told["summary"] == (
        "3 exported, 1 with nothing on it, 2 not finished left out, 1 skipped left out"
    )
    assert told["plan"].startswith("3 to export, 1 with nothing")
    states = {"todo": 1, "started": 0, "labelled": 2, "approved": 1, "returned": 1, "skipped": 1}
    assert told["states"] == states
    assert (told["images"], told["shapes"], told["imageBytes"]) == (3, 8, 3000)
    assert told["unusedTags"] == ["Unused"]
    assert told["splits"] == {}
    assert told["notices"] == []
    assert told["refusal"] is None
    assert [one["name"] for one in told["formats"]] == [one.name for one in FORMATS]
    assert all(one["title"] and one["purpose"] for one in told["formats"])


def test_losses_count_what_is_chosen(page):
    for one in page.survey(states=["approved"])["formats"]:
        assert not any("rotated" in loss for loss in one["losses"]), one
    by_name = {one["name"]: one["losses"] for one in page.survey()["formats"]}
    assert by_name["twoclick"] == []


def test_images_that_are_not_finished_are_not_passed_off_as_empty(page):
    (notice,) = page.survey(states=["todo", "labelled"])["notices"]
    assert notice == "1 unfinished image without shapes: exported as having nothing on them"


def test_an_export_of_nothing_says_what_to_do(page):
    assert "Choose which images" in page.survey(states=[])["refusal"]
    assert "choose others" in page.survey(states=["started"])["refusal"]
    empty = Page([ASSETS[3]]).look()
    assert empty.survey()["refusal"].startswith("No image is labelled yet: finish one")
    assert "no images yet" in Page([]).look().survey()["refusal"]


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"withImages": True},
        {"shares": {"train": 60, "val": 40, "test": 0}, "seed": 3, "withImages": True},
        {"states": ["returned", "labelled"], "shares": {"train": 1, "val": 1, "test": 1}},
    ],
    ids=["plain", "images", "split", "thirds"],
)
def test_what_is_written_is_read_back_as_written(page, name, choice):
    checked = page.write(name, **choice).read_back()
    assert checked == {
        "images": 3,
        "shapes": checked["shapes"],
        "different": 0,
        "first": None,
    }
    assert checked["shapes"] > 0
    paths = [one["path"] for one in page.images]
    assert len(set(paths)) == len(paths) == (3 if choice.get("withImages") else 0)


def test_a_format_that_cannot_have_it_at_all_says_so():
    page = Page()
    tags = [{key: one[key] for key in one if key not in ("keypoints", "skeleton")} for one in TAGS]
    page.ask("open-export", name="P", tags=tags, predictors=PREDICTORS)
    for part in page.parts:
        page.ask("look-through", part)
    refusals = {one["name"]: one["refusal"] for one in page.survey()["formats"]}
    assert refusals.pop("yolo-pose").startswith("No tag has keypoints")
    assert set(refusals.values()) == {None}


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_a_file_that_is_not_as_written_is_found_out(page, name):
    page.write(name)
    spoilt = {
        path: content.replace(b"50", b"70").replace(b"0.4", b"0.9").replace(b"1.25", b"1.75")
        for path, content in page.files.items()
    }
    assert spoilt != page.files
    page.files = spoilt
    checked = page.read_back()
    assert checked["different"] > 0
    assert "first page" in checked["first"]
    assert "shape " in checked["first"]


def test_a_file_that_cannot_be_read_is_named(page):
    page.write("twoclick")
    broken = {"path": "labels.json", "bytes": 0, "ends": True, "failure": "it is damaged"}
    page.ask("take-written", b"", pieces=[broken])
    with pytest.raises(Refused, match=r"labels\.json: it is damaged"):
        page.ask("read-written")


def test_one_file_is_offered_where_one_is_all_there_is(page):
    def single(**choice):
        return {one["name"] for one in page.survey(**choice)["formats"] if one["oneFile"]}

    assert single() & {"twoclick", "coco", "yolo-detect"} == {"twoclick", "coco"} & {
        one.name for one in FORMATS
    }
    assert single(withImages=True) == set()
    assert single(shares={"train": 1, "val": 1}) <= {"twoclick"}
    for one in FORMATS:
        page.write(one.name)
        assert (len(page.files) == 1) == (one.name in single())


def test_splits_are_counted_and_images_of_one_file_stay_together():
    assets = [asset(at, f"{at}.tif, page 1", page=at % 2, digest=f"{at // 2}") for at in range(20)]
    page = Page(assets).look()
    splits = page.survey(shares={"train": 80, "val": 20, "test": 0})["splits"]
    assert splits == {"train": 16, "val": 4}


def test_images_that_must_have_other_names_are_told():
    assets = [asset(0, "in/a.png"), asset(1, "in/a.jpg"), asset(2, "b.png")]
    page = Page(assets, {"a1": document(assets[1], SHAPES[0])}).look()
    assert page.write("coco").renamed == (0, None)
    count, first = page.write("yolo-detect").renamed
    assert count == 1
    assert first["name"].startswith("in/a.")
    assert first["path"].startswith("images/")
    assert page.read_back()["different"] == 0


def test_pages_of_a_file_become_files_that_trainers_read():
    several = {"digest": "d" * 64, "type": "image/tiff", "depth": 16}
    pages = [asset(at, f"scan.tif, page {at + 1}", page=at, **several) for at in range(2)]
    single = asset(2, "one.tif", type="image/tiff")
    page = Page([*pages, single], {"a1": document(pages[1], SHAPES[0])}).look()
    notices = page.survey(withImages=True)["notices"]
    assert notices[0].startswith("2 pages of TIFF files: saved as PNG")
    assert notices[1].startswith("2 images of 16 bits a sample: saved as they are")
    assert page.survey()["notices"] == []
    page.write("twoclick", withImages=True)
    places = [(one["path"].split("/")[-1], one["page"], one["asPng"]) for one in page.images]
    assert places == [
        ("scan, page 1.png", 0, True),
        ("scan, page 2.png", 1, True),
        ("one.tif", 0, False),
    ]
    assert page.read_back()["different"] == 0


def test_nothing_goes_before_its_turn():
    page = Page()
    for kind in ("survey-labels", "finish-labels", "end-check"):
        with pytest.raises(Refused, match="No export"):
            page.ask(kind, **DEFAULT)
    page.look()
    with pytest.raises(Refused, match="being written"):
        page.ask("finish-labels")
    page.write("twoclick")
    with pytest.raises(Refused, match="read back"):
        page.ask("end-check")
