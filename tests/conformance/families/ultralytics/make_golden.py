"""Writes the golden answers of one maker's models: what the maker's own code reads in them.

    ../.venv/bin/python -m conformance.families.ultralytics.make_golden PYTHON WORK [CASE...]

run in tests/.  PYTHON is that of an environment with what reference.in lists: it is not made here,
because torch for CPUs alone is not where other packages are.  WORK is a folder for data, runs and
models, some 20 MB; a model that is there already is not trained or exported again.  Training takes
an hour on two cores.  The answers of the reference are never edited by hand.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parents[2]
GOLDEN = TESTS / "golden" / "families"


def main() -> None:
    python, work = sys.argv[1], Path(sys.argv[2]).absolute()
    data, runs, models = work / "data", work / "runs", work / "models"
    trained = _told(python, "from train import MODELS; print(*MODELS)")
    cases = sys.argv[3:] or _told(python, "from export import EXPORTS; print(*EXPORTS)")
    if not data.exists():
        _run(python, HERE / "training_data.py", data)
    missing = [name for name in trained if not (runs / name / "weights" / "last.pt").exists()]
    _run(python, HERE / "train.py", data, runs, *missing)
    lacking = [case for case in cases if not (models / f"{case}.onnx").exists()]
    _run(python, HERE / "export.py", runs, models, *lacking)
    _run(python, HERE / "reference.py", models, GOLDEN, *cases)


def _run(python: str, *arguments: str | Path) -> None:
    command = [python, *arguments]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(TESTS)}, check=True)


def _told(python: str, code: str) -> list[str]:
    run = subprocess.run(
        [python, "-c", code],
        cwd=HERE,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()[-1].split()


if __name__ == "__main__":
    main()
