"""A YOLO model for TorchServe; detector.py and best.onnx lie beside this file.

pip install torchserve torch-model-archiver torch onnxruntime pillow      and Java 17
torch-model-archiver --model-name pages --version 1.0 --handler handler.py \
    --extra-files detector.py,best.onnx --export-path store
torchserve --start --ts-config config.properties
"""

import io
from pathlib import Path

from detector import Detector
from PIL import Image


class Pages:
    def initialize(self, context):
        folder = Path(context.system_properties["model_dir"])
        self._detector = Detector(str(folder / "best.onnx"))

    def handle(self, data, context):
        """The answers to a batch of pictures, in the form of TorchServe's own object_detector."""
        return [self._answer(asked.get("data") or asked.get("body")) for asked in data]

    def _answer(self, content):
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        return [
            {found["label"]: found["box"], "score": found["score"]}
            for found in self._detector.objects(picture)
        ]
