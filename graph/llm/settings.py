"""Which language model is asked, and within which limits."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import EndpointError

KEY_VARIABLE = "CAREGRAPH_LLM_KEY"
"""The environment variable with the key of the endpoint. No other is read, so that no key goes astray."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A model at an endpoint that speaks the protocol of OpenAI's chat completions.

    Attributes:
        endpoint: address up to the version, as in ``http://localhost:8000/v1``.
        model: its name there.
        cache: folder of answers; by default in the user's cache directory.
        at_once: requests under way at the same time.
        retries: of a request that met 429, a server's error, silence or a broken connection.
        time_limit: seconds for a request.
        most_requests: of a run, retries not counted.

    Raises:
        EndpointError: one of them cannot be right.
    """

    endpoint: str
    model: str
    cache: Path | None = None
    at_once: int = 4
    retries: int = 3
    time_limit: float = 60.0
    most_requests: int = 1000

    def __post_init__(self) -> None:
        """Check the address and the name."""
        check_address(self.endpoint)
        if not self.model.strip() or not self.model.isprintable():
            raise EndpointError(
                "the model needs a name in one line, as its endpoint knows it; give it with --llm-model"
            )


def check_address(endpoint: str) -> None:
    """Refuse what is no address of an endpoint; an address with a password in it is not repeated.

    Raises:
        EndpointError: it is not of http or https, or says more than where the endpoint is.
    """
    try:
        parts = urlsplit(endpoint)
        host, secret = parts.hostname, parts.username or parts.password or parts.query or parts.fragment
        sound = parts.port is None or parts.port > 0
    except ValueError:
        host, secret, sound = None, None, False
    if secret or "@" in endpoint:
        raise EndpointError(
            f"the endpoint's address holds more than an address; put the key into the variable {KEY_VARIABLE}"
        )
    if not (sound and host and endpoint.isprintable() and parts.scheme in {"http", "https"}):
        raise EndpointError(
            f"{endpoint!r} is no endpoint; write its address up to the version: http://localhost:8000/v1"
        )


def read_key() -> str:
    """Return the key from the environment; empty when there is none, as local servers need none.

    Raises:
        EndpointError: it cannot be sent; the message does not repeat it.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise EndpointError(f"the key in {KEY_VARIABLE} holds characters that no key has; set it again")
    return key
