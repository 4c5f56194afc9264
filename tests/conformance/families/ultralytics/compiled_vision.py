"""Lets torchvision be imported where its compiled part does not load."""

import torch

_KEPT = []


def stand_in() -> None:
    """Declares the operators that the import asks for; `nms` answers in plain torch."""
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
    """The best first, and each that overlaps none of those before it by more."""
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)
    left = scores.sort(descending=True, stable=True).indices
    kept = []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        corner = torch.maximum(boxes[best, :2], boxes[left, :2])
        across = torch.minimum(boxes[best, 2:], boxes[left, 2:]) - corner
        shared = across.clamp(min=0).prod(dim=1)
        left = left[shared / (areas[best] + areas[left] - shared) <= iou_threshold]
    return torch.stack(kept) if kept else torch.zeros(0, dtype=torch.int64)
