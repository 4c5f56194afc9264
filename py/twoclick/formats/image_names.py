"""Finding the image that a label file means: by its path, then its name, then its name's stem.

A name alone never decides between two images: which one is meant is then not known, and is said.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownImage:
    """An image whose size is known: `width` and `height` of the oriented image, in pixels."""

    name: str
    width: int
    height: int
    page: int = 0
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a path means; `image` is None where it is none or several of the known images, and
    `among` are the several."""

    image: KnownImage | None
    by: Literal["path", "name", "stem"] | None = None
    among: tuple[KnownImage, ...] = ()


_UPLOADED = re.compile(r"[0-9a-f]{8}-(.+)")
"""A name that Label Studio gave: `data_manager` and `data_import` of label-studio 1.x put the start
of a UUID before the name of each uploaded file."""

_PAGE = re.compile(r"(.*)(\.[A-Za-z0-9]{1,5})(, page \d+)")


class KnownImages:
    """Images by the paths that files may use for them.

    Case does not count where no image is found otherwise, nor how accents are spelled: some systems
    split them off in the names of files.  "\\" separates folders as "/" does.  Last of all a path
    is taken for one that was on a server: with "%20" for a blank, or with what Label Studio puts
    before the names of uploaded files, eight hexadecimal digits and a hyphen.
    """

    def __init__(self, images: Iterable[KnownImage]) -> None:
        self.images: Sequence[KnownImage] = tuple(images)
        self._by_path, self._by_name, self._by_stem = _Index(), _Index(), _Index()
        for image in dict.fromkeys(self.images):
            path = _cleaned(image.name)
            self._by_path.add(str(path), image)
            self._by_name.add(path.name, image)
            self._by_stem.add(PurePosixPath(as_file_name(path.name)).stem, image)

    def find(self, path: str) -> Match:
        """The image that a file calls `path`."""
        return self._first_found(path, self._find_path)

    def _find_path(self, wanted: PurePosixPath) -> Match:
        return self._find(
            ("path", self._by_path, str(wanted)),
            ("name", self._by_name, wanted.name),
            ("stem", self._by_stem, wanted.stem),
            wanted=wanted,
        )

    def find_by_stem(self, path: str) -> Match:
        """The image that a label file at `path` is beside: of the same name but for the ending, or
        with its own ending still there ("a.png.txt" for "a.png")."""
        return self._first_found(path, self._find_stem)

    def _find_stem(self, wanted: PurePosixPath) -> Match:
        return self._find(
            ("stem", self._by_stem, wanted.stem),
            ("name", self._by_name, wanted.stem),
            wanted=wanted,
        )

    def _first_found(self, path: str, find: Callable[[PurePosixPath], Match]) -> Match:
        """What `find` says of the path as it is, else of the path that it was before a server had
        it."""
        as_it_is = find(_cleaned(path))
        if as_it_is.image is not None or as_it_is.among:
            return as_it_is
        found = (find(_cleaned(one)) for one in _before_a_server(path))
        return next((match for match in found if match.image is not None), as_it_is)

    def _find(
        self,
        *ways: tuple[Literal["path", "name", "stem"], "_Index", str],
        wanted: PurePosixPath,
    ) -> Match:
        among: tuple[KnownImage, ...] = ()
        for by, index, key in ways:
            for images in (index.exact.get(key, ()), index.folded.get(_folded(key), ())):
                found = _nearest(images, wanted)
                if len(found) == 1:
                    return Match(image=found[0], by=by)
                among = among or tuple(found)
        return Match(image=None, among=among)


class _Index:
    """Images by something of their names: as it is, and whatever its case and its accents."""

    def __init__(self) -> None:
        self.exact: dict[str, list[KnownImage]] = defaultdict(list)
        self.folded: dict[str, list[KnownImage]] = defaultdict(list)

    def add(self, key: str, image: KnownImage) -> None:
        self.exact[key].append(image)
        self.folded[_folded(key)].append(image)


def as_file_name(name: str) -> str:
    """The name that an image has as a file: pages of one file ("scan.tif, page 2") end as files do
    ("scan, page 2.tif")."""
    page = _PAGE.fullmatch(name)
    return name if page is None else f"{page[1]}{page[3]}{page[2]}"


def _before_a_server(path: str) -> Iterator[str]:
    plain = unquote(path)
    if plain != path:
        yield plain
    folders, slash, name = plain.replace("\\", "/").rpartition("/")
    if upload := _UPLOADED.fullmatch(name):
        yield f"{folders}{slash}{upload[1]}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _cleaned(path: str) -> PurePosixPath:
    return PurePosixPath(path.replace("\\", "/"))


def _nearest(found: Sequence[KnownImage], wanted: PurePosixPath) -> Sequence[KnownImage]:
    """Of several, those that share the most folders with what is wanted, and of these the one that
    shares all of them."""
    if len(found) < 2:
        return found
    shared = [_shared(_cleaned(image.name), wanted) for image in found]
    return [image for image, near in zip(found, shared, strict=True) if near == max(shared)]


def shared_folders(one: str, other: str) -> tuple[int, bool]:
    """How many folders two paths share, from the name upwards, and whether neither has more;
    "images" and "labels" are one folder there, as formats keep the two side by side."""
    return _shared(_cleaned(one), _cleaned(other))


def _shared(one: PurePosixPath, other: PurePosixPath) -> tuple[int, bool]:
    count = 0
    for a, b in zip(reversed(one.parts[:-1]), reversed(other.parts[:-1]), strict=False):
        if a != b and {a, b} != {"images", "labels"}:
            break
        count += 1
    return count, len(one.parts) == len(other.parts) == count + 1
