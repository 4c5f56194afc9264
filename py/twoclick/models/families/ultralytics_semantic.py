"""The class of each pixel by Ultralytics YOLO with the ending "-sem".

One input, letterboxed, RGB, 0..1.  One output, the number of the class of each pixel of the tensor:
(1, height, width) uint8, int32 for more than 256 classes.  A model of one class gives 1 where that
is, and 0 elsewhere.  Exports for other runtimes than ONNX's keep the scores, (1, classes, height,
width), which are read as well.

Sources: Ultralytics 8.4 `nn/modules/head.py`, `models/yolo/semantic/predict.py`.
"""

from collections.abc import Sequence

from twoclick.models.background import background_line
from twoclick.models.card import ModelCard
from twoclick.models.class_map_answers import MapAnswer, regions_of_answer
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.image_input import image_input
from twoclick.models.letterbox_plans import letterbox_plan
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_cards import letterbox_card, metadata_line
from twoclick.models.ultralytics_metadata import read_metadata

NAME = "ultralytics-semantic"


class _UltralyticsSemantic:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLO by Ultralytics"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if len(model.inputs) != 1 or model.metadata.get("task") != "semantic":
            return ()
        image, metadata = image_input(model.inputs[0]), read_metadata(model)
        output = model.outputs[0]
        if image is None or metadata is None or len(output.shape) not in (3, 4):
            return ()
        card = letterbox_card(
            image,
            metadata,
            family=NAME,
            task="semantic segmentation",
            class_names=metadata.names,
            suppressed=True,
            overlap=1.0,
            details=_answer(output, classes=len(metadata.names)).details(),
            evidence=(
                metadata_line(metadata),
                f"One output: {output}",
                background_line(metadata.names),
            ),
        )
        return (Interpretation(confidence=Confidence.CERTAIN, card=card),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        return letterbox_plan(card, width=width, height=height)

    def decode(
        self,
        card: ModelCard,
        plan: Plan,
        outputs: Outputs,
        *,
        width: int,
        height: int,
        keep: Keep,
    ) -> RawPredictions:
        return regions_of_answer(card, plan, outputs, width=width, height=height, keep=keep)


FAMILY = _UltralyticsSemantic()


def _answer(output: TensorSpec, *, classes: int) -> MapAnswer:
    if len(output.shape) == 4:
        return MapAnswer(output=output.name, form="planes first")
    return MapAnswer(output=output.name, form="labels", first=1 if classes == 1 else 0)
