"""How an image becomes the input tensor of a model.

A plan is made here, in Python, and executed elsewhere: by the image worker of the page in
JavaScript, and by `models/input_tensor` in CPython.  So it is data, and every field is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias, get_args

Triple: TypeAlias = tuple[float, float, float]

Layout: TypeAlias = Literal["NCHW", "NHWC", "CHW", "HWC"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where the whole image lies on the tensor: a rectangle in whole pixels of the tensor.

    It may reach beyond the tensor, which cuts it off there, and leave parts of the tensor free.
    """

    left: int
    top: int
    width: int
    height: int

    def to_json(self) -> dict[str, Any]:
        """As the page's image worker reads it."""
        return {
            "left": self.left,
            "top": self.top,
            "width": self.width,
            "height": self.height,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `to_json` back; raises KeyError or ValueError for anything else."""
        placing = cls(**{name: int(data[name]) for name in ("left", "top", "width", "height")})
        if placing.width < 1 or placing.height < 1:
            raise ValueError("the place of an image on a tensor must be at least 1 x 1 pixels")
        return placing


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The recipe for one input tensor, for an oriented image of 8 bits a channel.

    The steps, in this order:

    1. Transparent images are laid on white; grey ones get three equal channels.
    2. The whole image is resampled to the size of `placing`, which need not keep proportions.
       `filter` "bilinear": target pixel i samples the source at (i + 0.5) * source / target - 0.5
       on each axis, clamped to the first and the last pixel centre, mixing the two neighbours
       linearly; nothing is smoothed first when shrinking (OpenCV's INTER_LINEAR).
       "antialias": the triangle that mixes grows with the shrinking, so that every source pixel
       counts (Pillow's BILINEAR); the columns first, rounded, then the rows.
       Results are rounded to the nearest whole number, 0..255.
    3. It is laid on `width` x `height` pixels of the value `padding`, at `placing`.
    4. `channels`: the order of the three planes of the tensor, "RGB" or "BGR", or one plane
       "grey": (299 R + 587 G + 114 B) / 1000, rounded (ITU-R BT.601, as Pillow and OpenCV do).
    5. Each number becomes (pixel * scale - mean[c]) / std[c]; c counts planes of the tensor, so
       after step 4; of a grey one the first.
    6. `layout` "NCHW" is (1, planes, height, width), "NHWC" (1, height, width, planes), "CHW" and
       "HWC" the same without the 1; rows from the top, columns from the left, as `dtype`,
       little-endian; whole-number types are rounded to nearest.  It is fed to the input named
       `input_name`, and the outputs that `outputs` names are asked for; all, where it is None.
    """

    input_name: str
    width: int
    height: int
    placing: Placing
    padding: int = 114
    filter: Literal["bilinear", "antialias"] = "bilinear"
    channels: Literal["RGB", "BGR", "grey"] = "RGB"
    scale: float = 1 / 255
    mean: Triple = (0.0, 0.0, 0.0)
    std: Triple = (1.0, 1.0, 1.0)
    layout: Layout = "NCHW"
    dtype: Literal["float32", "float16", "uint8"] = "float32"
    outputs: tuple[str, ...] | None = None

    @property
    def planes(self) -> int:
        """How many planes the tensor has."""
        return 1 if self.channels == "grey" else 3

    @property
    def dims(self) -> tuple[int, ...]:
        """The shape of the tensor."""
        sizes = {"N": 1, "C": self.planes, "H": self.height, "W": self.width}
        return tuple(sizes[axis] for axis in self.layout)

    def to_json(self) -> dict[str, Any]:
        """The plan as the page's image worker reads it."""
        return {
            "inputName": self.input_name,
            "width": self.width,
            "height": self.height,
            "placing": self.placing.to_json(),
            "padding": self.padding,
            "filter": self.filter,
            "channels": self.channels,
            "scale": self.scale,
            "mean": list(self.mean),
            "std": list(self.std),
            "layout": self.layout,
            "dtype": self.dtype,
            "outputs": None if self.outputs is None else list(self.outputs),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `to_json` back; raises KeyError or ValueError naming what is wrong.

        Plans of the first version have a "fit", always "stretch", and no placing; older ones do not
        name outputs.
        """
        width, height = int(data["width"]), int(data["height"])
        if "placing" in data:
            placing = Placing.from_json(data["placing"])
        else:
            _one_of("fit", data["fit"], "stretch")
            placing = Placing(left=0, top=0, width=width, height=height)
        outputs = data.get("outputs")
        return cls(
            input_name=str(data["inputName"]),
            width=width,
            height=height,
            placing=placing,
            padding=int(data.get("padding", 0)),
            filter=_one_of("filter", data["filter"], "bilinear", "antialias"),
            channels=_one_of("channels", data["channels"], "RGB", "BGR", "grey"),
            scale=float(data["scale"]),
            mean=_triple("mean", data["mean"]),
            std=_triple("std", data["std"]),
            layout=_one_of("layout", data["layout"], *get_args(Layout)),
            dtype=_one_of("dtype", data["dtype"], "float32", "float16", "uint8"),
            outputs=None if outputs is None else tuple(str(name) for name in outputs),
        )


def _one_of(field: str, value: object, *allowed: str) -> Any:
    if value not in allowed:
        raise ValueError(f"{field} of a plan must be {' or '.join(allowed)}, not {value!r}")
    return value


def _triple(field: str, value: Any) -> Triple:
    numbers = tuple(float(number) for number in value)
    if len(numbers) != 3:
        raise ValueError(f"{field} of a plan must be three numbers, not {len(numbers)}")
    return numbers
