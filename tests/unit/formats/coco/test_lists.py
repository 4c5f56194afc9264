"""Images and categories that a COCO file lists twice, in one way or another."""

import pytest

from twoclick.formats.coco import FORMAT
from unit.formats.coco.test_reading import BOX, document, source
from unit.formats.label_files import read


@pytest.mark.parametrize(
    "again",
    [
        {"id": 1, "file_name": "a.jpg", "width": 80, "height": 100},
        {"id": 2, "file_name": "a.jpg", "width": 80, "height": 100},
    ],
)
def test_an_image_that_is_listed_with_two_sizes_is_left_out(again):
    images = [*document()["images"], again, {"id": 3, "file_name": "b.jpg"}]
    found = read(FORMAT, [source(document(images=images, annotations=[]), "set/x.json")])
    assert [image.name for image in found.images] == ["set/b.jpg"]
    (problem,) = found.problems
    assert problem.left_out == "image"
    assert "set/a.jpg is listed with 100 x 80 and with 80 x 100 pixels" in problem.text


def test_an_image_of_two_sizes_in_two_files_is_left_out():
    other = document(images=[{"id": 5, "file_name": "a.jpg", "width": 50, "height": 40}])
    found = read(FORMAT, [source(document()), source({**other, "annotations": []}, "b.json")])
    assert found.images == ()
    assert [(one.path, one.left_out) for one in found.problems] == [("b.json", "image")]


def test_a_size_that_only_one_of_two_files_tells_is_taken():
    bare = document(images=[{"id": 1, "file_name": "a.jpg"}], annotations=[])
    (image,) = read(FORMAT, [source(bare), source(document(), "b.json")]).images
    assert (image.width, image.height, len(image.shapes)) == (100, 80, 1)


def test_an_image_that_is_listed_twice_in_a_folder_is_one():
    twice = document()["images"] * 2
    found = read(FORMAT, [source(document(images=twice), "set/train/labels.json")])
    assert [(one.name, len(one.shapes)) for one in found.images] == [("set/train/a.jpg", 1)]
    assert [one.text for one in found.problems] == ["set/train/a.jpg is listed twice"]


def test_two_categories_of_one_name_are_one_tag_and_told():
    categories = [{"id": 1, "name": "car"}, {"id": 5, "name": "car"}]
    annotations = [BOX, {**BOX, "id": 2, "category_id": 5}]
    found = read(FORMAT, [source(document(categories=categories, annotations=annotations))])
    assert [tag.name for tag in found.tags] == ["car"]
    (problem,) = found.problems
    assert problem.text == 'Categories 1 and 5 are both called "car": they are one tag'


def test_a_class_that_is_called_as_its_group_is_told_of_nowhere():
    categories = [
        {"id": 0, "name": "car", "supercategory": "none"},
        {"id": 1, "name": "car", "supercategory": "car"},
    ]
    found = read(FORMAT, [source(document(categories=categories))])
    assert ([tag.name for tag in found.tags], found.problems) == (["car"], ())


def test_what_two_have_the_id_of_is_said_to_be_so():
    classes = [{"id": 1, "name": "car"}, {"id": 1, "name": "bus"}]
    texts = [one.text for one in read(FORMAT, [source(document(categories=classes))]).problems]
    assert "is of category 1, and two are listed by that id" in texts[1]
