"""The words for what a query may not take: what, and what to do."""

from __future__ import annotations

from graph.endpoint.limits import Limits

MEBIBYTE = 1 << 20


def describe_limit(reason: str, limits: Limits) -> str:
    """Say in a sentence why a query was stopped, and what helps.

    Args:
        reason: a key of ``graph.endpoint.jobs.STATUSES``.
        limits: those that hold.
    """
    narrow = "ask for less: add LIMIT, name more of the pattern, or take one graph with FROM"
    return {
        "time-limit": f"the query was stopped after {limits.seconds:g} seconds; {narrow}",
        "memory-limit": f"the query was stopped at {limits.memory // MEBIBYTE} MiB of memory; {narrow}; "
        "sorting and grouping keep all their rows in memory",
        "answer-limit": f"the answer has more than {limits.answer // MEBIBYTE} MiB; {narrow}, "
        "or page through it with ORDER BY, LIMIT and OFFSET",
        "busy": "too many other queries are being answered; try again in a few seconds",
        "worker-lost": "the process that answered the query was ended from outside; try again",
        "closed": "the server is being stopped; ask again when it is back",
        "client-left": "whoever asked has left",
    }[reason]
