"""A YOLO model behind Ray Serve; detector.py and best.onnx lie beside this file.

pip install "ray[serve]" onnxruntime pillow
serve run serve.yaml
"""

from pathlib import Path

from detector import Detector, picture_of
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel
from ray import serve

MODEL = Path(__file__).with_name("best.onnx")
PAGES = ["http://127.0.0.1:8737"]  # the addresses of Twoclick that may read the answers

web = FastAPI()
web.add_middleware(
    CORSMiddleware,
    allow_origins=PAGES,
    allow_methods=["POST"],
    allow_headers=["*"],
    expose_headers=["Retry-After"],
)


class Question(BaseModel):
    image: str


@serve.deployment
@serve.ingress(web)
class Pages:
    def __init__(self) -> None:
        self._detector = Detector(str(MODEL))

    @web.post("/")
    def predict(self, question: Question) -> dict:
        return {"predictions": self._detector.objects(picture_of(question.image))}


app = Pages.bind()
