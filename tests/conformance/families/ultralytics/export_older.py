"""Exports models with an older release of the reference, whose files are still about.

Started as: python export_older.py RUNS MODELS CASE...   with a folder on PYTHONPATH, before all
else, that has ultralytics==8.3.40 in it (pip install --no-deps --target).  The weights are those
that train.py left, kept by `export.py --weights`: the older release cannot read the newer's files.
"""

import os
import sys
from pathlib import Path

os.environ["YOLO_OFFLINE"] = "true"
os.environ["YOLO_AUTOINSTALL"] = "false"
os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"

import compiled_vision
import torch
from ultralytics import RTDETR, YOLO
from ultralytics.nn.modules import block

from conformance.families.scenes import NAMES

OLDER = {
    "ultralytics-8.3-v8-detect": ("v8-detect", {"opset": 17}),
    "ultralytics-8.3-v10-detect": ("v10-detect", {"opset": 17}),
    "ultralytics-8.3-rtdetr": ("rtdetr-detect", {"opset": 17}),
}


class Attention(block.Attention):
    """With one head at least: the older release counts none in bodies as narrow as ours."""

    def __init__(self, dim: int, num_heads: int = 8, attn_ratio: float = 0.5) -> None:
        super().__init__(dim, max(num_heads, 1), attn_ratio)


def main() -> None:
    runs, models = Path(sys.argv[1]), Path(sys.argv[2])
    own = torch.onnx.export
    torch.onnx.export = lambda *given, **told: own(*given, **told, dynamo=False)
    block.Attention = Attention
    for case in sys.argv[3:]:
        trained, told = OLDER[case]
        # A scale is told by a letter in the name; what the name does not tell is the first one.
        model = (RTDETR if "detr" in case else YOLO)(runs / f"{trained}.yaml")
        model.model.yaml["nc"] = len(NAMES)
        whole = type(model.model)(model.model.yaml, nc=len(NAMES), verbose=False)
        whole.load_state_dict(torch.load(runs / f"{trained}.weights.pt"))
        whole.names = dict(enumerate(NAMES))
        whole.args = {**model.model.args, "data": "scenes.yaml"}
        whole.task = model.task
        model.model = whole.float().eval()
        model.model.pt_path = str(models / f"{case}.pt")
        model.export(format="onnx", device="cpu", imgsz=160, **told)


if __name__ == "__main__":
    compiled_vision.stand_in()
    main()
