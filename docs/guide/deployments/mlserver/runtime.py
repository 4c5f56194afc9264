"""An ONNX file as a model of MLServer; settings.json, model-settings.json and best.onnx lie beside
this file.

pip install mlserver onnxruntime
mlserver start .
"""

import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse, MetadataTensor
from mlserver.utils import get_model_uri

DATATYPES = {
    "tensor(float)": "FP32",
    "tensor(float16)": "FP16",
    "tensor(double)": "FP64",
    "tensor(uint8)": "UINT8",
    "tensor(int32)": "INT32",
    "tensor(int64)": "INT64",
    "tensor(bool)": "BOOL",
}


class OnnxModel(MLModel):
    async def load(self) -> bool:
        path = await get_model_uri(self._settings)
        there = onnxruntime.get_available_providers()
        wanted = ("CUDAExecutionProvider", "CPUExecutionProvider")
        providers = [name for name in wanted if name in there]
        self._session = onnxruntime.InferenceSession(path, providers=providers)
        # MLServer does not look into the file, but tells what stands here.
        self.inputs = [_told(one) for one in self._session.get_inputs()]
        self.outputs = [_told(one) for one in self._session.get_outputs()]
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        given = {one.name: NumpyCodec.decode_input(one) for one in payload.inputs}
        names = [one.name for one in payload.outputs or self._session.get_outputs()]
        values = self._session.run(names, given)
        outputs = [
            NumpyCodec.encode_output(name, value) for name, value in zip(names, values, strict=True)
        ]
        return InferenceResponse(model_name=self.name, outputs=outputs)


def _told(spec: onnxruntime.NodeArg) -> MetadataTensor:
    shape = [side if isinstance(side, int) else -1 for side in spec.shape]
    return MetadataTensor(name=spec.name, datatype=DATATYPES[spec.type], shape=shape)
