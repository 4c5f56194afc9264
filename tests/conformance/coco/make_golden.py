"""Writes the golden answers about COCO: what supervision reads in the files that we write.

    ../.venv/bin/python -m conformance.coco.make_golden

run in tests/.  supervision comes pinned with hashes from reference.lock into an environment of its
own: it brings more than all other tests together.  Run it again when the files change; the answers
of the reference are never edited by hand.
"""

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

from conformance.coco.sample import annotation_files
from golden import coco_answers
from twoclick_build.machine.extra_environment import ensure_extra_environment
from twoclick_build.places import checkout_places

HERE = Path(__file__).parent


def main() -> None:
    python = ensure_extra_environment(
        checkout_places(), name="supervision", requirements=HERE / "reference.lock"
    )
    contents = annotation_files()
    with tempfile.TemporaryDirectory() as name:
        paths = []
        for file, content in contents.items():
            paths.append(Path(name) / file)
            paths[-1].write_bytes(content)
        command = [python, HERE / "reference.py", *paths]
        run = subprocess.run(command, cwd=name, stdout=subprocess.PIPE, text=True, check=True)
    answers = json.loads(run.stdout)
    for file, content in contents.items():
        answers["files"][file]["sha256"] = hashlib.sha256(content).hexdigest()
    text = json.dumps(answers, separators=(",", ":")).replace('"lot ', '\n"lot ')
    coco_answers.REFERENCE.write_text(text + "\n", encoding="utf-8")
    shapes = sum(
        len(rows) for file in answers["files"].values() for rows in file["images"].values()
    )
    print(f"{shapes} shapes in {len(contents)} files by {answers['reference']}")


if __name__ == "__main__":
    main()
