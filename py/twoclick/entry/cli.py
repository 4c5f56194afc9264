"""The command line: models and labels without a browser."""

import argparse
import io
import sys
from collections.abc import Sequence

from twoclick.entry.command_line import check, convert, inspect_model, predict

_COMMANDS = (inspect_model, predict, convert, check)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code: 0, 1 where something is wrong with labels, or 2
    if something could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the names of images are in any script
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="twoclick", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for one in _COMMANDS:
        command = commands.add_parser(one.NAME, help=one.HELP, description=one.HELP)
        one.add_to(command)
        command.set_defaults(run=one.run)
    options = parser.parse_args(arguments)
    code: int = options.run(options)
    return code
