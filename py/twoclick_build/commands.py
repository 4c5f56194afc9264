"""The commands of `build.py`."""

import argparse
import errno
import os
import shutil
import subprocess
import sys
import time
import webbrowser
from collections.abc import Sequence
from http.server import ThreadingHTTPServer

from twoclick_build.checks import run_checks
from twoclick_build.failure import BuildError
from twoclick_build.machine.environment import ensure_packages
from twoclick_build.page.dist import Built, build_dist
from twoclick_build.page.report import size_table
from twoclick_build.pins import SERVE_HOST, SERVE_PORT
from twoclick_build.places import Places, checkout_places
from twoclick_build.progress import say
from twoclick_build.serving.port_holder import taken_port_text
from twoclick_build.serving.server import page_server, run_until_stopped, serve_until_stopped
from twoclick_build.testing import run_bench, run_tests, take_pictures

_DESCRIPTION = """\
Twoclick: model-assisted labelling in two clicks, as a static page.

  python3 build.py serve          build everything needed and open it at http://127.0.0.1:8737
  python3 build.py serve --relay URL   the same, and the page may ask the deployment there
  python3 build.py build          only build dist/, plain files for any static host
  python3 build.py test ...       build, then run the tests (the rest goes to pytest)
  python3 build.py test --live    those with real servers, which are installed for it
  python3 build.py check          formats, lint, types, import rules, generated files
  python3 build.py cli ...        the core on the command line
  python3 build.py bench ...      measure against the budgets
  python3 build.py pictures ...   take the pictures of the guide anew
  python3 build.py clean          remove what was built in the checkout

TWOCLICK_CACHE names the folder for downloads, TWOCLICK_BROWSER the browser for the tests.
"""


def main(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name; the exit status."""
    parser = _parser()
    if not arguments:
        parser.print_help()
        return 0
    command, rest = arguments[0], list(arguments[1:])
    places = checkout_places()
    try:
        if command in _PASSING_ON:  # their own options are not ours to parse
            return _PASSING_ON[command](places, rest)
        options = parser.parse_args(arguments)
        return int(options.run(places, options))
    except BuildError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="python3 build.py COMMAND ...",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    serve = commands.add_parser("serve", help="build, serve on this machine, open a browser")
    serve.add_argument(
        "--port", type=int, default=SERVE_PORT, help=f"another port than {SERVE_PORT}"
    )
    serve.add_argument("--no-browser", action="store_true", help="do not open a browser")
    serve.add_argument(
        "--relay", metavar="URL", help="let the page ask this deployment, under its own address"
    )
    serve.add_argument(
        "--token-env", metavar="VAR", help="the variable that holds the deployment's credential"
    )
    serve.add_argument(
        "--protocol", metavar="NAME", help="whose place the credential has in requests"
    )
    serve.set_defaults(run=_serve)
    commands.add_parser("build", help="only build dist/").set_defaults(run=_build)
    commands.add_parser("check", help="run every static check").set_defaults(run=_check)
    commands.add_parser("clean", help="remove what was built").set_defaults(run=_clean)
    for name, text in (
        ("test", "run the tests; the rest of the line goes to pytest"),
        ("cli", "run the core's command line; the rest of the line goes to it"),
        ("bench", "run the measurements; the rest of the line goes to them"),
        ("pictures", "take the guide's pictures; the rest of the line names some of them"),
    ):
        commands.add_parser(name, help=text, add_help=False)
    return parser


def _build(places: Places, _: argparse.Namespace) -> int:
    _tell(build_dist(places))
    return 0


def _check(places: Places, _: argparse.Namespace) -> int:
    return run_checks(places)


def _serve(places: Places, options: argparse.Namespace) -> int:
    is_about_relay = options.token_env is not None or options.protocol is not None
    if is_about_relay and options.relay is None:
        raise BuildError("--token-env and --protocol are for a deployment: name it with --relay.")
    started = time.monotonic()
    # Bound before the build, so that a taken port is said at once.
    server = _bound_server(places, port=options.port)
    if options.relay is not None:
        server.server_close()
        return _serve_with_relay(places, options, port=server.server_port)
    _tell(build_dist(places))
    address = f"http://{SERVE_HOST}:{server.server_port}"
    _say_whose_projects(server.server_port)

    def when_ready() -> None:
        print(f"Twoclick is ready at {address} ({time.monotonic() - started:.1f} s)", flush=True)
        if not options.no_browser and _has_screen():
            webbrowser.open(address)

    serve_until_stopped(server, when_ready=when_ready)
    return 0


def _serve_with_relay(places: Places, options: argparse.Namespace, *, port: int) -> int:
    python = ensure_packages(places, "relay")
    _tell(build_dist(places))
    _say_whose_projects(port)
    command = [
        *(str(python), "-m", "twoclick", "relay", "--serve", str(places.dist)),
        *("--to", options.relay, "--port", str(port)),
    ]
    for name, value in (("--token-env", options.token_env), ("--protocol", options.protocol)):
        command += [] if value is None else [name, value]
    if not options.no_browser and _has_screen():
        command.append("--browser")
    return run_until_stopped(command)


def _say_whose_projects(port: int) -> None:
    if port != SERVE_PORT:
        say(
            f"Projects belong to the address: what you make at http://{SERVE_HOST}:{port} is not "
            f"at http://{SERVE_HOST}:{SERVE_PORT}, and the other way round."
        )


def _bound_server(places: Places, *, port: int) -> ThreadingHTTPServer:
    try:
        return page_server(places.dist, host=SERVE_HOST, port=port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BuildError(taken_port_text(SERVE_HOST, port)) from error
        raise BuildError(f"Cannot serve at port {port}: {error.strerror}.") from error


def _has_screen() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _tell(built: Built) -> None:
    if built.changed:
        print(size_table(built.assets))
        print(f"dist/ is built: {built.changed} files changed in {built.seconds:.1f} s", flush=True)
    else:
        print(f"dist/ is up to date ({built.seconds:.1f} s)", flush=True)


def _cli(places: Places, rest: Sequence[str]) -> int:
    python = ensure_packages(places, "relay" if rest[:1] == ["relay"] else "cli")
    return subprocess.run([str(python), "-m", "twoclick", *rest], check=False).returncode


_PASSING_ON = {"cli": _cli, "test": run_tests, "bench": run_bench, "pictures": take_pictures}


def _clean(places: Places, _: argparse.Namespace) -> int:
    for folder in (places.dist, places.venv, places.node_modules, places.state):
        if folder.exists():
            shutil.rmtree(folder)
            say(f"Removed {folder}")
    say(f"Downloads stay in {places.cache}: delete that folder to fetch them anew.")
    return 0
