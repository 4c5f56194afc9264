"""Which asset of a project each image of label files is."""

from collections.abc import Sequence

import pytest

from twoclick.domain.geometry import Box, Polygon, RotatedBox, Shape
from twoclick.domain.rings import pack_ring, ring_numbers
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledImage, LabelledShape
from twoclick.formats.placing import KnownAsset, Placing, place


def asset(
    name: str, *, size: tuple[int, int] = (40, 30), digest: str | None = None, page: int = 0
) -> KnownAsset:
    image = KnownImage(name=name, width=size[0], height=size[1], page=page, digest=digest)
    return KnownAsset(id=f"id of {name}", image=image)


def image(
    name: str,
    *shapes: Shape,
    size: tuple[int | None, int | None] = (40, 30),
    digest: str | None = None,
    page: int = 0,
) -> LabelledImage:
    return LabelledImage(
        name=name,
        width=size[0],
        height=size[1],
        shapes=tuple(LabelledShape(tag="Car", shape=one) for one in shapes),
        digest=digest,
        page=page,
    )


def placed(images: Sequence[LabelledImage], assets: Sequence[KnownAsset]) -> Placing:
    known = KnownImages(one.image for one in assets)
    return place(images, assets=assets, known=known)


def pairs(placing: Placing) -> list[tuple[str, str]]:
    return [(one.image.name, one.asset.image.name) for one in placing.placed]


def test_images_are_placed_in_the_order_of_the_project() -> None:
    assets = [asset("train/b.jpg"), asset("train/a.jpg")]
    placing = placed([image("a.jpg"), image("b.png"), image("c.jpg")], assets)
    assert pairs(placing) == [("b.png", "train/b.jpg"), ("a.jpg", "train/a.jpg")]
    assert [one.name for one in placing.unmatched] == ["c.jpg"]
    assert placing.problems == ()


def test_the_same_content_counts_more_than_a_name() -> None:
    assets = [asset("old.jpg", digest="d1"), asset("new.jpg", digest="d2")]
    placing = placed([image("new.jpg", digest="d1")], assets)
    assert pairs(placing) == [("new.jpg", "old.jpg")]


def test_pages_of_one_file_are_told_apart() -> None:
    assets = [asset(f"scan.tif, page {page + 1}", digest="d", page=page) for page in (0, 1)]
    placing = placed([image("scan.tif", digest="d", page=1)], assets)
    assert pairs(placing) == [("scan.tif", "scan.tif, page 2")]


def test_a_name_that_could_be_two_images_is_told_and_left_out() -> None:
    placing = placed([image("a.jpg")], [asset("left/a.jpg"), asset("right/a.jpg")])
    assert placing.placed == placing.unmatched == ()
    (problem,) = placing.problems
    assert (problem.path, problem.left_out) == ("a.jpg", "image")
    assert "left/a.jpg, right/a.jpg" in problem.text


def test_two_images_that_could_be_one_asset_are_both_left_out() -> None:
    placing = placed([image("left/a.jpg"), image("right/a.jpg")], [asset("a.jpg")])
    assert placing.placed == ()
    assert [(one.path, one.left_out) for one in placing.problems] == [
        ("left/a.jpg", "image"),
        ("right/a.jpg", "image"),
    ]


def test_the_surer_of_two_images_is_taken() -> None:
    placing = placed([image("a.png"), image("a.jpg")], [asset("a.jpg")])
    assert pairs(placing) == [("a.jpg", "a.jpg")]
    assert [one.name for one in placing.unmatched] == ["a.png"]


@pytest.mark.parametrize(
    ("size", "why"), [((30, 40), "before its camera's turn"), ((40, 20), "another image")]
)
def test_an_image_of_another_form_is_told_and_left_out(size: tuple[int, int], why: str) -> None:
    placing = placed([image("a.jpg", Box(0, 0, 9, 9), size=size)], [asset("a.jpg")])
    assert placing.placed == ()
    (problem,) = placing.problems
    assert problem.left_out == "image"
    assert f"{size[0]} x {size[1]} pixels in the files and 40 x 30 here" in problem.text
    assert why in problem.text


def test_shapes_of_a_smaller_copy_are_scaled_edge_to_edge() -> None:
    corners = pack_ring((0, 0, 13, 0, 13, 10, 0, 10))
    shapes = (Box(1, 2, 13, 10), RotatedBox(ring=corners), Polygon(rings=(corners, corners)))
    placing = placed([image("a.jpg", *shapes, size=(13, 10))], [asset("a.jpg", size=(1300, 1000))])
    (one,) = placing.placed
    assert (one.image.width, one.image.height) == (1300, 1000)
    box, rotated, polygon = (shape.shape for shape in one.image.shapes)
    assert box == Box(100, 200, 1300, 1000)
    assert isinstance(rotated, RotatedBox)
    assert list(ring_numbers(rotated.ring)) == [0, 0, 1300, 0, 1300, 1000, 0, 1000]
    assert isinstance(polygon, Polygon)
    assert polygon.rings == (rotated.ring, rotated.ring)
    assert [problem.left_out for problem in placing.problems] == ["nothing"]


def test_a_size_that_was_rounded_is_of_the_same_form() -> None:
    placing = placed([image("a.jpg", size=(640, 361))], [asset("a.jpg", size=(1920, 1081))])
    assert len(placing.placed) == 1


def test_where_the_file_tells_no_size_shapes_are_cut_at_the_edge() -> None:
    shapes = (Box(30, 20, 50, 25), Box(50, 50, 60, 60), Box(1, 1, 2, 2))
    placing = placed([image("a.jpg", *shapes, size=(None, None))], [asset("a.jpg")])
    (one,) = placing.placed
    assert [shape.shape for shape in one.image.shapes] == [Box(30, 20, 40, 25), Box(1, 1, 2, 2)]
    assert [problem.left_out for problem in placing.problems] == ["nothing", "shape"]
