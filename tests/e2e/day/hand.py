"""The hand of a person at work: every key and every gesture with the pointer, counted."""

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Page

from e2e.sample import on_screen


@dataclass(slots=True)
class Hand:
    """Works the page; `done` counts what it took for each kind of image: keys, and drags."""

    page: Page
    done: dict[str, Counter[str]] = field(default_factory=dict)
    task: str = ""

    def takes_up(self, task: str) -> None:
        """What follows is counted for this kind of image."""
        self.task = task
        self.done.setdefault(task, Counter())["images"] += 1

    def press(self, *keys: str) -> None:
        """Presses keys one after the other; Shift with a letter is one stroke."""
        for key in keys:
            self.page.keyboard.press(key)
            self.done[self.task]["keys"] += 1

    def drag(self, box: tuple[float, float, float, float], size: tuple[int, int]) -> None:
        """From one corner of a box of the image to the other."""
        x0, y0, x1, y1 = on_screen(self.page, box, size=size)
        self.page.mouse.move(x0, y0)
        self.page.mouse.down()
        self.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
        self.page.mouse.move(x1, y1)
        self.page.mouse.up()
        self.done[self.task]["drags"] += 1

    def points_at(self, box: tuple[float, float, float, float], size: tuple[int, int]) -> None:
        """Rests the pointer on the upper border of a box of the image."""
        x0, y0, x1, _ = on_screen(self.page, box, size=size)
        self.page.mouse.move(x0 + (x1 - x0) / 4, y0)
        self.done[self.task]["moves"] += 1

    def account(self) -> str:
        """A table of what was counted."""
        lines = [f"{'':36}{'images':>8}{'keys':>8}{'moves':>8}{'drags':>8}"]
        total: Counter[str] = Counter()
        for task, counted in self.done.items():
            total.update(counted)
            lines.append(_line(task, counted))
        return "\n".join([*lines, _line("together", total)])


def _line(name: str, counted: Counter[str]) -> str:
    columns = ("images", "keys", "moves", "drags")
    return f"{name:36}" + "".join(f"{counted[column]:>8}" for column in columns)
