"""Writes the golden answers about YOLO data sets: what Ultralytics' own verification says.

    ../.venv/bin/python -m conformance.yolo_files.make_golden PYTHON

run in tests/.  PYTHON is that of an environment with what reference.in lists: it is not made here,
because torch for CPUs alone is not where other packages are.  Run it again when what is written
changes; the answers of the reference are never edited by hand.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from conformance.yolo_files.data_sets import data_sets
from golden import yolo_answers

HERE = Path(__file__).parent


def main() -> None:
    written = list(data_sets())
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / one.name for one in written]
        for one, folder in zip(written, folders, strict=True):
            one.save(folder)
        command = [sys.argv[1], HERE / "reference.py", *folders]
        run = subprocess.run(command, cwd=name, stdout=subprocess.PIPE, text=True, check=True)
    answers = json.loads(run.stdout.splitlines()[-1])
    for one in written:
        answers["sets"][one.name] = {"digest": one.digest, **answers["sets"][one.name]}
    text = json.dumps(answers, separators=(",", ":"), ensure_ascii=False)
    text = text.replace('"images/', '\n"images/').replace('"yolo-', '\n"yolo-')
    yolo_answers.REFERENCE.write_text(text + "\n", encoding="utf-8")
    images = sum(len(one["images"]) for one in answers["sets"].values())
    print(f"{images} images in {len(written)} data sets read by {answers['reference']}")


if __name__ == "__main__":
    main()
