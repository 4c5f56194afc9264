"""The guide's examples for model servers: where they are, and how their Python is run."""

import importlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

DEPLOYMENTS = Path(__file__).resolve().parents[3] / "docs/guide/deployments"


def text_of(name: str) -> str:
    return (DEPLOYMENTS / name).read_text(encoding="utf-8")


def modules_of(
    names: Sequence[str], *, folder: Path, patch: pytest.MonkeyPatch
) -> list[ModuleType]:
    """The examples, copied side by side into `folder` and imported from there: nothing is written
    into the guide."""
    patch.syspath_prepend(folder)
    modules = []
    for name in names:
        module = Path(shutil.copy(DEPLOYMENTS / name, folder)).stem
        patch.delitem(sys.modules, module, raising=False)
        modules.append(importlib.import_module(module))
        # Registered with the patch, so that the next test imports its own copy.
        patch.setitem(sys.modules, module, modules[-1])
    return modules
