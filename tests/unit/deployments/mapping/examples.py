"""Answers of servers as their documentation or their source has them, and what they mean."""

import json
from dataclasses import dataclass, field
from typing import Any

from twoclick.deployments.mapping import forms
from twoclick.models.outlines import BOX, POLYGON, ROTATED_BOX, WHOLE_IMAGE

WIDTH, HEIGHT = 1000, 800
"""Of the picture that the examples are an answer to."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """`first`: the label, the score and the bounds in pixels of the first object (None for a class
    of the whole image).  `settings` are those that the suggestion must have; `mended` are those
    that it cannot find, and the person must set."""

    name: str
    answer: Any
    count: int
    first: tuple[str, float, tuple[float, float, float, float] | None]
    kind: int = BOX
    settings: dict[str, str] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)


_ULTRALYTICS = [
    {
        "name": "person",
        "class": 0,
        "confidence": 0.92436,
        "box": {"x1": 10.5, "y1": 20.25, "x2": 110.5, "y2": 220.25},
    },
    {
        "name": "bus",
        "class": 5,
        "confidence": 0.81,
        "box": {"x1": 300.0, "y1": 100.0, "x2": 600.0, "y2": 400.0},
    },
]

EXAMPLES = (
    # pytorch/serve examples/object_detector/fast-rcnn/README.md (shortened numbers).
    Example(
        name="TorchServe object detector",
        answer=[
            {"person": [167.42, 57.04, 301.31, 436.69], "score": 0.9995},
            {"bicycle": [89.61, 64.9, 191.4, 446.66], "score": 0.9988},
        ],
        count=2,
        first=("person", 0.9995, (167.42, 57.04, 301.31, 436.69)),
        settings={"objects": "$", "place": "*", "label": "*.@key", "score": "score"},
    ),
    # The same handler, where all that is found is of one class.
    Example(
        name="TorchServe object detector, one class",
        answer=[{"person": [167.42, 57.04, 301.31, 436.69], "score": 0.9995}],
        count=1,
        first=("person", 0.9995, (167.42, 57.04, 301.31, 436.69)),
        settings={"place": "*", "label": "*.@key"},
    ),
    # pytorch/serve docs/getting_started.md, densenet161 on kitten_small.jpg.
    Example(
        name="TorchServe image classifier",
        answer={"tabby": 0.4096, "tiger_cat": 0.3467, "Egyptian_cat": 0.13, "lynx": 0.0237},
        count=4,
        first=("tabby", 0.4096, None),
        kind=WHOLE_IMAGE,
        settings={"objects": "[*]", "label": "@key", "score": "@"},
    ),
    # cloud.google.com/vertex-ai/docs/image-data/object-detection/interpret-results; online answers
    # have it in a list.
    Example(
        name="Vertex AI AutoML object detection",
        answer={
            "predictions": [
                {
                    "ids": ["1", "2"],
                    "displayNames": ["cat", "dog"],
                    "bboxes": [[0.1, 0.2, 0.3, 0.4], [0.2, 0.3, 0.4, 0.5]],
                    "confidences": [0.7, 0.5],
                }
            ],
            "deployedModelId": "1234567890",
        },
        count=2,
        first=("cat", 0.7, (100, 240, 200, 320)),
        settings={"arrangement": forms.IN_COLUMNS, "form": forms.CORNERS_BY_AXIS},
    ),
    # docs.aws.amazon.com/sagemaker/latest/dg/object-detection-in-formats.html (shortened).
    Example(
        name="SageMaker built-in object detection",
        answer={
            "prediction": [
                [4.0, 0.86419, 0.30883, 0.0703, 0.71106, 0.93452],
                [0.0, 0.73376, 0.57141, 0.40427, 0.82707, 0.97121],
            ]
        },
        count=2,
        first=("class 4", 0.86419, (308.83, 56.24, 711.06, 747.616)),
        settings={"label": "[0]", "score": "[1]", "place": "[2], [3], [4], [5]"},
    ),
    # mlflow mlflow/pyfunc/scoring_server/__init__.py 3.18: {"predictions": anything}; here a data
    # frame of records.
    Example(
        name="MLflow, records",
        answer={
            "predictions": [
                {"xmin": 10, "ymin": 20, "xmax": 110, "ymax": 220, "name": "cat", "confidence": 0.9}
            ]
        },
        count=1,
        first=("cat", 0.9, (10, 20, 110, 220)),
        settings={"place": "xmin, ymin, xmax, ymax"},
    ),
    # The same, here an array of x1 y1 x2 y2 score class.
    Example(
        name="MLflow, array",
        answer={"predictions": [[10.0, 20.0, 110.0, 220.0, 0.9, 3.0], [5.0, 5.5, 9, 9, 0.4, 0]]},
        count=2,
        first=("class 3", 0.9, (10, 20, 110, 220)),
        settings={"label": "[5]", "score": "[4]", "place": "[0], [1], [2], [3]"},
    ),
    # The same, here torchvision's answer for each instance.
    Example(
        name="MLflow, torchvision",
        answer={"predictions": [{"boxes": [[10.0, 20, 110, 220]], "labels": [3], "scores": [0.9]}]},
        count=1,
        first=("class 3", 0.9, (10, 20, 110, 220)),
        settings={"objects": "predictions", "arrangement": forms.IN_COLUMNS},
    ),
    # pytorch/vision torchvision/models/detection/faster_rcnn.py: boxes, labels, scores, as lists.
    Example(
        name="torchvision",
        answer={
            "boxes": [[10.0, 20.0, 110.0, 220.0], [300.0, 100.0, 600.0, 400.0]],
            "labels": [1, 18],
            "scores": [0.98, 0.71],
        },
        count=2,
        first=("class 1", 0.98, (10, 20, 110, 220)),
        settings={"objects": "$", "place": "boxes", "label": "labels", "score": "scores"},
    ),
    # ultralytics ultralytics/engine/results.py, Results.summary, as FastAPI sends a list of it.
    Example(
        name="Ultralytics summary",
        answer={"detections": _ULTRALYTICS},
        count=2,
        first=("person", 0.92436, (10.5, 20.25, 110.5, 220.25)),
        settings={"place": "box.x1, box.y1, box.x2, box.y2", "label": "name"},
    ),
    # Results.to_json is a text: FastAPI sends it as a JSON string.
    Example(
        name="Ultralytics to_json, a text in JSON",
        answer=json.dumps(_ULTRALYTICS, indent=2),
        count=2,
        first=("person", 0.92436, (10.5, 20.25, 110.5, 220.25)),
        settings={"objects": "@json"},
    ),
    # The same of a segmentation model.
    Example(
        name="Ultralytics summary with segments",
        answer=[
            {
                **_ULTRALYTICS[0],
                "segments": {"x": [10.5, 110.5, 60.0], "y": [20.25, 30.0, 220.25]},
            }
        ],
        count=1,
        first=("person", 0.92436, (10.5, 20.25, 110.5, 220.25)),
        kind=POLYGON,
        settings={"form": forms.POINTS_BY_AXIS, "place": "segments.x, segments.y"},
    ),
    # The same of a model of rotated boxes.
    Example(
        name="Ultralytics summary of rotated boxes",
        answer=[
            {
                "name": "ship",
                "class": 1,
                "confidence": 0.9,
                "box": {
                    "x1": 100.0,
                    "y1": 50.0,
                    "x2": 150.0,
                    "y2": 100.0,
                    "x3": 100.0,
                    "y3": 150.0,
                    "x4": 50.0,
                    "y4": 100.0,
                },
            }
        ],
        count=1,
        first=("ship", 0.9, (50, 50, 150, 150)),
        kind=ROTATED_BOX,
        settings={"form": forms.ROTATED_CORNERS},
    ),
    # ultralytics/yolov5 results.pandas().xyxy[0].to_json(orient="records"): the column "class".
    Example(
        name="YOLOv5 pandas records",
        answer=[
            {
                "xmin": 749.5,
                "ymin": 43.5,
                "xmax": 948.0,
                "ymax": 704.5,
                "confidence": 0.874023,
                "class": 0,
                "name": "person",
            }
        ],
        count=1,
        first=("person", 0.874023, (749.5, 43.5, 948.0, 704.5)),
        settings={"label": "name"},
    ),
    # The same with pandas' own orientation: a column each, members by their index.
    Example(
        name="YOLOv5 pandas columns",
        answer={
            "xmin": {"0": 749.5, "1": 10.0},
            "ymin": {"0": 43.5, "1": 20.0},
            "xmax": {"0": 948.0, "1": 50.0},
            "ymax": {"0": 704.5, "1": 60.0},
            "confidence": {"0": 0.874, "1": 0.5},
            "class": {"0": 0, "1": 27},
            "name": {"0": "person", "1": "tie"},
        },
        count=2,
        first=("person", 0.874, (749.5, 43.5, 948.0, 704.5)),
        settings={"arrangement": forms.IN_COLUMNS, "place": "xmin, ymin, xmax, ymax"},
    ),
    # facebookresearch/detectron2 detectron2/structures/instances.py: its fields, as lists.
    Example(
        name="Detectron2 instances",
        answer={
            "instances": {
                "image_size": [800, 1000],
                "pred_boxes": [[10.0, 20.0, 110.0, 220.0], [0.0, 0.0, 300.0, 100.0]],
                "scores": [0.99, 0.8],
                "pred_classes": [0, 16],
            }
        },
        count=2,
        first=("class 0", 0.99, (10, 20, 110, 220)),
        settings={"objects": "$", "place": "instances.pred_boxes", "score": "instances.scores"},
    ),
    # facebookresearch/detectron2 detectron2/evaluation/coco_evaluation.py, instances_to_coco_json:
    # bbox is x y width height, which only its numbers tell.
    Example(
        name="Detectron2 as COCO, with masks",
        answer=[
            {
                "image_id": "a7.jpg",
                "category_id": 3,
                "bbox": [2.0, 1.0, 2.0, 3.0],
                "score": 0.9,
                "segmentation": {"size": [8, 10], "counts": [17, 3, 5, 3, 52]},
            }
        ],
        count=1,
        first=("class 3", 0.9, (200, 100, 400, 400)),
        kind=POLYGON,
        settings={"form": forms.MASK, "place": "segmentation"},
    ),
    # learn.microsoft.com, Custom Vision Prediction API v3.0, ImagePrediction; numbers of its
    # quickstart.
    Example(
        name="Azure Custom Vision",
        answer={
            "id": "f9f6ac2b",
            "project": "b2a2",
            "iteration": "c3",
            "created": "2026-01-01T00:00:00Z",
            "predictions": [
                {
                    "probability": 0.9,
                    "tagId": "1f85",
                    "tagName": "fork",
                    "boundingBox": {"left": 0.25, "top": 0.5, "width": 0.5, "height": 0.25},
                    "tagType": "Regular",
                },
                {
                    "probability": 0.2,
                    "tagId": "77aa",
                    "tagName": "scissors",
                    "boundingBox": {"left": 0.0, "top": 0.1, "width": 0.1, "height": 0.1},
                    "tagType": "Regular",
                },
            ],
        },
        count=2,
        first=("fork", 0.9, (250, 400, 750, 600)),
        settings={"form": forms.CORNER_SIZE, "units": forms.SHARES, "label": "tagName"},
    ),
    # docs.aws.amazon.com/rekognition, DetectLabels: Label, Instance and BoundingBox.
    Example(
        name="AWS Rekognition DetectLabels",
        answer={
            "Labels": [
                {"Name": "Vehicle", "Confidence": 99.1, "Instances": [], "Parents": []},
                {
                    "Name": "Car",
                    "Confidence": 98.9,
                    "Instances": [
                        {
                            "BoundingBox": {
                                "Width": 0.5,
                                "Height": 0.25,
                                "Left": 0.1,
                                "Top": 0.2,
                            },
                            "Confidence": 98.5,
                        }
                    ],
                    "Parents": [{"Name": "Vehicle"}],
                },
            ],
            "LabelModelVersion": "3.0",
        },
        count=1,
        first=("Car", 0.985, (100, 160, 600, 360)),
        settings={"objects": "Labels[*].Instances", "label": "$.Labels[*].Name"},
    ),
    # cloud.google.com/vision/docs/object-localizer; a 0 is left out of a vertex.
    Example(
        name="Google Cloud Vision localizedObjectAnnotations",
        answer={
            "responses": [
                {
                    "localizedObjectAnnotations": [
                        {
                            "mid": "/m/01bqk0",
                            "name": "Bicycle wheel",
                            "score": 0.89648587,
                            "boundingPoly": {
                                "normalizedVertices": [
                                    {"y": 0.25},
                                    {"x": 0.5, "y": 0.25},
                                    {"x": 0.5, "y": 0.75},
                                    {"y": 0.75},
                                ]
                            },
                        }
                    ]
                }
            ]
        },
        count=1,
        first=("Bicycle wheel", 0.89648587, (0, 200, 500, 600)),
        settings={"form": forms.AROUND, "units": forms.SHARES},
    ),
    # docs.nvidia.com/nim/ingestion/object-detection/1.0.0/api-reference.html (shortened): by class.
    Example(
        name="NVIDIA NIM object detection",
        answer={
            "data": [
                {
                    "index": 0,
                    "bounding_boxes": {
                        "table": [],
                        "chart": [
                            {
                                "x_min": 0.3982,
                                "y_min": 0.1893,
                                "x_max": 0.9104,
                                "y_max": 0.908,
                                "confidence": 0.6608,
                            }
                        ],
                        "title": [
                            {
                                "x_min": 0.0718,
                                "y_min": 0.0883,
                                "x_max": 0.6523,
                                "y_max": 0.135,
                                "confidence": 0.8328,
                            }
                        ],
                    },
                }
            ]
        },
        count=2,
        first=("chart", 0.6608, (398.2, 151.44, 910.4, 726.4)),
        settings={"objects": "data[*].bounding_boxes[*][*]", "label": "@key"},
    ),
    # tensorflow/serving REST with models of tensorflow/models object_detection: y first, shares.
    Example(
        name="TensorFlow object detection",
        answer={
            "predictions": [
                {
                    "detection_boxes": [[0.25, 0.1, 0.5, 0.9]],
                    "detection_scores": [0.8],
                    "detection_classes": [2.0],
                    "num_detections": 1.0,
                }
            ]
        },
        count=1,
        first=("class 2", 0.8, (100, 200, 900, 400)),
        settings={"form": forms.CORNERS_Y_FIRST},
    ),
    # ai.google.dev, Gemini "Image understanding": box_2d in thousandths, y first; no score.
    Example(
        name="Gemini boxes",
        answer=[{"box_2d": [250, 100, 500, 900], "label": "a cup"}],
        count=1,
        first=("a cup", 1.0, (100, 200, 900, 400)),
        settings={"form": forms.CORNERS_Y_FIRST, "units": forms.THOUSANDTHS, "score": ""},
    ),
    # No server's own: what a person may write with FastAPI.
    Example(
        name="Lists side by side, boxes with names",
        answer={
            "result": {
                "boxes": [{"x": 10, "y": 20, "w": 100, "h": 200}, {"x": 0, "y": 0, "w": 9, "h": 9}],
                "scores": [0.9, 0.5],
                "labels": ["cat", "dog"],
            }
        },
        count=2,
        first=("cat", 0.9, (10, 20, 110, 220)),
        settings={"arrangement": forms.IN_COLUMNS, "form": forms.CORNER_SIZE},
    ),
    # huggingface.js packages/tasks/src/tasks/object-detection/spec/output.json.
    Example(
        name="Hugging Face object detection",
        answer=[
            {
                "score": 0.99,
                "label": "cat",
                "box": {"xmin": 10, "ymin": 20, "xmax": 100, "ymax": 200},
            }
        ],
        count=1,
        first=("cat", 0.99, (10, 20, 100, 200)),
    ),
    # huggingface.js packages/tasks/src/tasks/image-classification/spec/output.json.
    Example(
        name="Hugging Face image classification",
        answer=[{"label": "tabby", "score": 0.7}, {"label": "tiger cat", "score": 0.2}],
        count=2,
        first=("tabby", 0.7, None),
        kind=WHOLE_IMAGE,
        settings={"form": forms.WHOLE},
    ),
    # cvat serverless/**/main.py: scores in quotes; a rectangle is a flat list.
    Example(
        name="Scores in quotes",
        answer=[
            {
                "confidence": "0.93",
                "label": "car",
                "points": [10.0, 20.0, 110.0, 220.0],
                "type": "rectangle",
            }
        ],
        count=1,
        first=("car", 0.93, (10, 20, 110, 220)),
        settings={"numbers": forms.NUMBERS_AS_TEXTS},
    ),
    # roboflow/inference inference/core/entities/responses/inference.py: x and y are the centre,
    # which nothing in the answer tells.
    Example(
        name="Roboflow",
        answer={
            "time": 0.05,
            "image": {"width": 500, "height": 400},
            "predictions": [
                {
                    "x": 100.0,
                    "y": 100.0,
                    "width": 50.0,
                    "height": 100.0,
                    "class": "helmet",
                    "class_id": 0,
                    "confidence": 0.544,
                    "detection_id": "5a",
                }
            ],
        },
        count=1,
        first=("helmet", 0.544, (150, 100, 250, 300)),
        settings={"units": forms.TOLD, "size": "$.image.width, $.image.height"},
        mended={"form": forms.CENTRE_SIZE},
    ),
)
