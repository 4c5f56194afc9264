"""COCO results, with the annotation file that their ids belong to and without."""

import json

import pytest

from twoclick.domain.geometry import Box
from twoclick.formats.coco_results import FORMAT
from twoclick.formats.format import FormatError, SourceFile
from twoclick.formats.image_names import KnownImage, KnownImages
from unit.formats.coco.test_reading import BOX, document, source
from unit.formats.label_files import read

RESULT = {"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}
MASK = {"size": [80, 100], "counts": [810, 20, 60, 20, 7090]}


def results(*rows: object) -> SourceFile:
    return SourceFile(path="results.json", content=json.dumps(rows).encode())


def test_results_are_on_the_images_of_the_annotation_file_without_its_shapes():
    files = [source(document(annotations=[BOX])), results(RESULT)]
    assert (
        FORMAT.recognise(files) == "results.json is a list of results with image and category ids"
    )
    found = read(FORMAT, files)
    (image,) = found.images
    assert [(one.tag, one.shape, one.score) for one in image.shapes] == [
        ("car", Box(1, 2, 4, 6), 0.5)
    ]
    assert found.problems == ()


def test_a_mask_counts_before_the_box():
    (image,) = read(FORMAT, [source(document()), results({**RESULT, "segmentation": MASK})]).images
    assert not isinstance(image.shapes[0].shape, Box)


def test_results_of_several_parts_of_the_data_are_told_apart_by_their_ids():
    other = document(images=[{"id": 2, "file_name": "b.jpg"}])
    files = [source(document(), "x.json"), source(other, "y.json")]
    found = read(FORMAT, [*files, results(RESULT, {**RESULT, "image_id": 2})])
    assert [(image.name, len(image.shapes)) for image in found.images] == [
        ("a.jpg", 1),
        ("b.jpg", 1),
    ]


def test_ids_that_mean_two_images_are_not_guessed():
    other = document(images=[{"id": 1, "file_name": "b.jpg"}, {"id": 2, "file_name": "c.jpg"}])
    files = [source(document(), "x.json"), source(other, "y.json")]
    found = read(FORMAT, [*files, results(RESULT, {**RESULT, "image_id": 2})])
    assert [(image.name, len(image.shapes)) for image in found.images] == [("c.jpg", 1)]
    (problem,) = found.problems
    assert (problem.path, problem.left_out) == ("results.json", "shape")


def test_results_alone_need_names_of_known_images():
    with pytest.raises(FormatError, match="Choose the annotation file"):
        read(FORMAT, [results(RESULT)])


@pytest.mark.parametrize("row", [{"image_id": "a"}, {"image_id": 5, "file_name": "d/a.jpg"}])
def test_results_that_name_their_images_need_no_annotation_file(row):
    known = KnownImages([KnownImage(name="d/a.jpg", width=50, height=40)])
    found = read(FORMAT, [results({**RESULT, **row})], known)
    (image,) = found.images
    assert (image.name, image.width, len(image.shapes)) == ("d/a.jpg", 50, 1)
    assert [tag.name for tag in found.tags] == ["category 1"]


def test_results_that_were_cut_off_keep_what_is_whole():
    whole = results(RESULT, RESULT).content
    cut = SourceFile(path="results.json", content=whole[:-9])
    found = read(FORMAT, [source(document()), cut])
    assert len(found.images[0].shapes) == 1
    assert [problem.left_out for problem in found.problems] == ["file"]


@pytest.mark.parametrize("content", [b"", b"[7]", b'[{"image_id": 1, "category_id"', b"{}"])
def test_results_that_nothing_can_be_made_of_are_an_error(content):
    file = SourceFile(path="results.json", content=content)
    with pytest.raises(FormatError):
        read(FORMAT, [file])
    with pytest.raises(FormatError):
        read(FORMAT, [source(document()), file])
