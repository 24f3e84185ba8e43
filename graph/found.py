"""What a search in the text finds, as lists that show themselves: sentences with their claims, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, overload

from markupsafe import Markup

from graph.html_tables import count_things, isolate, join, mark_status, mark_text
from graph.listing import Entries
from graph.search.records import Hits, Mark, NameHit, SaidClaim, SentenceHit


class FoundSentences(Entries):
    """Sentences that a search found, best first, each with the claims that rest on it and their status.

    Attributes:
        total: how many there are, of which these are the first.
        suggestion: what was probably meant, where nothing was found; else empty.
    """

    noun = ("sentence", "sentences")
    shown = ("sentence", "document", "what it says")
    printed = ("document", "what it says", "sentence")
    room = 28
    fields = MappingProxyType(
        {
            "sentence": "text",
            "document": "text",
            "date": "text",
            "claims": "integer",
            "asserted": "integer",
            "proposed": "integer",
            "negated": "integer",
            "evidence_iri": "text",
            "document_iri": "text",
        }
    )

    def __init__(self, items: Iterable[SentenceHit], total: int, suggestion: str = "") -> None:
        super().__init__(items)
        self.total, self.suggestion = total, suggestion

    @overload
    def __getitem__(self, index: int) -> SentenceHit: ...
    @overload
    def __getitem__(self, index: slice) -> FoundSentences: ...
    def __getitem__(self, index: int | slice) -> SentenceHit | FoundSentences:
        """Return a hit by number from 0, or some of them."""
        if isinstance(index, slice):
            return FoundSentences(self.items[index], self.total, self.suggestion)
        found: SentenceHit = self.items[index]
        return found

    def describe(self) -> str:
        """Say how many were found, or what was probably meant."""
        meant = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return _describe(self, self.total) + meant

    def list_values(self, item: SentenceHit) -> Sequence[Any]:
        """Return the values of a sentence, with the number of its claims by status."""
        by_status = [claim.status for claim in item.claims]
        return (
            *(item.sentence, item.title, item.date or None, len(by_status)),
            *(by_status.count(status) for status in ("asserted", "proposed", "negated")),
            *(item.evidence, item.document),
        )

    def write_cells(self, item: SentenceHit) -> Sequence[str]:
        """Return the text of a sentence and of its claims."""
        said = "; ".join(f"[{claim.status}] {_write_claim(claim)}" for claim in item.claims)
        return (_write_source(item), said, " ".join(item.sentence.split()))

    def mark_cells(self, item: SentenceHit) -> Sequence[Markup | str]:
        """Return the HTML of a sentence, with what was searched for in bold, and of its claims."""
        said = (
            Markup("<div>{} {}</div>").format(mark_status(claim.status), isolate(_write_claim(claim)))
            for claim in item.claims
        )
        return (mark_places(item.sentence, item.marks), isolate(_write_source(item)), join(said))


class FoundNames(Entries):
    """Names that a search found, best first, and what they name.

    Attributes:
        total: how many there are, of which these are the first.
        suggestion: what was searched for instead, where nothing has the words as typed; else empty.
    """

    noun = ("name", "names")
    room: ClassVar[int | None] = 40
    shown = ("name", "found by", "type", "documents")
    numbers = frozenset({"documents"})
    fields = MappingProxyType(
        {
            "name": "text",
            "matched": "text",
            "kind": "category",
            "type": "category",
            "documents": "integer",
            "registered": "boolean",
            "iri": "text",
        }
    )

    def __init__(self, items: Iterable[NameHit], total: int, suggestion: str = "") -> None:
        super().__init__(items)
        self.total, self.suggestion = total, suggestion

    @overload
    def __getitem__(self, index: int) -> NameHit: ...
    @overload
    def __getitem__(self, index: slice) -> FoundNames: ...
    def __getitem__(self, index: int | slice) -> NameHit | FoundNames:
        """Return a hit by number from 0, or some of them."""
        if isinstance(index, slice):
            return FoundNames(self.items[index], self.total, self.suggestion)
        found: NameHit = self.items[index]
        return found

    def describe(self) -> str:
        """Say how many were found, or what was searched for instead."""
        instead = f" like {self.suggestion!r}, since none is as typed" if self.suggestion else ""
        return _describe(self, self.total) + instead

    def list_values(self, item: NameHit) -> Sequence[Any]:
        """Return the values of a name."""
        return (
            *(item.name, item.matched, item.kind, item.type or None),
            *(item.documents, item.registered, item.entity),
        )

    def write_cells(self, item: NameHit) -> Sequence[str]:
        """Return the text of a name."""
        matched = "" if item.matched == item.name else item.matched
        return (item.name, matched, item.type or item.kind, str(item.documents))

    def mark_cells(self, item: NameHit) -> Sequence[Markup | str]:
        """Return the HTML of a name."""
        return [mark_text(cell) for cell in self.write_cells(item)]


def list_sentences(hits: Hits[SentenceHit]) -> FoundSentences:
    """Make a list of what a search for sentences gave."""
    return FoundSentences(hits.hits, hits.total, hits.suggestion)


def list_names(hits: Hits[NameHit]) -> FoundNames:
    """Make a list of what a search for names gave."""
    return FoundNames(hits.hits, hits.total, hits.suggestion)


def mark_places(text: str, marks: Iterable[Mark]) -> Markup:
    """Escape a text, with the places of a search in bold.

    >>> print(mark_places("a <b> c", [(2, 5)]))
    <bdi>a </bdi><strong><bdi>&lt;b&gt;</bdi></strong><bdi> c</bdi>
    """
    return join(_cut(text, marks))


def _cut(text: str, marks: Iterable[Mark]) -> Iterator[Markup]:
    last = 0
    for start, end in marks:
        yield isolate(text[last:start])
        yield Markup("<strong>{}</strong>").format(isolate(text[start:end]))
        last = end
    yield isolate(text[last:])


def _describe(found: Entries, total: int) -> str:
    shown = f", the first {len(found):,}" if len(found) < total else ""
    return count_things(total, *found.noun) + shown


def _write_claim(claim: SaidClaim) -> str:
    relation = f"{claim.relation} ({claim.role})" if claim.role else claim.relation
    return f"{claim.subject_name} | {relation} | {claim.object_name}"


def _write_source(hit: SentenceHit) -> str:
    return f"{hit.title}, {hit.date}" if hit.date else hit.title
