"""What documents say, claim by claim: typed records with their status and their sentences, read as needed.

A claim always carries its status: what is only proposed, or denied, comes with the word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, overload

from markupsafe import Markup
from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, Store

from graph.choose_claims import choose_claims
from graph.claim_records import FIELDS, Claim, Named, Paper, Quote, list_fields, write_relation, write_source
from graph.frames import Column, make_pandas, make_polars
from graph.html_tables import isolate, make_link, mark_status
from graph.listing import Listing
from graph.lookup import label_node
from graph.terms import DCTERMS, FOAF, QUERY_PREFIXES, RDFS, read_integer, read_number
from graph.vocabulary import CG, PREDICATES, STATUSES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Row = tuple[str, ...]
"""A claim with one of its sentences, as the columns of ``_QUERY``."""

_FIRST_BLOCK, _BLOCK = 50, 500  # claims read at once: few for what is looked at, many for a frame
_QUERY = """
SELECT ?claim ?subject ?predicate ?object ?status ?confidence ?role ?found ?paper
  ?exact ?start ?end ?prefix ?suffix {
  VALUES ?claim { $CLAIMS }
  ?claim cg:subject ?subject ; cg:predicate ?predicate ; cg:object ?object ; cg:status ?status ;
    cg:confidence ?confidence ; cg:foundBy ?found ; prov:wasDerivedFrom ?paper ; cg:evidence ?quote .
  ?quote oa:exact ?exact ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?claim cg:role ?role }
  OPTIONAL { ?quote oa:prefix ?prefix }
  OPTIONAL { ?quote oa:suffix ?suffix }
}"""


class ClaimReader:
    """Reads claims of a store by their IRIs, in blocks; names that come again are read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._name = lru_cache(maxsize=65536)(self._read_name)
        self._paper = lru_cache(maxsize=4096)(self._read_paper)
        self._label = lru_cache(maxsize=1024)(self._read_label)

    def read(self, iris: Sequence[str]) -> Iterator[Claim]:
        """Read claims with their sentences, one after another, in the order of their IRIs as given."""
        start, size = 0, _FIRST_BLOCK
        while start < len(iris):
            block = iris[start : start + size]
            rows = self._read_rows(block)
            yield from (self._make_claim(iri, rows[iri]) for iri in block)
            start, size = start + size, _BLOCK

    def _read_rows(self, iris: Sequence[str]) -> dict[str, list[Row]]:
        """Map each claim to its rows, one for each sentence."""
        query = _QUERY.replace("$CLAIMS", " ".join(str(NamedNode(iri)) for iri in iris))
        rows: dict[str, list[Row]] = {iri: [] for iri in iris}
        solutions = self.store.query(query, prefixes=QUERY_PREFIXES)
        if isinstance(solutions, QuerySolutions):
            for solution in solutions:
                row = tuple(str(getattr(term, "value", "")) for term in solution)
                rows[row[0]].append(row)
        return rows

    def _make_claim(self, iri: str, rows: list[Row]) -> Claim:
        _, subject, predicate, obj, status, confidence, role, found_by, paper, *_ = min(rows)
        quotes = {_make_quote(row) for row in rows}
        return Claim(
            iri=iri,
            subject=self._name(subject),
            predicate=predicate.removeprefix(CG),
            relation=self._label(predicate),
            object=self._name(obj),
            status=status.removeprefix(CG).lower(),
            confidence=read_number(confidence),
            role=role,
            found_by=found_by,
            document=self._paper(paper),
            evidence=tuple(sorted(quotes, key=_by_place)),
        )

    def _read_name(self, iri: str) -> Named:
        return Named(iri, label_node(self.store, NamedNode(iri)))

    def _read_paper(self, iri: str) -> Paper:
        title, name, date, address = (
            self._read_text(iri, predicate)
            for predicate in (DCTERMS + "title", DCTERMS + "identifier", DCTERMS + "date", FOAF + "page")
        )
        return Paper(iri, title or name, date, address)

    def _read_label(self, iri: str) -> str:
        return self._read_text(iri, RDFS + "label") or iri.removeprefix(CG)

    def _read_text(self, iri: str, predicate: str) -> str:
        found = self.store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, DefaultGraph())
        return min((str(getattr(quad.object, "value", "")) for quad in found), default="")


def _make_quote(row: Row) -> Quote:
    exact, start, end, prefix, suffix = row[9:]
    return Quote(exact, read_integer(start), read_integer(end), prefix, suffix)


def _by_place(quote: Quote) -> tuple[int, int, str]:
    return quote.start, quote.end, quote.exact


class Claims(Listing[Claim]):
    """Claims of a graph, in reading order: how many there are is known, each is read when it is asked for."""

    noun = ("claim", "claims")
    shown = ("subject", "relation", "object", "status", "document", "sentence")
    printed = ("subject", "relation", "object", "status", "sentence and document")
    room = 14
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
        (claim,) = self.reader.read((self.iris[index],))
        return claim

    def __iter__(self) -> Iterator[Claim]:
        """Read the claims one after another."""
        return self.reader.read(self.iris)

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
            f"{' '.join(item.sentence.split())} ({write_source(item.document)})",
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
