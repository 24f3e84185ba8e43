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

import errno

LONGEST = 400
"""Characters of the reason of an error that tells of a file of data, which may be quoted in it."""

MEND = "mend it there, or restore the file from the release"
"""What to do about a file of data that ships with caregraph, unless its defect asks for something else."""
_ADVICE = {
    errno.EACCES: "change its permissions",
    errno.EPERM: "change its permissions",
    errno.ENOENT: "check the path",
    errno.ENOTDIR: "check the path: a part of it is a file",
    errno.EISDIR: "name a file in it",
    errno.ELOOP: "mend the link",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EEXIST: "choose another name",
    errno.EROFS: "choose a place that can be written to",
    errno.EMFILE: "allow more open files: ulimit -n 4096",
    errno.ENFILE: "close other programs",
    errno.ENOMEM: "close other programs",
    errno.EIO: "see to the disk, or copy the file to another",
    errno.ENXIO: "save what it gives to a file, and name that",
    errno.ENODEV: "save what it gives to a file, and name that",
}


def explain_system(error: OSError) -> str:
    """Say what the system refuses, and what a person can do about it.

    >>> explain_system(PermissionError(errno.EACCES, "Permission denied"))
    'Permission denied; change its permissions'
    """
    advice = _ADVICE.get(error.errno or 0, "see that it is there and can be used, then try again")
    return f"{error.strerror or error}; {advice}"


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
    """A register file is wrong; ``path`` and ``line`` (from 1, 0 when it is the whole file) say where.

    ``todo`` is what to do next.
    """

    def __init__(self, path: str, line: int, reason: str, todo: str = MEND) -> None:
        reason = f"{_in_line(reason)}; {todo}"
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.line = line


class OntologyError(CaregraphError):
    """An ontology, frames, organisations or question file is wrong; ``todo`` is what to do next."""

    def __init__(self, path: str, reason: str, todo: str = MEND) -> None:
        super().__init__(f"{path}: {_in_line(reason)}; {todo}")
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
    """A gold file, or the folder of them, cannot be used to score against; ``todo`` is what to do next."""

    def __init__(self, path: str, reason: str, todo: str) -> None:
        super().__init__(f"{path}: {_in_line(reason)}; {todo}")
        self.path = path
