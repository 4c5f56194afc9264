"""The session thread's Python: joins the session to the page and to the browser's storage.

Runs in Pyodide with the standard library only.  `twoclick_shell` is the JavaScript of
`app/workers/session/`.
"""

import gc
from collections.abc import Callable
from typing import Any

import twoclick_shell

from twoclick.adapters.browser.clock import BrowserClock
from twoclick.adapters.browser.indexeddb_store import IndexedDbStore
from twoclick.adapters.browser.messages import attachments_from_page, post_to_page
from twoclick.entry.bridge import Bridge, Handler
from twoclick.entry.file_requests import FileRequests
from twoclick.entry.label_requests import LabelRequests
from twoclick.entry.session_requests import session_handlers
from twoclick.session.events import Event
from twoclick.session.project_list import ProjectList
from twoclick.session.session import Session
from twoclick.session.watching import WatchedStore
from twoclick.session.wire import event_message

GARBAGE_THRESHOLDS = (50_000, 20, 100)
"""A command on a project of 10,000 assets makes thousands of small values and no cycles: with
Python's own thresholds a drag of the threshold took 5 to 11 ms, with these 1 to 3 ms."""


def start() -> Callable[[int, str, Any], None]:
    """Build the session; gives the callable that takes every request of the page.

    Called once by `app/workers/python.js`.
    """
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    handlers: dict[str, Handler] = {}
    bridge = Bridge(handlers=handlers, post=post_to_page(twoclick_shell.post))

    def emit(event: Event) -> None:
        bridge.emit(*event_message(event))

    store = WatchedStore(IndexedDbStore(storage=twoclick_shell.storage))
    clock = BrowserClock()
    session = Session(store=store, clock=clock, emit=emit)
    projects = ProjectList(store=store, clock=clock)
    files = FileRequests(store=store, clock=clock, session=session, projects=projects)
    handlers.update(session_handlers(session, projects))
    handlers.update(files.handlers())
    handlers.update(LabelRequests(store=store, session=session).handlers())

    def handle(identifier: int, text: str, attachments: Any) -> None:
        bridge.handle(identifier, text, attachments_from_page(attachments))

    return handle
