"""The real servers, each started with one model by the guide's example; ended with the block.

Each has an environment of its own, which is made at the first start and kept.  `folder` is an empty
one, where the server finds what it serves and writes its log.
"""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from golden import onnx_writer as write
from live.guide_files import take
from live.preflight import PAGE
from live.running import free_ports, running, server_python

HERE = Path(__file__).parent

_ARTIFACT = "artifact_tiny"
_MLSERVER = ("settings.json", "model-settings.json")


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
    take(folder, "datature/serve.py")
    start = ["env", f"HOME={folder}", python, "serve.py", _ARTIFACT, str(port), PAGE]
    return running(start, folder=folder, port=port, ready="/datature-local-deployment-ping")


def mlserver(folder: Path, model: Path, *, workers: int = 0) -> AbstractContextManager[str]:
    """MLServer, by its address, with a model that has the name of its file."""
    python = server_python("mlserver", requirements=HERE / "mlserver/server.lock")
    take(folder, *(f"mlserver/{name}" for name in ("runtime.py", *_MLSERVER)))
    ports = free_ports(3)
    settings, about = (json.loads((folder / name).read_text("utf-8")) for name in _MLSERVER)
    settings |= dict(zip(("http_port", "grpc_port", "metrics_port"), ports, strict=True))
    settings["parallel_workers"] = workers
    about |= {"name": model.stem, "parameters": {"uri": str(model)}}
    for name, told in zip(_MLSERVER, (settings, about), strict=True):
        (folder / name).write_text(json.dumps(told))
    start = [python, "-c", "from mlserver.cli import main; main()", "start", folder]
    return running(start, folder=folder, port=ports[0], ready=f"/v2/models/{model.stem}/ready")


def kserve(folder: Path, model: Path, *, workers: int = 1) -> AbstractContextManager[str]:
    """KServe, by its address, with a model that has the name of its file."""
    python = server_python("kserve", requirements=HERE / "kserve/server.lock")
    take(folder, "kserve/serve.py")
    (port,) = free_ports(1)
    named = ["--model_name", model.stem, "--model", model]
    many = ["--http_port", str(port), "--workers", str(workers)]
    start = [python, "serve.py", *named, *many]
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
