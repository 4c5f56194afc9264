"""Labelling the sample as a person does it, with the times that it takes."""

from dataclasses import dataclass

from playwright.sync_api import Page

from bench.watched import Event, Watched
from e2e.sample import open_sample
from e2e.screens import started


@dataclass(slots=True)
class Labelling:
    """The sample open in the app; `asset_id` is the image that is painted."""

    watched: Watched
    asset_id: str

    @classmethod
    def begin(cls, page: Page) -> "Labelling":
        """From the start screen."""
        watched = Watched(page)
        place = watched.place()
        open_sample(page)
        painted = watched.until(place, "painted")
        return cls(watched, painted["assetId"])

    def begin_another(self) -> "Labelling":
        """A new project of the sample."""
        page = self.watched.page
        page.get_by_role("button", name="all projects").click()
        return Labelling.begin(started(page))

    def assist_on_open(self, on: bool) -> None:
        """Set the switch "Assist on open"."""
        self.watched.page.get_by_role("switch", name="Assist on open").set_checked(on)

    def step(self, key: str) -> None:
        """To another image, by a key that goes there."""
        self.moved(self.watched.press(key))

    def moved(self, place: int, *, least: int = 0) -> Event:
        """Waits until the next image is painted with at least so many suggestions."""
        painted = self.watched.until(
            place, "painted", is_not={"assetId": self.asset_id}, least={"suggestions": least}
        )
        self.asset_id = painted["assetId"]
        return painted

    def suggested(self, place: int) -> Event:
        """Waits until suggestions are painted on the image that is open."""
        return self.watched.until(
            place, "painted", is_={"assetId": self.asset_id}, least={"suggestions": 1}
        )

    def took(self, keys: str, *, moves: bool) -> float:
        """Milliseconds from a key to the frame with suggestions, on the same or the next image."""
        place = self.watched.press(keys)
        painted = self.moved(place, least=1) if moves else self.suggested(place)
        return float(painted["seen"]) - self.watched.pressed_at(place)

    def saved(self, place: int) -> Event:
        """Waits until everything after a place is saved."""
        return self.watched.until(place, "saved")
