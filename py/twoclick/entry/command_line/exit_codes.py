"""How commands end, for scripts and people."""

import sys

from twoclick.entry.command_line.printing import say

DONE = 0
PROBLEMS = 1
FAILED = 2


def failed(message: str) -> int:
    """Says why something could not be done; the exit code."""
    say(f"twoclick: {message}", to=sys.stderr)
    return FAILED
