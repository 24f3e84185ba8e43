"""The claims on one node in short: who, how, on which side, in which document, read in one pass.

Everything that the page of a body counts and sorts is made of these; only the claims that it shows are read
whole. One query and a little arithmetic take a tenth of the time that a query for each count takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.vocabulary import CG, STATUSES
from graph.workbench.view import View


@dataclass(frozen=True, slots=True)
class Brief:
    """A claim on a node.

    Attributes:
        iri: of the claim.
        status: ``asserted``, ``proposed`` or ``negated``.
        predicate: local name of the property.
        backward: whether the node is the object, and not the subject.
        other: IRI of who is on the other side.
        paper: IRI of the document.
    """

    iri: str
    status: str
    predicate: str
    backward: bool
    other: str
    paper: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which claims are wanted: by status and property; empty for all."""

    status: str = ""
    predicate: str = ""

    def fits(self, brief: Brief) -> bool:
        """Tell whether a claim is wanted."""
        return self.status in ("", brief.status) and self.predicate in ("", brief.predicate)


def read_briefs(view: View, iri: str) -> tuple[list[Brief], int]:
    """Read the claims on a node: facts first, then by property, side and other; and count those left out.

    Returns:
        The claims of documents that the day lets in, and how many others there are.
    """
    found = list(_read(view, iri))
    kept = [brief for brief in found if view.lets_in(brief.paper)]
    kept.sort(key=lambda b: (STATUSES.index(b.status), b.predicate, b.backward, b.other, b.paper, b.iri))
    return kept, len(found) - len(kept)


def count_briefs(briefs: Iterable[Brief]) -> dict[tuple[str, str], int]:
    """Count claims by status and property."""
    return dict(Counter((brief.status, brief.predicate) for brief in briefs))


def _read(view: View, iri: str) -> Iterator[Brief]:
    """Read them as they come; a claim whose subject is its object stands on both sides, and counts once."""
    node = NamedNode(iri)
    query = f"""SELECT ?claim ?side ?predicate ?status ?other ?paper WHERE {{
      {{ ?claim cg:subject {node} ; cg:object ?other BIND(0 AS ?side) }} UNION
      {{ ?claim cg:object {node} ; cg:subject ?other BIND(1 AS ?side) }}
      ?claim cg:predicate ?predicate ; cg:status ?status ; prov:wasDerivedFrom ?paper .
    }}"""
    seen: set[str] = set()
    for row in view.ask(query):
        claim, side, predicate, status, other, paper = (str(getattr(term, "value", "")) for term in row.terms)
        if claim not in seen:
            seen.add(claim)
            status, predicate = status.removeprefix(CG).lower(), predicate.removeprefix(CG)
            yield Brief(claim, status, predicate, side == "1", other, paper)
