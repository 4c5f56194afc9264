"""Writes a golden case of a model family: used by the references, in environments of their own.

A reference says how it prepares an image and what it reads in the answers; here the file is asked
through onnxruntime, its numbers are rounded as they are stored, and everything is written.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from pycocotools.mask import encode

from conformance.families.scenes import ASKED, scene

NOTHING = 0.01

Answers = dict[str, NDArray[Any]]
Prepared = tuple[NDArray[Any], dict[str, Any]]
"""The tensor (1, ...) as the file takes it, and the plan that it was made by."""


@dataclass(kw_only=True)
class Case:
    """One golden case.

    `prepare` makes the tensor of an RGB image (height, width, 3).  `keep` changes the rounded
    answers in place to what is stored: no equal scores, no rows that never matter.  `read` gives
    the shapes of stored answers for an image of width and height; it may change what it is given.
    `asked` are the scenes, each with the thresholds that `read` is called with.  `pictured` is the
    scene whose tensor is stored too, as whole numbers after `scale`.
    """

    name: str
    reference: str
    how: str
    prepare: Callable[[NDArray[np.uint8]], Prepared]
    read: Callable[..., list[dict[str, Any]]]
    keep: Callable[[Answers], None] = lambda answers: None
    asked: list[tuple[int, float, float]] = field(default_factory=list)
    pictured: int | None = None
    scale: float = 255.0

    def write_refused(self, model: Path, golden: Path, *, why: str) -> None:
        """What is to be said of a file that cannot be read: its header alone."""
        folder = golden / self.name
        folder.mkdir(parents=True, exist_ok=True)
        self._write_document(folder, model, [], refused=why)
        print(self.name, "refused")

    def write(self, model: Path, golden: Path) -> None:
        folder = golden / self.name
        folder.mkdir(parents=True, exist_ok=True)
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        names = [one.name for one in session.get_outputs()]
        arrays: Answers = {}
        images = []
        for at, (place, conf, iou) in enumerate(self.asked):
            seed, width, height = ASKED[place]
            pixels, _ = scene(seed, width, height)
            tensor, plan = self.prepare(pixels)
            given = session.run(names, {session.get_inputs()[0].name: tensor})
            answers = {
                name: one if one.dtype.kind in "iub" else one.astype(np.float16)
                for name, one in zip(names, given, strict=True)
            }
            self.keep(answers)
            arrays |= {f"{at}/{name}": one for name, one in answers.items()}
            stored = {
                name: one.astype(np.float32) if one.dtype == np.float16 else one.copy()
                for name, one in answers.items()
            }
            shapes = self.read(stored, width=width, height=height, conf=conf, iou=iou)
            images.append(
                {
                    "name": f"scene {seed} {width}x{height}",
                    "width": width,
                    "height": height,
                    "pixels_sha256": hashlib.sha256(pixels.tobytes()).hexdigest(),
                    "conf": conf,
                    "iou": iou,
                    "plan": {"tensor": [int(side) for side in tensor.shape[2:]], **plan},
                    "tensor_mean": float(tensor.mean(dtype=np.float64)),
                    "tensor_sha256": hashlib.sha256(tensor.tobytes()).hexdigest(),
                    "shapes": shapes,
                }
            )
            if at == self.pictured:
                whole = np.rint(tensor[0].transpose(1, 2, 0) * self.scale).astype(np.uint8)
                np.savez_compressed(folder / "tensor.npz", **{str(at): whole})
        np.savez_compressed(folder / "answers.npz", **arrays)
        self._write_document(folder, model, images)
        size = sum(one.stat().st_size for one in folder.iterdir())
        print(self.name, "shapes", [len(one["shapes"]) for one in images], "bytes", size)

    def _write_document(
        self, folder: Path, model: Path, images: list[dict[str, Any]], **more: Any
    ) -> None:
        document = {
            "case": self.name,
            "reference": f"{self.reference} + onnxruntime {onnxruntime.__version__}",
            "how": self.how,
            **more,
            "model": described(model),
            "images": images,
        }
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        for start in ('{"name":"scene', '{"class_id"'):
            text = text.replace(start, "\n" + start)
        (folder / "case.json").write_text(text + "\n", encoding="utf-8")


def rows_apart(rows: NDArray[np.float16], *, classes: int = 5, alone: bool = False) -> None:
    """Rows (n, classes + 5 or more) of a box, an objectness and class scores, ready to be stored.

    Those that never matter are zeroed.  The best scores of the others, objectness times class or,
    `alone`, the objectness, are made distinct by small steps downwards: which of two rows with one
    score comes first is left to chance by sorting, and suppression then keeps the one or the other.
    """
    scores = rows[:, 5 : 5 + classes]
    every = np.arange(len(rows))
    best = scores.argmax(axis=1)

    def score(at: Any) -> Any:
        objectness = rows[at, 4].astype(np.float32)
        return objectness if alone else objectness * scores[at, best[at]].astype(np.float32)

    rows[score(every) < NOTHING] = 0
    changed = rows[:, 4:5] if alone else scores
    last = np.float32(np.inf)
    for at in np.argsort(-score(every), kind="stable"):
        if score(at) < NOTHING:
            break
        column = 0 if alone else best[at]
        while score(at) >= last:
            changed[at, column] = np.nextafter(changed[at, column], np.float16(0))
        last = score(at)
        others = scores[at] >= scores[at, best[at]]
        others[best[at]] = False
        scores[at, others] = np.nextafter(scores[at, best[at]], np.float16(0))


def shape(class_id: float, score: float, box: Any, **more: Any) -> dict[str, Any]:
    return {
        "class_id": int(class_id),
        "score": round(float(score), 6),
        "box": [round(float(number), 4) for number in box],
        **more,
    }


def packed(mask: NDArray[Any]) -> dict[str, Any]:
    """COCO's compressed run lengths."""
    coded = encode(np.asfortranarray(mask.astype(np.uint8)))
    return {"size": [int(side) for side in coded["size"]], "counts": coded["counts"].decode()}


def described(path: Path) -> dict[str, Any]:
    model = onnx.load(path)
    content = path.read_bytes()
    return {
        "metadata": {one.key: one.value for one in model.metadata_props},
        "producer": " ".join(filter(None, (model.producer_name, model.producer_version))),
        "doc_string": model.doc_string,
        "opset": next(one.version for one in model.opset_import if not one.domain),
        "inputs": [_port(one) for one in model.graph.input],
        "outputs": [_port(one) for one in model.graph.output],
        "last_operators": [node.op_type for node in model.graph.node][-40:],
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _port(one: Any) -> dict[str, Any]:
    kind = one.type.tensor_type
    return {
        "name": one.name,
        "element_type": onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type).name,
        "shape": [side.dim_param or side.dim_value for side in kind.shape.dim],
    }
