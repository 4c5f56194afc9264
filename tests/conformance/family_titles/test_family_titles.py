"""The page calls the families as Python does."""

import json
import os
import subprocess
from pathlib import Path

from twoclick.models.recognise import FAMILIES


def test_the_page_knows_every_family_by_its_title() -> None:
    command = [os.environ.get("TWOCLICK_NODE", "node"), str(Path(__file__).with_name("titles.mjs"))]
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert json.loads(told) == {family.name: family.title for family in FAMILIES}
