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
        ("boxes", "boxes: written as polygons of four points"),
        ("rotated_boxes", "rotated boxes: written as polygons of four points"),
        ("with_holes", "polygons with holes: each hole is joined to the outline by a line"),
        ("in_parts", "polygons of several parts: joined into one outline by lines"),
    ),
)
