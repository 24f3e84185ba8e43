"""A small built graph to export: four documents, one of them hostile, and the entries that they name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from graph.assemble import assemble_document
from graph.infer import infer_statements
from graph.records import Document, Entity, Extraction, Link, Relation, quote_evidence
from graph.register import load_register
from graph.store import write_store
from graph.vocabulary import INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH
from graph.write import write_nquads
from tests.sample_graph import sample_quads

HOSTILE = (
    "=cmd|' /C calc'!A0",
    '+1 "quoted", and; more | parts',
    "-two\nlines\r\nand\ttabs",
    "@SUM(1)",
    "'=already guarded",
    "\u202eright to left\u202c and \u2066isolated",
    "half \ud800 surrogate",
    '<script>alert(1)</script> & \\u0041 \\" \x85\u2028',
    "\ufeffmark first \U0001f3e5",
)
"""Texts that break files: formulas, quotes, breaks, marks of direction, half characters, markup."""

OWN_GRAPHS = {NamedNode(iri) for iri in (REGISTER_GRAPH, ONTOLOGY_GRAPH, INFERRED_GRAPH)}


def make_hostile(texts: tuple[str, ...] = HOSTILE, name: str = '=hostile/ö, "x".txt') -> Extraction:
    """Make the record of a document in which each text is a name, a role, a quote and a title."""
    body = "\n\n".join(texts)
    entities = [
        Entity(f"e{number}", "named", "Partnership", text, (text, f"other {text}"), Link(reason=text))
        for number, text in enumerate(texts)
    ]
    relations = []
    for number, text in enumerate(texts):
        start = body.index(text)
        evidence = quote_evidence(body, start, start + len(text))
        other = entities[number - 1].id
        status = ("asserted", "proposed", "negated")[number % 3]
        relations.append(
            Relation(entities[number].id, "worksWith", other, status, (evidence,), "", 0.5, f"f {text}")
        )
    ann = Entity("ann", "other", "Person", texts[0], (texts[0],), Link())
    act = Entity("act", "other", "Legislation", texts[1], (texts[1],), Link())
    fund = Entity("fund", "other", "Programme", texts[2], (texts[2],), Link())
    post = Relation("ann", "postHolderAt", "e0", "asserted", relations[0].evidence, texts[-1], 0.25, "post")
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(name, body, digest, title=texts[0], author=texts[1], publisher=texts[2])
    document = replace(document, url='https://example.org/?a=1&b="2"#x', citation=texts[4])
    return Extraction(document, (), (), (*entities, ann, act, fund), (*relations, post))


@cache
def export_quads() -> tuple[Quad, ...]:
    """Make the quads: documents, ontology, what follows, and the entries of the bodies that they name."""
    hostile = assemble_document(make_hostile(), load_register())
    quads = {*sample_quads(), *hostile}
    stated = {q for q in quads if q.graph_name not in OWN_GRAPHS}
    named = {str(term) for q in stated for term in (q.subject, q.object) if isinstance(term, NamedNode)}
    register = {q for q in quads if q.graph_name == NamedNode(REGISTER_GRAPH)}
    changes = {q.subject for q in register if "/id/change/" in str(q.subject) and str(q.object) in named}
    places = {q.object for q in register if str(q.subject) in named and "/id/place/" in str(q.object)}
    used = changes | places
    register = {q for q in register if str(q.subject) in named or q.subject in used}
    ontology = {q for q in quads if q.graph_name == NamedNode(ONTOLOGY_GRAPH)}
    return (*stated, *register, *ontology, *infer_statements([*stated, *register, *ontology]))


def write_sample(out: Path) -> Path:
    """Write the master copy and the store of that graph into a folder."""
    write_nquads(export_quads(), out / "graph.nq")
    write_store(out, out / "graph.nq")
    return out
