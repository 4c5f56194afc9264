"""What can go wrong with a model, in words for the person who brought it.

Every message says what happened, to which file, and what to do.  `code` is stable and is what other
parts of the program branch on.
"""

from typing import ClassVar


class ModelError(Exception):
    """Any failure that a model file, or the answer of a model, is to blame for."""

    code: ClassVar[str] = "model"


class ModelFileError(ModelError):
    """The file is not a readable ONNX model, or contradicts itself."""

    code = "model_file"


class UnknownModelError(ModelError):
    """The file is a sound ONNX model of no family that is known here."""

    code = "unknown_model"


class DecodeError(ModelError):
    """A model's answer cannot be trusted or understood: a failure, never "nothing found"."""

    code = "decode"


class DescriptionError(ModelError):
    """What a person says of a model is no description of one, or contradicts itself."""

    code = "description"
