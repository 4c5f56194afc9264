"""The page's files, served as any static host would."""

import os

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from twoclick.adapters.relay.media_types import media_type_of

PRODUCT = "Twoclick"
"""The name in the `Server` header: how a second server knows the first."""


class PageFiles(StaticFiles):
    """Files with the types browsers insist on; policy headers are the service worker's part."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Raises RuntimeError where `folder` is none."""
        super().__init__(directory=folder, html=True)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """As the library has it, with types by the table alone."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        if isinstance(response, FileResponse):
            response.headers["Content-Type"] = media_type_of(os.fspath(full_path))
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Server"] = PRODUCT
        return response
