"""What every protocol can do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.answer import Answer
from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.messages import CredentialPlace, Exchange
from twoclick.models.family import Outputs
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan

OpenMask: TypeAlias = Callable[[bytes], NDArray[np.uint8]]
"""Reads an encoded picture (PNG) as grey values (rows, columns); raises ValueError for any other
bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A setting that a protocol needs of the person; where `only_with` is the key and the values of
    another one, it counts only while that has one of them."""

    key: str
    label: str
    kind: Literal["text", "number", "choice", "json"] = "text"
    choices: tuple[str, ...] = ()
    default: str = ""
    required: bool = False
    hint: str = ""
    only_with: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a server says of itself: that it speaks the protocol, and what is known of its settings.

    `certain`: nothing else answers so.  `choices` are the values that a setting may have there.
    """

    says: str
    certain: bool = True
    settings: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether a deployment can be asked; `says` is for people, "" where there is nothing to say."""

    ready: bool
    says: str = ""


class DeploymentProtocol(Protocol):
    """One protocol: the modules in `protocols` each hold one, as their constant PROTOCOL."""

    @property
    def name(self) -> str:
        """Its name in stored projects and on the command line; never changes once released."""
        ...

    @property
    def title(self) -> str:
        """What people know it as."""
        ...

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its settings."""
        ...

    @property
    def credential(self) -> CredentialPlace | None:
        """Where a credential goes; None where the protocol has none."""
        ...

    def probe(self, deployment: Deployment) -> Exchange[Finding | None]:
        """Whether the server at an address speaks this protocol; no image is sent.

        None where it does not, or where the protocol has no way to tell.  Only the address of the
        deployment counts; a response of any status is looked at, never an error.
        """
        ...

    def health(self, deployment: Deployment) -> Exchange[Health]:
        """Whether it can be asked now; no image is sent.  Ready, with nothing said, where the
        protocol has no way to ask."""
        ...


@runtime_checkable
class PictureProtocol(DeploymentProtocol, Protocol):
    """A protocol that sends the image and is told shapes."""

    def predict(
        self, deployment: Deployment, picture: Picture, *, open_mask: OpenMask
    ) -> Exchange[Answer]:
        """What the deployment finds on a picture; raises DeploymentError for a failure."""
        ...


@runtime_checkable
class TensorProtocol(DeploymentProtocol, Protocol):
    """A protocol that sends tensors and is told tensors, which a model family reads."""

    def describe(self, deployment: Deployment) -> Exchange[ModelFile]:
        """What the model says of itself, as far as the server tells."""
        ...

    def infer(
        self, deployment: Deployment, plan: Plan, tensor: NDArray[np.generic]
    ) -> Exchange[Outputs]:
        """The named outputs for one input tensor; raises DeploymentError for a failure."""
        ...
