"""Verification: a build holds; whatever is altered afterwards, in graph or source, is found and told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from graph.assemble import assemble_document
from graph.infer import infer_statements
from graph.iris import document_graph_iri
from graph.records import Document, quote_evidence
from graph.terms import DCTERMS, OA, ORG, PROV, RDF, XSD
from graph.verify import verify_dataset, verify_quotes
from graph.vocabulary import CG
from tests.sample_documents import LETTER, MINUTES, make_document, make_letter, sample_quads, sample_register

SOURCES = {
    "minutes/2007.txt": make_document("minutes/2007.txt", MINUTES),
    "letter.txt": make_document("letter.txt", LETTER),
}
LETTER_GRAPH = NamedNode(document_graph_iri("letter.txt"))


def tell(quads: list[Quad], sources: dict[str, Document] | None = None) -> str:
    return "\n".join(
        str(problem) for problem in verify_quotes(quads, SOURCES if sources is None else sources)
    )


def test_a_build_holds_and_the_report_counts_what_was_checked() -> None:
    report = verify_dataset([*sample_quads(), *infer_statements(sample_quads())], SOURCES)
    assert report.problems == ()
    assert report.holds
    assert (report.documents, report.claims, report.quotes) == (2, 14, 14)


def change(predicate: str, alter: Callable[[str], str], *, containing: str = "") -> list[Quad]:
    """Alter the value of a property wherever the letter's graph has it and the value holds some words."""
    changed = []
    for quad in sample_quads():
        value = quad.object
        here = quad.graph_name == LETTER_GRAPH and quad.predicate.value == predicate
        if here and isinstance(value, Literal) and containing in value.value:
            quad = Quad(
                quad.subject,
                quad.predicate,
                Literal(alter(value.value), datatype=value.datatype),
                LETTER_GRAPH,
            )
        elif here and isinstance(value, NamedNode) and containing in value.value:
            quad = Quad(quad.subject, quad.predicate, NamedNode(alter(value.value)), LETTER_GRAPH)
        changed.append(quad)
    assert changed != list(sample_quads())
    return changed


def add(value: int) -> Callable[[str], str]:
    return lambda text: str(int(text) + value)


@pytest.mark.parametrize(
    ("quads", "told"),
    [
        (change(OA + "exact", str.upper), r"letter\.txt: characters 0-27: the quote is 'LOWMOOR HOUS"),
        (
            change(OA + "exact", lambda text: text + " "),
            "the quote is 'its Warm Homes Fund ', but the text has 'its W",
        ),
        (change(OA + "exact", lambda _: ""), "the quote is '', but"),
        (change(OA + "prefix", lambda text: text[1:]), "the prefix is "),
        (change(OA + "suffix", lambda text: text + "x"), "the suffix is "),
        (change(OA + "start", add(1)), "a quote is not where it was found: characters 1-27"),
        (change(OA + "start", add(-1)), "a quote has no start and end that are whole numbers in order"),
        (change(OA + "end", add(1)), "a quote is not where it was found: characters 0-28"),
        (change(OA + "end", add(-1000)), "a quote has no start and end that are whole numbers in order"),
        (
            change(OA + "end", lambda _: "many"),
            "a quote has no start and end that are whole numbers in order",
        ),
        (
            change(PROV + "wasQuotedFrom", lambda text: text + "x"),
            "a quote is not said to come from the document",
        ),
        (
            change(CG + "textSha256", lambda text: text[::-1]),
            "the text has changed since the graph was built",
        ),
        (change(CG + "textLength", add(1)), "the text has 155 characters, not as many as the graph says"),
        (
            change(DCTERMS + "identifier", lambda text: "minutes/2007.txt"),
            "is not the one of the document that it names",
        ),
        (
            change(DCTERMS + "identifier", lambda text: "gone.txt"),
            "gone.txt: the document is not among the sources",
        ),
        (
            change(CG + "status", lambda text: CG + "Asserted", containing="Negated"),
            "a claim is not the one that was",
        ),
        (
            change(CG + "status", lambda text: CG + "Asserted", containing="Negated"),
            "asserted, yet not stated plainly: w",
        ),
        (
            change(CG + "status", lambda text: CG + "Negated", containing="Asserted"),
            "no claim asserts worksWith",
        ),
        (change(CG + "object", lambda text: text + "x"), "a claim is not the one that was written"),
        (change(CG + "worksWith", lambda text: text + "x"), "no claim asserts worksWith <.*ct-TALx>"),
        (
            change(CG + "evidence", lambda text: text + "x"),
            "a claim has no quote, or one that the graph does not hold",
        ),
        (change(CG + "evidence", lambda text: text + "x"), "a quote supports no claim"),
    ],
)
def test_what_is_altered_in_the_graph_is_told(quads: list[Quad], told: str) -> None:
    assert re.search(told, tell(quads))


def test_a_plain_statement_that_nothing_asserts_is_told() -> None:
    claimed = {quad.object for quad in sample_quads() if quad.predicate.value == CG + "subject"}
    body = min((node for node in claimed if isinstance(node, NamedNode)), key=str)
    extra = Quad(body, NamedNode(CG + "audits"), body, LETTER_GRAPH)
    assert "letter.txt: no claim asserts audits" in tell([*sample_quads(), extra])


def test_a_membership_that_no_claim_asserts_is_told() -> None:
    node = NamedNode("urn:membership")
    extra = [
        Quad(node, NamedNode(RDF + "type"), NamedNode(ORG + "Membership"), LETTER_GRAPH),
        Quad(node, NamedNode(ORG + "member"), NamedNode("urn:someone"), LETTER_GRAPH),
    ]
    assert "a membership rests on no asserted claim of a post <urn:membership>" in tell(
        [*sample_quads(), *extra]
    )


def test_each_claim_needs_a_quote() -> None:
    quads = [quad for quad in sample_quads() if quad.predicate.value != CG + "evidence"]
    assert tell(quads).count("a claim has no quote") == 14


def test_a_document_that_is_missing_or_changed_is_told_once_and_its_quotes_where_they_fail() -> None:
    missing = verify_quotes(sample_quads(), {"minutes/2007.txt": SOURCES["minutes/2007.txt"]})
    assert [problem.document for problem in missing] == ["letter.txt"]
    assert "add it, or give its folder" in missing[0].message
    text = LETTER.replace("Warm Homes Fund", "Warm House Fund")
    told = tell(list(sample_quads()), {**SOURCES, "letter.txt": make_document("letter.txt", text)})
    assert "letter.txt: the text has changed since the graph was built" in told
    assert told.count("the quote is 'its Warm Homes Fund', but the text has 'its Warm House Fund'") == 1
    assert "the quote is 'Lowmoor Housing Forum works'" not in told


def test_a_graph_that_does_not_say_its_document_is_told() -> None:
    quads = [quad for quad in sample_quads() if quad.predicate.value != DCTERMS + "identifier"]
    assert tell(quads).count("the graph does not say which document it is of") == 2


def test_graphs_that_are_not_of_documents_are_passed_over() -> None:
    quads = [quad for quad in sample_quads() if "/graph/document/" not in str(quad.graph_name)]
    report = verify_dataset(quads, {})
    assert quads
    assert (report.documents, report.holds) == (0, True)


quoted = [
    quad for quad in sample_quads() if quad.predicate.value in {OA + p for p in ("exact", "prefix", "suffix")}
]


@given(st.sampled_from(quoted), st.text(max_size=40))
def test_no_other_words_pass_for_a_quote(quad: Quad, words: str) -> None:
    assert isinstance(quad.object, Literal)
    others = [other for other in sample_quads() if other != quad]
    altered = Quad(quad.subject, quad.predicate, Literal(words), quad.graph_name)
    assert bool(tell([*others, altered])) == (words != quad.object.value)
    assert tell(others)


@given(st.integers(0, len(LETTER) - 1), st.characters(exclude_categories=["Cs"]))
def test_no_change_of_a_source_goes_unseen(place: int, character: str) -> None:
    text = LETTER[:place] + character + LETTER[place + 1 :]
    sources = {**SOURCES, "letter.txt": replace(make_document("letter.txt", text), title=None)}
    assert bool(tell(list(sample_quads()), sources)) == (text != LETTER)


spans = st.tuples(st.integers(0, len(LETTER) - 2), st.integers(1, 60)).map(
    lambda span: (span[0], min(len(LETTER), sum(span)))
)


@given(st.lists(spans, min_size=1, max_size=6, unique=True))
def test_whatever_is_quoted_from_a_text_holds(spans: list[tuple[int, int]]) -> None:
    evidence = tuple(quote_evidence(LETTER, start, end) for start, end in spans)
    letter = make_letter()
    extraction = replace(letter, relations=(replace(letter.relations[0], evidence=evidence),))
    report = verify_dataset(assemble_document(extraction, sample_register()), SOURCES)
    assert report.problems == ()
    assert report.quotes == len(spans)


def test_offsets_of_another_number_type_are_read_alike() -> None:
    number = NamedNode(XSD + "nonNegativeInteger")
    quads = [
        Quad(quad.subject, quad.predicate, Literal(quad.object.value, datatype=number), quad.graph_name)
        if quad.predicate.value in {OA + "start", OA + "end"} and isinstance(quad.object, Literal)
        else quad
        for quad in sample_quads()
    ]
    assert tell(quads) == ""
