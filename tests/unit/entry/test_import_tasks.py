"""Labels on their way in, as the page asks for it: taken, recognised, read in steps, handed on."""

import json
from array import array
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import pytest

from twoclick.domain.geometry import Box, Keypoints, Polygon, RotatedBox, Shape
from twoclick.domain.outlines import Outlines, read_outlines
from twoclick.domain.rings import pack_ring
from twoclick.entry.import_tasks import ImportTasks
from twoclick.formats.catalog import format_named
from twoclick.formats.format import FormatError, Target
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.models.predictions import CAP
from unit.formats.keypoint_builders import whole

RING = pack_ring((10, 10, 30, 10, 30, 20, 10, 20))
TURNED = RotatedBox(ring=RING)
POSED = Keypoints(box=Box(1, 2, 30, 20), points=pack_ring((3, 4, 0, 0)), visibility=bytes((2, 0)))
HOLED = Polygon(rings=(RING, pack_ring((12, 12, 20, 12, 20, 18))))
TAGS = [{"id": "t1", "name": "Small car"}, {"id": "t2", "name": "Tree"}]
ASSETS = [
    {
        "id": f"a{place}",
        "name": f"images/{place}.jpg",
        "width": 40,
        "height": 30,
        "page": 0,
        "digest": f"d{place}",
        "annotations": 3 * (place == 1),
    }
    for place in range(3)
]


def shape(one: Shape, *, tag: str = "small_car", score: float | None = None) -> LabelledShape:
    return LabelledShape(tag=tag, shape=one, score=score)


def image(name: str, *shapes: LabelledShape) -> LabelledImage:
    return LabelledImage(name=name, width=40, height=30, shapes=shapes)


def labels_file(*images: LabelledImage, tags: Sequence[str] = ("small_car", "Bus", "Van")) -> bytes:
    """Labels in Twoclick's own format, as other programs write them: without ids and states."""
    points = {"keypoints": ("nose", "tail"), "skeleton": ((0, 1),)}
    target = Target(name="set", tags=tuple(FileTag(name=name, **points) for name in tags))
    writer = format_named("twoclick").writer(target)
    pieces = [*writer.add(images), *writer.finish()]
    return b"".join(piece.content for piece in sorted(pieces, key=lambda one: one.section))


class Page:
    """Asks as the page does."""

    def __init__(self) -> None:
        self._handlers = ImportTasks().handlers()

    def ask(self, kind: str, *attachments: bytes, **fields: Any) -> Any:
        return self.reply(kind, *attachments, **fields)[0]

    def reply(self, kind: str, *attachments: bytes, **fields: Any) -> Any:
        return self._handlers[kind](fields, attachments)

    def take(self, content: bytes, *, images: Sequence[str] = (), step: int = 100) -> None:
        """Brings one file, in pieces."""
        self.ask("begin-import", images=list(images), left=[])
        for start in range(0, len(content) + 1, step):
            chunk = content[start : start + step]
            ends = start + step > len(content)
            piece = {"path": "a.json", "bytes": len(chunk), "ends": ends, "failure": None}
            self.ask("import-files", chunk, pieces=[piece])

    def read(self, *, tags: Sequence[dict[str, Any]] = TAGS) -> Any:
        """The preview."""
        self.ask("import-project", tags=list(tags))
        self.ask("import-project-assets", assets=ASSETS[:2])
        self.ask("import-project-assets", assets=ASSETS[2:])
        (found,) = self.ask("recognise-labels")["formats"]
        self.ask("read-labels", format=found["name"])
        for _ in range(1000):
            step = self.ask("read-on")
            assert 0 <= step["done"] <= 1
            if step["preview"] is not None:
                return step["preview"]
        raise AssertionError("reading does not end")


def read(*images: LabelledImage, along: Sequence[str] = ()) -> tuple[Page, Any]:
    page = Page()
    page.take(labels_file(*images), images=along)
    return page, page.read()


def shapes_of(columns: Sequence[bytes], count: int) -> tuple[Shape, ...]:
    names = [field.name for field in fields(Outlines)]
    return read_outlines(Outlines(**dict(zip(names, columns, strict=True))), count=count)


def test_the_preview_tells_what_would_happen() -> None:
    _, preview = read(
        image("images/1.jpg", shape(Box(1, 2, 3, 4)), shape(TURNED, tag="Bus", score=0.5)),
        image("images/2.jpg"),
        image("images/0.jpg", shape(POSED), shape(whole(40, 30))),
        image("other/9.jpg", shape(Box(1, 2, 3, 4))),
        image("8.jpg"),
        along=["set/other/9.jpg", "set/images/1.jpg"],
    )
    classes = preview.pop("classes")
    assert preview == {
        "images": 5,
        "matched": 3,
        "empty": 1,
        "unmatched": {"count": 2, "names": ["other/9.jpg", "8.jpg"], "along": ["set/other/9.jpg"]},
        "already": {"images": 1, "annotations": 3},
        "shapes": {
            "boxes": 1,
            "rotatedBoxes": 1,
            "polygons": 0,
            "keypoints": 1,
            "wholeImages": 1,
        },
        "scored": 1,
        "beyondCap": 0,
        "tellsStates": False,
        "problems": [],
        "problemCount": 0,
        "leftOut": 0,
    }
    assert classes == [
        {"name": "small_car", "shapes": 3, "tagId": "t1", "wanted": True},
        {"name": "Bus", "shapes": 1, "tagId": None, "wanted": True},
        {"name": "Van", "shapes": 0, "tagId": None, "wanted": True},
    ]


def test_problems_of_every_origin_are_told() -> None:
    page = Page()
    page.ask("begin-import", images=[], left=[{"path": "b.zip", "why": "it is no zip file"}])
    pieces = [
        {"path": "broken.txt", "bytes": 3, "ends": True, "failure": "it is damaged"},
        {"path": "a.json", "bytes": 0, "ends": False, "failure": None},
    ]
    page.ask("import-files", b"abc", pieces=pieces)
    other = LabelledImage(name="images/0.jpg", width=30, height=40)
    content = labels_file(other, image("images/1.jpg"))
    piece = {"path": "a.json", "bytes": len(content), "ends": True, "failure": None}
    page.ask("import-files", content, pieces=[piece])
    preview = page.read()
    told = [(one["path"], one["leftOut"]) for one in preview["problems"]]
    assert told == [("b.zip", "file"), ("broken.txt", "file"), ("images/0.jpg", "image")]
    assert (preview["problemCount"], preview["leftOut"], preview["matched"]) == (3, 3, 1)


def test_what_is_no_labels_is_refused() -> None:
    page = Page()
    page.take(b'{"something": "else"}')
    with pytest.raises(FormatError, match=r"a\.json"):
        page.ask("recognise-labels")


def test_classes_become_tags_as_chosen() -> None:
    page, _ = read(image("images/1.jpg", shape(Box(1, 2, 3, 4)), shape(Box(1, 2, 3, 4), tag="Van")))
    request = {"as": "annotations", "source": "a.json"}
    plan = page.ask("plan-import", **request, tags=["t1", "new", None])
    assert plan == {
        "images": 1,
        "shapes": 1,
        "newTags": [
            {
                "name": "Bus",
                "color": None,
                "key": None,
                "keypoints": ["nose", "tail"],
                "skeleton": [[0, 1]],
            }
        ],
        "tags": ["t1", "Bus", None],
        "points": [{"tagId": "t1", "keypoints": ["nose", "tail"], "skeleton": [[0, 1]]}],
        "ordered": False,
        "predictor": None,
    }


def test_another_number_of_keypoints_than_the_tag_has_is_told() -> None:
    page = Page()
    page.take(labels_file(image("images/1.jpg", shape(POSED))))
    for keypoints, told in ((["a", "b", "c"], 1), (["a", "b"], 0), ([], 0)):
        tags = [{"id": "t1", "name": "Small car", "keypoints": keypoints}]
        preview = page.read(tags=tags)
        assert (preview["problemCount"], preview["leftOut"]) == (told, 0)
        for problem in preview["problems"]:
            assert problem["path"] == "small_car"
            assert "it has 2 keypoints in the files and 3 here" in problem["text"]
        request = {"as": "annotations", "source": "a.json", "tags": ["t1", None, None]}
        assert bool(page.ask("plan-import", **request)["points"]) == (not keypoints)


def test_classes_whose_names_mean_the_same_become_one_tag() -> None:
    page = Page()
    page.take(labels_file(image("images/1.jpg"), tags=("Bus", "BUS ", "Van")))
    page.read()
    request = {"as": "annotations", "source": "a.json"}
    plan = page.ask("plan-import", **request, tags=["new", "new", "new"])
    assert [one["name"] for one in plan["newTags"]] == ["Bus", "Van"]
    assert plan["tags"] == ["Bus", "Bus", "Van"]


def test_annotations_are_handed_on_with_their_shapes() -> None:
    page, _ = read(
        image("images/2.jpg", shape(HOLED, tag="Bus"), shape(Box(1, 2, 3, 4))),
        image("images/0.jpg"),
        image("images/1.jpg", shape(TURNED, tag="Van")),
    )
    result, columns = page.reply("import-part", **{"as": "annotations", "from": 0, "count": 2})
    assert [(one["assetId"], one["tagIndexes"]) for one in result["items"]] == [
        ("a0", []),
        ("a1", [2]),
    ]
    assert shapes_of(columns, 1) == (TURNED,)
    result, columns = page.reply("import-part", **{"as": "annotations", "from": 2, "count": 2})
    assert [(one["assetId"], one["tagIndexes"]) for one in result["items"]] == [("a2", [1, 0])]
    assert shapes_of(columns, 2) == (HOLED, Box(1, 2, 3, 4))


def test_suggestions_are_handed_on_by_falling_score_with_their_overlaps() -> None:
    page, _ = read(
        image(
            "images/1.jpg",
            shape(Box(0, 0, 10, 10), score=0.25),
            shape(HOLED, tag="Bus", score=0.75),
            shape(Box(0, 0, 10, 5), tag="Van"),
        ),
        image("images/0.jpg"),
    )
    plan = page.ask("plan-import", **{"as": "suggestions", "source": "x"}, tags=["new"] * 3)
    predictor = plan["predictor"]
    assert (predictor["name"], predictor["classes"]) == ("x", ["small_car", "Bus", "Van"])
    assert len(predictor["digest"]) == 64
    result, columns = page.reply("import-part", **{"as": "suggestions", "from": 0, "count": 9})
    empty, item = result["items"]
    assert empty == {"assetId": "a0", "tagIndexes": [], "scores": [], "pairs": [], "ious": []}
    assert item["tagIndexes"] == [2, 1, 0]
    assert item["scores"] == [1.0, 0.75, 0.25]
    assert (item["pairs"], item["ious"]) == ([0, 2], [0.5])
    assert shapes_of(columns, 3) == (Box(0, 0, 10, 5), HOLED, Box(0, 0, 10, 10))


def test_of_very_many_suggestions_the_best_are_taken() -> None:
    many = [shape(Box(0, 0, 1 + at, 1), score=at / (2 * CAP)) for at in range(CAP + 20)]
    page, preview = read(image("images/1.jpg", *many))
    assert preview["beyondCap"] == 1
    result, columns = page.reply("import-part", **{"as": "suggestions", "from": 0, "count": 9})
    (item,) = result["items"]
    assert len(item["scores"]) == CAP
    assert min(item["scores"]) == 20 / (2 * CAP)
    assert len(array("d", columns[0])) == 4 * CAP


def test_long_reading_is_done_in_steps() -> None:
    seconds = iter(range(10_000))
    handlers = ImportTasks(clock=lambda: float(next(seconds))).handlers()
    images = [image(f"{at}.jpg", *[shape(Box(0, 0, 9, 9))] * 300) for at in range(6)]
    content = labels_file(*images)
    handlers["begin-import"]({"images": [], "left": []}, ())
    piece = {"path": "a.json", "bytes": len(content), "ends": True, "failure": None}
    handlers["import-files"]({"pieces": [piece]}, (content,))
    handlers["import-project"]({"tags": []}, ())
    handlers["read-labels"]({"format": "twoclick"}, ())
    steps = []
    while not steps or steps[-1]["preview"] is None:
        reply = handlers["read-on"]({}, ())
        assert isinstance(reply, tuple)
        steps.append(reply[0])
    assert len(steps) > 3
    done = [step["done"] for step in steps]
    assert done == sorted(done)
    assert json.dumps(steps[-1]["preview"], allow_nan=False)
