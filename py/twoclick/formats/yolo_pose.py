"""YOLO poses: a text file for each image, `class x y width height` and `x y v` of every keypoint in
each row, and data.yaml with kpt_shape."""

from twoclick.formats.yolo.row_forms import pose_form
from twoclick.formats.yolo.yolo_format import YoloFormat

FORMAT = YoloFormat(
    name="yolo-pose",
    title="YOLO, poses",
    purpose="To train a YOLO pose model, by Ultralytics: boxes with keypoints.",
    rows="a class, a box and keypoints",
    lengths=lambda count: count > 5,
    form=pose_form(0),
    poses=True,
    cannot_keep=(
        ("rotated_boxes", "rotated boxes become upright boxes of which no keypoint is there"),
        ("polygons", "polygons become boxes of which no keypoint is there"),
        ("boxes", "boxes get keypoints of which none is there: read back, they are boxes again"),
        ("pointless", "shapes of which no keypoint is there become boxes"),
    ),
)
