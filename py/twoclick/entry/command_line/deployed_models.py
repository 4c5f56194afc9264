"""Deployments as `predict` asks them: with images, or with tensors."""

import argparse
import sys
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from twoclick.adapters.http import Asking
from twoclick.adapters.pixels import open_mask, sent_picture
from twoclick.deployments.deployment import Deployment
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocol import PictureProtocol, TensorProtocol
from twoclick.entry.class_names import names_in
from twoclick.entry.command_line.chosen_model import (
    chosen,
    doubt_about,
    keep_asked_for,
    names_file,
)
from twoclick.entry.command_line.printing import say
from twoclick.entry.command_line.suggestion_lines import Suggested
from twoclick.models.errors import UnknownModelError
from twoclick.models.input_tensor import input_tensor
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of


class PictureDeployment:
    """A deployment that is sent images; see `suggestion_lines.Suggesting`."""

    def __init__(
        self,
        protocol: PictureProtocol,
        deployment: Deployment,
        asking: Asking,
        options: argparse.Namespace,
    ) -> None:
        """Raises DeploymentError for options that are not for it, and ClassNamesError or FilesError
        for names of classes."""
        for name in ("family", "interpretation", "described"):
            if getattr(options, name) is not None:
                raise DeploymentError(
                    "bad-settings",
                    f"--{name} is for servers that answer with tensors, and {protocol.title} "
                    "answers with shapes. Leave it out.",
                )
        if options.names is not None:
            deployment = replace(deployment, classes=names_in(names_file(options.names)))
        self._protocol, self._deployment, self._asking = protocol, deployment, asking
        self._keep = Keep(floor=options.conf, overlap=1.0 if options.iou is None else options.iou)
        self._classes = {name: place for place, name in enumerate(deployment.classes)}

    def suggest(self, image: NDArray[np.uint8], *, name: str) -> Suggested:
        """See `suggestion_lines`; a class has the same number on all images."""
        height, width = image.shape[:2]
        picture = sent_picture(image, self._deployment.sending, name=name)
        answer = self._asking.outcome_of(
            self._protocol.predict(self._deployment, picture, open_mask=open_mask)
        )
        raw, labels = predictions_of(answer, picture, width=width, height=height, keep=self._keep)
        for label in labels:
            self._classes.setdefault(label, len(self._classes))
        places = np.array([self._classes[label] for label in labels], dtype=np.int32)
        return Suggested(
            raw=replace(raw, classes=places[raw.classes]), class_names=tuple(self._classes)
        )


class TensorDeployment:
    """A deployment that is sent tensors, read by a model family; see
    `suggestion_lines.Suggesting`."""

    def __init__(
        self,
        protocol: TensorProtocol,
        deployment: Deployment,
        asking: Asking,
        options: argparse.Namespace,
    ) -> None:
        """Has the server describe its model.

        Raises DeploymentError where it does not, and what `chosen` raises.
        """
        model = chosen(asking.outcome_of(protocol.describe(deployment)), options)
        if model.is_undescribed:
            raise UnknownModelError(_ask_for_description(model.file.file_name))
        if doubt := doubt_about(model):
            say(f"twoclick: {doubt}", to=sys.stderr)
        self._protocol, self._deployment, self._asking = protocol, deployment, asking
        self._card, self._family = model.card, family_of(model.card)
        self._keep = keep_asked_for(options, model.card)

    def suggest(self, image: NDArray[np.uint8], *, name: str) -> Suggested:
        """See `suggestion_lines`."""
        height, width = image.shape[:2]
        plan = self._family.plan(self._card, width=width, height=height)
        outputs = self._asking.outcome_of(
            self._protocol.infer(self._deployment, plan, input_tensor(plan, image))
        )
        raw = self._family.decode(
            self._card, plan, outputs, width=width, height=height, keep=self._keep
        )
        return Suggested(raw=raw, class_names=self._card.class_names)


def _ask_for_description(name: str) -> str:
    return (
        f"{name} is a model of no known family. Say how it is read: `inspect FILE --on IMAGE`, of "
        "the file that the server has, prints a description to begin with. Correct it, save it, "
        "and give it as --described FILE."
    )
