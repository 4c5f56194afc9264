"""The ways in which answers say where an object lies: the choices that a person has.

They are read by people and stored with projects: a wording that was released stays.
"""

from typing import Final

CORNERS: Final = "box: x1 y1 x2 y2"
CORNERS_Y_FIRST: Final = "box: y1 x1 y2 x2"
CORNERS_BY_AXIS: Final = "box: x1 x2 y1 y2"
CORNER_SIZE: Final = "box: x y width height"
CORNER_SIZE_Y_FIRST: Final = "box: y x height width"
CENTRE_SIZE: Final = "box: centre x y width height"
AROUND: Final = "box around points"
POINTS: Final = "polygon: points x y"
POINTS_Y_FIRST: Final = "polygon: points y x"
POINTS_BY_AXIS: Final = "polygon: list of x, list of y"
ROTATED: Final = "rotated box: centre x y width height angle"
ROTATED_CORNERS: Final = "rotated box: four corners"
MASK: Final = "mask: COCO run lengths"
PICTURE_MASK: Final = "mask: a picture of it as base64"
KEYPOINTS: Final = "keypoints: points x y"
SURE_KEYPOINTS: Final = "keypoints: points x y certainty"
WHOLE: Final = "class of the whole image"

BOX_ORDERS: Final = (
    CORNERS,
    CORNERS_Y_FIRST,
    CORNERS_BY_AXIS,
    CORNER_SIZE,
    CORNER_SIZE_Y_FIRST,
    CENTRE_SIZE,
)
FORMS: Final = (
    *BOX_ORDERS,
    AROUND,
    POINTS,
    POINTS_Y_FIRST,
    POINTS_BY_AXIS,
    ROTATED,
    ROTATED_CORNERS,
    MASK,
    PICTURE_MASK,
    KEYPOINTS,
    SURE_KEYPOINTS,
    WHOLE,
)

PIXELS: Final = "pixels of the picture"
SHARES: Final = "shares 0 to 1"
PERCENT: Final = "percent"
THOUSANDTHS: Final = "thousandths"
TOLD: Final = "pixels of a size in the answer"
UNITS: Final = (PIXELS, SHARES, PERCENT, THOUSANDTHS, TOLD)

ANGLES: Final = (
    "degrees clockwise",
    "degrees counter-clockwise",
    "radians clockwise",
    "radians counter-clockwise",
)
"""As seen on the screen; at 0 the width runs to the right."""

EACH_OBJECT: Final = "one after the other"
IN_COLUMNS: Final = "in lists side by side"
ARRANGEMENTS: Final = (EACH_OBJECT, IN_COLUMNS)

SCORE_SHARE: Final = "0 to 1"
SCORE_PERCENT: Final = "percent"
SCORES: Final = (SCORE_SHARE, SCORE_PERCENT)

NUMBERS_ONLY: Final = "numbers"
NUMBERS_AS_TEXTS: Final = "numbers or texts"
NUMBERS: Final = (NUMBERS_ONLY, NUMBERS_AS_TEXTS)
