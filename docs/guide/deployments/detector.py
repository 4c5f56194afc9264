"""Boxes by a YOLO model of Ultralytics, exported so that it hides duplicates itself:

    yolo export model=best.pt format=onnx nms=True

Needs onnxruntime (or onnxruntime-gpu) and pillow.
"""

import ast
import base64
import io

import numpy as np
import onnxruntime
from PIL import Image

LOWEST_SCORE = 0.05


def picture_of(text: str) -> Image.Image:
    """The picture of a question, which is a file in base64."""
    return Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")


class Detector:
    def __init__(self, path: str) -> None:
        there = onnxruntime.get_available_providers()
        wanted = ("CUDAExecutionProvider", "CPUExecutionProvider")
        providers = [name for name in wanted if name in there]
        self._session = onnxruntime.InferenceSession(path, providers=providers)
        about = self._session.get_modelmeta().custom_metadata_map
        self._input = self._session.get_inputs()[0]
        self._names = ast.literal_eval(about.get("names", "{}"))
        sizes = self._input.shape[2:]
        if not all(isinstance(side, int) for side in sizes):  # exported with dynamic=True
            sizes = ast.literal_eval(about.get("imgsz", "[640, 640]"))
        self._height, self._width = sizes

    def objects(self, picture: Image.Image) -> list[dict]:
        """Label, score from 0 to 1, and box: x0, y0, x1, y1 in pixels of the picture."""
        left, top, width, height = self._placing(picture)
        (rows,) = self._session.run(None, {self._input.name: self.tensor(picture)})
        if rows.ndim != 3 or rows.shape[2] != 6:
            raise ValueError(f"The model answers {rows.shape}: export it with nms=True.")
        rows = rows[0][rows[0, :, 4] >= LOWEST_SCORE]
        boxes = (rows[:, :4] - (left, top, left, top)) * (
            picture.width / width,
            picture.height / height,
            picture.width / width,
            picture.height / height,
        )
        boxes = boxes.clip(0, (picture.width, picture.height) * 2)
        return [
            {
                "label": self._names.get(int(number), f"class {int(number)}"),
                "score": float(score),
                "box": box.tolist(),
            }
            for box, score, number in zip(boxes, rows[:, 4], rows[:, 5], strict=True)
        ]

    def tensor(self, picture: Image.Image) -> np.ndarray:
        """The picture in the middle of grey, as in training: 1, 3, height, width from 0 to 1."""
        left, top, width, height = self._placing(picture)
        whole = (0, 0, *picture.size)
        # Unlike resize(), this reads four pixels for each, as the training did.
        resized = picture.transform(
            (width, height), Image.Transform.EXTENT, whole, Image.Resampling.BILINEAR
        )
        canvas = Image.new("RGB", (self._width, self._height), (114, 114, 114))
        canvas.paste(resized, (left, top))
        kind = np.float16 if self._input.type == "tensor(float16)" else np.float32
        return (np.asarray(canvas, dtype=np.float32) / 255).transpose(2, 0, 1)[None].astype(kind)

    def _placing(self, picture: Image.Image) -> tuple[int, int, int, int]:
        scale = min(self._width / picture.width, self._height / picture.height)
        width = max(1, round(picture.width * scale))
        height = max(1, round(picture.height * scale))
        left = round((self._width - width) / 2 - 0.1)
        top = round((self._height - height) / 2 - 0.1)
        return left, top, width, height
