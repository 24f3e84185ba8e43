"""What a query may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use.

    Attributes:
        seconds: wall clock, waiting included.
        memory: bytes that a worker may use beyond what it needs to start.
        answer: bytes of an answer.
        rows: after which an answer ends, which is said; None for no limit.
        request: bytes of a request.
        workers: queries at once.
        waiting: queries that wait.
    """

    seconds: float = 30.0
    memory: int = 1 << 30
    answer: int = 256 << 20
    rows: int | None = None
    request: int = 1 << 20
    workers: int = 8
    waiting: int = 64
