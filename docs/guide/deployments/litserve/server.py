"""A YOLO model behind LitServe; detector.py and best.onnx lie beside this file.

pip install litserve onnxruntime pillow
python server.py 8000
"""

import sys
from pathlib import Path

import litserve
from detector import Detector, picture_of
from starlette.middleware.cors import CORSMiddleware

MODEL = Path(__file__).with_name("best.onnx")
PAGES = ["http://127.0.0.1:8737"]  # the addresses of Twoclick that may read the answers


class Pages(litserve.LitAPI):
    def setup(self, device):
        self._detector = Detector(str(MODEL))

    def decode_request(self, request):
        return picture_of(request["image"])

    def predict(self, picture):
        return self._detector.objects(picture)

    def encode_response(self, objects):
        return {"predictions": objects}


if __name__ == "__main__":
    readable = {"allow_origins": PAGES, "allow_methods": ["POST"], "allow_headers": ["*"]}
    server = litserve.LitServer(
        Pages(),
        workers_per_device=2,  # copies of the model: on each graphics card, or on the processor
        middlewares=[(CORSMiddleware, readable)],
    )
    server.run(
        host="127.0.0.1",  # 0.0.0.0 lets others in the network ask
        port=int(sys.argv[1]),
        generate_client_file=False,
    )
