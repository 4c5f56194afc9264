"""Lets torchvision be imported where its compiled part does not load."""

import torch

_KEPT = []


def stand_in() -> None:
    """Declares the operators that the import asks for; `nms` answers as the reference's own."""
    library = torch.library.Library("torchvision", "FRAGMENT")
    _KEPT.append(library)
    try:
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        return
    library.impl("nms", _nms, "CPU")
    import torchvision.ops.boxes

    torchvision.ops.boxes._assert_has_ops = lambda: None


def _nms(boxes: torch.Tensor, scores: torch.Tensor, iou_threshold: float) -> torch.Tensor:
    from ultralytics.utils.nms import TorchNMS

    return TorchNMS.nms(boxes, scores, iou_threshold)
