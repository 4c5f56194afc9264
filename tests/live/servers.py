"""The real servers, each started with one model; ended with the block.

Each has an environment of its own, which is made at the first start and kept.  `folder` is an empty
one, where the server finds what it serves and writes its log.
"""

import json
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from golden import onnx_writer as write
from live.running import free_ports, running, server_python
from twoclick.models.model_file import TensorSpec
from twoclick.models.self_description import read_model_file

HERE = Path(__file__).parent

_ARTIFACT = "artifact_tiny"


def datature_server(
    folder: Path, *, rows: Sequence[Sequence[float]], names: Sequence[str]
) -> AbstractContextManager[str]:
    """Datature's local deployment, by its address, with a model that finds the same on every image.

    A row is y0, x0, y1, x1 as shares of the image, score, class (from 1 on) and whether it is
    anything.
    """
    python = server_python("datature", requirements=HERE / "datature/server.lock")
    model = folder / ".datature/models" / _ARTIFACT
    model.mkdir(parents=True)
    (model / "model.onnx").write_bytes(_finding(np.array([rows], dtype=np.float32)))
    items = [f'item {{\n  id: {n}\n  name: "{name}"\n}}\n' for n, name in enumerate(names, 1)]
    (model / "label.txt").write_text("".join(items))
    (port,) = free_ports(1)
    script = HERE / "datature/serve.py"
    start = ["env", f"HOME={folder}", python, script, _ARTIFACT, str(port), "http://x.test"]
    return running(start, folder=folder, port=port, ready="/datature-local-deployment-ping")


def mlserver(folder: Path, model: Path) -> AbstractContextManager[str]:
    """MLServer, by its address, with a model of float32 that declares what its file says."""
    python = server_python("mlserver", requirements=HERE / "mlserver/server.lock")
    port, grpc, metrics = free_ports(3)
    shutil.copy(HERE / "mlserver/runtime.py", folder)
    settings = {
        "host": "127.0.0.1",
        "http_port": port,
        "grpc_port": grpc,
        "metrics_port": metrics,
        "parallel_workers": 0,
        "debug": False,
    }
    told = read_model_file(model.read_bytes(), file_name=model.name)
    about = {
        "name": model.stem,
        "implementation": "runtime.OnnxModel",
        "platform": "onnxruntime",
        "parameters": {"uri": str(model)},
        "inputs": [_declared(spec) for spec in told.inputs],
        "outputs": [_declared(spec) for spec in told.outputs],
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    (folder / "model-settings.json").write_text(json.dumps(about))
    start = [python, "-c", "from mlserver.cli import main; main()", "start", folder]
    return running(start, folder=folder, port=port, ready=f"/v2/models/{model.stem}/ready")


def kserve(folder: Path, model: Path) -> AbstractContextManager[str]:
    """KServe, by its address."""
    python = server_python("kserve", requirements=HERE / "kserve/server.lock")
    (port,) = free_ports(1)
    start = [python, HERE / "kserve/serve.py", str(port), model.stem, model]
    return running(start, folder=folder, port=port, ready=f"/v2/models/{model.stem}/ready")


def _finding(rows: np.ndarray) -> bytes:
    node = write.block(1, "stored") + write.block(2, "output") + write.block(4, "Identity")
    return write.model(
        inputs=[write.value_info("input", (1, 64, 64, 3))],
        outputs=[write.value_info("output", rows.shape)],
        nodes=[node],
        initializers=[write.tensor("stored", rows)],
        doc_string="Polybius_v1.bbox",
    )


def _declared(spec: TensorSpec) -> dict[str, object]:
    assert spec.element_type == "float32"
    return {"name": spec.name, "datatype": "FP32", "shape": list(spec.shape)}
