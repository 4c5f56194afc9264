"""A server of KServe with one model that runs an ONNX file, in an environment of its own.

Started by test_kserve.py as: python serve.py PORT NAME FILE

Nothing of Twoclick is imported here.
"""

import sys

import onnxruntime
from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer
from kserve.utils.numpy_codec import from_np_dtype

DATATYPES = {
    "tensor(float)": "FP32",
    "tensor(float16)": "FP16",
    "tensor(int64)": "INT64",
    "tensor(bool)": "BOOL",
}


class OnnxModel(Model):
    def __init__(self, name: str, path: str) -> None:
        super().__init__(name)
        self._session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        self.ready = True

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
    return {"name": spec.name, "datatype": DATATYPES[spec.type], "shape": spec.shape}


if __name__ == "__main__":
    port, name, path = sys.argv[1:]
    ModelServer(http_port=int(port), enable_grpc=False, workers=1).start([OnnxModel(name, path)])
