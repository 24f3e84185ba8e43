"""A graph as CSV for ``neo4j-admin database import``: facts are relationships, claims are nodes.

A claim is a node with its sentences, whatever its status. Only what is asserted, or stands in the register,
is a relationship between two entities, so that no Cypher query can mistake a proposal or a denial for a fact.
Source: Neo4j Operations Manual 5, "Import", on header formats and options.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from graph.export.nodes import Content, Node, find_folder, read_local_name, read_term
from graph.export.source import Source
from graph.terms import DCTERMS, FOAF, PROV, read_number
from graph.vocabulary import CG, REGISTER_GRAPH

Row = Iterable[object]
WriteRows = Callable[[Iterable[Row]], None]

SEPARATOR = "\x1f"
"""Between the elements of an array: ``U+001F``, so that a name may hold every mark that is printed."""

HEADERS = {
    "entities": [
        *"iri:ID name type kind register validFrom validUntil".split(),
        *"otherNames:string[] codes:string[] :LABEL".split(),
    ],
    "documents": "iri:ID name title date address characters:long :LABEL".split(),
    "claims": "iri:ID predicate status confidence:double role foundBy :LABEL".split(),
    "evidence": "iri:ID text before after start:long end:long :LABEL".split(),
    "relations": ":START_ID :TYPE :END_ID says claims:int confidence:double sentence title date".split(),
    "parts": ":START_ID :TYPE :END_ID".split(),
}
"""The columns of each file; ``relations`` and ``parts`` hold relationships, the others nodes."""

RELATIONSHIPS = ("relations", "parts")

LABELS = {"organisation": "Body", "collective": "Body"}
"""Labels of entities by folder, where they are not the folder's name."""

README = """\
A graph of caregraph for Neo4j 5 or later. In this folder, with an empty database called neo4j:

{command}

What is in it:

(:Entity)-[:WORKS_WITH]->(:Entity)   what documents assert (says: "documents") and what the register
                                     knows (says: "register"); claims, confidence and a sentence with it
(:Claim)-[:SUBJECT]->(:Entity)       every claim, with its status: asserted, proposed or negated;
(:Claim)-[:OBJECT]->(:Entity)        what is proposed or negated is no relationship between entities
(:Claim)-[:STATED_IN]->(:Document)
(:Claim)-[:EVIDENCE]->(:Evidence)    the words that it rests on
(:Document)-[:MENTIONS]->(:Entity)

Try:

MATCH (a:Entity)-[r:WORKS_WITH]->(b:Entity) RETURN a.name, b.name, r.sentence
MATCH (c:Claim {{status: "proposed"}})-[:EVIDENCE]->(e), (c)-[:SUBJECT]->(a), (c)-[:OBJECT]->(b)
RETURN a.name, c.predicate, b.name, e.text
"""


def write_neo4j(source: Source, folder: Path) -> None:
    """Write the files and ``README.txt`` into an empty folder.

    Args:
        source: the graph.
        folder: where to.
    """
    content = Content(source)
    with ExitStack() as stack:
        write = {name: stack.enter_context(_open_rows(folder, name)) for name in HEADERS}
        asserted: dict[tuple[str, str, str], list[Node]] = {}
        seen: set[str] = set()
        for node in content.read_nodes():
            _write_node(content, write, node, seen)
            if _is_asserted(node):
                asserted.setdefault(_read_triple(node), []).append(node)
        write["entities"](_list_entity(iri, about) for iri, about in content.entities.items())
        write["relations"](_list_relation(content, *item) for item in asserted.items())
    (folder / "README.txt").write_text(README.format(command=write_command()), encoding="utf-8", newline="\n")


def write_command() -> str:
    """Return the command that imports the files."""
    lines = ["neo4j-admin database import full neo4j"]
    for name in HEADERS:
        lines.append(f"--{'relationships' if name in RELATIONSHIPS else 'nodes'}={name}.csv")
    return " \\\n  ".join([*lines, "--array-delimiter=U+001F", "--multiline-fields=true"])


def _write_node(content: Content, write: dict[str, WriteRows], node: Node, seen: set[str]) -> None:
    """Write what a node gives; ``seen`` has the evidence that is written already."""
    if node.is_a(CG + "Document"):
        write["documents"]([_list_document(node)])
        mentioned = node.list_values(CG + "mentions")
        write["parts"]((node.iri, "MENTIONS", entity) for entity in mentioned)
    elif node.is_a(CG + "Claim"):
        _write_claim(content, write, node, seen)
    elif find_folder(node.iri):
        write["relations"](_list_register(content, node))


def _write_claim(content: Content, write: dict[str, WriteRows], node: Node, seen: set[str]) -> None:
    read = node.read_value
    named = map(read_local_name, (read(CG + "predicate"), read(CG + "status").lower()))
    known = (read(CG + "confidence"), read(CG + "role"), read(CG + "foundBy"))
    write["claims"]([(node.iri, *named, *known, "Claim")])
    write["parts"]((node.iri, part.upper(), read(CG + part)) for part in ("subject", "object"))
    write["parts"]([(node.iri, "STATED_IN", read(PROV + "wasDerivedFrom"))])
    for found in content.read_sentences(node):
        write["parts"]([(node.iri, "EVIDENCE", found.iri)])
        if found.iri not in seen:
            seen.add(found.iri)
            words = (found.exact, found.prefix, found.suffix)
            write["evidence"]([(found.iri, *words, found.start, found.end, "Evidence")])


def _list_document(node: Node) -> Row:
    known = (DCTERMS + "identifier", DCTERMS + "title", DCTERMS + "date", FOAF + "page", CG + "textLength")
    return node.iri, *map(node.read_value, known), "Document"


def _list_entity(iri: str, about: dict[str, Any]) -> Row:
    codes = [f"{code['scheme']} {code['code']}" for code in about["codes"]]
    folder = find_folder(iri)
    labels = ["Entity", LABELS.get(folder, folder.capitalize() or "Body")]
    if labels[-1] == "Body":
        labels.append("Collective" if about["kind"] == "collective" else about["type"])
    known = (about["type"], about["kind"], about["register"], about["valid_from"], about["valid_until"])
    arrays = map(_join, (about["other_names"], codes, dict.fromkeys(labels)))
    return iri, about["label"], *known, *arrays


def _list_register(content: Content, node: Node) -> Iterator[Row]:
    """Yield what the register says of a body and another entity."""
    for quad in node.quads:
        said = read_term(quad.object)
        of_register = read_term(quad.graph_name) == REGISTER_GRAPH and quad.predicate.value.startswith(CG)
        if of_register and said in content.entities:
            name = _name_type(quad.predicate.value)
            yield node.iri, name, said, "register", None, None, None, None, None


def _list_relation(content: Content, triple: tuple[str, str, str], claims: list[Node]) -> Row:
    """Return a relationship with the best of the claims that assert it."""
    best = max(claims, key=lambda claim: (read_number(claim.read_value(CG + "confidence")), claim.iri))
    sentences = content.read_sentences(best)
    document = content.read_node(best.read_value(PROV + "wasDerivedFrom"))
    words = " ".join(sentences[0].exact.split()) if sentences else None
    said = (words, document.read_value(DCTERMS + "title"), document.read_value(DCTERMS + "date"))
    subject, predicate, obj = triple
    confidence = best.read_value(CG + "confidence")
    return subject, _name_type(predicate), obj, "documents", len(claims), confidence, *said


def _is_asserted(node: Node) -> bool:
    return node.read_value(CG + "status") == CG + "Asserted" and node.is_a(CG + "Claim")


def _read_triple(node: Node) -> tuple[str, str, str]:
    subject, predicate, obj = (node.read_value(CG + part) for part in ("subject", "predicate", "object"))
    return subject, predicate, obj


def _name_type(predicate: str) -> str:
    """Return the type of a relationship: ``WORKS_WITH`` for ``cg:worksWith``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", read_local_name(predicate)).upper()


def _join(values: Iterable[str]) -> str:
    return SEPARATOR.join(value.replace(SEPARATOR, " ") for value in values)


@contextmanager
def _open_rows(folder: Path, name: str) -> Iterator[WriteRows]:
    """Give a function that adds rows to ``NAME.csv``; an empty cell is no value."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(HEADERS[name])

        def write_rows(rows: Iterable[Row]) -> None:
            for row in rows:
                cells = ["" if value is None else str(value).replace("\0", "\ufffd") for value in row]
                writer.writerow(cells)

        yield write_rows
