"""The labels thread's Python: label files that come in, and those that go out.

Runs in Pyodide with numpy and contourpy, in a thread that lives for one import or export: what
large files take of memory is given back, and giving up is ending it.  `twoclick_shell` is the
JavaScript of `app/workers/labels/`.
"""

from collections.abc import Callable
from typing import Any

import twoclick_shell

from twoclick.adapters.browser.messages import attachments_from_page, post_to_page
from twoclick.entry.bridge import Bridge
from twoclick.entry.export_tasks import ExportTasks
from twoclick.entry.import_tasks import ImportTasks
from twoclick.formats.catalog import FORMATS


def start() -> Callable[[int, str, Any], None]:
    """Gives the callable that takes every request of the page; called once by
    `app/workers/python.js`."""
    # The particular ones are tried first, and offered last.
    exports = ExportTasks(formats=FORMATS[::-1])
    handlers = {**ImportTasks().handlers(), **exports.handlers()}
    bridge = Bridge(handlers=handlers, post=post_to_page(twoclick_shell.post))

    def handle(identifier: int, text: str, attachments: Any) -> None:
        bridge.handle(identifier, text, attachments_from_page(attachments))

    return handle
