"""What the points of a pose model are called, and the lines between them."""

from collections.abc import Sequence
from dataclasses import dataclass

PERSON = (
    *("nose", "left_eye", "right_eye", "left_ear", "right_ear"),
    *("left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist"),
    *("left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle"),
)
"""The points of a person, as COCO's keypoints have them."""

PERSON_SKELETON = (
    *((15, 13), (13, 11), (16, 14), (14, 12), (11, 12)),
    *((5, 11), (6, 12), (5, 6), (5, 7), (6, 8), (7, 9), (8, 10)),
    *((1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6)),
)
"""COCO's lines between them, as pairs of places; counted from 1 in COCO's own files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPoints:
    """`names` in the order of the points, `skeleton` pairs of places among them, none where it is
    not known; `evidence` says where they are from."""

    names: tuple[str, ...]
    skeleton: tuple[tuple[int, int], ...]
    evidence: str


def named_points(count: int, told: Sequence[Sequence[str]]) -> NamedPoints:
    """Names for so many points; `told` are the lists that the file has for them, one or, where its
    classes differ in this, several.

    No file tells lines: those of a person are known, by its names or, where there are none, by the
    number of its points.
    """
    if not told and count == len(PERSON):
        return NamedPoints(
            names=PERSON,
            skeleton=PERSON_SKELETON,
            evidence=f"{count} points without names are taken for those of a person, as COCO has "
            f"them: {PERSON[0]} to {PERSON[-1]}",
        )
    fitting = [names for names in told if len(names) == count]
    if not fitting:
        named = f"{len(told[0])} points, not {count}" if told else "no points"
        return _numbered(count, f"It names {named}: they have the numbers 1 to {count}")
    names = tuple(
        found.pop() if len(found) == 1 else f"point {place}"
        for place, found in enumerate(map(set, zip(*fitting, strict=True)), start=1)
    )
    differing = "; where its classes differ, numbers stand for them" if len(fitting) > 1 else ""
    return NamedPoints(
        names=names,
        skeleton=PERSON_SKELETON if tuple(map(_plain, names)) == PERSON else (),
        evidence=f"Its metadata name the points of an object: {', '.join(names)}{differing}",
    )


def _numbered(count: int, evidence: str) -> NamedPoints:
    names = tuple(f"point {place}" for place in range(1, count + 1))
    return NamedPoints(names=names, skeleton=(), evidence=evidence)


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")
