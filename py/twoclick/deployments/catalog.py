"""All protocols that deployments may speak, and which one a deployment does."""

from twoclick.deployments.deployment import Deployment
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import Exchange
from twoclick.deployments.protocol import Finding, PictureProtocol, TensorProtocol
from twoclick.deployments.protocols import (
    custom,
    cvat,
    datature,
    hugging_face,
    label_studio,
    open_inference,
    roboflow,
    torchserve,
    ultralytics,
    x_anylabeling,
)

PROTOCOLS: tuple[PictureProtocol | TensorProtocol, ...] = (
    datature.PROTOCOL,
    open_inference.PROTOCOL,
    custom.PROTOCOL,
    roboflow.PROTOCOL,
    label_studio.PROTOCOL,
    cvat.PROTOCOL,
    hugging_face.PROTOCOL,
    ultralytics.PROTOCOL,
    x_anylabeling.PROTOCOL,
    torchserve.PROTOCOL,
)
"""In the order in which people are offered them, and a server is asked for them."""


def recognised_protocol(
    deployment: Deployment,
) -> Exchange[tuple[PictureProtocol | TensorProtocol, Finding] | None]:
    """The protocol that the server at an address speaks, and what it says of itself: the first one
    that is certain, else the first that may be; None where none is recognised.  No image is sent.

    A server that sends elsewhere at one path may be known by another: that is raised as
    DeploymentError only where nothing is recognised.  All else that keeps it from being asked is
    raised at once.
    """
    possible: tuple[PictureProtocol | TensorProtocol, Finding] | None = None
    sent_elsewhere: DeploymentError | None = None
    for protocol in PROTOCOLS:
        try:
            finding = yield from protocol.probe(deployment)
        except DeploymentError as error:
            if error.code != "redirected":
                raise
            sent_elsewhere = error
            continue
        if finding is not None and finding.certain:
            return protocol, finding
        if finding is not None and possible is None:
            possible = protocol, finding
    if possible is None and sent_elsewhere is not None:
        raise sent_elsewhere
    return possible


def protocol_of(deployment: Deployment) -> PictureProtocol | TensorProtocol:
    """The protocol that a deployment speaks; raises DeploymentError for one that is unknown."""
    found = next((one for one in PROTOCOLS if one.name == deployment.protocol), None)
    if found is None:
        known = ", ".join(one.name for one in PROTOCOLS)
        raise DeploymentError(
            "bad-settings",
            f"“{deployment.protocol}” is no protocol that is known here. Choose one of: {known}.",
        )
    return found
