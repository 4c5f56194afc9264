"""How an image becomes the input tensor of a model.

A plan is made here, in Python, and executed elsewhere: by the image worker of the page in
JavaScript, and by `models/input_tensor` in CPython.  So it is data, and every field is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias

Triple: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The recipe for one input tensor, for an oriented image of 8 bits a channel.

    The steps, in this order:

    1. Transparent images are laid on white; grey ones get three equal channels.
    2. `fit` "stretch": the whole image is resampled to `width` x `height`, proportions given up.
    3. `filter` "bilinear": target pixel i samples the source at (i + 0.5) * source / target - 0.5
       on each axis, clamped to the first and the last pixel centre, mixing the two neighbours
       linearly; nothing is smoothed first when shrinking (OpenCV's INTER_LINEAR).  The result is
       rounded to the nearest whole number, 0..255.
    4. `channels`: the order of the three planes of the tensor, "RGB" or "BGR".
    5. Each number becomes (pixel * scale - mean[c]) / std[c]; c counts planes of the tensor, so
       after step 4.
    6. `layout` "NCHW": (1, 3, height, width), rows from the top, columns from the left, as
       `dtype` "float32", little-endian.  It is fed to the input named `input_name`.
    """

    input_name: str
    width: int
    height: int
    fit: Literal["stretch"]
    filter: Literal["bilinear"]
    channels: Literal["RGB", "BGR"]
    scale: float
    mean: Triple
    std: Triple
    layout: Literal["NCHW"]
    dtype: Literal["float32"]

    def to_json(self) -> dict[str, Any]:
        """The plan as the page's image worker reads it."""
        return {
            "inputName": self.input_name,
            "width": self.width,
            "height": self.height,
            "fit": self.fit,
            "filter": self.filter,
            "channels": self.channels,
            "scale": self.scale,
            "mean": list(self.mean),
            "std": list(self.std),
            "layout": self.layout,
            "dtype": self.dtype,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `to_json` back; raises KeyError or ValueError naming what is wrong."""
        return cls(
            input_name=str(data["inputName"]),
            width=int(data["width"]),
            height=int(data["height"]),
            fit=_one_of("fit", data["fit"], "stretch"),
            filter=_one_of("filter", data["filter"], "bilinear"),
            channels=_one_of("channels", data["channels"], "RGB", "BGR"),
            scale=float(data["scale"]),
            mean=_triple("mean", data["mean"]),
            std=_triple("std", data["std"]),
            layout=_one_of("layout", data["layout"], "NCHW"),
            dtype=_one_of("dtype", data["dtype"], "float32"),
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
