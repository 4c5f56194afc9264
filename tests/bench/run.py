"""Measures the built page against its budgets: started by `python3 build.py bench`.

Prints a table.  A budget that is not kept is a finding and no failure: the exit status is 0 unless
something could not be measured.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "py"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.suite import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
