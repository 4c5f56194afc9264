"""Lets torchvision be imported where its compiled part does not load; nms is done in torch."""

import torch

_LIBRARY = torch.library.Library("torchvision", "FRAGMENT")


def stand_in() -> None:
    for name in ("nms", "qnms"):
        _LIBRARY.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _LIBRARY.impl("nms", _nms, "CPU")
    import torchvision.ops.boxes

    torchvision.ops.boxes._assert_has_ops = lambda: None


def _nms(boxes: torch.Tensor, scores: torch.Tensor, iou_threshold: float) -> torch.Tensor:
    """The boxes that no higher one overlaps by more, by falling score."""
    left = scores.sort(descending=True, stable=True).indices
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)
    kept = []
    while left.numel():
        best, left = left[0], left[1:]
        kept.append(best)
        first = torch.maximum(boxes[best, :2], boxes[left, :2])
        last = torch.minimum(boxes[best, 2:], boxes[left, 2:])
        common = (last - first).clamp(min=0).prod(dim=1)
        left = left[common / (areas[best] + areas[left] - common) <= iou_threshold]
    return torch.stack(kept) if kept else torch.zeros(0, dtype=torch.int64)
