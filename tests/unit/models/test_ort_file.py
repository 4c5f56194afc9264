import time

import flatbuffers
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import onnx_writer as write
from golden.db_model import db_model
from golden.family_answers import FAMILIES, case_names, golden_case
from golden.family_models import answering, model_bytes, tensor_spec
from golden.ort_models import LEVELS, as_ort
from twoclick.models.byte_source import HeldBytes
from twoclick.models.errors import ModelError, ModelFileError
from twoclick.models.recognise import recognise
from twoclick.models.self_description import read_model_file

METADATA = {"names": "Überschrift\ntext", "stride": "32"}


def read(data):
    return read_model_file(data, file_name="model.ort")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    answer = {"boxes": np.ones((1, 2, 4), dtype=np.float32)}
    onnx = answering(
        answer,
        inputs=[tensor_spec("image", ("batch", 3, 640, 640))],
        metadata=METADATA,
        doc_string="trained on Monday",
    )
    return as_ort(onnx, tmp_path_factory.mktemp("small"))


def test_a_model_tells_about_itself(small):
    model = read(small)
    assert (model.producer, model.doc_string) == ("twoclick-tests", "trained on Monday")
    assert (model.ir_version, model.opsets["ai.onnx"]) == (8, 13)
    assert model.metadata == METADATA
    assert [str(spec) for spec in model.inputs] == ["image float32 (batch, 3, 640, 640)"]
    assert [str(spec) for spec in model.outputs] == ["boxes float32 (1, 2, 4)"]


ANSWERING = [name for name in case_names() if (FAMILIES / name / "answers.npz").exists()]


@pytest.mark.parametrize("case", ANSWERING)
def test_a_family_is_recognised_in_either_format(case, tmp_path):
    golden = golden_case(case)
    onnx = model_bytes(golden, golden.images[0])
    assert told(as_ort(onnx, tmp_path)) == told(onnx)


def told(data):
    """What a file is, or why it is refused.

    Not by the shapes of outputs: these models answer with constants, whose shapes onnxruntime says.
    """
    model = read(data)
    try:
        cards = [one.card for one in recognise(model).interpretations]
    except ModelError as error:
        return str(error).partition("outputs")[0]
    return (
        model.inputs,
        model.metadata,
        [(one.family, one.task, one.recipe.input_name) for one in cards],
    )


@pytest.mark.parametrize("level", LEVELS)
def test_a_head_is_known_by_its_operators_whatever_became_of_them(level, tmp_path):
    head = ("Conv", "Relu", "ConvTranspose", "ConvTranspose", "Sigmoid")
    onnx = db_model(side=64, head=head)
    data = as_ort(onnx, tmp_path, level=level)
    assert read(data).last_operators == head
    assert recognise(read(data)) == recognise(read(onnx))


def test_what_is_done_last_is_last_whatever_the_order_of_the_file(tmp_path):
    data = as_ort(db_model(side=64, head=("Conv", "Sigmoid")), tmp_path)
    assert b"FusedConv" in data
    assert read(data).last_operators == ("Conv", "Sigmoid")


def test_operators_that_need_a_plugin_are_named(tmp_path):
    data = as_ort(db_model(side=64, head=("Conv", "Sigmoid")), tmp_path)
    named = read(data.replace(b"com.microsoft\0", b"org.strangers\0"))
    assert named.foreign_operators == ("org.strangers::FusedConv",)


def test_old_files_list_their_weights_among_the_inputs(tmp_path):
    nodes = [
        write.block(1, "image")
        + write.block(1, "weights")
        + write.block(2, "out")
        + write.block(4, "MatMul")
    ]
    onnx = write.model(
        inputs=[write.value_info("image", [1, 2]), write.value_info("weights", [2, 2])],
        outputs=[write.value_info("out", [1, 2])],
        nodes=nodes,
        initializers=[write.tensor("weights", np.ones((2, 2), dtype=np.float32))],
        ir_version=3,
    )
    data = as_ort(onnx, tmp_path, level="none")
    assert [spec.name for spec in read(data).inputs] == ["image"]


def crowded(count):
    """A graph of so many inputs, all of them among the values that are described."""
    file = flatbuffers.Builder(64 * count)
    texts = [file.CreateString(f"value {place}") for place in range(count)]
    values = [table(file, 3, (0, text)) for text in texts]
    graph = table(file, 9, (1, listed(file, values)), (5, listed(file, texts)))
    model = table(file, 10, (7, graph))
    file.Finish(table(file, 4, (1, model)), file_identifier=b"ORTM")
    return bytes(file.Output())


def table(file, size, *fields):
    file.StartObject(size)
    for number, value in fields:
        file.PrependUOffsetTRelativeSlot(number, value, 0)
    return file.EndObject()


def listed(file, items):
    file.StartVector(4, len(items), 4)
    for one in items:
        file.PrependUOffsetTRelative(one)
    return file.EndVector()


def test_a_file_of_very_many_inputs_is_refused_soon():
    data = crowded(30_000)
    began = time.perf_counter()
    with pytest.raises(ModelFileError, match="no graph with inputs and outputs"):
        read(data)
    assert time.perf_counter() - began < 10


class Counted:
    """Remembers how much of a file is read."""

    def __init__(self, data):
        self.held, self.size, self.taken = HeldBytes(data), len(data), 0

    def read(self, start, length):
        self.taken += length
        return self.held.read(start, length)


def test_weights_are_not_read(tmp_path):
    answer = {"out": np.ones((1, 3_000_000), dtype=np.float32)}
    source = Counted(as_ort(answering(answer, inputs=[tensor_spec("image", (1,))]), tmp_path))
    assert read(source).outputs[0].shape == (1, 3_000_000)
    assert source.size > 12_000_000
    assert source.taken < 100_000


@pytest.mark.parametrize("kept", [8, 20, 40, 400])
def test_one_that_is_cut_short_is_refused_by_name(small, kept):
    with pytest.raises(ModelFileError, match=r"model\.ort is not a readable \.ort model") as caught:
        read(small[:kept])
    assert "convert or copy it again" in str(caught.value)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_model_or_a_clear_error(data):
    model_or_error(b"\x14\0\0\0ORTM" + data)


@given(st.data())
def test_a_damaged_model_gives_a_model_or_a_clear_error(small, data):
    damaged = bytearray(small)
    for place in data.draw(st.lists(st.integers(0, len(small) - 1), max_size=5)):
        damaged[place] = data.draw(st.integers(0, 255))
    model_or_error(damaged)


def model_or_error(data):
    said = "model.ort"
    try:
        read(data)
    except ModelFileError as error:
        said = str(error)
    assert "model.ort" in said
