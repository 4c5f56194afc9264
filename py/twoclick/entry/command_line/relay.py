"""`relay`: the page, and one deployment under the page's own address."""

import argparse
import os
import signal
import webbrowser
from pathlib import Path

from twoclick.adapters.http import Secret
from twoclick.deployments.catalog import PROTOCOLS
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BEARER
from twoclick.entry.command_line.exit_codes import DONE, failed
from twoclick.entry.command_line.printing import say

NAME = "relay"
HELP = "serve the page with a deployment that it may ask under its own address"

_PORT = 8737


def add_to(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--serve", type=Path, required=True, metavar="DIST", help="the folder of the built page"
    )
    parser.add_argument("--to", required=True, metavar="URL", help="the one deployment")
    parser.add_argument(
        "--port", type=int, default=_PORT, help="default %(default)s; projects belong to it"
    )
    parser.add_argument(
        "--token-env",
        metavar="VAR",
        help="the environment variable that holds the deployment's credential, so that no browser "
        "needs to know it",
    )
    parser.add_argument(
        "--protocol",
        choices=[one.name for one in PROTOCOLS if one.credential is not None],
        metavar="NAME",
        help="put the credential where this protocol has it (default: Authorization: Bearer)",
    )
    parser.add_argument("--browser", action="store_true", help="open the page in a browser")


def run(options: argparse.Namespace) -> int:
    """Serves until it is stopped; the exit code."""
    try:
        from twoclick.adapters.relay import forwarding, server, target
    except ModuleNotFoundError as error:
        return failed(
            f"{error.name} is not installed, and the relay needs it. "
            'Install it with: pip install "twoclick[cli,relay]"'
        )
    try:
        secret = None
        if options.token_env is not None:
            secret = Secret.of_variable(options.token_env, os.environ)
        place = next((one.credential for one in PROTOCOLS if one.name == options.protocol), None)
        folder = server.page_folder(options.serve)
        goal = target.Target(options.to)
        listening = server.bound_socket(options.port)
    except (DeploymentError, server.ServingError) as error:
        return failed(str(error))
    with listening:
        port = listening.getsockname()[1]
        if goal.leads_to(server.HOST, port):
            return failed(f"{goal.shown} is where the relay itself is served. Give another --port.")
        relay = forwarding.Relay(goal, port=port, secret=secret, place=place or BEARER)
        page = f"http://{server.HOST}:{port}"
        say(f"Twoclick is ready at {page}")
        say(f"In Model Settings, {page}{forwarding.PREFIX}/ is {goal.shown}.", flush=True)
        if options.browser:
            webbrowser.open(page)
        # Once it has ended, uvicorn raises the signal anew that it was stopped by.
        # Whoever started this in the background may have had it ignore the other one.
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, signal.default_int_handler)
        try:
            server.relay_server(folder, relay).run(sockets=[listening])
        except KeyboardInterrupt:
            say("Stopped.")
    return DONE
