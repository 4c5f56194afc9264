"""A deployment as the person set it up, and the picture that it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

from twoclick.deployments.errors import DeploymentError

PictureType = Literal["image/jpeg", "image/png"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How images are sent: as JPEG of `quality` 1..100 or as PNG, the longer side at most `longest`
    pixels, at its own size where that is None."""

    media_type: PictureType = "image/jpeg"
    quality: int = 90
    longest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A model behind `address`, an absolute http or https URL, that speaks `protocol`.

    `settings` are the protocol's own, by the keys of its fields, all of them texts.  `classes`
    names the classes by their ids, where the answers tell ids only.  No answer within `timeout`
    seconds is a failure.  The credential is kept elsewhere.
    """

    address: str
    protocol: str
    settings: Mapping[str, str] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    sending: Sending = Sending()
    timeout: float = 60.0

    def setting(self, key: str, default: str = "") -> str:
        """A setting without white space around it; `default` where there is none."""
        return self.settings.get(key, "").strip() or default

    @property
    def base(self) -> str:
        """The address without a query and without a slash at its end."""
        return self.address.split("#")[0].split("?")[0].rstrip("/")

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the project: nothing in it is secret."""
        sending = self.sending
        return {
            "address": self.address,
            "protocol": self.protocol,
            "settings": dict(self.settings),
            "classes": list(self.classes),
            "mediaType": sending.media_type,
            "quality": sending.quality,
            "longest": sending.longest,
            "timeout": self.timeout,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `to_json` back; raises KeyError, TypeError or ValueError for anything else, and
        DeploymentError for an address that is none."""
        media_type, longest = data["mediaType"], data["longest"]
        if media_type not in ("image/jpeg", "image/png"):
            raise ValueError(f"images are not sent as {media_type!r}")
        settings = data["settings"]
        if not isinstance(settings, Mapping) or not isinstance(data["classes"], list):
            raise TypeError("settings should be an object, and classes a list")
        return cls(
            address=checked_address(_text(data["address"])),
            protocol=_text(data["protocol"]),
            settings={_text(key): _text(value) for key, value in settings.items()},
            classes=tuple(_text(name) for name in data["classes"]),
            sending=Sending(
                media_type=media_type,
                quality=round(_number(data["quality"], least=1, most=100)),
                longest=None if longest is None else round(_number(longest, least=16, most=2**16)),
            ),
            timeout=_number(data["timeout"], least=1, most=600),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An oriented image as it is sent: encoded anew, without metadata, `width` x `height` pixels,
    maybe smaller than the image."""

    content: bytes
    media_type: PictureType
    width: int
    height: int


_NEAR = ("localhost", ".localhost", ".local", ".lan", ".internal", ".home.arpa")
"""Ends of names that are given out within a network (RFC 6761, 6762, 8375)."""

_SECRETS = frozenset(
    (
        "access_token",
        "api-key",
        "api_key",
        "apikey",
        "auth",
        "auth_token",
        "authorization",
        "key",
        "password",
        "secret",
        "sig",
        "signature",
        "subscription-key",
        "token",
        "x-api-key",
    )
)
"""Parameters of addresses, in lower case, that hold a credential."""


def checked_address(text: str) -> str:
    """An address as a person types it, as an absolute URL: http:// for a bare host of this machine
    or network, else https://.

    Raises DeploymentError for what is none, and for one with a credential in it.
    """
    address = text.strip()
    if "://" not in address:
        address = f"{'http' if _is_near(address) else 'https'}://{address}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _bad_address(text, str(error)) from error
    # Browsers read a backslash as a slash, and leave out line breaks: the host would be another.
    if any(sign.isspace() or sign == "\\" or not sign.isprintable() for sign in address):
        raise _bad_address(text, "it has spaces or signs that no URL has")
    if parts.scheme not in ("http", "https") or not host:
        raise _bad_address(text, "it is no http or https URL")
    if parts.username is not None or parts.password is not None:
        raise _bad_address(text, "a password in an address would be stored")
    if any(name.lower() in _SECRETS for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise _bad_address(text, "a credential in an address would be stored")
    return address


def _is_near(address: str) -> bool:
    if address.startswith("["):
        return True  # Of numbers of this form only those within a network are ever typed.
    host = address.split("/")[0].split(":")[0].lower()
    return host.replace(".", "").isdigit() or "." not in host or host.endswith(_NEAR)


def _bad_address(text: str, why: str) -> DeploymentError:
    # Neither a password before the host nor a key behind the path is to be read on the screen.
    shown = text.strip().rpartition("@")[2].partition("?")[0]
    return DeploymentError(
        "bad-address",
        f"“{shown}” is no address of a deployment: {why}. Give it as https://host/path, and a "
        "credential in its own field.",
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be a text")
    return value


def _number(value: Any, *, least: float, most: float) -> float:
    """A number, moved between two others."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise TypeError(f"{value!r} should be a number")
    return float(min(max(value, least), most))
