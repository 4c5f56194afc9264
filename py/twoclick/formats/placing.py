"""Which asset of a project each image of label files is, and what its labels become there.

A name that could mean two is told, not guessed; so is an image of another size.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from twoclick.domain.geometry import Box, Keypoints, Polygon, RotatedBox, Shape, WholeImage
from twoclick.domain.rings import pack_ring, ring_points
from twoclick.formats.arriving import fitted
from twoclick.formats.format import Problem
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledImage, LabelledShape


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAsset:
    """An asset of the project that labels go to, and how many annotations it has already."""

    id: str
    image: KnownImage
    annotations: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An image of the files, and the asset that it is; its shapes are in pixels of the asset."""

    asset: KnownAsset
    image: LabelledImage


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """`placed` in the order of the project; `unmatched` are the images that no asset is; `problems`
    tell those that were left out or scaled, and why."""

    placed: tuple[Placed, ...]
    unmatched: tuple[LabelledImage, ...]
    problems: tuple[Problem, ...]


def place(
    images: Iterable[LabelledImage], *, assets: Sequence[KnownAsset], known: KnownImages
) -> Placing:
    """Where the images of label files belong; `known` are the images of `assets`."""
    claims, unmatched, problems = _claims(images, assets, known)
    placed: list[Placed] = []
    for asset in assets:
        best, others = _best(claims.get(asset.id, ()))
        unmatched += [claim.image for claim in others]
        if len(best) > 1:
            problems += [_shared(claim, best) for claim in best]
        elif best:
            fit, told = sized(best[0].image, asset.image)
            placed += [Placed(asset=asset, image=fit)] if fit else []
            problems += told
    return Placing(placed=tuple(placed), unmatched=tuple(unmatched), problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """An image that could be an asset; the lower the rank, the surer."""

    asset: KnownAsset
    image: LabelledImage
    rank: int


_SAME_CONTENT = 0
_RANKS: Mapping[str, int] = {"path": 1, "name": 2, "stem": 3}


def _claims(
    images: Iterable[LabelledImage], assets: Sequence[KnownAsset], known: KnownImages
) -> tuple[Mapping[str, Sequence[_Claim]], list[LabelledImage], list[Problem]]:
    """Which images could be each asset, by its id; and those that could be none, or several."""
    by_digest = {(one.image.digest, one.image.page): one for one in assets}
    by_image = {one.image: one for one in assets}
    claims: dict[str, list[_Claim]] = defaultdict(list)
    unmatched: list[LabelledImage] = []
    problems: list[Problem] = []
    for image in images:
        same = by_digest.get((image.digest, image.page)) if image.digest else None
        if same is not None:
            claims[same.id].append(_Claim(asset=same, image=image, rank=_SAME_CONTENT))
            continue
        match = known.find(image.name)
        if match.image is not None and match.by is not None:
            asset = by_image[match.image]
            claims[asset.id].append(_Claim(asset=asset, image=image, rank=_RANKS[match.by]))
        elif match.among:
            problems.append(ambiguous(image, match.among))
        else:
            unmatched.append(image)
    return claims, unmatched, problems


def _best(claims: Sequence[_Claim]) -> tuple[list[_Claim], list[_Claim]]:
    least = min((claim.rank for claim in claims), default=0)
    best = [claim for claim in claims if claim.rank == least]
    return best, [claim for claim in claims if claim.rank > least]


def ambiguous(image: LabelledImage, among: Sequence[KnownImage]) -> Problem:
    """What is said of an image whose name means several."""
    first, second, *more = (one.name for one in among)
    others = f" or {len(more)} others" if more else ""
    return _left_out(
        image,
        f"it could be {first}, {second}{others}. Give it the path of the one that is meant",
    )


def _shared(claim: _Claim, best: Sequence[_Claim]) -> Problem:
    other = next(one.image.name for one in best if one is not claim)
    return _left_out(
        claim.image,
        f"this and {other} could both be {claim.asset.image.name}. "
        "Keep the one that is meant in the files",
    )


def sized(image: LabelledImage, here: KnownImage) -> tuple[LabelledImage | None, list[Problem]]:
    """An image of files in pixels of the known one that it is, None where that cannot be; and what
    is to be said."""
    if image.width is None or image.height is None:
        return _cut(image, here)
    there, size = (image.width, image.height), (here.width, here.height)
    if there == size:
        return image, []
    sizes = f"it is {there[0]} x {there[1]} pixels in the files and {size[0]} x {size[1]} here"
    if _same_form(there, size):
        text = f"{sizes}: its shapes were scaled"
        problem = Problem(path=image.name, line=None, text=text, left_out="nothing")
        return _scaled(image, there, size), [problem]
    why = (
        "the files are about the image before its camera's turn"
        if there == (here.height, here.width)
        else "it is another image, or another part of it"
    )
    return None, [_left_out(image, f"{sizes}: {why}")]


def _cut(image: LabelledImage, here: KnownImage) -> tuple[LabelledImage, list[Problem]]:
    """The image with the size that its file does not tell, and with what lies on it."""
    shapes: list[LabelledShape] = []
    problems: list[Problem] = []
    for one in image.shapes:
        fit = fitted(one.shape, width=here.width, height=here.height)
        if fit.shape is not None:
            shapes.append(one if fit.shape is one.shape else replace(one, shape=fit.shape))
        if fit.text is not None:
            left_out: Literal["shape", "nothing"] = "shape" if fit.shape is None else "nothing"
            problems.append(Problem(path=image.name, line=None, text=fit.text, left_out=left_out))
    whole = replace(image, width=here.width, height=here.height, shapes=tuple(shapes))
    return whole, problems


def _left_out(image: LabelledImage, text: str) -> Problem:
    return Problem(path=image.name, line=None, text=text, left_out="image")


def _same_form(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two sizes have the same proportions, but for the rounding of the smaller."""
    (width, height), (wide, high) = sorted((one, other))
    return abs(wide * height / width - high) <= 0.5 * wide / width + 0.5


def _scaled(image: LabelledImage, size: tuple[int, int], to: tuple[int, int]) -> LabelledImage:
    shapes = (replace(one, shape=_scaled_shape(one.shape, size, to)) for one in image.shapes)
    return replace(image, width=to[0], height=to[1], shapes=tuple(shapes))


def _scaled_shape(shape: Shape, size: tuple[int, int], to: tuple[int, int]) -> Shape:
    # Multiplied first: the far edge of one image is exactly that of the other.
    def x(number: float) -> float:
        return number * to[0] / size[0]

    def y(number: float) -> float:
        return number * to[1] / size[1]

    def ring(points: bytes) -> bytes:
        return pack_ring(number for px, py in ring_points(points) for number in (x(px), y(py)))

    def box(sides: Box) -> Box:
        return Box(x(sides.x0), y(sides.y0), x(sides.x1), y(sides.y1))

    match shape:
        case Box():
            return box(shape)
        case RotatedBox():
            return RotatedBox(ring=ring(shape.ring))
        case Polygon():
            return Polygon(rings=tuple(map(ring, shape.rings)))
        case Keypoints():
            points = ring(shape.points)
            return Keypoints(box=box(shape.box), points=points, visibility=shape.visibility)
        case WholeImage():
            return WholeImage(box=box(shape.box))
