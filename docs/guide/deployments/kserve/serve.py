"""An ONNX file behind KServe's own server, on one machine.

pip install kserve onnxruntime
python serve.py --model_name pages --model best.onnx --http_port 8080
"""

import argparse

import onnxruntime
from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer, model_server
from kserve.utils.numpy_codec import from_np_dtype
from starlette.middleware.cors import CORSMiddleware

PAGES = ["http://127.0.0.1:8737"]  # the addresses of Twoclick that may read the answers

DATATYPES = {
    "tensor(float)": "FP32",
    "tensor(float16)": "FP16",
    "tensor(double)": "FP64",
    "tensor(uint8)": "UINT8",
    "tensor(int32)": "INT32",
    "tensor(int64)": "INT64",
    "tensor(bool)": "BOOL",
}


class OnnxModel(Model):
    def __init__(self, name: str, path: str) -> None:
        super().__init__(name)
        self._path = path
        there = onnxruntime.get_available_providers()
        wanted = ("CUDAExecutionProvider", "CPUExecutionProvider")
        providers = [one for one in wanted if one in there]
        self._session = onnxruntime.InferenceSession(path, providers=providers)
        self.ready = True

    def __reduce__(self) -> tuple:
        """Each process of --workers opens the file itself."""
        return OnnxModel, (self.name, self._path)

    async def get_input_types(self) -> list[dict]:
        return [_told(one) for one in self._session.get_inputs()]

    async def get_output_types(self) -> list[dict]:
        return [_told(one) for one in self._session.get_outputs()]

    def predict(self, payload: InferRequest, *_: object, **__: object) -> InferResponse:
        given = {one.name: one.as_numpy() for one in payload.inputs}
        names = [one.name for one in payload.request_outputs or self._session.get_outputs()]
        outputs = []
        for name, value in zip(names, self._session.run(names, given), strict=True):
            output = InferOutput(
                name=name, shape=list(value.shape), datatype=from_np_dtype(value.dtype)
            )
            output.set_data_from_numpy(value)
            outputs.append(output)
        return InferResponse(
            response_id=payload.id or "1",
            model_name=self.name,
            infer_outputs=outputs,
            use_binary_outputs=payload.use_binary_outputs,
            requested_outputs=payload.request_outputs,
        )


def _told(spec: onnxruntime.NodeArg) -> dict:
    shape = [side if isinstance(side, int) else -1 for side in spec.shape]
    return {"name": spec.name, "datatype": DATATYPES[spec.type], "shape": shape}


# KServe sends no CORS headers itself, but its application takes what adds them.
model_server.app.add_middleware(
    CORSMiddleware, allow_origins=PAGES, allow_methods=["GET", "POST"], allow_headers=["*"]
)

if __name__ == "__main__":
    parser = argparse.ArgumentParser(parents=[model_server.parser])
    parser.add_argument("--model", default="best.onnx", help="the ONNX file")
    given, _ = parser.parse_known_args()
    ModelServer(enable_grpc=False).start([OnnxModel(given.model_name, given.model)])
