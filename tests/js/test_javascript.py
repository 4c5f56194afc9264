"""The unit tests of the page's own JavaScript, in Node."""

import os
import re
import subprocess
from pathlib import Path

FILES = sorted(Path(__file__).parent.glob("*.test.js"))


def test_unit_tests_pass_in_node() -> None:
    node = os.environ.get("TWOCLICK_NODE", "node")
    command = [node, "--test", "--test-reporter=tap", *map(str, FILES)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-2000:]
    passed = re.search(r"^# pass (\d+)$", result.stdout, re.MULTILINE)
    assert passed is not None
    assert int(passed.group(1)) > len(FILES)
