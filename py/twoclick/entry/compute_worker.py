"""The compute thread's Python: the compute tasks behind the page's messages.

Runs in Pyodide with numpy, Pillow and contourpy.  `twoclick_shell` is the JavaScript of
`app/workers/compute/`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

import twoclick_shell

from twoclick.adapters.browser.blob_bytes import BlobBytes
from twoclick.adapters.browser.messages import attachments_from_page, post_to_page
from twoclick.entry.bridge import Bridge, Handler, Reply, describe_error
from twoclick.entry.compute_tasks import TASKS, decode, recognise
from twoclick.entry.deployment_exchanges import DeploymentExchanges
from twoclick.entry.looked_answer import LookedAnswer
from twoclick.entry.model_digests import digest
from twoclick.ports.compute import ComputeTask


def start() -> Callable[[int, str, Any], None]:
    """Gives the callable that takes every request of the page and every answer of the model.

    Called once by `app/workers/python.js`.
    """
    handlers: dict[str, Handler] = {**TASKS}
    bridge = Bridge(handlers=handlers, post=post_to_page(twoclick_shell.post))

    async def image_task(kind: str, request: Mapping[str, Any], buffers: Sequence[Any]) -> Reply:
        """Once Pillow is there: it is installed after the start, or at the first such request."""
        await twoclick_shell.pillow()
        from twoclick.entry import image_tasks

        return image_tasks.TASKS[kind](request, buffers)

    exchanges = DeploymentExchanges(open_mask)

    async def exchange(
        task: ComputeTask, request: Mapping[str, Any], buffers: Sequence[Any]
    ) -> Reply:
        """Once Pillow is there: some deployments tell masks as pictures."""
        await twoclick_shell.pillow()
        return task(request, buffers)

    looked = LookedAnswer()
    handlers["decode-job"] = _job(bridge, decode, "decoded")
    handlers["look-job"] = _job(bridge, looked.look, "looked")
    handlers["decode-looked"] = looked.decode
    handlers["forget-looked"] = looked.forget
    handlers["recognise"] = _of_files(recognise)
    handlers["digest"] = _of_files(digest)
    kinds = ("probe-image", "read-image", "page-as-png")
    handlers |= {kind: partial(image_task, kind) for kind in kinds}
    handlers |= {kind: partial(exchange, task) for kind, task in exchanges.tasks().items()}

    def handle(identifier: int, text: str, attachments: Any) -> None:
        bridge.handle(identifier, text, attachments_from_page(attachments))

    return handle


def open_mask(content: bytes) -> Any:
    """A picture of a mask, by Pillow, which is there when this is asked."""
    from twoclick.adapters import pixels

    return pixels.open_mask(content)


def _of_files(task: Handler) -> Handler:
    """A task on files that are read piece by piece: one may be larger than this thread's memory."""

    def run(request: Mapping[str, Any], files: Sequence[Any]) -> Reply | Awaitable[Reply]:
        return task(request, [BlobBytes(file) for file in files])

    return run


def _job(bridge: Bridge, task: Callable[..., Reply], done: str) -> Handler:
    """A job's tensors, straight from the inference thread, for a task: nobody waits, so events
    answer, `done` with what the task gives."""

    def run(request: Mapping[str, Any], buffers: Sequence[Any]) -> Reply:
        job = request["job"]
        try:
            described, columns = task(request, buffers)
        except Exception as error:  # noqa: BLE001, a job must end, one way or the other
            failure = {"event": "job-failed", "job": job, "stage": "decoding"}
            bridge.emit({**failure, "error": describe_error(error)})
        else:
            bridge.emit({"event": done, "job": job, **described}, columns)
        return None, ()

    return run
