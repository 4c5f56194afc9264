"""Model files of every format that is read, by what they say of themselves.

onnxruntime-web tells names and shapes of inputs and outputs only; class names, the training tool
and its notes live in `metadata_props` and `doc_string`, which only the bytes of the file have.
"""

from collections.abc import Callable

from twoclick.models.byte_source import ByteSource, HeldBytes
from twoclick.models.errors import ModelFileError
from twoclick.models.flatbuffers import FlatBufferError
from twoclick.models.model_file import ModelFile
from twoclick.models.onnx_file import read_onnx
from twoclick.models.ort_file import is_ort, read_ort
from twoclick.models.protobuf import WireError


def read_model_file(
    data: ByteSource | bytes | bytearray | memoryview, *, file_name: str
) -> ModelFile:
    """Reads the self-description of a model from its file, ONNX or onnxruntime's own format.

    Raises ModelFileError for bytes that are neither or are cut short; takes time in proportion to
    the number of fields, not to the size of the weights, which are never read.
    """
    source = HeldBytes(data) if isinstance(data, bytes | bytearray | memoryview) else data
    kind, way = "ONNX", "export or copy it again"
    try:
        head = source.read(0, min(64, source.size))
        _refuse_known_strangers(head, file_name)
        read: Callable[..., ModelFile] = read_onnx
        if is_ort(head):
            read, kind, way = read_ort, ".ort", "convert or copy it again"
        model = read(source, file_name=file_name)
    except OSError as error:
        raise ModelFileError(
            f"{file_name} cannot be read: {error.strerror or error}. Choose the file again."
        ) from error
    except (WireError, FlatBufferError, UnicodeDecodeError) as error:
        reason = "a name in it is not text" if isinstance(error, UnicodeDecodeError) else error
        raise ModelFileError(
            f"{file_name} is not a readable {kind} model: {reason}. "
            f"It may be damaged or not fully downloaded; {way}."
        ) from error
    if not model.inputs or not model.outputs:
        raise ModelFileError(
            f"{file_name} is not an {kind} model: no graph with inputs and outputs was found in "
            "it. Choose the .onnx file that your training tool exported."
        )
    return model


def _refuse_known_strangers(head: bytes, file_name: str) -> None:
    """Names the files that are most often taken for a model that can be read."""
    if not head:
        stranger = "is empty. Export or copy it again"
    elif head.startswith(b"PK\x03\x04"):
        stranger = "is a zip archive or PyTorch checkpoint. Unpack it, or export the model to ONNX"
    elif head[4:8] == b"TFL3":
        stranger = "is a TensorFlow Lite model. Export the model to ONNX"
    elif head.startswith(b"\x89HDF"):
        stranger = "is a Keras model (HDF5). Export the model to ONNX"
    elif head.startswith(b"version https://git-lfs"):
        stranger = "is a Git LFS pointer, not the model itself. Fetch it with `git lfs pull`"
    else:
        return
    raise ModelFileError(f"{file_name} {stranger}.")
