"""What can go wrong, as one tree: catch ``CaregraphError`` and you have caught them all.

::

    CaregraphError
    ├── DocumentError      a document cannot be read
    ├── RegisterError      a register file is wrong
    ├── OntologyError      an ontology, frames, organisations or question file is wrong
    ├── QueryError         a query or its parameters are wrong
    │   └── RefusedQueryError  a query would do more than read the graph
    ├── StoreError         a built graph cannot be opened or written
    ├── PublishError       a server cannot be published to
    ├── EndpointError      a language model cannot be used as it was named
    ├── ClusterError       a Spark cluster cannot be used, or did not finish
    └── GoldError          a gold file to score against cannot be used
"""

from __future__ import annotations

LONGEST = 400
"""Characters of the reason of an error that tells of a file of data, which may be quoted in it."""


def _in_line(reason: str) -> str:
    """Write a reason in one line that a terminal shows, however long what it quotes is."""
    shown = "".join(c if c.isprintable() else " " for c in reason)
    shown = " ".join(shown.split())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]} ..."


class CaregraphError(Exception):
    """Anything that caregraph refuses to do; the message says in one line what, where and what next."""

    def __init__(self, message: str = "") -> None:
        super().__init__(" ".join(message.splitlines()))  # names and values in it may be of many lines


class DocumentError(CaregraphError):
    """A document cannot be read; ``path`` is its name."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class RegisterError(CaregraphError):
    """A register file is wrong; ``path`` and ``line`` (from 1, 0 when it is the whole file) say where."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        reason = _in_line(reason)
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.line = line


class OntologyError(CaregraphError):
    """An ontology, frames, organisations or question file is wrong."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {_in_line(reason)}")
        self.path = path


class QueryError(CaregraphError):
    """A query, a question's name or one of its parameters is wrong.

    ``line`` and ``column`` (from 1, 0 where the whole query is meant) say where.
    """

    def __init__(self, message: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class RefusedQueryError(QueryError):
    """A query would do more than read this graph: change it, read a file, or call another server."""


class StoreError(CaregraphError):
    """A built graph cannot be opened or written."""


class PublishError(CaregraphError):
    """A SPARQL server cannot be published to; ``lasting`` says whether it would take nothing else either."""

    def __init__(self, message: str, *, lasting: bool = True) -> None:
        super().__init__(message)
        self.lasting = lasting


class EndpointError(CaregraphError):
    """A language model's endpoint, name, key or cache is wrong, or its client is not installed."""


class ClusterError(CaregraphError):
    """A Spark cluster, or a table of documents for it, cannot be used, or its job did not finish."""


class GoldError(CaregraphError):
    """A gold file, or the folder of them, cannot be used to score against."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
