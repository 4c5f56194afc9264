"""The names that answers give to scores, classes and places, and how names are compared."""

import re
from collections.abc import Sequence
from typing import Any

SCORE_WORDS = [
    "score",
    "confidence",
    "conf",
    "probability",
    "prob",
    "certainty",
    "classscore",
    "confidencescore",
    "likelihood",
    "confidencevalue",
    "similarity",
    "p",
]
LABEL_WORDS = [
    "label",
    "labelname",
    "classname",
    "classlabel",
    "displayname",
    "tagname",
    "categoryname",
    "name",
    "class",
    "category",
    "tag",
    "title",
    "type",
    "object",
    "text",
    "description",
    "cls",
]
NUMBER_WORDS = [
    "classid",
    "classidx",
    "classindex",
    "categoryid",
    "labelid",
    "labelindex",
    "tagid",
    "cls",
    "class",
    "category",
    "label",
]
NO_LABEL_ENDS = (
    "id",
    "image",
    "url",
    "uri",
    "path",
    "file",
    "filename",
    "time",
    "timestamp",
    "date",
)
"""How names end whose texts are no names of classes."""

BOX_WORDS = [
    "box",
    "bbox",
    "boundingbox",
    "bndbox",
    "rect",
    "rectangle",
    "bound",
    "xyxy",
    "xywh",
    "ltwh",
    "ltrb",
    "tlwh",
    "cxcywh",
    "coordinate",
    "coord",
    "location",
    "position",
    "region",
    "roi",
    "area",
    "box2d",
    "point",
    "loc",
    "xyxyn",
    "xywhn",
]
RING_WORDS = [
    "polygon",
    "segmentation",
    "segment",
    "contour",
    "outline",
    "point",
    "vertice",
    "normalizedvertice",
    "mask",
    "poly",
    "path",
    "xy",
    "xyn",
]
KEYPOINT_WORDS = ["keypoint", "kpt", "landmark", "joint", "pose"]
ROTATED_WORDS = [
    "obb",
    "rbox",
    "rotatedbox",
    "orientedbox",
    "xywhr",
    "xyxyxyxy",
    "xyxyxyxyn",
    "corner",
    "quad",
    "quadrilateral",
]
ANGLE_WORDS = ["angle", "rotation", "theta", "r", "rot"]

CORNER_NAMES = (
    "xmin ymin xmax ymax",
    "x1 y1 x2 y2",
    "x0 y0 x1 y1",
    "left top right bottom",
    "l t r b",
    "minx miny maxx maxy",
    "startx starty endx endy",
    "xtl ytl xbr ybr",
    "topleftx toplefty bottomrightx bottomrighty",
    "xstart ystart xend yend",
)
SIZE_NAMES = ("width height", "w h")
CORNER_OF_SIZE_NAMES = (
    "left top",
    "x y",
    "xmin ymin",
    "x1 y1",
    "x0 y0",
    "originx originy",
    "topleftx toplefty",
    "minx miny",
    "l t",
)
CENTRE_NAMES = (
    "cx cy",
    "xc yc",
    "xcenter ycenter",
    "centerx centery",
    "xcentre ycentre",
    "centrex centrey",
)

KNOWN_WORDS = frozenset(
    (*SCORE_WORDS, *LABEL_WORDS, *NUMBER_WORDS, *BOX_WORDS, *RING_WORDS, *ROTATED_WORDS)
) | frozenset(
    " ".join(
        (*CORNER_NAMES, *SIZE_NAMES, *CORNER_OF_SIZE_NAMES, *CENTRE_NAMES, *ANGLE_WORDS)
    ).split()
)

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,2})?")
_PREFIX = re.compile(r"^(?:predicted|predictions?|pred|detections?|detected|det)(?=[a-z])")


def word(name: str) -> str:
    """A name as it is compared: lower case, letters and digits only, singular, without a
    “predicted” before it."""
    text = re.sub(r"[^a-z0-9]", "", name.lower())
    text = _PREFIX.sub("", text)
    if text.endswith(("xes", "sses")):
        return text[:-2]
    return text[:-1] if text.endswith("s") and not text.endswith("ss") else text


def rank_of(name: str, words: Sequence[str]) -> int | None:
    """How early a name stands in a list of words; None where it does not."""
    text = word(name)
    return words.index(text) if text in words else None


def is_number(value: Any) -> bool:
    """A number of JSON; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number_of_text(value: Any) -> Any:
    """The number that a text is; anything else as it is."""
    if not (isinstance(value, str) and _NUMBER.fullmatch(value.strip())):
        return value
    return float(value)


def are_numbers(value: Any, *counts: int) -> bool:
    """A list of numbers, of one of these lengths where there are any."""
    if not isinstance(value, list) or (counts and len(value) not in counts):
        return False
    return all(map(is_number, value))
