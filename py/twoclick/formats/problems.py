"""Collecting what is wrong with files while they are read."""

from twoclick.formats.format import MOST_PROBLEMS, LeftOut, Problem


class Problems:
    """Problems in the order in which they are found; all are counted, the first ones kept."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self.count = 0

    def add(self, path: str, line: int | None, text: str, *, left_out: LeftOut) -> None:
        """Notes one; the parameters are those of `format.Problem`."""
        self.count += 1
        if len(self._kept) < MOST_PROBLEMS:
            self._kept.append(Problem(path=path, line=line, text=text, left_out=left_out))

    @property
    def kept(self) -> tuple[Problem, ...]:
        """The first MOST_PROBLEMS of them."""
        return tuple(self._kept)
