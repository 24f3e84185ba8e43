"""Who publishes: a name with a password, or a token; shown to nobody but the server that asks for it."""

from __future__ import annotations

import base64
import ipaddress
import netrc
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from graph.errors import PublishError


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user's name and password, or a token; the record never shows the secret ones."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.token or self.user)

    def list_secrets(self) -> list[str]:
        """List what no message may contain, in every way in which it is sent."""
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return [secret for secret in (self.password, self.token, pair if self.password else "") if secret]


def check_address(url: str, credentials: Credentials, *, plain: bool = False) -> None:
    """Check that an address can be used, and that credentials would not travel there for all to read.

    Args:
        url: of the server.
        credentials: what would be sent there.
        plain: whether they may travel unencrypted.

    Raises:
        PublishError: it cannot; the message does not repeat a password that stands in the address.
    """
    try:
        parts = urlsplit(url)
        host, secret, _ = parts.hostname, parts.password or parts.username, parts.port
    except ValueError:
        host, secret, parts = None, None, urlsplit("")
    if secret:
        raise PublishError(
            "an address must not hold a name or password, which others could read: give --user, "
            "CAREGRAPH_PUBLISH_PASSWORD or a netrc file"
        )
    if parts.scheme not in {"http", "https"} or not host:
        raise PublishError(f"{url!r} is no address of a server; write one as https://HOST/PATH")
    if credentials and parts.scheme == "http" and not is_loopback(host) and not plain:
        raise PublishError(
            f"{host}: a password or token would travel unencrypted; use https, or say --plain-http if the "
            "network is yours"
        )


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, by its name or number alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_netrc(url: str, path: Path | None = None) -> Credentials:
    """Read the credentials of a host from a netrc file.

    Args:
        url: of the server.
        path: of the file; ``~/.netrc`` if None.

    Returns:
        Those of the host; empty where the file has none, or there is no file.

    Raises:
        PublishError: the file cannot be read.
    """
    path = path or Path.home() / ".netrc"
    try:
        found = netrc.netrc(str(path)).authenticators(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return Credentials()
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        reason = f"line {error.lineno}" if isinstance(error, netrc.NetrcParseError) else "no readable text"
        raise PublishError(
            f"{path}: is no netrc file ({reason}), or others may read it; mend it, or: chmod 600 {path}"
        ) from None
    return Credentials(found[0] or "", found[2] or "") if found else Credentials()


class Answering(httpx2.Auth):
    """Give credentials to a server as it asks for them, by Basic or Digest; a token at once."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._chosen: httpx2.Auth | None = None

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:  # as httpx2 wants it
        """Send the request, and once more with credentials when the server asks for them."""
        if self._credentials.token:
            request.headers["Authorization"] = f"Bearer {self._credentials.token}"
            yield request
            return
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            self._chosen = self._choose(response.headers.get_list("www-authenticate"))
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)

    def _choose(self, challenges: list[str]) -> httpx2.Auth | None:
        ways = " ".join(challenges).lower()
        pair = self._credentials.user, self._credentials.password
        if "digest " in ways:
            return httpx2.DigestAuth(*pair)
        return httpx2.BasicAuth(*pair) if "basic" in ways else None
