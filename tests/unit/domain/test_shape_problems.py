"""Shapes that cannot be on an image, and why."""

import math

import pytest
from hypothesis import given

from twoclick.domain.geometry import Box, Polygon, RotatedBox, Shape, WholeImage, moved
from twoclick.domain.rings import pack_ring
from twoclick.domain.shape_problems import problem_of
from unit.domain.shape_builders import keypoints, polygon, rectangle
from unit.domain.shape_strategies import boxes, rotated_boxes, simple_polygons

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("shape", "problem"),
    [
        (Box(0, 0, 100, 50), None),
        (Box(0.5, 0.5, 1.5, 1.5), None),
        (rectangle(50, 25, 40, 20, 0.5), None),
        (polygon([(0, 0), (100, 0), (50, 50)]), None),
        (polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [(3, 3), (6, 3), (6, 6)]), None),
        (Box(0, 0, 0.9, 50), "The box is too small: at least 1 pixel wide and high"),
        (Box(10, 0, 0, 50), "The box is inside out"),
        (Box(0, 0, 100, 50.1), "The box reaches outside the image"),
        (Box(-0.1, 0, 100, 50), "The box reaches outside the image"),
        (Box(NAN, 0, 100, 50), "The box has a point that is not a number"),
        (Box(0, 0, INF, 50), "The box has a point that is not a number"),
        (rectangle(50, 25, 40, 0.5, 0.5), "The rotated box is too small: at least 1 pixel wide"),
        (rectangle(95, 25, 40, 20, 0.5), "The rotated box reaches outside the image"),
        (
            RotatedBox(ring=pack_ring([0, 0, 9, 0, 9, 9, 1, 9])),
            "The rotated box is not a rectangle with its corners in clockwise order",
        ),
        (
            RotatedBox(ring=pack_ring([0, 0, 0, 9, 9, 9, 9, 0])),
            "The rotated box is not a rectangle with its corners in clockwise order",
        ),
        (
            RotatedBox(ring=pack_ring([0, 0, 9, 0, 9, 9])),
            "The rotated box is not a rectangle with its corners in clockwise order",
        ),
        (keypoints(Box(0, 0, 9, 9), (5, 5), (100, 50)), None),
        (keypoints(Box(0, 0, 9, 9), (200, 5), visibility=[0]), None),
        (keypoints(Box(0, 0, 9, 9), (101, 5)), "The set of keypoints reaches outside the image"),
        (keypoints(Box(0, 0, 101, 9), (1, 5)), "The set of keypoints reaches outside the image"),
        (keypoints(Box(9, 0, 0, 9), (1, 5)), "The set of keypoints is inside out"),
        (keypoints(Box(0, 0, 0.5, 9), (1, 5)), "The set of keypoints is too small"),
        (keypoints(Box(0, 0, 9, 9)), "The set of keypoints has not as many points as it says"),
        (
            keypoints(Box(0, 0, 9, 9), (1, 1), visibility=[1, 1]),
            "The set of keypoints has not as many",
        ),
        (keypoints(Box(0, 0, 9, 9), (1, 1), visibility=[3]), "A keypoint is neither visible"),
        (keypoints(Box(0, 0, 9, 9), (1, NAN)), "A keypoint is at a place that is not a number"),
        (WholeImage(box=Box(0, 0, 100, 50)), None),
        (WholeImage(box=Box(0, 0, 99, 50)), "The whole image is not as large as the image"),
        (RotatedBox(ring=b"12345678"), "The rotated box has a point without a number"),
        (polygon([(0, 0), (10, 10)]), "A polygon needs at least 3 points"),
        (Polygon(rings=()), "A polygon needs at least 3 points"),
        (polygon([(0, 0), (9, 9), (9, 0), (0, 9)]), "The polygon crosses itself"),
        (polygon([(0, 0), (9, 0), (9, 0), (0, 9)]), "The polygon has the same point twice in"),
        (polygon([(0, 0), (9, 0), (0, 9), (0, 0)]), "The polygon has the same point twice in"),
        (polygon([(0, 0), (9, 9), (4, 4)]), "The polygon crosses itself"),
        (polygon([(0, 0), (9, 9), (9, 9.1)]), "The polygon is too small: at least 1 square pixel"),
        (
            polygon([(0, 0), (9, 0), (9, 9)], [(0, 0), (9, 0), (9, 9)]),
            "The polygon is too small: at least 1 square pixel",
        ),
        (polygon([(0, 0), (9, 0), (9, INF)]), "The polygon has a point that is not a number"),
        (polygon([(0, 0), (9, 0), (9, 51)]), "The polygon reaches outside the image"),
    ],
)
def test_problems_on_an_image_of_100_by_50(shape: Shape, problem: str | None) -> None:
    said = problem_of(shape, width=100, height=50)
    if problem is None:
        assert said is None
    else:
        assert said is not None
        assert said.startswith(problem)


@given(boxes | rotated_boxes)
def test_a_box_at_any_angle_is_no_problem(shape: Shape) -> None:
    assert problem_of(moved(shape, 50, 50), width=200, height=200) is None


@given(simple_polygons)
def test_a_star_is_no_problem(shape: Polygon) -> None:
    assert problem_of(shape, width=100, height=100) is None


@pytest.mark.parametrize("turn", [math.tau * at / 64 for at in range(64)])
def test_rounding_does_not_bend_a_rectangle(turn: float) -> None:
    numbers = [round(n, 2) for n in memoryview(rectangle(50, 50, 60, 30, turn).ring).cast("d")]
    assert problem_of(RotatedBox(ring=pack_ring(numbers)), width=100, height=100) is None
