"""The command line: models and labels without a browser."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from twoclick.entry.command_line import check, convert, inspect_model, predict, relay
from twoclick.entry.command_line.exit_codes import FAILED, failed

_COMMANDS = (inspect_model, predict, convert, check, relay)


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
    code = FAILED
    try:
        code = options.run(options)
        if sys.stdout is not None:  # it is where it was closed before this began
            sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough, as "head" does
        _say_no_more()
    except OSError as error:
        _say_no_more()
        return failed(f"What was found cannot be printed: {error.strerror or error}.")
    except KeyboardInterrupt:
        return failed("Stopped.")
    return code


def _say_no_more() -> None:
    """Lets go of what is still to be printed: at the end Python would try again, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
