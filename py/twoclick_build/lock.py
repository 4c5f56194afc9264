"""One build at a time in a checkout."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from twoclick_build.progress import say

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold the lock `file` for the block, waiting for another process that has it.

    The system gives the lock back when the holder ends, however it ends.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+") as stream:
        if not _try_lock(stream.fileno()):
            say("Another build is running in this checkout; waiting for it ...")
            # Asked again and again: a blocking lock of Windows gives up after ten seconds.
            while not _try_lock(stream.fileno()):
                time.sleep(0.1)
        yield
