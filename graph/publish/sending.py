"""Send requests to one server: tried again where that may help, with nothing told to any other host."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from graph.errors import PublishError
from graph.publish.credentials import Answering, Credentials

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same request may well succeed."""

LASTING = frozenset({401, 402, 403, 404, 405, 407, 410, 411, 415, 421, 501, 505})
"""Answers that every other graph would get too."""

TRIPLES = "application/n-triples"
IN_MEMORY = 8 << 20
"""Bytes of content above which it is kept in a file."""

PIECE = 1 << 16
LONGEST_REASON = 200
_AGAIN = "see that the server runs, then publish again: it goes on from here"
_CERTIFICATE = "its certificate is not trusted"
_TODO = {_CERTIFICATE: "check the address, or add the certificate to those of this machine"}
REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try.

    Attributes:
        attempts: how often a request is sent before it is given up.
        pause: seconds before the second attempt, twice as many before each further one.
        longest: seconds that a pause takes at most, whatever the server asks for.
        seconds: that a server may be silent while it works on one request.
    """

    attempts: int = 6
    pause: float = 1.0
    longest: float = 60.0
    seconds: float = 300.0


class Content:
    """Bytes that can be sent again and again, in memory or in a file where they are many."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with this
        try:
            self.length = sum(map(self._file.write, pieces))
        except BaseException:
            self._file.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes from the beginning, in pieces."""
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece

    def close(self) -> None:
        """Let go of the memory or the file."""
        self._file.close()


class _PassingError(Exception):
    """A request failed in a way that may pass; ``wait`` is the seconds that the server asks for."""

    def __init__(self, reason: str, *, reached: bool, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.reached = reached
        self.wait = wait


class Connection:
    """A server that graphs are sent to.

    Args:
        credentials: for whoever asks at the addresses that are used.
        patience: how long to try.
    """

    def __init__(self, credentials: Credentials, patience: Patience) -> None:
        self._secrets = credentials.list_secrets()
        self._patience = patience
        limits = httpx2.Timeout(patience.seconds, connect=min(20.0, patience.seconds))
        self._client = httpx2.Client(
            auth=Answering(credentials) if credentials else None, timeout=limits, follow_redirects=False
        )
        backoff = wait_exponential(patience.pause, max=patience.longest)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.wait if isinstance(error, _PassingError) else 0.0
            return min(max(asked, backoff(state)), patience.longest)

        self._retrying = Retrying(
            stop=stop_after_attempt(patience.attempts),
            wait=wait,
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask_name(self, url: str) -> str:
        """Ask a server for nothing, and return what it says that it is; empty if it does not say."""
        query = {"query": "ASK {}"}
        response = self.send("GET", url, query=query, headers={"Accept": "application/sparql-results+json"})
        headers = response.headers if response is not None else {}
        return headers.get("server", "") or ("Fuseki" if "fuseki-request-id" in headers else "")

    def send(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        content: bytes | Content = b"",
        headers: Mapping[str, str] | None = None,
        missing: bool = False,
    ) -> httpx2.Response | None:
        """Send a request until the server has answered that it is done.

        Args:
            method: of HTTP.
            url: where.
            query: parameters that are added to the address.
            content: what is sent.
            headers: of the request.
            missing: whether 404 is an answer, too.

        Returns:
            The answer, read; None for 404.

        Raises:
            PublishError: the server refuses, or cannot be reached; ``lasting`` says whether any other
                request would fare as badly.
        """
        address = httpx2.URL(url).copy_merge_params(dict(query or {}))
        length = {"Content-Length": str(content.length)} if isinstance(content, Content) else {}
        given: Any = {"content": content, "headers": {"User-Agent": "caregraph", **(headers or {}), **length}}
        try:
            response: httpx2.Response = self._retrying(self._try, method, address, given)
        except _PassingError as error:
            times = f"tried {self._patience.attempts} times" if self._patience.attempts > 1 else "tried once"
            said = f"{_name(url)}: {error} ({times}); {_TODO.get(str(error), _AGAIN)}"
            raise PublishError(said, lasting=not error.reached) from None
        if missing and response.status_code == 404:
            return None
        if not response.is_success:
            raise self._refuse(url, response)
        return response

    def _try(self, method: str, url: httpx2.URL, given: dict[str, Any]) -> httpx2.Response:
        """Send a request once.

        Raises:
            _PassingError: it failed in a way that may pass.
        """
        try:
            response = self._client.request(method, url, **given)
            for _ in range(REDIRECTS):
                following = response.next_request
                if following is None or not _stays(response.request, following):
                    break
                response = self._client.send(following)
        except httpx2.TimeoutException:
            reason = f"no answer within {self._patience.seconds:g} seconds"
            raise _PassingError(reason, reached=True) from None
        except httpx2.ConnectError as error:
            reason = _CERTIFICATE if "CERTIFICATE" in str(error) else "cannot be reached"
            raise _PassingError(reason, reached=False) from None
        except httpx2.TransportError:
            raise _PassingError("the connection broke off", reached=True) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, ValueError):
            raise PublishError(f"{_name(str(url))}: what it answers is no HTTP; check the address") from None
        if response.status_code in RETRIED:
            reason = self._explain(response)
            raise _PassingError(
                reason, reached=True, wait=_read_wait(response.headers.get("retry-after", ""))
            )
        return response

    def _refuse(self, url: str, response: httpx2.Response) -> PublishError:
        status = response.status_code
        reason = self._explain(response)
        if 300 <= status < 400:
            where = response.headers.get("location", "")
            reason = f"sends on to {_name(where) if '://' in where else where or 'nowhere'} (status {status})"
            reason += ", and is not followed; name the address that is meant"
        elif status in {401, 403} and "read-only" not in reason:
            reason += "; give --user, or CAREGRAPH_PUBLISH_TOKEN, of somebody who may write"
        elif status in {405, 501} and "read-only" not in reason:
            reason += "; it takes no graphs in this way: give --update, if it takes SPARQL Update"
        elif status in {403, 405, 501}:
            reason += "; this server can be read but not written to: ask who runs it, or give another address"
        elif status == 404:
            reason += "; there is nothing at this address: check it (docs/publish.md has well-known ones)"
        elif status == 413:
            reason += "; it takes no graph of this size at once: give --update, which sends parts"
        else:
            reason += "; see its log for more"
        return PublishError(f"{_name(url)}: {reason}", lasting=status in LASTING or 300 <= status < 400)

    def _explain(self, response: httpx2.Response) -> str:
        """Say in a line what an answer means; what might hold a secret is left out."""
        kind = response.headers.get("content-type", "")
        said = " ".join(response.text.split()) if re_plain(kind) else ""
        if any(secret in said for secret in self._secrets):
            said = ""
        short = said if len(said) <= LONGEST_REASON else said[:LONGEST_REASON] + "…"
        return f"status {response.status_code} {response.reason_phrase}".rstrip() + (
            f": {short}" if short else ""
        )


def re_plain(media_type: str) -> bool:
    """Tell whether a media type is text that a person can read in one line."""
    return media_type.startswith("text/plain") or "json" in media_type


def _stays(before: httpx2.Request, after: httpx2.Request) -> bool:
    """Tell whether a redirect leads to the same server, to do the same."""
    one, other = before.url, after.url
    same = (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)
    return same and before.method == after.method


def _read_wait(text: str) -> float:
    return float(text) if text.isascii() and text.isdecimal() else 0.0


def _name(url: str) -> str:
    """Write an address without what may be secret in it."""
    try:
        parts = httpx2.URL(url)
    except (httpx2.InvalidURL, UnicodeError):
        return "the server"
    return f"{parts.scheme}://{parts.netloc.decode('ascii', 'replace')}{parts.path}"
