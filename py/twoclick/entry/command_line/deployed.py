"""A deployment that `predict` is given instead of a file."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from twoclick.adapters.http import Asking, Carrier, Secret
from twoclick.deployments.catalog import PROTOCOLS, protocol_of, recognised_protocol
from twoclick.deployments.deployment import Deployment, Sending, checked_address
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.protocol import DeploymentProtocol, Finding, TensorProtocol
from twoclick.deployments.reading import shortened
from twoclick.deployments.settings import checked_settings
from twoclick.entry.command_line.deployed_models import PictureDeployment, TensorDeployment
from twoclick.entry.command_line.printing import say
from twoclick.entry.command_line.suggestion_lines import Suggesting

_TIMEOUT = 60.0
_LONGEST_TIMEOUT = 3600.0
_LEAST_SIDE = 16


def add_deployment_options_to(parser: argparse.ArgumentParser) -> None:
    """The options that only deployments have; none of them has a default."""
    group = parser.add_argument_group("for deployments")
    group.add_argument(
        "--protocol",
        choices=[one.name for one in PROTOCOLS],
        metavar="NAME",
        help="what the server speaks: " + ", ".join(one.name for one in PROTOCOLS) + ". Without "
        "it the server is asked",
    )
    group.add_argument(
        "--setting",
        type=_setting,
        action="append",
        metavar="KEY=VALUE",
        help="a setting of the protocol, as often as there are any",
    )
    group.add_argument(
        "--token-env", metavar="VAR", help="the environment variable that holds the credential"
    )
    group.add_argument(
        "--timeout",
        type=_seconds,
        metavar="S",
        help=f"seconds to wait for an answer (default {_TIMEOUT:g})",
    )
    group.add_argument(
        "--longest",
        type=_side,
        metavar="N",
        help="send images whose longer side is N pixels at most, smaller where they are larger",
    )


def refuse_deployment_options(options: argparse.Namespace) -> None:
    """Raises DeploymentError where a file is given options of deployments."""
    for name in ("protocol", "setting", "token_env", "timeout", "longest"):
        if getattr(options, name) is not None:
            raise DeploymentError(
                "bad-settings",
                f"--{name.replace('_', '-')} is for deployments, whose address begins with "
                f"http:// or https://, and {options.model} is taken for a file.",
            )


@contextmanager
def deployed(options: argparse.Namespace) -> Iterator[Suggesting]:
    """The deployment that `options` are of, ready to be asked.

    Raises DeploymentError where it cannot be, ModelError for a model that cannot be read,
    FilesError and ClassNamesError for the names of its classes.
    """
    secret = None
    if options.token_env is not None:
        secret = Secret.of_variable(options.token_env, os.environ)
    unknown = Deployment(
        address=checked_address(options.model),
        protocol=options.protocol or "",
        settings=dict(options.setting or ()),
        sending=Sending(longest=options.longest),
        timeout=_TIMEOUT if options.timeout is None else options.timeout,
    )
    with Carrier(timeout=unknown.timeout, secret=secret) as carrier:
        asking = Asking(carrier=carrier)
        complete = _completed if options.protocol else _recognised
        deployment = complete(unknown, asking)
        protocol = protocol_of(deployment)
        settings = checked_settings(protocol, deployment.settings)
        deployment = replace(deployment, settings=settings)
        if secret is not None and protocol.credential is None:
            say(f"twoclick: {protocol.title} takes no credential: none is sent.", to=sys.stderr)
        if isinstance(protocol, TensorProtocol):
            yield TensorDeployment(protocol, deployment, asking, options)
        else:
            yield PictureDeployment(protocol, deployment, asking, options)


def _completed(deployment: Deployment, asking: Asking) -> Deployment:
    """The deployment of a protocol that was named; where a setting is missing that has to be there,
    as its server tells of itself, below what is set already.

    Raises DeploymentError where that leaves something to be chosen.
    """
    protocol = protocol_of(deployment)
    required = [field for field in protocol.fields if field.required and not field.default]
    if all(deployment.settings.get(field.key, "").strip() for field in required):
        return deployment
    finding = asking.outcome_of(protocol.probe(deployment))
    if finding is None:
        return deployment  # what is missing is told where the settings are checked
    settings = {**finding.settings, **deployment.settings}
    _check_choices(protocol, finding, settings)
    return replace(deployment, settings=settings, classes=finding.classes)


def _recognised(deployment: Deployment, asking: Asking) -> Deployment:
    """The deployment as its server tells of itself, below what is set already.

    Raises DeploymentError where no protocol is recognised, or something is left to be chosen.
    """
    recognised = asking.outcome_of(recognised_protocol(deployment))
    if recognised is None:
        known = "; ".join(f"{one.name} ({one.title})" for one in PROTOCOLS)
        raise DeploymentError(
            "bad-settings",
            f"What speaks at {deployment.address} was not recognised by asking it. Say what it is "
            f"with --protocol NAME, one of: {known}.",
        )
    protocol, finding = recognised
    settings = {**finding.settings, **deployment.settings}
    sure = "is" if finding.certain else "may be"
    say(
        f"twoclick: {deployment.address} {sure} {finding.says} (--protocol {protocol.name}).",
        to=sys.stderr,
    )
    _check_choices(protocol, finding, settings)
    return replace(deployment, protocol=protocol.name, settings=settings, classes=finding.classes)


def _check_choices(
    protocol: DeploymentProtocol, finding: Finding, settings: Mapping[str, str]
) -> None:
    for field in protocol.fields:
        choices = finding.choices.get(field.key, ())
        if field.required and choices and not settings.get(field.key, "").strip():
            raise DeploymentError(
                "bad-settings",
                f"It has {len(choices):,} to choose from: say --setting {field.key}=NAME, one of: "
                f"{shortened(', '.join(choices))}.",
            )


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key.strip() or not equals:
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form KEY=VALUE")
    return key.strip(), value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= _LONGEST_TIMEOUT:
        raise argparse.ArgumentTypeError(
            f"{text} is not between 0 and {_LONGEST_TIMEOUT:,.0f} seconds"
        )
    return value


def _side(text: str) -> int:
    value = int(text)
    if value < _LEAST_SIDE:
        raise argparse.ArgumentTypeError(f"{text} is less than {_LEAST_SIDE} pixels")
    return value
