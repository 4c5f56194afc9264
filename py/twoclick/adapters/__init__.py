"""Implementations of the ports."""

import os

# Twoclick sends nothing: onnxruntime would begin to, as soon as it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
