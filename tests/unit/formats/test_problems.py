"""Problems are kept up to a number and counted beyond it."""

from twoclick.formats.format import MOST_PROBLEMS, Problem
from twoclick.formats.problems import Problems


def test_a_flood_of_problems_is_counted_and_the_first_are_kept():
    problems = Problems()
    for line in range(1, MOST_PROBLEMS + 11):
        problems.add("a.json", line, "The box is inside out", left_out="shape")
    assert problems.count == MOST_PROBLEMS + 10
    assert len(problems.kept) == MOST_PROBLEMS
    assert problems.kept[0] == Problem(
        path="a.json", line=1, text="The box is inside out", left_out="shape"
    )
