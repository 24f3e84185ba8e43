"""What documents say, claim by claim: typed records with their status and their sentences, read as needed.

A claim always carries its status: what is only proposed, or denied, comes with the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, overload

from markupsafe import Markup
from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.choose_claims import choose_claims
from graph.claim_records import FIELDS, Claim, Named, Paper, Quote, list_fields, write_relation, write_source
from graph.frames import Column, make_pandas, make_polars
from graph.html_tables import isolate, make_link, mark_status
from graph.listing import Listing
from graph.lookup import label_node
from graph.terms import DCTERMS, FOAF, OA, PROV, RDFS
from graph.vocabulary import CG, PREDICATES, STATUSES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Facts = dict[str, list[str]]
"""The values of a node by property, sorted."""


class ClaimReader:
    """Reads claims of a store by their IRIs; names that come again are read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._name = lru_cache(maxsize=65536)(self._read_name)
        self._paper = lru_cache(maxsize=4096)(self._read_paper)
        self._label = lru_cache(maxsize=1024)(self._read_label)

    def read(self, iri: str) -> Claim:
        """Read one claim with its sentences."""
        facts = self._read_facts(iri)
        predicate = _first(facts, CG + "predicate")
        quotes = (self._read_quote(quote) for quote in facts.get(CG + "evidence", ()))
        return Claim(
            iri=iri,
            subject=self._name(_first(facts, CG + "subject")),
            predicate=predicate.removeprefix(CG),
            relation=self._label(predicate),
            object=self._name(_first(facts, CG + "object")),
            status=_first(facts, CG + "status").removeprefix(CG).lower(),
            confidence=float(_first(facts, CG + "confidence") or 0),
            role=_first(facts, CG + "role"),
            found_by=_first(facts, CG + "foundBy"),
            document=self._paper(_first(facts, PROV + "wasDerivedFrom")),
            evidence=tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end, quote.exact))),
        )

    def _read_quote(self, iri: str) -> Quote:
        facts = self._read_facts(iri)
        start, end = (int(_first(facts, OA + name) or 0) for name in ("start", "end"))
        exact, prefix, suffix = (_first(facts, OA + name) for name in ("exact", "prefix", "suffix"))
        return Quote(exact, start, end, prefix, suffix)

    def _read_name(self, iri: str) -> Named:
        return Named(iri, label_node(self.store, NamedNode(iri)))

    def _read_paper(self, iri: str) -> Paper:
        facts = self._read_facts(iri)
        title = _first(facts, DCTERMS + "title") or _first(facts, DCTERMS + "identifier")
        return Paper(iri, title, _first(facts, DCTERMS + "date"), _first(facts, FOAF + "page"))

    def _read_label(self, iri: str) -> str:
        return _first(self._read_facts(iri), RDFS + "label") or iri.removeprefix(CG)

    def _read_facts(self, iri: str) -> Facts:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
            found[quad.predicate.value].append(str(getattr(quad.object, "value", "")))
        return {predicate: sorted(values) for predicate, values in found.items()}


class Claims(Listing[Claim]):
    """Claims of a graph, in reading order: how many there are is known, each is read when it is asked for."""

    noun = ("claim", "claims")
    shown = ("subject", "relation", "object", "status", "document", "sentence")
    categories = MappingProxyType({"status": STATUSES, "predicate": PREDICATES})
    fields = MappingProxyType(FIELDS)

    def __init__(self, reader: ClaimReader, iris: tuple[str, ...]) -> None:
        self.reader = reader
        self.iris = iris

    def __len__(self) -> int:
        """Return how many claims there are."""
        return len(self.iris)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Claims: ...
    def __getitem__(self, index: int | slice) -> Claim | Claims:
        """Read a claim by number from 0; a slice is claims again, not yet read."""
        if isinstance(index, slice):
            return Claims(self.reader, self.iris[index])
        return self.reader.read(self.iris[index])

    def __iter__(self) -> Iterator[Claim]:
        """Read the claims one after another."""
        return map(self.reader.read, self.iris)

    def to_pandas(self, *, by_sentence: bool = False) -> pd.DataFrame:
        """Give a pandas frame, a row for each claim, with the first of its sentences and their number.

        Args:
            by_sentence: a row for each sentence of each claim instead.

        Raises:
            QueryError: pandas is not installed.
        """
        return make_pandas(self._read_columns(by_sentence))

    def to_polars(self, *, by_sentence: bool = False) -> pl.DataFrame:
        """Give a polars frame; see ``to_pandas``.

        Raises:
            QueryError: polars is not installed.
        """
        return make_polars(self._read_columns(by_sentence))

    def _read_columns(self, by_sentence: bool) -> dict[str, Column]:
        most = None if by_sentence else 1
        return self.make_columns(
            list_fields(claim, quote) for claim in self for quote in claim.evidence[:most]
        )

    def list_values(self, item: Claim) -> Sequence[Any]:
        """Return the values of a claim with its first sentence."""
        return list_fields(item, item.evidence[0])

    def write_cells(self, item: Claim) -> Sequence[str]:
        """Return the text of a claim."""
        return (
            item.subject.name,
            write_relation(item),
            item.object.name,
            item.status,
            write_source(item.document),
            " ".join(item.sentence.split()),
        )

    def mark_cells(self, item: Claim) -> Sequence[Markup | str]:
        """Return the HTML of a claim."""
        return (
            isolate(item.subject.name),
            isolate(write_relation(item)),
            isolate(item.object.name),
            mark_status(item.status),
            make_link(item.document.address, write_source(item.document)),
            isolate(item.sentence),
        )


def read_claims(store: Store, **choice: Any) -> Claims:
    """Read the claims of a store that are chosen as ``choose_claims`` says.

    Raises:
        QueryError: a name, relation, status, date or number is wrong.
    """
    return Claims(ClaimReader(store), choose_claims(store, **choice))


def _first(facts: Facts, predicate: str) -> str:
    return facts.get(predicate, [""])[0]
