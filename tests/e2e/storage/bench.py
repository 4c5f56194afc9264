"""Session threads of a test's own in a page, over databases of their own: see session_thread.js."""

import base64
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_SCRIPT = (Path(__file__).parent / "session_thread.js").read_text(encoding="utf-8")
_numbers = count()

Content = dict[str, list[dict[str, Any]]]
"""Records by object store: bytes as {"$bytes": base64}, blobs as {"$blob": base64, "type"}."""


class Bench:
    """One database in the page, and the session thread over it once it is started."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.scope = f"/bench/{next(_numbers)}/"
        page.evaluate(_SCRIPT.rstrip().removesuffix(";"))

    def start(self) -> None:
        """Starts the thread, in place of the one before."""
        self.page.evaluate(
            """async (scope) => {
              self.session?.stop();
              self.session = await bench.startSession(scope);
              self.services = await bench.servicesOver(session, scope);
            }""",
            self.scope,
        )

    def run(self, work: str, argument: Any = None) -> Any:
        """Runs `async (argument) => {...}` with `session` and `services` at hand."""
        return self.page.evaluate(work, argument)

    def request(self, kind: str, **fields: Any) -> Any:
        """What the session thread answers."""
        return self.run("([kind, fields]) => session.request(kind, fields)", [kind, fields])

    def dispatch(self, kind: str, **fields: Any) -> Any:
        """Does a command."""
        return self.request("dispatch", command={"type": kind, **fields})

    def settle(self) -> None:
        """Until everything is saved: closing waits for it."""
        self.request("close-project")

    def event(self, kind: str) -> Any:
        """The last event of a kind."""
        return self.run("(kind) => session.events.findLast(({ event }) => event === kind)", kind)

    def content(self) -> Content:
        """Everything in the database."""
        found: Content = self.run("(scope) => bench.contentOf(scope)", self.scope)
        return found

    def form(self) -> Any:
        """What the database looks like."""
        return self.run("(scope) => bench.formOf(scope)", self.scope)

    def stop(self) -> None:
        self.page.evaluate("() => { self.session?.stop(); self.session = undefined; }")


def with_bytes(record: dict[str, Any]) -> dict[str, Any]:
    """A record of `content` as Python's store gives it."""
    return {
        name: base64.b64decode(value["$bytes"])
        if isinstance(value, dict) and "$bytes" in value
        else value
        for name, value in record.items()
    }


def benches(page: Page) -> Iterator[Bench]:
    """One bench for a test."""
    bench = Bench(page)
    yield bench
    bench.stop()
