"""Model files in onnxruntime's own format, made by onnxruntime from ONNX ones."""

from pathlib import Path

import onnxruntime

LEVELS = {
    "none": onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL,
    "portable": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
    "for this processor": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL,
}
"""How much is optimised, from what stays as it was to what runs on such a processor alone."""


def as_ort(onnx: bytes, folder: Path, *, level: str = "portable") -> bytes:
    """The same model as an .ort file; `folder` takes what is written on the way."""
    path = folder / "converted.ort"
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(path)
    options.graph_optimization_level = LEVELS[level]
    options.log_severity_level = 3  # that a file is for one processor is known here
    options.add_session_config_entry("session.save_model_format", "ORT")
    onnxruntime.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    content = path.read_bytes()
    path.unlink()
    return content
