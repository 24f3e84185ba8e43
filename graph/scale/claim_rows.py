"""Claims as rows of a table: what the graph of a document says of each, with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pyoxigraph import Quad

from graph.iris import register_iri
from graph.register import Register
from graph.terms import DCTERMS, FOAF, OA, PROV, RDF, SKOS
from graph.vocabulary import CG

Values = dict[str, list[str]]
"""What a node has, by predicate."""


def list_claims(document: str, quads: Iterable[Quad], register: Register) -> list[dict[str, Any]]:
    """List the claims of a document, in the order of their sentences.

    Args:
        document: its name.
        quads: of the document's own graph.
        register: names the bodies that it holds.

    Returns:
        For each claim the columns of ``graph.scale.tasks.CLAIM``.
    """
    nodes: defaultdict[str, Values] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        nodes[_value(quad.subject)][_value(quad.predicate)].append(_value(quad.object))
    names = _name_register(register)
    claims = [iri for iri, node in nodes.items() if CG + "Claim" in node.get(RDF + "type", ())]
    rows = [_make_row(iri, document, nodes, names) for iri in claims]
    return sorted(rows, key=lambda row: (row["evidence"][0]["start"], row["claim"]))


def _make_row(
    iri: str, document: str, nodes: defaultdict[str, Values], names: dict[str, str]
) -> dict[str, Any]:
    claim = nodes[iri]
    (subject,), (obj,), (source,) = (
        claim[CG + "subject"],
        claim[CG + "object"],
        claim[PROV + "wasDerivedFrom"],
    )
    paper = nodes[source]
    return {
        "claim": iri,
        "subject": _first(nodes[subject], SKOS + "prefLabel") or names.get(subject),
        "subject_iri": subject,
        "predicate": claim[CG + "predicate"][0].removeprefix(CG),
        "object": _first(nodes[obj], SKOS + "prefLabel") or names.get(obj),
        "object_iri": obj,
        "status": claim[CG + "status"][0].removeprefix(CG).lower(),
        "confidence": float(claim[CG + "confidence"][0]),
        "role": _first(claim, CG + "role"),
        "found_by": _first(claim, CG + "foundBy"),
        "document": document,
        "document_iri": source,
        "title": _first(paper, DCTERMS + "title"),
        "date": _first(paper, DCTERMS + "date"),
        "address": _first(paper, FOAF + "page"),
        "evidence": sorted(
            (_make_quote(nodes[quote]) for quote in claim[CG + "evidence"]),
            key=lambda quote: (quote["start"], quote["end"]),
        ),
    }


def _make_quote(node: Values) -> dict[str, Any]:
    return {
        "quote": node[OA + "exact"][0],
        "start": int(node[OA + "start"][0]),
        "end": int(node[OA + "end"][0]),
        "prefix": _first(node, OA + "prefix"),
        "suffix": _first(node, OA + "suffix"),
    }


def _first(node: Values, predicate: str) -> str | None:
    return min(node.get(predicate, ()), default=None)


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


@lru_cache(maxsize=1)
def _name_register(register: Register) -> dict[str, str]:
    return {register_iri(body.id): body.name for body in register}
