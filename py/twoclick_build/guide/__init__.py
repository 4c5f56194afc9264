"""From the guide's Markdown in `docs/guide/` to the Help that the page has inside."""

from twoclick_build.guide.write import write_help

__all__ = ["write_help"]
