"""The one input of a model that takes an image: its size, its layout, its type."""

from dataclasses import dataclass
from typing import Literal

from twoclick.models.model_file import Dimension, TensorSpec
from twoclick.models.placings import Size
from twoclick.models.plan import Layout

_TYPES = ("float32", "float16", "uint8")

_LEAST_SIDE = 16
"""Three dimensions may be of anything: sides of an image have more pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageInput:
    """An input for one image; `width` and `height` are None where the model takes any."""

    name: str
    width: int | None
    height: int | None
    planes: Literal[1, 3]
    layout: Layout
    dtype: Literal["float32", "float16", "uint8"]

    @property
    def channels(self) -> Literal["RGB", "grey"]:
        """The colours that it takes, as far as its planes tell."""
        return "grey" if self.planes == 1 else "RGB"

    @property
    def scale(self) -> float:
        """What makes 0..1 of pixels, for models that want this; bytes stay bytes, which a model
        that takes them brings to scale itself."""
        return 1.0 if self.dtype == "uint8" else 1 / 255

    def is_exported_as(self, name: str) -> bool:
        """Whether it has this name and its planes first, as exporters of PyTorch models write it:
        a file whose planes come last went through another tool."""
        return self.name == name and self.layout == "NCHW"

    def size(self, *, otherwise: Size) -> Size:
        """Its size, for each side that is variable that of `otherwise`."""
        return Size(
            width=otherwise.width if self.width is None else self.width,
            height=otherwise.height if self.height is None else self.height,
        )


def image_input(spec: TensorSpec) -> ImageInput | None:
    """What an input of four dimensions says of the images it takes, one at a time; None for any
    other input, and where more than one image at once is asked for."""
    if spec.element_type not in _TYPES or len(spec.shape) != 4:
        return None
    batch, second, third, fourth = spec.shape
    if isinstance(batch, int) and batch != 1:
        return None
    # Three (or one) planes come first or last; between two that fit, first is what exporters write.
    if second in (1, 3):
        planes, height, width, planar = second, third, fourth, True
    elif fourth in (1, 3):
        planes, height, width, planar = fourth, second, third, False
    else:
        return None
    return ImageInput(
        name=spec.name,
        width=_side(width),
        height=_side(height),
        planes=1 if planes == 1 else 3,
        layout="NCHW" if planar else "NHWC",
        dtype=_dtype(spec.element_type),
    )


def single_image_input(spec: TensorSpec) -> ImageInput | None:
    """What an input of three dimensions says of the one image it takes; None for any other."""
    if spec.element_type not in _TYPES or len(spec.shape) != 3:
        return None
    first, second, third = spec.shape
    layout: Layout
    if first in (1, 3):
        planes, height, width, layout = first, second, third, "CHW"
    elif third in (1, 3):
        planes, height, width, layout = third, first, second, "HWC"
    else:
        return None
    sides = [side for side in (_side(width), _side(height)) if side is not None]
    if any(side < _LEAST_SIDE for side in sides):
        return None
    return ImageInput(
        name=spec.name,
        width=_side(width),
        height=_side(height),
        planes=1 if planes == 1 else 3,
        layout=layout,
        dtype=_dtype(spec.element_type),
    )


def _side(size: Dimension) -> int | None:
    return size if isinstance(size, int) else None


def _dtype(name: str) -> Literal["float32", "float16", "uint8"]:
    if name == "float16":
        return "float16"
    return "uint8" if name == "uint8" else "float32"
