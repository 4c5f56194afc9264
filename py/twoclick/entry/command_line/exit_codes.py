"""How commands end, for scripts and people."""

import sys

DONE = 0
PROBLEMS = 1
FAILED = 2


def failed(message: str) -> int:
    """Says why something could not be done; the exit code."""
    print(f"twoclick: {message}", file=sys.stderr)
    return FAILED
