"""Bodies and documents as records and as lists that show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, overload

from markupsafe import Markup

from graph.days import find_period
from graph.html_tables import make_link, mark_text
from graph.listing import Entries


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a graph.

    Attributes:
        iri: of the body.
        name: preferred name.
        type: in words; of a collective, what its members are.
        kind: ``named``, ``collective`` (a class of bodies) or ``unnamed``.
        register: its key in the register; empty for a body that only documents name.
        valid_from: first day, month or year in the register; else empty.
        valid_until: last day, month or year in the register; else empty.
        claims: how many claims it is a side of.
        existed: of a list as of a day, ``yes`` or ``perhaps``; else empty.
        reason: why it only may have existed; else empty.
    """

    iri: str
    name: str
    type: str
    kind: str
    register: str
    valid_from: str
    valid_until: str
    claims: int
    existed: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of a graph; date and address are empty where it states none."""

    iri: str
    title: str
    date: str
    address: str
    claims: int


class Bodies(Entries):
    """Bodies of a graph: those with most claims first, then by name."""

    noun = ("body", "bodies")
    room: ClassVar[int | None] = 40
    shown: ClassVar[tuple[str, ...]] = ("name", "type", "from", "until", "claims")
    numbers = frozenset({"claims"})
    fields = MappingProxyType(
        {
            "iri": "text",
            "name": "text",
            "type": "category",
            "kind": "category",
            "register": "text",
            "valid_from": "text",
            "valid_until": "text",
            "first_day": "date",
            "last_day": "date",
            "claims": "integer",
            "existed": "category",
            "reason": "category",
        }
    )

    @overload
    def __getitem__(self, index: int) -> Body: ...
    @overload
    def __getitem__(self, index: slice) -> Bodies: ...
    def __getitem__(self, index: int | slice) -> Body | Bodies:
        """Return a body by number from 0, or some of them."""
        if isinstance(index, slice):
            return type(self)(self.items[index])
        found: Body = self.items[index]
        return found

    def list_values(self, item: Body) -> Sequence[Any]:
        """Return the values of a body; ``first_day`` is the earliest, ``last_day`` the latest that may be."""
        start, end = find_period(item.valid_from), find_period(item.valid_until)
        return (
            *(item.iri, item.name, item.type, item.kind, item.register or None),
            *(item.valid_from or None, item.valid_until or None),
            *(start.first if start else None, end.last if end else None),
            *(item.claims, item.existed or None, item.reason or None),
        )

    def write_cells(self, item: Body) -> Sequence[str]:
        """Return the text of a body."""
        cells = (item.name, _write_type(item), item.valid_from, item.valid_until, str(item.claims))
        return (*cells, _write_existence(item)) if item.existed else cells

    def mark_cells(self, item: Body) -> Sequence[Markup | str]:
        """Return the HTML of a body."""
        return [mark_text(cell) for cell in self.write_cells(item)]


class BodiesAsOf(Bodies):
    """Bodies that existed at a time, or may have, with how sure that is."""

    shown: ClassVar[tuple[str, ...]] = ("name", "type", "from", "until", "claims", "existed")


class Documents(Entries):
    """Documents of a graph, by date; those without one come last."""

    noun = ("document", "documents")
    room: ClassVar[int | None] = 60
    shown: ClassVar[tuple[str, ...]] = ("title", "date", "claims")
    numbers = frozenset({"claims"})
    fields = MappingProxyType(
        {
            "iri": "text",
            "title": "text",
            "date": "text",
            "date_first": "date",
            "date_last": "date",
            "address": "text",
            "claims": "integer",
        }
    )

    @overload
    def __getitem__(self, index: int) -> DocumentEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Documents: ...
    def __getitem__(self, index: int | slice) -> DocumentEntry | Documents:
        """Return a document by number from 0, or some of them."""
        if isinstance(index, slice):
            return type(self)(self.items[index])
        found: DocumentEntry = self.items[index]
        return found

    def list_values(self, item: DocumentEntry) -> Sequence[Any]:
        """Return the values of a document."""
        dated = find_period(item.date)
        days = (dated.first, dated.last) if dated else (None, None)
        return (item.iri, item.title, item.date or None, *days, item.address or None, item.claims)

    def write_cells(self, item: DocumentEntry) -> Sequence[str]:
        """Return the text of a document."""
        return (item.title, item.date or "no date", str(item.claims))

    def mark_cells(self, item: DocumentEntry) -> Sequence[Markup | str]:
        """Return the HTML of a document."""
        return (make_link(item.address, item.title), mark_text(item.date or "no date"), str(item.claims))


def _write_type(body: Body) -> str:
    if body.kind == "named":
        return body.type
    return f"{'class' if body.kind == 'collective' else 'unnamed'}: {body.type}"


def _write_existence(body: Body) -> str:
    return f"{body.existed}: {body.reason}" if body.register and body.reason else body.reason or body.existed
