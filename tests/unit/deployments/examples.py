"""Answers of each protocol's servers, shortened, as tests and fuzzing begin with them."""

from typing import Any

# Source: roboflow/inference 3bb973b tests/inference/integration_tests/tests.json, "YOLOv5n Object
# Detection" (two of its rows).
ROBOFLOW_BOXES: dict[str, Any] = {
    "time": 0.13762112199765397,
    "image": {"width": 640, "height": 480},
    "predictions": [
        {
            "x": 346.0,
            "y": 114.5,
            "width": 182.0,
            "height": 179.0,
            "confidence": 0.9010215997695923,
            "class": "WBC",
            "class_id": 2,
        },
        {
            "x": 432.5,
            "y": 253.5,
            "width": 113.0,
            "height": 115.0,
            "confidence": 0.8583016395568848,
            "class": "RBC",
            "class_id": 1,
        },
    ],
}

# Source: roboflow/inference 3bb973b inference/core/entities/responses/inference.py: the fields of
# InstanceSegmentationPrediction and InstanceSegmentationRLEPrediction, with numbers made up.
ROBOFLOW_POLYGONS: dict[str, Any] = {
    "image": {"width": 640, "height": 480},
    "predictions": [
        {
            "x": 150.0,
            "y": 120.0,
            "width": 100.0,
            "height": 40.0,
            "confidence": 0.7,
            "class": "V",
            "class_id": 21,
            "points": [
                {"x": 100.0, "y": 100.0},
                {"x": 200.0, "y": 100.0},
                {"x": 150.0, "y": 140.0},
            ],
        },
        {
            "x": 3.0,
            "y": 2.0,
            "width": 2.0,
            "height": 2.0,
            "confidence": 0.6,
            "class": "W",
            "class_id": 22,
            "mask_format": "rle",
            # Columns 2 and 3, rows 1 and 2 of 6 x 4 pixels.
            "rle": {"size": [4, 6], "counts": [9, 2, 2, 2, 9]},
        },
    ],
}

# Source: the same, KeypointsPrediction.
ROBOFLOW_KEYPOINTS: dict[str, Any] = {
    "image": {"width": 640, "height": 480},
    "predictions": [
        {
            "x": 100.0,
            "y": 100.0,
            "width": 80.0,
            "height": 160.0,
            "confidence": 0.9,
            "class": "person",
            "class_id": 0,
            "keypoints": [
                {"x": 90.0, "y": 30.0, "confidence": 0.9, "class_id": 0, "class": "nose"},
                {"x": 110.0, "y": 170.0, "confidence": 0.2, "class_id": 1, "class": "foot"},
            ],
        }
    ],
}

# Source: the same, ClassificationInferenceResponse and MultiLabelClassificationInferenceResponse.
ROBOFLOW_CLASS: dict[str, Any] = {
    "image": {"width": 640, "height": 480},
    "predictions": [
        {"class": "cat", "class_id": 1, "confidence": 0.8},
        {"class": "dog", "class_id": 0, "confidence": 0.2},
    ],
    "top": "cat",
    "confidence": 0.8,
}
ROBOFLOW_CLASSES: dict[str, Any] = {
    "image": {"width": 640, "height": 480},
    "predictions": {
        "cat": {"confidence": 0.8, "class_id": 1},
        "indoors": {"confidence": 0.7, "class_id": 4},
    },
    "predicted_classes": ["cat", "indoors"],
}

# Source: the same, SemanticSegmentationPrediction; the picture is what a test's `open_mask` makes
# of these bytes.
ROBOFLOW_MAP: dict[str, Any] = {
    "image": {"width": 640, "height": 480},
    "predictions": {
        "segmentation_mask": "bWFzaw==",
        "confidence_mask": "c3VyZQ==",
        "class_map": {"0": "background", "1": "road"},
    },
}

# Source: cvat-ai/cvat serverless/**/main.py (boxes and masks), docs of the kinds of shape; numbers
# made up, confidences as texts as in nearly all functions.
CVAT: list[dict[str, Any]] = [
    {
        "confidence": "0.93",
        "label": "car",
        "points": [10.0, 20.0, 110.0, 220.0],
        "type": "rectangle",
    },
    {
        "confidence": "0.80",
        "label": "person",
        "points": [4.0, 3.0, 6.0, 3.0, 6.0, 5.0],
        "mask": [0, 1, 1, 255, 255, 255, 4, 3, 6, 4],
        "type": "mask",
    },
    {"confidence": "0.7", "label": "lane", "points": [1, 1, 50, 60, 90, 10], "type": "polygon"},
    {"confidence": "0.6", "label": "kerb", "points": [1, 1, 50, 60, 90, 10], "type": "polyline"},
    {"confidence": 0.5, "label": "night", "type": "tag"},
    {"confidence": "0.4", "label": "wheel", "points": [100, 100, 120, 90], "type": "ellipse"},
    {
        "confidence": "0.9",
        "label": "person",
        "type": "skeleton",
        "elements": [
            {"label": "nose", "type": "points", "points": [30.0, 40.0], "outside": 0},
            {"label": "foot", "type": "points", "points": [0.0, 0.0], "outside": 1},
            {"label": "hand", "type": "points", "points": [70.0, 90.0], "confidence": "0.25"},
        ],
    },
]

# Source: HumanSignal/label-studio-ml-backend d02cedf label_studio_ml/examples/yolo/tests:
# test_rectangle_labels.py, test_rectangle_labels_obb.py (the rotated one, of 768 x 576 pixels),
# test_choices.py, test_polygon_labels.json (points made fewer), test_keypoint_labels_1.json.
LABEL_STUDIO_REGIONS: list[dict[str, Any]] = [
    {
        "from_name": "label",
        "score": 0.5791077017784119,
        "to_name": "image",
        "type": "rectanglelabels",
        "value": {
            "height": 77.13761925697327,
            "rectanglelabels": ["Car"],
            "width": 69.33701038360596,
            "x": 21.9377338886261,
            "y": 7.984769344329834,
        },
    },
    {
        "from_name": "rect",
        "score": 0.32253125309944153,
        "to_name": "image",
        "type": "rectanglelabels",
        "value": {
            "height": 3.3118023546502084,
            "original_height": 576,
            "original_width": 768,
            "rectanglelabels": ["vehicle"],
            "rotation": -89.43998820538127,
            "width": 2.2955212735479535,
            "x": 1.9985803710085965,
            "y": 10.487648558804944,
        },
    },
    {
        "from_name": "label",
        "score": 0.4747641831636429,
        "to_name": "image",
        "type": "choices",
        "value": {"choices": ["Cab", "Grille"]},
    },
    {
        "from_name": "label",
        "score": 0.8602950572967529,
        "to_name": "image",
        "type": "polygonlabels",
        "value": {
            "closed": True,
            "points": [
                [93.43750762939453, 7.083333492279053],
                [93.43750762939453, 8.333333969116211],
                [92.9687511920929, 12.083333015441895],
            ],
            "polygonlabels": ["Person"],
        },
    },
    {
        "from_name": "keypoints_bbox",
        "hidden": True,
        "id": "bbox-0",
        "meta": {"text": ["bbox-0"]},
        "score": 0.8605291843414307,
        "to_name": "image",
        "type": "rectanglelabels",
        "value": {
            "height": 39.93055522441864,
            "rectanglelabels": ["person"],
            "width": 10.546875,
            "x": 89.453125,
            "y": 6.77083283662796,
        },
    },
    {
        "from_name": "keypoints",
        "meta": {"text": ["bbox-0"]},
        "parentID": "bbox-0",
        "score": 0.9874914884567261,
        "to_name": "image",
        "type": "keypointlabels",
        "value": {
            "keypointlabels": ["left_shoulder"],
            "width": 0.13020833333333331,
            "x": 98.1597900390625,
            "y": 15.064401626586914,
        },
    },
    {
        "from_name": "keypoints",
        "meta": {"text": ["bbox-0"]},
        "parentID": "bbox-0",
        "score": 0.9673970937728882,
        "to_name": "image",
        "type": "keypointlabels",
        "value": {
            "keypointlabels": ["right_shoulder"],
            "width": 0.13020833333333331,
            "x": 92.978515625,
            "y": 14.892805099487305,
        },
    },
    # A mask of 5 x 4 pixels: those of columns 1 to 3 in rows 1 and 2 but the first of them.
    {
        "from_name": "brush",
        "original_height": 4,
        "original_width": 5,
        "image_rotation": 0,
        "score": 0.75,
        "to_name": "image",
        "type": "brushlabels",
        "value": {
            "format": "rle",
            "rle": [0, 0, 0, 80, 57, 27, 254, 27, 0, 159, 254, 112, 11, 127, 248, 92, 0],
            "brushlabels": ["Leaf"],
        },
    },
]
LABEL_STUDIO: dict[str, Any] = {
    "results": [{"model_version": "yolo", "result": LABEL_STUDIO_REGIONS, "score": 0.45}]
}

# Source: CVHub520/X-AnyLabeling-Server 70599dc app/models/yolo11{,_obb,_pose}.py, app/schemas, with
# numbers made up.
X_ANYLABELING: dict[str, Any] = {
    "success": True,
    "data": {
        "shapes": [
            {
                "label": "car",
                "shape_type": "rectangle",
                "points": [[10.0, 20.0], [110.0, 20.0], [110.0, 220.0], [10.0, 220.0]],
                "score": 0.9,
                "attributes": {},
                "difficult": False,
                "direction": 0,
                "kie_linking": [],
            },
            {
                "label": "ship",
                "shape_type": "rotation",
                "points": [[100.0, 50.0], [150.0, 100.0], [100.0, 150.0], [50.0, 100.0]],
                "score": 0.8,
                "direction": 0.7853981633974483,
            },
            {
                "label": "roof",
                "shape_type": "quadrilateral",
                "points": [[300.0, 50.0], [350.0, 60.0], [360.0, 150.0], [290.0, 100.0]],
            },
            {"label": "sun", "shape_type": "circle", "points": [[400.0, 100.0], [430.0, 140.0]]},
            {"label": "tip", "shape_type": "point", "points": [[500.0, 300.0]]},
            {
                "label": "wire",
                "shape_type": "linestrip",
                "points": [[0.0, 400.0], [100.0, 410.0], [200.0, 405.0]],
            },
            {
                "label": "person",
                "shape_type": "rectangle",
                "points": [[200.0, 200.0], [280.0, 200.0], [280.0, 400.0], [200.0, 400.0]],
                "score": 0.7,
                "group_id": 1,
            },
            {
                "label": "person_kpt_0",
                "shape_type": "point",
                "points": [[240.0, 220.0]],
                "score": 0.95,
                "group_id": 1,
            },
            {
                "label": "person_kpt_2",
                "shape_type": "point",
                "points": [[230.0, 390.0]],
                "score": 0.6,
                "group_id": 1,
            },
        ],
        "description": "",
    },
}
