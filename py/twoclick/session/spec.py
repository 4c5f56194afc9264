"""What a new project, or more of one, is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSpec:
    """A tag of a new project; without a colour or key it is given the next free one.  `keypoints`
    and `skeleton` are those of `domain.tag.Tag`."""

    name: str
    color: str | None = None
    key: str | None = None
    keypoints: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetSpec:
    """A new asset: see `domain.asset.Asset`; `bytes` is the size of its file."""

    name: str
    width: int
    height: int
    digest: str
    type: str
    bytes: int
    page: int = 0
    depth: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorSpec:
    """A recognised model: `card` as the models part writes it, the SHA-256 and size of its file,
    and where it came from; or a deployment, its address and how it is asked."""

    card: Mapping[str, Any]
    name: str
    source: str
    digest: str
    bytes: int
    kind: Literal["model", "deployment"] = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPart:
    """A file of a model: "" for the model itself, else the path that it knows its weights by;
    `token` stands for the bytes."""

    path: str
    bytes: int
    token: object


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSpec:
    """A new project."""

    name: str
    tags: tuple[TagSpec, ...]
    assets: tuple[AssetSpec, ...]
    predictor: PredictorSpec | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRef:
    """An image file to be stored: `token` names its bytes, which stay outside Python."""

    digest: str
    type: str
    bytes: int
    token: object
