"""The app's page with what it tells of itself: keys pressed, milestones, and the time between."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

Event = dict[str, Any]
"""{name, at, seen, ...}: milliseconds since the navigation, as `page/observe.js` keeps them."""


@dataclass(frozen=True, slots=True)
class Watched:
    """`until` looks at what happened after a place, which `place`, `press` and `move` give."""

    page: Page

    def place(self) -> int:
        return int(self.page.evaluate("() => bench.place()"))

    def since(self, place: int) -> list[Event]:
        return list(self.page.evaluate("place => bench.since(place)", place))

    def until(
        self,
        place: int,
        name: str,
        *,
        least: Event | None = None,
        is_: Event | None = None,
        is_not: Event | None = None,
    ) -> Event:
        """The first event of that name with such fields, waited for."""
        wanted = {"name": name, "least": least or {}, "is": is_ or {}, "isNot": is_not or {}}
        found: Event = self.page.evaluate(
            "([place, wanted]) => bench.until(place, wanted)", [place, wanted]
        )
        return found

    def press(self, keys: str) -> int:
        """Press keys when the page has nothing else to do; the place before it."""
        self.page.evaluate("() => new Promise((done) => requestIdleCallback(() => done()))")
        place = self.place()
        self.page.keyboard.press(keys)
        return place

    def pressed_at(self, place: int) -> float:
        """When the last key after a place went down."""
        return float([one["at"] for one in self.since(place) if one["name"] == "keydown"][-1])
