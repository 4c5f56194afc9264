"""Writes and reads bodies of the Open Inference Protocol with tritonclient, in its own environment.

Started by make_golden.py as: python reference.py

Prints one JSON document: questions as tritonclient writes them, and answers as it reads them, all
bytes in base64.  Nothing of Twoclick is imported here.
"""

import json
import struct
from base64 import b64encode
from importlib.metadata import version

import numpy as np
from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput, InferResult
from tritonclient.utils import np_to_triton_dtype

TENSORS = {
    "float32": np.linspace(0, 1, 24, dtype=np.float32).reshape(1, 3, 2, 4),
    "halves": np.array([0.5, 0.25, 1, 0, 114], dtype=np.float32).reshape(1, 5),
    "float16": np.linspace(-2, 2, 8, dtype=np.float16).reshape(2, 4),
    "uint8": np.arange(12, dtype=np.uint8).reshape(1, 2, 2, 3) * 21,
}

ANSWERS = {
    "bool": np.array([[True, False, True]]),
    **{f"uint{bits}": np.array([0, 2**bits - 1], np.dtype(f"uint{bits}")) for bits in (8, 16, 32)},
    **{f"int{bits}": np.array([-3, 2 ** (bits - 1) - 1], f"int{bits}") for bits in (8, 16, 32, 64)},
    "uint64": np.array([[2**64 - 1, 5]], np.uint64),
    "float16": np.array([[0.1, -65504]], np.float16),
    "float32": np.array([[[0.1, -3e38]]], np.float32),
    "float64": np.array([0.1, 1e300]),
    "empty": np.zeros((0, 6), np.float32),
}


def main() -> None:
    answer, raw = answer_of(ANSWERS)
    read = InferResult.from_response_body(answer + raw, header_length=len(answer))
    document = {
        "reference": f"tritonclient {version('tritonclient')}",
        "tensors": {name: told(tensor) for name, tensor in TENSORS.items()},
        "questions": [
            question(name, binary=binary, outputs=outputs)
            for name in TENSORS
            for binary, outputs in (
                (True, ("output0", "scores")),
                (True, None),
                (False, ("output0",)),
            )
        ],
        "answer": {
            "head": text(answer),
            "raw": text(raw),
            "read": {name: told(read.as_numpy(name)) for name in ANSWERS},
        },
    }
    print(json.dumps(document))


def question(name: str, *, binary: bool, outputs: tuple[str, ...] | None) -> dict:
    tensor = TENSORS[name]
    given = InferInput("images", list(tensor.shape), np_to_triton_dtype(tensor.dtype))
    given.set_data_from_numpy(tensor, binary_data=binary)
    wanted = outputs and [InferRequestedOutput(one, binary_data=binary) for one in outputs]
    body, head = InferenceServerClient.generate_request_body([given], outputs=wanted)
    return {
        "tensor": name,
        "binary": binary,
        "outputs": outputs,
        "body": text(body),
        "head": head,
    }


def answer_of(tensors: dict) -> tuple[bytes, bytes]:
    """A server's answer with raw tensors, its JSON as Triton writes it."""
    raws = [tensor.tobytes() for tensor in tensors.values()]
    outputs = [
        {
            "name": name,
            "datatype": np_to_triton_dtype(tensor.dtype),
            "shape": list(tensor.shape),
            "parameters": {"binary_data_size": len(raw)},
        }
        for (name, tensor), raw in zip(tensors.items(), raws, strict=True)
    ]
    head = {"model_name": "m", "model_version": "1", "outputs": outputs}
    return json.dumps(head, separators=(",", ":")).encode(), b"".join(raws)


def told(tensor: np.ndarray) -> dict:
    shape = list(tensor.shape)
    return {"type": tensor.dtype.name, "shape": shape, "data": text(tensor.tobytes())}


def text(content: bytes) -> str:
    return b64encode(content).decode("ascii")


if __name__ == "__main__":
    assert struct.pack("=H", 1) == b"\1\0", "the golden bytes are made on a little-endian machine"
    main()
