"""One document as a row of a table, and the row that is made of it: a pure function, whatever runs it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.errors import DocumentError
from graph.extract import Resources, extract_document
from graph.infer import infer_statements, load_rules
from graph.product import make_product
from graph.read import LIMITS, parse_document
from graph.readers.inputs import name_path
from graph.readers.metadata import normalise_properties
from graph.readers.worker import ReaderProcess
from graph.records import Document
from graph.scale.claim_rows import list_claims
from graph.terms import RDF, name_node
from graph.vocabulary import INFERRED_GRAPH
from graph.write import sort_quads

Outcome = dict[str, Any]
"""What is made of one document, by the columns of ``graph.scale.tasks.OUTCOME``."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as a table has it; one of ``text``, ``content`` and ``path`` says what it holds.

    Attributes:
        name: by which the graph will know it.
        text: its text, read as a plain text file is.
        content: the bytes of a file; the suffix of ``name`` tells the format.
        path: of a file that every machine of the cluster can open.
        stated: what the table states of it, by the names of ``graph.readers.content.FIELDS``.
        problem: why it cannot be read, where that is known already; else empty.
    """

    name: str
    text: str | None = None
    content: bytes | None = None
    path: str | None = None
    stated: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def read_row(row: DocumentRow, reader: ReaderProcess) -> Document:
    """Read the document of a row, as a build reads the same document from a file.

    Args:
        row: of the table.
        reader: reads PDF, Word and HTML.

    Raises:
        DocumentError: when it cannot be read.
    """
    if row.problem:
        raise DocumentError(row.name, row.problem)
    proper = name_path(PurePosixPath(row.name))
    if row.name != proper:
        raise DocumentError(row.name, f"is no plain name of a document; call it {proper}")
    if row.text is not None:
        document = parse_document(row.text.encode(), "text.txt", reader=reader)
    else:
        document = parse_document(_read_bytes(row), row.name, reader=reader)
    stated = {name: value for name, value in normalise_properties(row.stated).items() if value}
    return dataclasses.replace(document, name=row.name, **stated)


def make_outcome(row: DocumentRow, resources: Resources, reader: ReaderProcess) -> Outcome:
    """Make the row of what a document gives; where it cannot be read, of why not."""
    try:
        extraction = extract_document(read_row(row, reader), resources)
    except DocumentError as error:
        return skip_row(row.name, error.reason)
    product = make_product(extraction, resources.register)
    quads = list(parse(product.quads, format=RdfFormat.N_QUADS))
    inferred, stated = follow_quads(quads)
    return {
        "name": row.name,
        "reason": None,
        "line": product.line,
        "quads": cut_lines(product.quads),
        "claims": list_claims(row.name, quads, resources.register),
        "inferred": inferred,
        "stated": stated,
    }


def skip_row(name: str, reason: str) -> Outcome:
    """Make the row of a document that was passed over."""
    empty: dict[str, list[Any]] = {"quads": [], "claims": [], "inferred": [], "stated": []}
    return {"name": name, "reason": reason, "line": None, **empty}


def cut_lines(content: bytes) -> list[str]:
    """Cut N-Quads into lines, without their breaks; nothing but a line feed ends a line."""
    return content.decode().split("\n")[:-1]


def follow_quads(quads: Iterable[Quad]) -> tuple[list[str], list[str]]:
    """Work out what follows from some quads, for a reduce over the quads of all documents.

    Args:
        quads: of one document, the register or the ontology.

    Returns:
        The lines of the graph ``inferred`` that follow and that these quads do not state themselves; and of
        what they state, all that might follow from other quads, written as such lines. What follows from
        all is the first less the second.
    """
    quads = list(quads)
    followers = _list_followers()
    home = name_node(INFERRED_GRAPH)
    stated = (
        Quad(quad.subject, quad.predicate, quad.object, home)
        for quad in quads
        if (quad.object if quad.predicate.value == RDF + "type" else quad.predicate) in followers
    )
    return cut_lines(sort_quads(infer_statements(quads))), cut_lines(sort_quads(stated))


@cache
def _list_followers() -> frozenset[NamedNode]:
    """Return the classes and properties that a rule of the ontology leads to."""
    rules = load_rules()
    classes = {wider for all_wider in rules.classes.values() for wider in all_wider}
    return frozenset(classes | {step[0] for steps in rules.properties.values() for step in steps})


def _read_bytes(row: DocumentRow) -> bytes:
    if row.content is not None:
        return row.content
    if row.path is None:
        raise DocumentError(row.name, "has neither text nor content; remove the row or give it one")
    try:
        with Path(row.path).open("rb") as file:
            return file.read(LIMITS.max_bytes + 1)  # more than that is refused by its size
    except OSError as error:
        raise DocumentError(
            row.name, f"cannot be opened on the machine that was to read it: {error.strerror}"
        ) from error
