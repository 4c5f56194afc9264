"""Writes the golden bytes of the Open Inference Protocol: as tritonclient writes and reads them.

    ../.venv/bin/python -m conformance.open_inference.make_golden

run in tests/.  tritonclient comes pinned with hashes from reference.lock into an environment of its
own.  The answers of the reference are never edited by hand.
"""

import json
import subprocess
from pathlib import Path

from golden import open_inference_answers
from twoclick_build.machine.extra_environment import ensure_extra_environment
from twoclick_build.places import checkout_places

HERE = Path(__file__).parent


def main() -> None:
    python = ensure_extra_environment(
        checkout_places(), name="tritonclient", requirements=HERE / "reference.lock"
    )
    run = subprocess.run(
        [python, HERE / "reference.py"], stdout=subprocess.PIPE, text=True, check=True
    )
    document = json.loads(run.stdout)
    file = open_inference_answers.REFERENCE
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"{len(document['questions'])} questions by {document['reference']}")


if __name__ == "__main__":
    main()
