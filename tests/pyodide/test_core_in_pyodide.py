"""A slice of the unit tests once more in the Pyodide that ships, over the wheel that ships.

What may differ there: a 32-bit C long, numpy without BLAS, no threads, another Python.
"""

import os
import re
import subprocess
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "session",
    "domain",
    "kernels",
    "models",
    "formats",
    "deployments",
    "entry",
    "adapters",
)
FEWEST = 100


def slice_of_unit_tests() -> list[str]:
    """The test files of the core that need nothing compiled for this machine, as Hypothesis is, nor
    the command line and what carries and relays for it, which are not in the wheel."""
    unit = ROOT / "tests" / "unit"
    files = [path for name in FOLDERS for path in (unit / name).rglob("test_*.py")]
    needed = re.compile(
        r"hypothesis|subprocess|onnxruntime|adapters\.(files|http|relay)|entry\.(cli|command_line)"
        r"|test_label_commands"
    )
    pure = [path for path in files if not needed.search(path.read_text(encoding="utf-8"))]
    return sorted(path.relative_to(ROOT / "tests").as_posix() for path in pure)


def test_unit_tests_pass_in_pyodide() -> None:
    command = [
        os.environ.get("TWOCLICK_NODE", "node"),
        str(Path(__file__).with_name("run_in_pyodide.mjs")),
        str(ROOT / "dist"),
        str(ROOT / "tests"),
        sysconfig.get_paths()["purelib"],
        *slice_of_unit_tests(),
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    # A fault of the runtime quotes its source, which is one line of a megabyte.
    lines = [line[:300] for line in (result.stdout + result.stderr).splitlines()]
    assert result.returncode == 0, "\n".join(lines[-100:])
    passed = re.search(r"(\d+) passed", result.stdout)
    assert passed, result.stdout[-2000:]
    print(f"in Pyodide: {result.stdout.strip().splitlines()[-1]}")
    assert int(passed.group(1)) >= FEWEST
