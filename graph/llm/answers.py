"""Read what a model answered: JSON as asked for, or JSON somewhere in other words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

MOST_PROPOSALS = 200
"""Claims of one answer that are looked at."""

_MOST_TRIES = 20
_DIGITS = 4


class NoAnswerError(Exception):
    """A question got no answer; ``lasting`` when no other question would get one."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


class LimitReachedError(Exception):
    """The run has made as many requests as it may."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim as a model words it; nothing of it has been checked.

    Attributes:
        subject: number of an entity of the passage, from 1.
        object: number of an entity of the passage, from 1.
    """

    subject: int
    predicate: str
    object: int
    status: str
    quote: str
    role: str = ""


def read_answer(content: str) -> list[Any] | None:
    """Return the list ``claims`` of an answer, its items unchecked; None when it holds no such list.

    >>> read_answer('Here they are: {"claims": []} Anything else?')
    []
    """
    decoder = json.JSONDecoder()
    start = content.find("{")
    for _ in range(_MOST_TRIES):
        if start < 0:
            return None
        try:
            found, _end = decoder.raw_decode(content, start)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and isinstance(found.get("claims"), list):
            return list(found["claims"])
        start = content.find("{", start + 1)
    return None


def read_proposal(item: object) -> Proposal | None:
    """Return one item of an answer as a record; None when it is not in the shape that was asked for."""
    if not isinstance(item, dict):
        return None
    numbers = [_read_number(item.get(name)) for name in ("subject", "object")]
    words = [item.get(name) for name in ("predicate", "status", "quote")]
    role = item.get("role") or ""
    if None in numbers or not all(isinstance(word, str) for word in (*words, role)):
        return None
    return Proposal(numbers[0] or 0, words[0] or "", numbers[1] or 0, words[1] or "", words[2] or "", role)


def _read_number(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
