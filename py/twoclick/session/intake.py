"""Taking images in: which are new, and under which names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from twoclick.domain.asset import Asset
from twoclick.session.refusal import Refused
from twoclick.session.spec import AssetSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """An image that is there already, by content, as the asset named `of`."""

    name: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """An image whose name was taken by another one."""

    name: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of images that were brought: new assets, and what there is to say."""

    assets: tuple[Asset, ...]
    duplicates: tuple[Duplicate, ...]
    renamed: tuple[Renamed, ...]


def taken_in(
    specs: Iterable[AssetSpec], *, present: Sequence[Asset], new_id: Callable[[], str]
) -> Intake:
    """New assets behind those that are `present`, in the order of `specs`.

    The same content is taken once; of two images of one name the second is called "name (2).png".
    Refuses an image without a pixel.
    """
    known = {(asset.digest, asset.page): asset.name for asset in present}
    names = {asset.name for asset in present}
    first = 1 + max((asset.ordinal for asset in present), default=-1)
    assets: list[Asset] = []
    duplicates: list[Duplicate] = []
    renamed: list[Renamed] = []
    for spec in specs:
        if spec.width < 1 or spec.height < 1:
            raise Refused("bad-value", f"{spec.name} has no pixels")
        content = (spec.digest, spec.page)
        if content in known:
            duplicates.append(Duplicate(name=spec.name, of=known[content]))
            continue
        name = _free_name(spec.name, names)
        if name != spec.name:
            renamed.append(Renamed(name=spec.name, to=name))
        known[content] = name
        names.add(name)
        assets.append(_asset(spec, name=name, asset_id=new_id(), ordinal=first + len(assets)))
    return Intake(assets=tuple(assets), duplicates=tuple(duplicates), renamed=tuple(renamed))


def _asset(spec: AssetSpec, *, name: str, asset_id: str, ordinal: int) -> Asset:
    return Asset(
        id=asset_id,
        ordinal=ordinal,
        name=name,
        width=spec.width,
        height=spec.height,
        digest=spec.digest,
        type=spec.type,
        size=spec.bytes,
        page=spec.page,
        depth=spec.depth,
    )


def _free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix)
    count = 2
    while (free := f"{stem} ({count}){suffix}") in taken:
        count += 1
    return free
