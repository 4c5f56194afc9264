"""YOLO polygons: a text file for each image, `class x y x y x y ...` in each row, and data.yaml."""

from twoclick.formats.yolo.row_forms import RINGS
from twoclick.formats.yolo.yolo_format import YoloFormat

FORMAT = YoloFormat(
    name="yolo-segment",
    title="YOLO, polygons",
    purpose="To train a YOLO segmenter, by Ultralytics and others: one outline a shape.",
    rows="a class and a polygon",
    lengths=lambda count: count >= 7,
    form=RINGS,
    cannot_keep=(
        ("boxes", "boxes become polygons of four corners"),
        ("rotated_boxes", "rotated boxes become polygons of four corners"),
        ("keypoints", "shapes lose their keypoints: their boxes are left, as polygons"),
        ("with_holes", "polygons with holes become one outline, a line leads to each hole"),
        ("in_parts", "polygons of several parts become one outline, lines join them"),
    ),
)
