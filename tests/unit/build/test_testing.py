"""How the tests are run by `build.py test`."""

import os
import signal
import subprocess
import sys
from pathlib import Path

BUILD = Path(__file__).parents[3] / "py"

_OUTER = """
import os, signal, sys
from pathlib import Path
from twoclick_build.testing import run_to_its_end

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests may have it ignored
sys.exit(run_to_its_end([sys.executable, "-c", sys.argv[1]], folder=Path.cwd(), environ=os.environ))
"""

_INNER = """
import signal, sys
try:
    print("running", flush=True)
    signal.pause()
except KeyboardInterrupt:
    print("ending", flush=True)
    sys.stdin.read()
    print("ended", flush=True)
    sys.exit(2)
"""


def test_what_is_interrupted_is_waited_for():
    with subprocess.Popen(
        [sys.executable, "-c", _OUTER, _INNER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(BUILD)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.readline() == "ending\n"
        os.kill(process.pid, signal.SIGINT)
        assert process.stdin is not None
        process.stdin.close()
        rest = process.stdout.read()
    assert (process.returncode, rest) == (2, "ended\n")
