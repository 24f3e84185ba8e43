"""The records of what documents say: a claim, whom it is on, where it stands and in which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from graph.days import find_period
from graph.frames import Kind
from graph.html_tables import isolate, join, make_link, mark_status, wrap
from graph.text_tables import make_safe

FIELDS: dict[str, Kind] = {
    "claim": "text",
    "subject": "text",
    "subject_iri": "text",
    "predicate": "category",
    "relation": "category",
    "object": "text",
    "object_iri": "text",
    "status": "category",
    "confidence": "number",
    "role": "text",
    "found_by": "category",
    "document": "text",
    "document_iri": "text",
    "address": "text",
    "date": "text",
    "date_first": "date",
    "date_last": "date",
    "sentence": "text",
    "start": "integer",
    "end": "integer",
    "prefix": "text",
    "suffix": "text",
    "sentences": "integer",
}
"""The columns of claims in a frame, and their kinds.

``date`` is as the document states it, a day, month or year; ``date_first`` and ``date_last`` are the days
that it may mean. ``sentences`` is how many sentences the claim rests on.
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A node with its name: a body, a person, a publication, a place."""

    iri: str
    name: str

    def __str__(self) -> str:
        """Return the name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a claim names it; date and address are empty where it states none."""

    iri: str
    title: str
    date: str = ""
    address: str = ""

    def __str__(self) -> str:
        """Return the title."""
        return self.title


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that a claim rests on.

    Attributes:
        exact: its words.
        start: character offset into the document's text.
        end: character offset, excluded.
        prefix: what stands before it; may be empty.
        suffix: what stands after it; may be empty.
    """

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What one document says of two bodies.

    Attributes:
        iri: of the claim.
        subject: who.
        predicate: local name of the relation, as ``poolsBudgetWith``.
        relation: the same in words, as "pools a budget with".
        object: with, of or to whom.
        status: ``asserted``, ``proposed`` or ``negated``.
        confidence: how likely it was read rightly, in 0..1.
        role: the words of a post; else empty.
        found_by: the rule, frame or model that read it.
        document: where it stands.
        evidence: the sentences that say it, in the order of the text.
    """

    iri: str
    subject: Named
    predicate: str
    relation: str
    object: Named
    status: str
    confidence: float
    role: str
    found_by: str
    document: Paper
    evidence: tuple[Quote, ...]

    @property
    def date(self) -> str:
        """The day, month or year of the document; empty where it states none."""
        return self.document.date

    @property
    def sentence(self) -> str:
        """The words of the first sentence that says it."""
        return self.evidence[0].exact if self.evidence else ""

    def __repr__(self) -> str:
        """Write the claim on one line, its status before all."""
        quotes = " ".join(f"“{' '.join(quote.exact.split())}”" for quote in self.evidence)
        said = f"{self.subject} | {write_relation(self)} | {self.object}"
        return make_safe(f"<Claim [{self.status}] {said}: {quotes} ({write_source(self.document)})>")

    def _repr_html_(self) -> str:
        """Return the claim with its sentences; a notebook asks for this."""
        said = Markup("<p>{} <strong>{}</strong> {} <strong>{}</strong></p>").format(
            mark_status(self.status),
            isolate(self.subject),
            isolate(write_relation(self)),
            isolate(self.object),
        )
        where = Markup('<p class="cg-note">{}; confidence {}, found by {}</p>').format(
            make_link(self.document.address, write_source(self.document)),
            f"{self.confidence:.2f}",
            isolate(self.found_by),
        )
        return wrap(said, mark_quotes(self.evidence), where)


def mark_quotes(quotes: Iterable[Quote]) -> Markup:
    """Write sentences as HTML, each within what stands around it."""
    around = Markup('<span class="cg-note">{}</span>')
    return join(
        Markup("<blockquote>{}{}{}</blockquote>").format(
            around.format(isolate(f"…{quote.prefix}")) if quote.prefix else "",
            isolate(quote.exact),
            around.format(isolate(f"{quote.suffix}…")) if quote.suffix else "",
        )
        for quote in quotes
    )


def write_relation(claim: Claim) -> str:
    """Write the relation of a claim in words, with the post where it has one."""
    return f"{claim.relation} ({claim.role})" if claim.role else claim.relation


def write_source(paper: Paper) -> str:
    """Write title and date of a document."""
    return f"{paper.title}, {paper.date}" if paper.date else paper.title


def list_fields(claim: Claim, quote: Quote) -> tuple[Any, ...]:
    """Return a claim with one of its sentences as values, in the order of ``FIELDS``."""
    paper, dated = claim.document, find_period(claim.date)
    first: dt.date | None = dated.first if dated else None
    last: dt.date | None = dated.last if dated else None
    return (
        *(claim.iri, claim.subject.name, claim.subject.iri, claim.predicate, claim.relation),
        *(claim.object.name, claim.object.iri, claim.status, claim.confidence, claim.role or None),
        *(claim.found_by or None, paper.title, paper.iri, paper.address or None),
        *(paper.date or None, first, last),
        *(quote.exact, quote.start, quote.end, quote.prefix or None, quote.suffix or None),
        len(claim.evidence),
    )
