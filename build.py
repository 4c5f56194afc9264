#!/usr/bin/env python3
"""Build, serve, test and check Twoclick: `python3 build.py --help` says how."""

import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036, kept for the older Python that runs it
    sys.exit(
        "Twoclick needs Python 3.11 or later, and this is "
        + sys.version.split()[0]
        + " ("
        + sys.executable
        + ").\nInstall a newer one and run: python3.11 build.py ..."
    )

sys.path.insert(0, str(Path(__file__).resolve().parent / "py"))

from twoclick_build.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
