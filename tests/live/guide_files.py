"""The guide's examples, as a person takes them: copied into a folder of their own."""

import shutil
from pathlib import Path

DEPLOYMENTS = Path(__file__).parents[2] / "docs/guide/deployments"


def take(folder: Path, *names: str) -> None:
    """Copy files of docs/guide/deployments, by their paths there, side by side into `folder`."""
    for name in names:
        shutil.copy(DEPLOYMENTS / name, folder)
