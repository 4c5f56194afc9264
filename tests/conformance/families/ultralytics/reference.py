"""Runs the reference, in an environment of its own, on exported models and generated scenes.

Started by make_golden.py as: python reference.py MODELS GOLDEN CASE...

For each case writes GOLDEN/CASE/case.json, answers.npz and, for some, tensor.npz.  Its own
predictor prepares the image, asks the file through onnxruntime and reads the answer; in between the
numbers are rounded as they are stored, so that who reads the stored ones starts from the same.
Nothing of Twoclick is imported but the scenes.
"""

import hashlib
import json
import os
import sys
from ast import literal_eval
from importlib.metadata import version
from pathlib import Path

os.environ["YOLO_OFFLINE"] = "true"
os.environ["YOLO_AUTOINSTALL"] = "false"

import compiled_vision
import cv2
import numpy as np
import onnx
import torch
from answers import rounded
from export import EXPORTS
from export_older import OLDER
from PIL import Image
from pycocotools.mask import encode
from ultralytics import RTDETR, YOLO

from conformance.families.scenes import ASKED, scene

WITH_TENSOR = {
    "ultralytics-v8-detect": 1,
    "ultralytics-v8-detect-dynamic-half": 2,
    "ultralytics-11-classify": 2,
    "ultralytics-11-classify-oblong": 2,
    "ultralytics-rtdetr": 2,
}
USUAL = (0.25, 0.7)
OWN_BORDER = cv2.copyMakeBorder


def main() -> None:
    compiled_vision.stand_in()
    models, golden = Path(sys.argv[1]), Path(sys.argv[2])
    for case in sys.argv[3:]:
        write(case, models / f"{case}.onnx", golden / case)


def write(case: str, path: Path, folder: Path) -> None:
    trained, told = {**EXPORTS, **OLDER}[case]
    asked = Asked(path)
    images, arrays = [], {}
    wanted = [(one, *USUAL) for one in ASKED]
    if asked.task in {"classify", "semantic", "segment"}:
        pass  # nothing more is to be seen of these, or it is large
    elif not told.get("nms", True) or "detr" in case:
        wanted.append((ASKED[0], 0.05, 0.7))
    elif "nms" not in told:
        wanted.append((ASKED[0], 0.05, 0.45))
    for at, ((seed, width, height), conf, iou) in enumerate(wanted):
        pixels, _ = scene(seed, width, height)
        name = f"scene {seed} {width}x{height}"
        told_of, answers, tensor = asked.about(pixels, conf=conf, iou=iou)
        images.append({"name": name, **told_of})
        arrays |= {f"{at}/{output}": array for output, array in answers.items()}
        if WITH_TENSOR.get(case) == at:
            folder.mkdir(parents=True, exist_ok=True)
            whole = np.rint(tensor[0].transpose(1, 2, 0) * 255).astype(np.uint8)
            np.savez_compressed(folder / "tensor.npz", **{str(at): whole})
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "answers.npz", **arrays)
    options = ", ".join(f"{key}={value}" for key, value in told.items()) or "defaults"
    more = ", then all of it turned to float16, as exports on a GPU are" if told.get("half") else ""
    more += ", after its weights were carried over into this release" if case in OLDER else ""
    document = {
        "case": case,
        "reference": f"ultralytics {version('ultralytics')} + torch {torch.__version__}"
        f" + onnxruntime {version('onnxruntime')}",
        "how": f"a tiny {trained} configuration, trained from scratch on the very scenes that it"
        f" is asked about; exported with {options}{more}; answers rounded through float16,"
        " rows scored under 0.01 zeroed, equal best scores made distinct",
        "model": described(path),
        "images": images,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    text = text.replace('{"name":"scene', '\n{"name":"scene').replace(
        '{"class_id"', '\n{"class_id"'
    )
    (folder / "case.json").write_text(text + "\n", encoding="utf-8")
    shapes = [len(one.get("shapes", ())) for one in images]
    size = sum(one.stat().st_size for one in folder.iterdir())
    print(case, "shapes", shapes, "bytes", size, [one.get("top", [])[:1] for one in images][:2])


class Asked:
    """The reference's predictor on one file."""

    def __init__(self, path: Path) -> None:
        model = onnx.load(path, load_external_data=False)
        told = {one.key: one.value for one in model.metadata_props}
        self.task = told["task"]
        self.outputs = [one.name for one in model.graph.output]
        self.classes = len(literal_eval(told["names"]))
        whole = RTDETR(path) if "detr" in path.name else YOLO(path, task=self.task)
        self.predictor = whole._smart_load("predictor")(
            overrides={
                **whole.overrides,
                "mode": "predict",
                "rect": True,
                "batch": 1,
                "save": False,
                "verbose": False,
                "device": "cpu",
                "imgsz": literal_eval(told["imgsz"]),
                "conf": 0.25,
            }
        )
        self.predictor.setup_model(model=str(path), verbose=False)

    def about(self, pixels, *, conf: float, iou: float):
        predictor = self.predictor
        predictor.args.conf, predictor.args.iou = conf, iou
        with torch.inference_mode():
            predictor.setup_source(np.ascontiguousarray(pixels[..., ::-1]))
            (predictor.batch,) = list(predictor.dataset)
            images = predictor.batch[1]
            plans = watch_letterbox()
            tensor = predictor.preprocess(images)
            given = predictor.model(tensor)
        given = [
            np.asarray(one) for one in (given if isinstance(given, (list, tuple)) else [given])
        ]
        kept = rounded(given, task=self.task, classes=self.classes)
        answers = dict(zip(self.outputs, kept, strict=True))
        plain = tensor.float().numpy()
        height, width = pixels.shape[:2]
        told = {
            "width": width,
            "height": height,
            "pixels_sha256": hashlib.sha256(pixels.tobytes()).hexdigest(),
            "conf": conf,
            "iou": iou,
            "plan": self.plan(plans, pixels, tensor.shape[2:]),
            "tensor_mean": float(plain.mean(dtype=np.float64)),
            "tensor_sha256": hashlib.sha256(np.ascontiguousarray(plain).tobytes()).hexdigest(),
        }
        told |= self.read(kept, tensor, images)
        return told, answers, plain

    def plan(self, plans: list, pixels, shape) -> dict:
        plan = {"tensor": [int(number) for number in shape]}
        if self.task == "classify":
            resized = self.predictor.host_transforms.transforms[0](Image.fromarray(pixels)).size
            left, top = (round((a - b) / 2) for a, b in zip(resized, shape[::-1], strict=True))
            return {**plan, "kind": "crop", "resized": list(resized), "left": left, "top": top}
        one = plans[-1]
        kind = "stretch" if "RTDETR" in type(self.predictor).__name__ else "letterbox"
        plan |= {"kind": kind, "resized": [int(number) for number in one["new_unpad"]]}
        return {**plan, "left": int(one["left"]), "top": int(one["top"])}

    def read(self, kept, tensor, images) -> dict:
        """What the reference's own post-processing makes of the stored numbers."""
        result = self.processed(kept, tensor, images)
        if self.task == "classify":
            order = result.probs.data.argsort(descending=True).tolist()
            return {"top": [[at, round(float(result.probs.data[at]), 6)] for at in order]}
        if self.task == "semantic":
            classes = result.semantic_mask.data.numpy()
            found = [(int(at), classes == at) for at in np.unique(classes)]
            return {"shapes": [{"class_id": at, "mask": packed(mask)} for at, mask in found]}
        boxes = result.obb if self.task == "obb" else result.boxes
        shapes = [
            {"class_id": int(kind), "score": round(float(score), 6), "box": numbers(box)}
            for kind, score, box in zip(boxes.cls, boxes.conf, boxes.xyxy, strict=True)
        ]
        for at, shape in enumerate(shapes):
            if self.task == "obb":
                shape["corners"] = numbers(boxes.xyxyxyxy[at].reshape(-1))
                shape["angle"] = round(float(boxes.xywhr[at, 4]), 6)
            if self.task == "pose":
                shape["keypoints"] = [numbers(one) for one in result.keypoints.data[at]]
            if self.task == "segment":
                shape["polygons"] = [[numbers(point) for point in result.masks.xy[at]]]
                shape["mask_in_tensor"] = packed(result.masks.data[at].numpy())
        if self.task == "segment" and shapes:
            add_whole_masks(shapes, self.processed(kept, tensor, images, retina_masks=True))
        return {"shapes": shapes}

    def processed(self, kept, tensor, images, *, retina_masks: bool = False):
        self.predictor.args.retina_masks = retina_masks
        given = [
            torch.from_numpy(one.astype(np.float32) if one.dtype == np.float16 else one.copy())
            for one in kept
        ]
        (result,) = self.predictor.postprocess(
            given if len(given) > 1 else given[0], tensor, images
        )
        return result


def add_whole_masks(shapes: list[dict], result) -> None:
    """The reference's masks at the size of the image: its other way, which starts anew."""
    found = {
        (int(kind), round(float(score), 6), *numbers(box)): mask
        for kind, score, box, mask in zip(
            result.boxes.cls, result.boxes.conf, result.boxes.xyxy, result.masks.data, strict=True
        )
    }
    for shape in shapes:
        mask = found.get((shape["class_id"], shape["score"], *shape["box"]))
        shape["mask"] = packed(mask.numpy()) if mask is not None else None


def watch_letterbox() -> list[dict]:
    """What the reference's letterbox does to the next images: its own calls of OpenCV."""
    plans: list[dict] = []

    def border(image, top, bottom, left, right, *given, **told):
        height, width = image.shape[:2]
        plans.append({"new_unpad": (width, height), "left": left, "top": top})
        return OWN_BORDER(image, top, bottom, left, right, *given, **told)

    cv2.copyMakeBorder = border
    return plans


def numbers(values) -> list[float]:
    return [round(float(number), 4) for number in values]


def packed(mask) -> dict:
    """COCO's compressed run lengths."""
    coded = encode(np.asfortranarray(mask.astype(np.uint8)))
    return {"size": [int(side) for side in coded["size"]], "counts": coded["counts"].decode()}


def described(path: Path) -> dict:
    model = onnx.load(path)
    content = path.read_bytes()
    return {
        "metadata": {one.key: one.value for one in model.metadata_props},
        "producer": " ".join(filter(None, (model.producer_name, model.producer_version))),
        "doc_string": model.doc_string,
        "opset": next(one.version for one in model.opset_import if not one.domain),
        "inputs": [port(one) for one in model.graph.input],
        "outputs": [port(one) for one in model.graph.output],
        "last_operators": [node.op_type for node in model.graph.node][-40:],
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def port(one) -> dict:
    kind = one.type.tensor_type
    return {
        "name": one.name,
        "element_type": onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type).name,
        "shape": [side.dim_param or side.dim_value for side in kind.shape.dim],
    }


if __name__ == "__main__":
    main()
