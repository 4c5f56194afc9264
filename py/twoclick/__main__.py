"""`python -m twoclick`."""

import sys

try:
    from twoclick.entry.cli import main
except ModuleNotFoundError as error:
    sys.exit(
        f"{error.name} is not installed, and the command line needs it. "
        'Install it with: pip install "twoclick[cli]"'
    )

if __name__ == "__main__":
    sys.exit(main())
