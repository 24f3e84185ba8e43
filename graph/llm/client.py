"""Ask an endpoint that speaks OpenAI's protocol: retries, back-off and limits are the official client's.

Only the endpoint that the user named is spoken to: redirects are not followed, and no key but the one for
caregraph is sent. What a server says in an error is never repeated: it may hold the key.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any

import httpx2
import openai

from graph.errors import EndpointError
from graph.llm.answers import LimitReachedError, NoAnswerError
from graph.llm.prompt import answer_schema
from graph.llm.settings import KEY_VARIABLE, ModelSettings

LONGEST_ANSWER = 1_000_000
"""Bytes of an answer, beyond which the connection is closed."""

_SCHEMA = {"name": "claims", "strict": True, "schema": answer_schema()}
FORMS: tuple[Mapping[str, Any], ...] = (
    {"temperature": 0, "response_format": {"type": "json_schema", "json_schema": _SCHEMA}},
    {"temperature": 0, "response_format": {"type": "json_object"}},
    {},
)
"""How an answer can be asked for: the next is tried when a server does not take one."""

_BOTH = "--llm-endpoint and --llm-model"
_LONGER = "give it more with --llm-timeout"
_NOT_TAKEN = (400, 415, 422)
_LASTING = (401, 402, 403, 404, 405)


class ChatClient:
    """One model at one endpoint, for several threads at once.

    Args:
        settings: endpoint, model and limits.
        key: of the endpoint, or empty.

    Raises:
        EndpointError: the address cannot be used.
    """

    def __init__(self, settings: ModelSettings, key: str) -> None:
        self.settings = settings
        self.requests = 0
        self._form = 0
        self._lock = Lock()
        unset = openai.Omit()
        self._headers = {} if key else {"Authorization": unset}
        headers: Any = {  # the stubs know only headers that are sent
            "Accept-Encoding": "identity",
            "OpenAI-Organization": unset,
            "OpenAI-Project": unset,
        }
        try:
            self._client = openai.OpenAI(
                api_key=key or "none",
                base_url=settings.endpoint,
                max_retries=settings.retries,
                default_headers=headers,
                http_client=self._open_connections(),
            )
        except (httpx2.InvalidURL, ValueError) as error:
            raise EndpointError(
                f"{settings.endpoint}: this address, or that of a proxy in the environment, cannot be used; "
                "write it up to the version: http://localhost:8000/v1"
            ) from error

    def _open_connections(self) -> httpx2.Client:
        limit = self.settings.time_limit
        return openai.DefaultHttpxClient(
            timeout=limit, follow_redirects=False, event_hooks={"response": [self._limit]}
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, system: str, user: str) -> str:
        """Return what the model answers.

        Raises:
            NoAnswerError: there is none, and why.
            LimitReachedError: no request may be made any more.
        """
        first = self._form
        for form in range(first, len(FORMS)):
            try:
                answer = self._request(system, user, FORMS[form])
            except openai.APIStatusError as error:
                if error.status_code not in _NOT_TAKEN:
                    raise _explain_status(error.status_code) from None
                continue
            self._form = max(self._form, form)
            return answer
        raise NoAnswerError(f"the endpoint does not take the request; check {_BOTH}")

    def _request(self, system: str, user: str, form: Mapping[str, Any]) -> str:
        with self._lock:
            if self.requests >= self.settings.most_requests:
                raise LimitReachedError
            self.requests += 1
        messages: Any = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        try:
            response = self._client.chat.completions.with_raw_response.create(
                model=self.settings.model,
                messages=messages,
                timeout=self.settings.time_limit,
                extra_headers=self._headers,
                **form,
            )
        except openai.APITimeoutError:
            raise NoAnswerError(f"no answer within {self.settings.time_limit:g} seconds; {_LONGER}") from None
        except openai.APIConnectionError:
            raise NoAnswerError(
                "cannot be reached, or broke off; check that it runs at this address"
            ) from None
        except (httpx2.InvalidURL, UnicodeError):
            raise NoAnswerError(
                "the endpoint's address cannot be used; check --llm-endpoint", lasting=True
            ) from None
        return _read_content(response.http_response)

    def _limit(self, response: httpx2.Response) -> None:
        """Let no more of a body be read than there is room and time for."""
        if response.headers.get("content-encoding", "identity") != "identity":
            raise NoAnswerError(
                "the answer is compressed, which was not asked for; let the endpoint send it plain"
            )
        stream = response.stream
        if isinstance(stream, httpx2.SyncByteStream):
            response.stream = LimitedStream(stream, self.settings.time_limit)


class LimitedStream(httpx2.SyncByteStream):
    """A body that stops when it gets too long or takes too long.

    Args:
        stream: the body as it comes.
        time_limit: seconds from now.
    """

    def __init__(self, stream: httpx2.SyncByteStream, time_limit: float) -> None:
        self._stream = stream
        self._time_limit = time_limit

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces.

        Raises:
            NoAnswerError: it is too long, or takes too long.
        """
        end = time.monotonic() + self._time_limit
        length = 0
        for piece in self._stream:
            length += len(piece)
            if length > LONGEST_ANSWER:
                raise NoAnswerError(f"the answer is longer than {LONGEST_ANSWER:,} bytes; try another model")
            if time.monotonic() > end:
                raise NoAnswerError(f"no whole answer within {self._time_limit:g} seconds; {_LONGER}")
            yield piece

    def close(self) -> None:
        """Close the connection that the body comes from."""
        self._stream.close()


def _read_content(response: httpx2.Response) -> str:
    """Return the text of a chat completion.

    Raises:
        NoAnswerError: it is none.
    """
    try:
        content = response.json()["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError):
        content = None
    if not isinstance(content, str):
        raise NoAnswerError("the answer is no chat completion; check --llm-endpoint")
    return content


def _explain_status(status: int) -> NoAnswerError:
    if status in {401, 403}:
        return NoAnswerError(
            f"the endpoint wants another key (status {status}); set {KEY_VARIABLE}", lasting=True
        )
    if status in _LASTING:
        return NoAnswerError(
            f"the endpoint knows no such address or model (status {status}); check {_BOTH}", lasting=True
        )
    if 300 <= status < 400:
        return NoAnswerError(
            f"the endpoint sends on to another (status {status}); name that one", lasting=True
        )
    if status == 429:
        return NoAnswerError("the endpoint allows no more requests now (status 429); try again later")
    return NoAnswerError(f"the endpoint failed (status {status}); see its log")
