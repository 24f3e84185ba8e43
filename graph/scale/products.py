"""What a row of a table of documents gives: a pure function of it, whatever runs it and however often."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, parse

from graph.errors import DocumentError
from graph.extract import Resources, extract_document, load_resources
from graph.infer import derive_statements
from graph.product import make_product
from graph.read import parse_document, read_input
from graph.readers.inputs import Input, name_path
from graph.readers.metadata import normalise_properties
from graph.readers.worker import ReaderProcess
from graph.records import Document, Skipped
from graph.scale.claim_rows import list_claims
from graph.scale.rows import DocumentRow, Outcome, cut_lines
from graph.task import attempt
from graph.terms import name_node
from graph.vocabulary import INFERRED_GRAPH
from graph.write import sort_quads


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
    if row.path is not None:
        return read_input(Input(row.name, Path(row.path), stated=row.stated), reader)
    if row.text is not None:
        document = parse_document(row.text.encode(), "text.txt", reader=reader)
    elif row.content is not None:
        document = parse_document(row.content, row.name, reader=reader)
    else:
        raise DocumentError(row.name, "has neither text nor content; remove the row or give it one")
    stated: dict[str, Any] = {n: value for n, value in normalise_properties(row.stated).items() if value}
    return dataclasses.replace(document, name=row.name, **stated)


def make_outcome(row: DocumentRow, reader: ReaderProcess) -> Outcome | Skipped:
    """Make the row of what a document gives, or say why it is passed over.

    Raises:
        CaregraphError: no document can be extracted.
    """
    resources = load_resources()
    return attempt(row.name, lambda: _make_outcome(row, reader, resources))


def _make_outcome(row: DocumentRow, reader: ReaderProcess, resources: Resources) -> Outcome:
    product = make_product(extract_document(read_row(row, reader), resources), resources.register)
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


def follow_quads(quads: Iterable[Quad]) -> tuple[list[str], list[str]]:
    """Work out what follows from some quads, for a reduce over the quads of all documents.

    Args:
        quads: of one document, or register and ontology.

    Returns:
        What follows from them, and what of that they state themselves or might follow from others, both as
        lines of the graph ``inferred``. What follows from all is the first less the second.
    """
    derived, stated = map(_write_inferred, derive_statements(quads))
    return derived, stated


def _write_inferred(triples: Iterable[Triple]) -> list[str]:
    home = name_node(INFERRED_GRAPH)
    return cut_lines(sort_quads(Quad(t.subject, t.predicate, t.object, home) for t in triples))
