"""The sample project "Pages": drawn document pages whose layout is known to the pixel."""

from twoclick_build.sample_pages.page import DrawnPage, draw_page
from twoclick_build.sample_pages.project import write_sample

__all__ = ["DrawnPage", "draw_page", "write_sample"]
