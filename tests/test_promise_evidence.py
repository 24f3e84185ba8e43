"""The promise "nothing without its sentence": a thousand ways to break it, drawn by lot, and each is told.

Every kind of corruption is a function that alters the graph of a document or the sources; what it alters is
drawn by a seeded generator, so that a failure can be repeated by its number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.iris import document_graph_iri
from graph.records import Document
from graph.terms import DCTERMS, OA, PROV
from graph.verify import verify_dataset
from graph.vocabulary import CG, GRAPH, PREDICATES
from tests.sample_documents import LETTER, MINUTES, make_document, sample_quads

pytestmark = pytest.mark.promise

TEXTS = {"minutes/2007.txt": MINUTES, "letter.txt": LETTER}
EACH = 50
Quads = list[Quad]
Sources = dict[str, Document | None]


@cache
def graph_quads() -> tuple[Quad, ...]:
    """Return the statements of the documents, in order."""
    quads = [quad for quad in sample_quads() if f"{GRAPH}document/" in str(quad.graph_name)]
    return tuple(sorted(quads, key=str))


def read_sources() -> Sources:
    return {name: make_document(name, text) for name, text in TEXTS.items()}


def is_told(quads: Quads, sources: Sources) -> bool:
    documents = {name: document for name, document in sources.items() if document}
    return not verify_dataset(quads, documents).holds


def pick(draw: Random, *properties: str) -> Quad:
    """Draw a statement with one of some properties."""
    return draw.choice([quad for quad in graph_quads() if quad.predicate.value in properties])


def put(quad: Quad, value: str | NamedNode | Literal) -> Quads:
    """Return the graph with another value in the place of a statement's own."""
    old = quad.object
    if isinstance(value, str):
        value = Literal(value, datatype=old.datatype) if isinstance(old, Literal) else NamedNode(value)
    return [Quad(q.subject, q.predicate, value, q.graph_name) if q == quad else q for q in graph_quads()]


def leave_out(quad: Quad) -> Quads:
    return [other for other in graph_quads() if other != quad]


def edit_text(text: str, draw: Random) -> str:
    """Change, put in or take out one character."""
    place = draw.randrange(len(text))
    new = chr(draw.choice([draw.randrange(32, 127), draw.randrange(160, 0x2FF), 0x1F3E5]))
    while new == text[place]:
        new = chr(draw.randrange(32, 127))
    return draw.choice(
        [
            text[:place] + new + text[place + 1 :],
            text[:place] + new + text[place:],
            text[:place] + text[place + 1 :],
        ]
    )


def change_a_byte_of_a_cited_span(draw: Random) -> tuple[Quads, Sources]:
    quote = pick(draw, OA + "start")
    name = quote.graph_name.value.removeprefix(f"{GRAPH}document/")  # type: ignore[union-attr]
    spans = {
        quad.predicate.value: int(quad.object.value)  # type: ignore[union-attr]
        for quad in graph_quads()
        if quad.subject == quote.subject and quad.predicate.value in {OA + "start", OA + "end"}
    }
    text = TEXTS[name]
    start, end = (len(text[: spans[OA + place]].encode()) for place in ("start", "end"))
    data = bytearray(text.encode())
    data[draw.randrange(start, end)] ^= draw.randrange(1, 256)
    try:
        altered = make_document(name, data.decode())
    except UnicodeDecodeError:  # a reader refuses it, so that the document is missing
        altered = None
    return list(graph_quads()), {**read_sources(), name: altered}


def change_a_text(draw: Random) -> tuple[Quads, Sources]:
    name = draw.choice(sorted(TEXTS))
    return list(graph_quads()), {**read_sources(), name: make_document(name, edit_text(TEXTS[name], draw))}


def cut_a_text(draw: Random) -> tuple[Quads, Sources]:
    name = draw.choice(sorted(TEXTS))
    text = TEXTS[name][: draw.randrange(len(TEXTS[name]))]
    return list(graph_quads()), {**read_sources(), name: make_document(name, text)}


def lose_a_document(draw: Random) -> tuple[Quads, Sources]:
    return list(graph_quads()), {**read_sources(), draw.choice(sorted(TEXTS)): None}


def swap_documents(draw: Random) -> tuple[Quads, Sources]:
    one, other = draw.sample(sorted(TEXTS), 2)
    sources = read_sources()
    texts = {one: make_document(one, TEXTS[other]), other: make_document(other, TEXTS[one])}
    kept = draw.choice(["both", one, other])
    return list(graph_quads()), {**sources, **{n: d for n, d in texts.items() if kept in ("both", n)}}


def keep_an_old_hash(draw: Random) -> tuple[Quads, Sources]:
    """A text is edited in a quote, by somebody who puts hash and length of the new text into the graph."""
    name = "letter.txt"
    quote = draw.choice(
        [q for q in graph_quads() if q.predicate.value == OA + "exact" and name in str(q.graph_name)]
    )
    words = quote.object.value  # type: ignore[union-attr]
    altered = make_document(name, TEXTS[name].replace(words, edit_text(words, draw), 1))
    stated = {CG + "textSha256": altered.sha256, CG + "textLength": str(len(altered.text))}
    quads = [
        Quad(
            q.subject,
            q.predicate,
            Literal(stated[q.predicate.value], datatype=q.object.datatype),
            q.graph_name,
        )
        if q.predicate.value in stated and name in str(q.graph_name) and isinstance(q.object, Literal)
        else q
        for q in graph_quads()
    ]
    return quads, {**read_sources(), name: altered}


def move_an_offset(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, OA + "start", OA + "end")
    by = draw.choice([-1, 1, -1, 1, 10, -10, 1000])
    return put(quad, str(int(quad.object.value) + by)), read_sources()  # type: ignore[union-attr]


def edit_a_quote(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, OA + "exact", OA + "prefix", OA + "suffix")
    return put(quad, edit_text(quad.object.value, draw)), read_sources()  # type: ignore[union-attr]


def swap_quotes(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, OA + "exact")
    others = [q.object for q in graph_quads() if q.predicate == quad.predicate and q.object != quad.object]
    return put(quad, draw.choice(others)), read_sources()  # type: ignore[arg-type]


def lose_a_part_of_a_quote(draw: Random) -> tuple[Quads, Sources]:
    parts = (*(OA + part for part in ("exact", "start", "end", "prefix", "suffix")), PROV + "wasQuotedFrom")
    return leave_out(pick(draw, *parts)), read_sources()


def say_a_part_twice(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, *(OA + part for part in ("exact", "start", "end", "prefix", "suffix")))
    assert isinstance(quad.object, Literal)
    changed = edit_text(quad.object.value, draw) if quad.object.value.isalpha() else quad.object.value + "1"
    second = Quad(
        quad.subject, quad.predicate, Literal(changed, datatype=quad.object.datatype), quad.graph_name
    )
    return [*graph_quads(), second], read_sources()


def part_a_claim_from_its_quote(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, CG + "evidence")
    if draw.random() < 0.5:
        return leave_out(quad), read_sources()
    return put(quad, str(quad.object.value) + "0"), read_sources()  # type: ignore[union-attr]


def alter_a_claim(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, *(CG + part for part in ("subject", "predicate", "object", "status")))
    others = {q.object for q in graph_quads() if q.predicate == quad.predicate} - {quad.object}
    return put(quad, draw.choice(sorted(others, key=str))), read_sources()  # type: ignore[arg-type]


def lose_a_part_of_a_claim(draw: Random) -> tuple[Quads, Sources]:
    parts = ("subject", "predicate", "object", "status", "role")
    return leave_out(pick(draw, *(CG + part for part in parts))), read_sources()


def lose_a_plain_statement(draw: Random) -> tuple[Quads, Sources]:
    return leave_out(pick(draw, *(CG + predicate for predicate in PREDICATES))), read_sources()


def state_what_nobody_said(draw: Random) -> tuple[Quads, Sources]:
    claim = pick(draw, CG + "subject")
    said = {quad.triple for quad in graph_quads()}
    while True:
        predicate, obj = NamedNode(CG + draw.choice(sorted(PREDICATES))), pick(draw, CG + "object").object
        quad = Quad(claim.object, predicate, obj, claim.graph_name)  # type: ignore[arg-type]
        if quad.triple not in said:
            return [*graph_quads(), quad], read_sources()


def state_what_is_proposed_or_denied(draw: Random) -> tuple[Quads, Sources]:
    """A claim that is not asserted is stated as a fact."""
    status = draw.choice(
        [q for q in graph_quads() if q.predicate.value == CG + "status" and "Asserted" not in str(q)]
    )
    parts = {q.predicate.value: q.object for q in graph_quads() if q.subject == status.subject}
    predicate = parts[CG + "predicate"]
    assert isinstance(predicate, NamedNode)
    quad = Quad(parts[CG + "subject"], predicate, parts[CG + "object"], status.graph_name)  # type: ignore[arg-type]
    return [*graph_quads(), quad], read_sources()


def change_hash_or_length(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, CG + "textSha256", CG + "textLength")
    value = quad.object.value  # type: ignore[union-attr]
    return put(
        quad, str(int(value) + draw.choice([-1, 1])) if value.isdecimal() else value[::-1]
    ), read_sources()


def rename_a_graph(draw: Random) -> tuple[Quads, Sources]:
    old, new = (NamedNode(document_graph_iri(name)) for name in draw.sample(sorted(TEXTS), 2))
    new = draw.choice([new, NamedNode(document_graph_iri("other.txt"))])
    return [
        Quad(q.subject, q.predicate, q.object, new) if q.graph_name == old else q for q in graph_quads()
    ], read_sources()


def take_anothers_name(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, DCTERMS + "identifier")
    return draw.choice([leave_out(quad), put(quad, "other.txt")]), read_sources()


def move_a_claim_to_another_document(draw: Random) -> tuple[Quads, Sources]:
    status = pick(draw, CG + "status")
    other = next(q.graph_name for q in graph_quads() if q.graph_name != status.graph_name)
    return [
        Quad(q.subject, q.predicate, q.object, other) if q.subject == status.subject else q
        for q in graph_quads()
    ], read_sources()


def quote_another_document(draw: Random) -> tuple[Quads, Sources]:
    quad = pick(draw, PROV + "wasQuotedFrom")
    others = {q.object for q in graph_quads() if q.predicate == quad.predicate} - {quad.object}
    return put(quad, others.pop()), read_sources()  # type: ignore[arg-type]


KINDS: tuple[Callable[[Random], tuple[Quads, Sources]], ...] = (
    change_a_byte_of_a_cited_span, change_a_text, cut_a_text, lose_a_document, swap_documents,
    keep_an_old_hash, move_an_offset, edit_a_quote, swap_quotes, lose_a_part_of_a_quote,
    say_a_part_twice, part_a_claim_from_its_quote, alter_a_claim, lose_a_part_of_a_claim,
    lose_a_plain_statement, state_what_nobody_said, state_what_is_proposed_or_denied,
    change_hash_or_length, rename_a_graph, take_anothers_name, move_a_claim_to_another_document,
    quote_another_document,
)  # fmt: skip


def test_what_is_untouched_holds() -> None:
    assert not is_told(list(graph_quads()), read_sources())
    assert not is_told(list(reversed(graph_quads())), read_sources())
    renamed = {
        name: replace(document, title="another") for name, document in read_sources().items() if document
    }
    assert not is_told(list(graph_quads()), dict(renamed))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_corruption_is_told(kind: Callable[[Random], tuple[Quads, Sources]]) -> None:
    unseen = [number for number in range(EACH) if not is_told(*kind(Random(number)))]
    assert unseen == []


def test_a_thousand_are_tried() -> None:
    assert len(KINDS) * EACH >= 1000
