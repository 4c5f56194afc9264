"""Twoclick's own labels: nothing is lost, and what is wrong is named."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Polygon
from twoclick.domain.rings import pack_ring
from twoclick.formats.catalog import FORMATS, format_named, recognise
from twoclick.formats.format import FormatError, Problem, SourceFile, Target
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.survey import Survey
from twoclick.formats.twoclick_labels import FORMAT
from unit.formats.label_files import NO_IMAGES, read, written
from unit.formats.labels_strategies import labelled_images, targets

BOX = {"tag": "Cat", "shape": {"kind": "box", "box": [10, 10, 30, 40]}}
KNOWN_AS = {
    "id": "n1",
    "tagId": "t1",
    "createdAt": 5,
    "revision": 1,
    "author": "",
    "edited": False,
    "provenance": None,
}


def file_of(*images, path="labels.json", **more):
    data = {"format": "twoclick-labels", "version": 1, "tags": [], **more, "images": list(images)}
    return SourceFile(path=path, content=json.dumps(data, indent=0).encode())


def image_of(*shapes, **more):
    return {"name": "a.png", "width": 100, "height": 80, "shapes": list(shapes), **more}


def only(problems):
    (problem,) = problems
    return problem


@given(st.data())
def test_reading_gives_what_was_written(data):
    target = data.draw(targets())
    images = data.draw(labelled_images([tag.name for tag in target.tags]))
    files = written(FORMAT, target, images)
    assert recognise(files).format is FORMAT
    found = read(FORMAT, files)
    assert (found.problems, found.problem_count, found.unmatched) == ((), 0, ())
    assert found.images == images == tuple(map(FORMAT.as_written, found.images))
    assert found.tags == target.tags
    assert found.predictors == target.predictors
    # Written again it is the same to the last byte.
    again = Target(name=target.name, tags=found.tags, predictors=found.predictors)
    assert written(FORMAT, again, found.images) == files


EXAMPLE = b"""{"format": "twoclick-labels", "version": 1, "project": {"name": "Pets"},
"tags": [{"name": "Cat", "id": "t1", "color": "#0072b2", "key": "1"}],
"predictors": [{"id": "p1", "iteration": 1, "name": "v1", "digest": "d", "classes": ["cat"]}],
"images": [
{"name": "a.png", "width": 100, "height": 80, "page": 0, "labelState": "labelled", "shapes": [
{"tag": "Cat", "shape": {"kind": "box", "box": [1, 2.5, 30, 40]}, "score": 0.5, "annotation":
{"id": "n1", "tagId": "t1", "createdAt": 5, "revision": 1, "author": "", "edited": false,
"provenance": {"predictorId": "p1", "digest": "d", "candidate": 0, "classId": 0, "iteration": 1,
"score": 0.5}}},
{"tag": "Cat", "shape": {"kind": "polygon", "rings": [[1, 1, 9, 1, 9, 9], [2, 2, 3, 2, 3, 3]]}},
{"tag": "Dog", "shape": {"kind": "rotated-box", "ring": [1, 1, 9, 1, 9, 9, 1, 9]}}]}]}"""

scraps = st.sampled_from(
    [b"null", b"[]", b"{}", b'"', b",", b"]", b"}", b"NaN", b"-1", b"1e999", b"9" * 400, b"\xff"]
) | st.binary(max_size=3)


@given(
    st.lists(
        st.tuples(st.integers(0, len(EXAMPLE)), st.integers(0, 12), scraps),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=400)
def test_whatever_is_broken_is_refused_or_named(cuts):
    content = EXAMPLE
    for at, length, scrap in cuts:
        content = content[:at] + scrap + content[at + length :]
    try:
        found = read(FORMAT, [SourceFile(path="a.json", content=content)])
    except FormatError:
        return
    assert found.problem_count == len(found.problems)
    # What was read is whole: it can be written, and reads back the same without a problem.
    target = Target(name="Pets", tags=found.tags, predictors=found.predictors)
    again = read(FORMAT, written(FORMAT, target, found.images))
    assert again.problems == ()
    assert (again.tags, again.images) == (found.tags, found.images)


def test_one_image_is_one_line():
    images = [LabelledImage(name=f"{name}.png", width=9, height=9) for name in "abc"]
    (file,) = written(FORMAT, Target(name="Pets", tags=(FileTag(name="Cat"),)), images)
    lines = file.content.decode("ascii").splitlines()
    assert [line for line in lines if ".png" in line] == [
        '{"name": "a.png", "width": 9, "height": 9, "shapes": []},',
        '{"name": "b.png", "width": 9, "height": 9, "shapes": []},',
        '{"name": "c.png", "width": 9, "height": 9, "shapes": []}',
    ]


def test_it_loses_nothing():
    assert FORMAT.losses(Survey(images=9, rotated_boxes=3, with_holes=2, noted=1, scored=4)) == ()


def test_keys_in_another_order_and_unknown_ones_change_nothing():
    data = {
        "images": [image_of(BOX, mood="good")],
        "maker": {"name": "a script"},
        "predictors": [],
        "tags": [{"name": "Cat", "id": "t1", "legs": 4}],
        "version": 1.0,
        "format": "twoclick-labels",
    }
    found = read(FORMAT, [SourceFile(path="x", content=json.dumps(data).encode())])
    assert found.problems == ()
    assert found.tags == (FileTag(name="Cat", id="t1"),)
    assert found.images[0].shapes == (LabelledShape(tag="Cat", shape=Box(10, 10, 30, 40)),)


def test_a_tag_in_no_list_follows_those_that_are():
    found = read(FORMAT, [file_of(image_of(BOX), tags=[{"name": "Dog"}])])
    assert [tag.name for tag in found.tags] == ["Dog", "Cat"]


def test_several_files_are_read_together_and_others_passed_by():
    one = file_of(image_of(BOX), tags=[{"name": "Cat"}], path="one.json")
    two = file_of(image_of(name="b.png"), image_of(BOX), tags=[{"name": "Dog"}], path="two.json")
    other = SourceFile(path="notes.txt", content=b"cats are fine")
    found = read(FORMAT, [one, other, two])
    assert [image.name for image in found.images] == ["a.png", "b.png"]
    assert [tag.name for tag in found.tags] == ["Cat", "Dog"]
    problem = only(found.problems)
    assert (problem.path, problem.left_out) == ("two.json", "image")
    assert problem.text == "a.png is there already: the first one counts"


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"kind": "box", "box": [1, 2, 3]}, "shape.box: expected 4 of them, found 3"),
        ({"kind": "box", "box": [1, 2, 3, None]}, "shape.box[3]: expected a number"),
        ({"kind": "box", "box": [30, 2, 3, 9]}, "The box is inside out"),
        ({"kind": "box", "box": [1, 2, 1e999, 9]}, "The box has a side that is not a number"),
        ({"kind": "box", "box": [1, 2, 10**400, 9]}, "shape."),
        ({"kind": "box", "box": [1, 2, float("nan"), 9]}, "The box has a side that is not a"),
        ({"kind": "box", "box": [200, 2, 300, 9]}, "The box lies outside the image"),
        ({"kind": "circle"}, "shape.kind: 'circle' is not one of 'box', 'rotated-box', 'polygon'"),
        ({"kind": "polygon", "rings": [[1, 1, 9, 1]]}, "shape.rings[0]: expected at least 6"),
        ({"kind": "polygon", "rings": [[1, 1, 9, 1, 5, 5, 3]]}, "expected x and y of each point"),
        ({"kind": "polygon", "rings": []}, "shape.rings: expected at least 1, found 0"),
        ({"kind": "rotated-box", "ring": [1, 1, 9, 1, 9, 9, 2, 5]}, "is not a rectangle"),
        ([1, 2, 3, 4], "shape: expected an object"),
    ],
)
def test_a_shape_that_is_none_is_left_out_and_named(shape, words):
    found = read(FORMAT, [file_of(image_of(BOX, {"tag": "Cat", "shape": shape}, BOX))])
    problem = only(found.problems)
    assert problem.text.startswith("a.png, shape 2: ")
    assert words in problem.text
    assert (problem.left_out, problem.line) == ("shape", 6)
    assert len(found.images[0].shapes) == 2


def test_a_shape_that_reaches_outside_is_cut_and_it_is_said():
    outside = {"tag": "Cat", "shape": {"kind": "box", "box": [90, 10, 130, 40]}}
    found = read(FORMAT, [file_of(image_of(outside))])
    assert found.images[0].shapes[0].shape == Box(90, 10, 100, 40)
    assert only(found.problems) == Problem(
        path="labels.json",
        line=6,
        text="a.png, shape 1: The box reaches outside the image: cut at its edge",
        left_out="nothing",
    )


def test_where_the_file_does_not_tell_the_size_the_image_does():
    outside = {
        "tag": "Cat",
        "shape": {"kind": "polygon", "rings": [[1, 1, 20, 1, 20, 20]]},
        "annotation": KNOWN_AS,
    }
    file = file_of({"name": "a.png", "shapes": [outside]})
    assert read(FORMAT, [file]).problems == ()
    known = KnownImages([KnownImage(name="photos/a.png", width=10, height=30)])
    found = read(FORMAT, [file], known)
    assert "cut at its edge" in only(found.problems).text
    shape = found.images[0].shapes[0]
    assert shape.shape != Polygon(rings=(pack_ring([1, 1, 20, 1, 20, 20]),))
    assert shape.annotation.shape == shape.shape
    assert found.images[0].width is None


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ({"shapes": []}, "images[0].name: is missing"),
        ({"name": "", "shapes": []}, "images[0].name: is empty"),
        ({"name": "a.png"}, "images[0].shapes: is missing"),
        (image_of(width=0), "images[0].width: 0 is not from 1"),
        (image_of(width=10.5), "images[0].width: expected a whole number"),
        (image_of(width=True), "images[0].width: expected a whole number"),
        (image_of(labelState="finished"), "images[0].labelState: 'finished' is not one of"),
        (image_of(digest="ABC"), "images[0].digest: 'ABC' is not of the form"),
        (image_of(note=None), "images[0].note: expected text"),
        ("a.png", "images[0]: expected an object"),
    ],
)
def test_an_image_that_is_none_is_left_out_and_named(image, words):
    found = read(FORMAT, [file_of(image, image_of(name="b.png"))])
    problem = only(found.problems)
    assert words in problem.text
    assert problem.left_out == "image"
    assert [one.name for one in found.images] == ["b.png"]


def test_an_image_without_a_good_shape_left_is_not_taken_for_an_empty_one():
    bad = {"tag": "Cat", "shape": {"kind": "box", "box": [200, 2, 300, 9]}}
    found = read(FORMAT, [file_of(image_of(bad, bad), image_of(name="b.png"))])
    assert [image.name for image in found.images] == ["b.png"]
    assert [problem.left_out for problem in found.problems] == ["shape", "shape", "image"]
    assert found.problems[-1].text.startswith("a.png: none of its shapes can be read")


def test_one_id_is_one_annotation():
    known = {**BOX, "annotation": KNOWN_AS}
    found = read(FORMAT, [file_of(image_of(known), image_of(known, BOX, name="b.png"))])
    assert [len(image.shapes) for image in found.images] == [1, 1]
    assert "its id is that of another annotation" in only(found.problems).text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"tags": [{"name": "Cat"}, {"name": "Cat", "key": "1"}]}, "The tag Cat is there already"),
        ({"tags": [{"name": "Cat", "color": "red"}]}, "tags[0].color: 'red' is not of the form"),
        ({"tags": {"Cat": 1}}, "tags: expected a list"),
        ({"predictors": [{"id": "p"}]}, "predictors[0].iteration: is missing"),
        ({"project": "Pets"}, "project: expected an object"),
    ],
)
def test_what_is_wrong_with_the_rest_is_named(more, words):
    found = read(FORMAT, [file_of(image_of(), **more)])
    assert words in only(found.problems).text
    assert len(found.images) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            '"version": 2}',
            "a newer Twoclick .version 2, this one reads up to 1.. Update",
        ),
        ('"images": []}', "does not say which version"),
        ('"version": "1"}', "line 1: the version is no number"),
        ('"version": [1]}', "line 1: the version is no number"),
        ('"version": 1,\n"images": [{"name": "a.png"', "cut off .line 2."),
    ],
)
def test_files_that_nothing_can_be_made_of_are_refused(content, words):
    file = SourceFile(path="odd.json", content=b'{"format": "twoclick-labels", ' + content.encode())
    with pytest.raises(FormatError, match=words) as caught:
        read(FORMAT, [file])
    assert "odd.json" in str(caught.value)


def test_reading_pauses_now_and_then():
    shapes = [BOX] * 150
    images = [image_of(*shapes, name=f"{number}.png") for number in range(20)]
    shares = list(FORMAT.read([file_of(*images)], images=NO_IMAGES))
    assert len(shares) == 10
    assert shares == sorted(shares)
    assert all(0 < share <= 1 for share in shares)


def test_formats_are_known_by_name():
    assert format_named("twoclick") is FORMAT
    assert len({one.name for one in FORMATS}) == len(FORMATS)
    with pytest.raises(FormatError, match=r'no format "voc".*twoclick'):
        format_named("voc")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_it_is_known_and_read_in_any_encoding(encoding):
    content = file_of(image_of(BOX)).content.decode().encode(encoding)
    files = [SourceFile(path="labels.json", content=content)]
    assert recognise(files).format is FORMAT
    assert len(read(FORMAT, files).images[0].shapes) == 1


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_in_it_is_said_to_be_empty(content):
    with pytest.raises(FormatError, match=r"a\.json: nothing is in there"):
        recognise([SourceFile(path="a.json", content=content)])


def test_files_of_no_format_are_refused_with_what_was_seen():
    files = [SourceFile(path=f"{name}.md", content=b"# Notes") for name in "abcde"]
    seen = r"a\.md, b\.md, c\.md and 2 more.*COCO, YOLO and Twoclick"
    with pytest.raises(FormatError, match=seen):
        recognise(files)
