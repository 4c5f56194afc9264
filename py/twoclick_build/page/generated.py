"""Source files that the build writes from others, so that both agree."""

import importlib
from dataclasses import dataclass

from twoclick_build.failure import BuildError
from twoclick_build.files import write_text
from twoclick_build.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """A generated file: the function without parameters that gives its text, and where it lies.

    The function is named "module:function" and imported when its text is wanted: it reads the core,
    and a core that does not import must not stop the commands that have nothing to do with it.
    """

    generator: str
    target: str

    def text(self) -> str:
        """What the file should say. Raises BuildError when the core cannot be imported."""
        module, _, function = self.generator.partition(":")
        try:
            made = getattr(importlib.import_module(module), function)()
        except (ImportError, SyntaxError) as error:
            raise BuildError(f"Cannot generate {self.target}: {error}") from error
        return str(made)


GENERATED = (
    Generated(generator="twoclick_build.protocol_js:protocol_js", target="app/shared/protocol.js"),
    Generated(
        generator="twoclick.formats.twoclick_schema:schema_text",
        target="public/labels.schema.json",
    ),
    Generated(generator="twoclick_build.keys_md:keys_md", target="docs/guide/keys.md"),
)


def stale_files(places: Places) -> list[str]:
    """The targets whose text is not what their generator gives now."""
    return [each.target for each in GENERATED if _current(places, each) != each.text()]


def write_generated(places: Places) -> None:
    """Bring every generated file up to date, leaving alone what is."""
    for each in GENERATED:
        text = each.text()
        if _current(places, each) != text:
            write_text(places.root / each.target, text)


def _current(places: Places, each: Generated) -> str | None:
    path = places.root / each.target
    return path.read_bytes().decode() if path.exists() else None
