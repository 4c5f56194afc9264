"""YOLO boxes: a text file for each image, `class x y width height` in each row, and data.yaml."""

from twoclick.formats.yolo.row_forms import BOXES
from twoclick.formats.yolo.yolo_format import YoloFormat

FORMAT = YoloFormat(
    name="yolo-detect",
    title="YOLO, boxes",
    purpose="To train a YOLO detector, by Ultralytics and others: upright boxes alone.",
    rows="a class and a box",
    lengths=lambda count: count == 5,
    form=BOXES,
    cannot_keep=(
        ("rotated_boxes", "rotated boxes become the upright boxes around them"),
        ("polygons", "polygons become the boxes around them"),
        ("keypoints", "shapes lose their keypoints: their boxes are left"),
    ),
)
