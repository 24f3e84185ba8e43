"""What is wanted of a publication, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.publish.checking import Difference
from graph.publish.servers import Addresses


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user wants of one publication.

    Attributes:
        again: send every graph, whatever the record on the server says.
        look: read each graph before it is sent, and send it only if it differs: after a bulk load.
        keep: leave graphs on the server that are no longer in the build.
        check: read back all graphs and compare them.
        dry: change nothing, only tell what would be changed.
        plain: let credentials travel unencrypted to another machine.
    """

    again: bool = False
    look: bool = False
    keep: bool = False
    check: bool = False
    dry: bool = False
    plain: bool = False


@dataclass(slots=True)
class PublishReport:
    """What became of a publication.

    Attributes:
        addresses: that were used.
        sent: graphs that were sent, or would be.
        found: graphs that would have been sent but were there, to the letter.
        statements: in them.
        unchanged: graphs that the server had already.
        dropped: graphs that were removed from the server, or would be.
        failed: graphs that the server did not take, with the reason.
        differing: what ``check`` found.
        shows_all: whether a query without GRAPH finds what the named graphs hold; None if nobody asked.
    """

    addresses: Addresses
    sent: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    statements: int = 0
    unchanged: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    shows_all: bool | None = None
