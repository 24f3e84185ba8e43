"""RDF terms as what Python, a prompt, a notebook and a data frame take: values, texts, HTML, columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.frames import Column, find_kind
from graph.html_tables import isolate, make_link, mark_status, mark_text
from graph.terms import XSD
from graph.text_tables import make_safe, shorten_iri
from graph.vocabulary import CG, STATUSES

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | bool | dt.date | None


class IRI(str):
    """An IRI as a string, so that it can be told from a literal with ``isinstance``."""

    __slots__ = ()


def convert_term(term: Term | None) -> Value:
    """Convert an RDF term to a Python value; what has no Python type of its own becomes a string.

    >>> convert_term(Literal(3)), convert_term(NamedNode("urn:x")), convert_term(None)
    (3, 'urn:x', None)
    """
    if not isinstance(term, Literal):
        return None if term is None else IRI(term.value) if isinstance(term, NamedNode) else str(term)
    try:
        return _convert_literal(term.datatype.value, term.value)
    except ValueError:  # "many"^^xsd:integer is legal RDF
        return term.value


def _convert_literal(datatype: str, text: str) -> Value:
    match datatype.removeprefix(XSD):
        case "integer" | "int" | "long" | "nonNegativeInteger" | "positiveInteger":
            return int(text)
        case "decimal" | "double" | "float":
            return float(text)
        case "boolean":
            return text in ("true", "1")
        case "date":
            return dt.date.fromisoformat(text)
        case "dateTime":
            return dt.datetime.fromisoformat(text)
        case _:
            return text


def write_cell(term: Term | None) -> str:
    """Write a term for a reader, safe to print: an IRI made short, the text of a literal."""
    if isinstance(term, NamedNode):
        return make_safe(shorten_iri(term.value))
    if isinstance(term, Literal):
        return make_safe(term.value)
    return "" if term is None else make_safe(str(term))


def mark_cell(term: Term | None) -> Markup:
    """Write a term as HTML: an IRI of the web as a link, a status as its word."""
    if isinstance(term, NamedNode):
        if term.value.startswith(CG) and term.value.removeprefix(CG).lower() in STATUSES:
            return mark_status(term.value)
        return make_link(term.value, shorten_iri(term.value))
    if isinstance(term, Literal):
        return mark_text(term.value)
    return Markup("") if term is None else isolate(term)


def make_column(terms: Sequence[Term | None]) -> Column:
    """Make a column of terms: statuses and terms of the ontology are categories, mixtures are text."""
    values = [convert_term(term) for term in terms]
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, str) and value in STATUSES for value in known):
        return Column("category", values, STATUSES)
    if known and all(isinstance(value, IRI) and value.startswith(CG) for value in known):
        return Column("category", values)
    kind = find_kind(values)
    if kind == "text":
        values = [_write_term(term) for term in terms]
    return Column(kind, values)


def _write_term(term: Term | None) -> str | None:
    """Write a term as the graph has it: the IRI, or the text of the literal."""
    return None if term is None else str(getattr(term, "value", term))
