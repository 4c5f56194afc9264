"""A window of 16-bit values means the same to the image thread, in JavaScript, as to CPython."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from twoclick.kernels.window import Window, through_window

SEE_THROUGH = Path(__file__).with_name("see_through.mjs")


@pytest.mark.parametrize(
    "window", [Window(0, 65535), Window(512, 3801), Window(7, 8), Window(65534, 65535)]
)
def test_both_see_every_value_the_same(window: Window) -> None:
    values = np.arange(65536, dtype="<u2")
    node = os.environ.get("TWOCLICK_NODE", "node")
    command = [node, str(SEE_THROUGH), str(window.low), str(window.high)]
    run = subprocess.run(command, input=values.tobytes(), stdout=subprocess.PIPE, check=True)
    rgba = np.frombuffer(run.stdout, dtype=np.uint8).reshape(-1, 4)
    seen = through_window(values, window)
    np.testing.assert_array_equal(rgba[:, :3], np.repeat(seen[:, None], 3, axis=1))
    assert (rgba[:, 3] == 255).all()
