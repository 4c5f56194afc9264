"""Writes the golden answers of one maker's models: what the maker's own code reads in them.

    ../.venv/bin/python -m conformance.families.ultralytics.make_golden PYTHON OLDER WORK [CASE...]

run in tests/.  PYTHON is that of an environment with what reference.in lists: it is not made here,
because torch for CPUs alone is not where other packages are.  OLDER is a folder with a release that
writes other files: pip install --no-deps --target OLDER ultralytics==8.3.40.  WORK is a folder for
data, runs and models, some 100 MB; a model that is there already is neither trained nor exported
again.  Training takes half an hour on two cores that nothing else uses.  The answers of the
reference are never edited by hand.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parents[2]
GOLDEN = TESTS / "golden" / "families"


def main() -> None:
    python, older, work = sys.argv[1], Path(sys.argv[2]).absolute(), Path(sys.argv[3]).absolute()
    data, runs, models = work / "data", work / "runs", work / "models"
    trained = _told(python, "from train import MODELS; print(*MODELS)")
    today = _told(python, "from export import EXPORTS; print(*EXPORTS)")
    before = _told(python, "from export_older import OLDER; print(*OLDER)")
    cases = sys.argv[4:] or [*today, *before]
    if not data.exists():
        _run(python, "training_data.py", data)
    if missing := [one for one in trained if not (runs / one / "weights" / "last.pt").exists()]:
        _run(python, "train.py", data, runs, *missing)
        _run(python, "export.py", runs, models, "--weights")
    for script, of, path in (("export.py", today, ()), ("export_older.py", before, (older,))):
        wanted = [case for case in cases if case in of]
        if lacking := [case for case in wanted if not (models / f"{case}.onnx").exists()]:
            _run(python, script, runs, models, *lacking, path=path)
        if wanted:
            _run(python, "reference.py", models, GOLDEN, *wanted, path=path)


def _run(python: str, script: str, *arguments: str | Path, path: tuple[Path, ...] = ()) -> None:
    _subprocess([python, HERE / script, *arguments], path)


def _told(python: str, code: str) -> list[str]:
    told = _subprocess([python, "-c", code], (HERE,), stdout=subprocess.PIPE)
    return told.splitlines()[-1].split()


def _subprocess(command: list, path: tuple[Path, ...], stdout: int | None = None) -> str:
    folders = os.pathsep.join(str(folder) for folder in (*path, TESTS))
    environment = {**os.environ, "PYTHONPATH": folders}
    run = subprocess.run(command, env=environment, stdout=stdout, text=True, check=True)
    return run.stdout or ""


if __name__ == "__main__":
    main()
