"""A function of CVAT with a YOLO model; detector.py and best.onnx lie beside this file."""

import json

from detector import Detector, picture_of


def init_context(context):
    context.user_data.detector = Detector("/opt/nuclio/best.onnx")


def handler(context, event):
    asked = event.body
    least = float(asked.get("threshold", 0.5))
    shapes = [
        {
            "confidence": str(found["score"]),
            "label": found["label"],
            "points": found["box"],
            "type": "rectangle",
        }
        for found in context.user_data.detector.objects(picture_of(asked["image"]))
        if found["score"] >= least
    ]
    return context.Response(
        body=json.dumps(shapes), headers={}, content_type="application/json", status_code=200
    )
