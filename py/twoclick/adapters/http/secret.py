"""A credential: put into requests, and kept out of everything that people or logs see."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import CredentialPlace

_SHORTEST_HIDDEN = 4
"""Of fewer characters a text has too many by chance: hiding them would hide the text."""

_SHOWN_INSTEAD = "[credential]"


@dataclass(frozen=True, slots=True)
class Secret:
    """A credential.  Neither `str` nor `repr` of it tells anything."""

    _text: str = field(repr=False)

    @classmethod
    def of_variable(cls, name: str, environment: Mapping[str, str]) -> Self:
        """The one that an environment variable holds.

        Raises DeploymentError where it holds none, or what no header of HTTP can hold.
        """
        text = environment.get(name, "").strip()
        if not text:
            raise DeploymentError(
                "bad-settings",
                f"The environment variable {name} holds no credential. Set it, and export it.",
            )
        if not all(" " <= one <= "~" for one in text):
            raise DeploymentError(
                "bad-settings",
                f"The credential in the environment variable {name} has characters beyond those "
                "of plain ASCII, which cannot be sent. Copy it again from where it came from.",
            )
        return cls(text)

    def put_into(
        self, url: str, headers: Mapping[str, str], place: CredentialPlace
    ) -> tuple[str, dict[str, str]]:
        """The URL and the headers with it at its place."""
        if place.where == "query":
            before, mark, anchor = url.partition("#")
            joint = "&" if "?" in before else "?"
            pair = f"{quote(place.name, safe='')}={quote(self._text, safe='')}"
            return f"{before}{joint}{pair}{mark}{anchor}", dict(headers)
        taken = place.name.lower()
        kept = {name: value for name, value in headers.items() if name.lower() != taken}
        value = f"Basic {self._basic}" if place.where == "basic" else f"{place.prefix}{self._text}"
        return url, {**kept, place.name: value}

    def hidden_in(self, text: str) -> str:
        """A text without it, whoever wrote it in, and in whichever form."""
        for form in self._forms():
            text = text.replace(form, _SHOWN_INSTEAD)
        return text

    def hidden_in_bytes(self, content: bytes) -> bytes:
        """As `hidden_in`."""
        for form in self._forms():
            content = content.replace(form.encode(), _SHOWN_INSTEAD.encode())
        return content

    @property
    def _basic(self) -> str:
        return b64encode(self._text.encode()).decode("ascii")

    def _forms(self) -> list[str]:
        """Longest first, since one may be a part of another."""
        password = self._text.partition(":")[2]
        forms = {self._text, self._basic, password, quote(self._text, safe="")}
        return sorted((one for one in forms if len(one) >= _SHORTEST_HIDDEN), key=len, reverse=True)
