"""The one deployment that a relay leads to."""

from dataclasses import dataclass
from ipaddress import IPv4Address
from urllib.parse import unquote, urlsplit

from twoclick.deployments.deployment import checked_address


@dataclass(frozen=True, slots=True)
class Target:
    """An absolute http or https URL; what is asked of the relay is appended to it."""

    address: str

    def __post_init__(self) -> None:
        """Raises DeploymentError for what is no address, or has a password in it."""
        object.__setattr__(self, "address", checked_address(self.address).partition("#")[0])

    @property
    def origin(self) -> str:
        """ "https://host:port"."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def shown(self) -> str:
        """Origin and path, without a query, which may hold a credential."""
        return self.address.partition("?")[0]

    def leads_to(self, host: str, port: int) -> bool:
        """Whether it is this very address, so that each request would come back for ever."""
        parts = urlsplit(self.address)
        near = (host, "localhost", "127.0.0.1", _UNSPECIFIED)
        return parts.hostname in near and (parts.port or _PORTS[parts.scheme]) == port

    def url_of(self, path: str, query: str) -> str | None:
        """Where a request goes: `path` as it came, escapes and all, is "" or begins with a slash.

        None for one that would climb out of the target's own path.
        """
        steps = unquote(path).replace("\\", "/").split("/")
        if ".." in steps or "." in steps or (path and not path.startswith("/")):
            return None
        base, _, own_query = self.address.partition("?")
        whole = base if path in ("", "/") else base.rstrip("/") + path
        queries = "&".join(one for one in (own_query, query) if one)
        return f"{whole}?{queries}" if queries else whole


_UNSPECIFIED = str(IPv4Address(0))
"""An address that leads to this machine where it is asked."""

_PORTS = {"http": 80, "https": 443}
