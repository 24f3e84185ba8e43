"""Datasets as rdflib reads them: lines that compare with what was to be written."""

from __future__ import annotations

from collections.abc import Iterable

import rdflib
from pyoxigraph import Literal, NamedNode, Quad


def read_quads(content: bytes, form: str) -> set[str]:
    """Read a dataset with rdflib, a line for each statement."""
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=form)
    return {
        " ".join(term.n3() for term in (s, p, o, rdflib.URIRef(str(name))))
        for s, p, o, name in dataset.quads()
    }


def write_quads(quads: Iterable[Quad]) -> set[str]:
    """Return the lines that rdflib should find."""
    return {" ".join(map(write_term, (q.subject, q.predicate, q.object, q.graph_name))) for q in quads}


def write_term(term: object) -> str:
    """Write a term of Oxigraph as rdflib writes it; rdflib may change the form of a number, so both do."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value).n3()
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language).n3()
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=None if datatype == rdflib.XSD.string else datatype).n3()
