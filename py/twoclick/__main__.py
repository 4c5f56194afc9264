"""`python -m twoclick`."""

import sys

from twoclick.entry.cli import main

if __name__ == "__main__":
    sys.exit(main())
