"""Decoding one answer of the model, timed in the Python that runs this: CPython or Pyodide."""

import io
import json
import time

import numpy as np

from twoclick.entry.compute_tasks import decode

TIMES = 30
_WARM = 3


def work(data: bytes) -> list[float]:
    """Milliseconds of each run; `data` is the `answer` of bench/model.py."""
    with np.load(io.BytesIO(data)) as kept:
        request = json.loads(str(kept["request"]))
        buffers = [kept[f"output{index}"].tobytes() for index in range(len(kept.files) - 1)]
    times = []
    for _ in range(_WARM + TIMES):
        started = time.perf_counter()
        decode(request, buffers)
        times.append(1000 * (time.perf_counter() - started))
    return times[_WARM:]
