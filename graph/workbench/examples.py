"""Queries to start from: the named questions, and some that draw; for people, and as RDF for programs.

As RDF each is a ``sh:SPARQLExecutable`` (SHACL Advanced Features, section 5), in the form that the SIB
Swiss Institute of Bioinformatics uses for its endpoints and that its tools read
(github.com/sib-swiss/sparql-examples).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from graph.questions import Question, list_questions
from graph.terms import PREFIXES, RDF, RDFS, SH

SCHEMA = "https://schema.org/"
DRAWINGS = Path(__file__).resolve().parent / "queries"
"""Queries whose answers are best seen as a picture, written as the named questions are."""

_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)


@cache
def list_examples() -> tuple[Question, ...]:
    """Return all examples: those that draw first, then the named questions by name."""
    return (*list_questions(DRAWINGS), *list_questions())


def write_examples(origin: str) -> bytes:
    """Write all examples as Turtle.

    Args:
        origin: of the server, such as ``http://localhost:8000``; the examples are named under it.
    """
    quads = [quad for example in list_examples() for quad in _describe(example, origin)]
    return serialize(quads, format=RdfFormat.TURTLE, prefixes={**PREFIXES, "sh": SH, "schema": SCHEMA}) or b""


def read_form(query: str) -> str:
    r"""Return the form of a query: ``select``, ``ask``, ``construct`` or ``describe``.

    >>> read_form("PREFIX cg: <https://w3id.org/caregraph/ontology#>\nASK { ?claim a cg:Claim }")
    'ask'
    """
    found = _FORM.search(query)
    return found[1].lower() if found else "select"


def _describe(example: Question, origin: str) -> list[Quad]:
    node, form = NamedNode(f"{origin}/editor?example={example.name}"), read_form(example.query)
    typed = f"SPARQL{form.capitalize()}Executable"
    facts: list[tuple[str, NamedNode | Literal]] = [
        (RDF + "type", NamedNode(SH + "SPARQLExecutable")),
        (RDF + "type", NamedNode(SH + typed)),
        (RDFS + "comment", Literal(example.text, language="en")),
        (SH + form, Literal(example.query)),
        (SCHEMA + "target", NamedNode(f"{origin}/sparql")),
    ]
    return [Quad(node, NamedNode(predicate), value) for predicate, value in facts]
