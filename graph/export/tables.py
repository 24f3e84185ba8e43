"""A graph as tables: one pass over its nodes, each of which gives rows to the tables that it belongs in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from graph.definitions import read_definitions
from graph.export.nodes import Content, Node, find_folder, read_local_name, read_term
from graph.export.source import Source
from graph.export.table_files import Row, WriteRows, open_table, write_package
from graph.export.table_list import TABLES
from graph.terms import DCTERMS, FOAF, ORG, PROV, RDF, SKOS
from graph.vocabulary import CG, REGISTER_GRAPH

Rows = Iterator[Row]

THINGS = {
    "collective": "bodies",
    "organisation": "bodies",
    "person": "people",
    "publication": "publications",
    "legislation": "legislation",
    "programme": "programmes",
    "place": "places",
}
"""The table of each folder of entities."""

ABOUT = {
    "name": "caregraph",
    "title": "Who works with whom in health and social care",
    "description": (
        "Tables of a caregraph build. Text that a spreadsheet would run as a formula (= + - @ first) has an "
        "apostrophe before it: take one away where you read the files with a program."
    ),
}
_NAMED_ELSEWHERE = (
    RDF + "type",
    SKOS + "prefLabel",
    SKOS + "altLabel",
    SKOS + "notation",
    CG + "ambiguousName",
)


def write_tables(source: Source, folder: Path) -> None:
    """Write the tables and ``datapackage.json`` into an empty folder.

    Args:
        source: the graph.
        folder: where to.
    """
    content = Content(source)
    with ExitStack() as stack:
        write = {table.name: stack.enter_context(open_table(folder, table)) for table in TABLES}
        mentioned, claimed = _write_nodes(content, write)
        for iri, about in content.entities.items():
            _write_entity(write, iri, about, (mentioned[iri], claimed[iri]))
        write["terms"](sorted(read_definitions().items()))
    write_package(folder, TABLES, ABOUT)


def _write_nodes(content: Content, write: dict[str, WriteRows]) -> tuple[Counter[str], Counter[str]]:
    """Write the rows of nodes; return in how many documents and claims each entity is."""
    mentioned: Counter[str] = Counter()
    claimed: Counter[str] = Counter()
    for node in content.read_nodes():
        for iri in node.list_values(RDF + "type"):
            for name, list_rows in ROWS.get(iri, {}).items():
                write[name](list_rows(content, node))
        mentioned.update(node.list_values(CG + "mentions"))
        if node.is_a(CG + "Claim"):
            claimed.update({node.read_value(CG + part) for part in ("subject", "object")})
        if find_folder(node.iri) == "organisation":
            write["register_facts"](_list_facts(content, node))
    return mentioned, claimed


def _list_document(content: Content, node: Node) -> Rows:
    joined = ("; ".join(node.list_values(DCTERMS + name)) for name in ("creator", "publisher"))
    yield (
        node.iri,
        node.read_value(DCTERMS + "identifier"),
        node.read_value(DCTERMS + "title"),
        node.read_value(DCTERMS + "date"),
        *joined,
        node.read_value(DCTERMS + "bibliographicCitation"),
        node.read_value(FOAF + "page"),
        node.read_value(DCTERMS + "format"),
        node.read_value(CG + "textLength"),
        node.read_value(CG + "textSha256"),
    )


def _list_mentions(content: Content, node: Node) -> Rows:
    return ((node.iri, entity) for entity in node.list_values(CG + "mentions"))


def _list_claim(content: Content, node: Node) -> Rows:
    sentences = content.read_sentences(node)
    subject, said = (node.read_value(CG + part) for part in ("subject", "object"))
    yield (
        node.iri,
        node.read_value(PROV + "wasDerivedFrom"),
        subject,
        content.name_entity(subject),
        read_local_name(node.read_value(CG + "predicate")),
        said,
        content.name_entity(said),
        read_local_name(node.read_value(CG + "status")).lower(),
        node.read_value(CG + "confidence"),
        node.read_value(CG + "role"),
        node.read_value(CG + "foundBy"),
        len(sentences),
        " ".join(sentences[0].exact.split()) if sentences else "",
    )


def _list_evidence(content: Content, node: Node) -> Rows:
    for found in content.read_sentences(node):
        place = (found.document, found.start, found.end)
        yield node.iri, found.iri, *place, found.exact, found.prefix, found.suffix


def _list_link(content: Content, node: Node) -> Rows:
    one = (CG + "name", CG + "linksEntity", CG + "linksTo", CG + "score", CG + "reason")
    values = map(node.read_value, (PROV + "wasDerivedFrom", *one))
    yield node.iri, *values, " ".join(node.list_values(CG + "candidate"))


def _list_successions(content: Content, node: Node) -> Rows:
    for older in node.list_values(ORG + "originalOrganization"):
        for newer in node.list_values(ORG + "resultingOrganization"):
            ends = (older, content.name_entity(older), newer, content.name_entity(newer))
            yield node.iri, node.read_value(DCTERMS + "date"), *ends


def _list_facts(content: Content, node: Node) -> Rows:
    said = {
        (quad.predicate.value, read_term(quad.object))
        for quad in node.quads
        if read_term(quad.graph_name) == REGISTER_GRAPH
    }
    for predicate, value in sorted(said):
        if predicate not in _NAMED_ELSEWHERE:
            name = predicate.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
            yield node.iri, content.name_entity(node.iri), name, value, content.name_entity(value)


ROWS: dict[str, dict[str, Callable[[Content, Node], Rows]]] = {
    CG + "Claim": {"claims": _list_claim, "evidence": _list_evidence},
    CG + "Document": {"documents": _list_document, "mentions": _list_mentions},
    CG + "Linking": {"links": _list_link},
    ORG + "ChangeEvent": {"successions": _list_successions},
}
"""What lists the rows of a node, by its class and by table."""


def _write_entity(
    write: dict[str, WriteRows], iri: str, about: dict[str, Any], counts: tuple[int, int]
) -> None:
    """Write the rows of an entity; ``counts`` says in how many documents and claims it is."""
    table, name = THINGS.get(find_folder(iri), "bodies"), about["label"]
    other = "; ".join(about["other_names"])
    write["entities"]([(iri, name, about["type"], about["kind"], table)])
    if table == "bodies":
        dates = (about["valid_from"], about["valid_until"], " ".join(about["same_as"]))
        known = (about["type"], about["kind"], about["register"], *dates)
        write["bodies"]([(iri, name, other, *known, *counts)])
    else:
        write[table]([(iri, name, other, *counts)])
    write["names"]([(iri, name, "preferred")])
    write["names"]((iri, text, "other") for text in about["other_names"])
    write["names"]((iri, text, "shared") for text in about["shared_names"])
    write["codes"]((iri, code["scheme"], code["code"]) for code in about["codes"])
