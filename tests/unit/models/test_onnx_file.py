import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from golden import onnx_writer as write
from twoclick.models.errors import ModelFileError
from twoclick.models.self_description import read_model_file

SOUND = write.model(
    inputs=[write.value_info("image", ["batch", 3, 640, 640])],
    outputs=[
        write.value_info("boxes", [1, -1, 4]),
        write.value_info("labels", [1, 300], element_type=write.INT64),
    ],
    metadata={"names": "Überschrift\ntext", "stride": "32"},
    doc_string="trained on Monday",
)


def read(data):
    return read_model_file(data, file_name="model.onnx")


def test_a_model_tells_about_itself():
    model = read(SOUND)
    assert model.producer == "twoclick-tests"
    assert model.doc_string == "trained on Monday"
    assert model.ir_version == 8
    assert model.opsets == {"ai.onnx": 13}
    assert model.metadata == {"names": "Überschrift\ntext", "stride": "32"}
    assert [str(spec) for spec in model.inputs] == ["image float32 (batch, 3, 640, 640)"]
    assert [str(spec) for spec in model.outputs] == [
        "boxes float32 (1, ?, 4)",
        "labels int64 (1, 300)",
    ]


@pytest.mark.parametrize(("ir_version", "inputs"), [(3, ["image"]), (4, ["image", "weights"])])
def test_old_files_list_their_weights_among_the_inputs(ir_version, inputs):
    weights = np.zeros((2, 2), dtype=np.float32)
    data = write.model(
        inputs=[write.value_info("image", [1]), write.value_info("weights", [2, 2])],
        outputs=[write.value_info("out", [1])],
        initializers=[write.tensor("weights", weights)],
        ir_version=ir_version,
    )
    assert [spec.name for spec in read(data).inputs] == inputs


def test_an_input_that_is_no_tensor_is_named():
    sequence = write.block(1, "list") + write.block(2, write.block(4, b""))
    data = write.model(inputs=[sequence], outputs=[write.value_info("out", [1])])
    assert read(data).inputs[0].element_type == "not a tensor"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "PyTorch"),
        (b"\x1c\x00\x00\x00TFL3rest", "TensorFlow Lite"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "not a readable ONNX model"),
        (write.number(1, 8), "no graph"),
        (SOUND[:-5], "not a readable ONNX model"),
        (write.block(2, b"\xff\xfe") + SOUND, "is not text"),
        (write.block(1, "eight") + SOUND, "a number was expected"),
        (SOUND + write.number(14, 3), "a message was expected"),
    ],
)
def test_what_is_no_model_is_refused_by_name(data, words):
    with pytest.raises(ModelFileError) as caught:
        read(data)
    assert words in str(caught.value)
    assert "model.onnx" in str(caught.value)
    assert caught.value.code == "model_file"


@given(st.binary(max_size=400))
def test_any_bytes_give_a_model_or_a_clear_error(data):
    model_or_error(data)


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255), st.booleans())
@example(0, 0, True)
def test_a_damaged_model_gives_a_model_or_a_clear_error(place, byte, cut):
    damaged = SOUND[:place] if cut else SOUND[:place] + bytes([byte]) + SOUND[place + 1 :]
    model_or_error(damaged)


def model_or_error(data):
    said = "model.onnx"
    try:
        read(data)
    except ModelFileError as error:
        said = str(error)
    assert "model.onnx" in said


def external(name, location):
    """A tensor whose numbers are in another file."""
    place = write.block(1, "location") + write.block(2, location)
    return write.block(8, name) + write.block(13, place) + write.number(14, 1)


def test_files_with_the_weights_of_a_model_are_named():
    places = ["model.onnx.data", "more.bin", "model.onnx.data"]
    data = write.model(
        inputs=[write.value_info("image", [1])],
        outputs=[write.value_info("out", [1])],
        initializers=[external(f"w{n}", place) for n, place in enumerate(places)],
    )
    assert read(data).data_files == ("model.onnx.data", "more.bin")


def node(operator, domain):
    return write.block(4, operator) + write.block(7, domain)


def test_operators_that_need_a_plugin_are_named():
    nodes = [("Conv", ""), ("Gelu", "com.microsoft"), ("EfficientNMS_TRT", "TRT")]
    graph = b"".join(write.block(1, node(*one)) for one in nodes)
    graph += write.block(11, write.value_info("image", [1]))
    graph += write.block(12, write.value_info("out", [1]))
    model = read(write.number(1, 8) + write.block(7, graph))
    assert model.foreign_operators == ("TRT::EfficientNMS_TRT",)
    assert model.last_operators == ("Conv", "Gelu", "EfficientNMS_TRT")


def test_a_graph_that_comes_in_two_parts_is_one():
    more = write.block(1, node("Magic", "extra")) + write.block(5, external("w", "w.data"))
    model = read(SOUND + write.block(7, more))
    assert [spec.name for spec in model.outputs] == ["boxes", "labels"]
    assert (model.foreign_operators, model.data_files) == (("extra::Magic",), ("w.data",))
