"""Documents as RDF: every statement has its quotes, and only asserted ones are plain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple

from graph.assemble import assemble_document
from graph.infer import infer_statements
from graph.iris import document_graph_iri, document_iri, register_iri
from graph.records import Entity, Extraction, Link, Relation
from graph.terms import PREFIXES
from graph.vocabulary import CG, PREDICATES, STATUSES
from graph.write import sort_quads
from tests.sample_documents import TRUST, make_letter, make_minutes, sample_quads, sample_register

TORBAY = register_iri("ct:TAL")
FORUM = "https://w3id.org/caregraph/id/organisation/lowmoor-housing-forum"
COUNCILS = "https://w3id.org/caregraph/id/collective/county-councils"
HEADER = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def assemble(*extractions: Extraction) -> list[Quad]:
    return [quad for extraction in extractions for quad in assemble_document(extraction, sample_register())]


def load(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def ask(quads: list[Quad], pattern: str) -> list[tuple[str, ...]]:
    """Answer ``SELECT variables { pattern }`` over the union of all graphs."""
    rows = load(quads).query(f"{HEADER} SELECT {pattern}", use_default_graph_as_union=True)
    return sorted(tuple(term.value for term in row) for row in rows)  # type: ignore[union-attr]


def state(subject: str, predicate: str, obj: str) -> tuple[NamedNode, NamedNode, NamedNode]:
    return NamedNode(subject), NamedNode(CG + predicate), NamedNode(obj)


def is_stated(quads: list[Quad], *triple: NamedNode) -> bool:
    return any((q.subject, q.predicate, q.object) == triple for q in quads)


def test_all_that_a_document_says_is_in_its_own_graph_without_blank_nodes() -> None:
    quads = assemble(make_minutes())
    assert len(quads) == len(set(quads))
    assert {quad.graph_name for quad in quads} == {NamedNode(document_graph_iri("minutes/2007.txt"))}
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))


def test_only_asserted_claims_are_plain_statements() -> None:
    quads = assemble(make_minutes())
    assert is_stated(quads, *state(TORBAY, "worksWith", FORUM))
    assert is_stated(quads, *state(TORBAY, "worksWith", COUNCILS))
    assert not is_stated(quads, *state(TORBAY, "poolsBudgetWith", FORUM))
    assert not is_stated(quads, *state(TORBAY, "audits", COUNCILS))
    assert {status for (status,) in ask(quads, "DISTINCT ?s { ?c cg:status ?s }")} == {
        CG + status.capitalize() for status in STATUSES
    }


def test_every_claim_has_each_of_its_quotes_with_place_and_surroundings() -> None:
    rows = ask(
        assemble(make_minutes()),
        "?quote ?start ?end ?prefix { ?c cg:subject ?s ; cg:predicate cg:worksWith ; cg:evidence ?e ."
        f" ?e oa:exact ?quote ; oa:start ?start ; oa:end ?end . OPTIONAL {{ ?e oa:prefix ?prefix }}"
        f" ?c cg:object <{FORUM}> }}",
    )
    assert [row[:3] for row in rows] == [
        ("The trust works with Lowmoor Housing Forum and county councils.", "69", "132"),
        ("opened the meeting", "49", "67"),
    ]
    assert all(len(row[3]) == 32 for row in rows)


def test_a_quote_that_supports_two_claims_is_one_node() -> None:
    quads = assemble(make_minutes())
    counts = ask(
        quads, "(COUNT(DISTINCT ?e) AS ?n) { ?e oa:exact ?q . FILTER(STRSTARTS(?q, 'The trust works')) }"
    )
    assert counts == [("1",)]


def test_a_symmetric_relation_stated_in_both_directions_is_one_claim_with_both_quotes() -> None:
    rows = ask(
        assemble(make_letter()),
        "?c ?s ?confidence (COUNT(?e) AS ?n) { ?c cg:predicate cg:worksWith ; cg:status cg:Asserted ;"
        " cg:subject ?s ; cg:confidence ?confidence ; cg:evidence ?e } GROUP BY ?c ?s ?confidence",
    )
    assert [row[1:] for row in rows] == [(FORUM, "0.9", "2")]


def test_a_linked_body_takes_type_and_name_from_the_register() -> None:
    quads = assemble(make_minutes())
    assert ask(quads, f"?t {{ <{TORBAY}> a ?t }}") == [(CG + "CareTrust",)]
    assert not ask(quads, f"?n {{ <{TORBAY}> skos:prefLabel|skos:altLabel ?n }}")
    linking = ask(
        quads,
        "?to ?score ?reason ?c { ?l cg:linksTo ?to ; cg:score ?score ; cg:reason ?reason ; cg:candidate ?c }",
    )
    assert linking == [(TORBAY, "1", "exact preferred name", TORBAY)]


def test_descriptions_are_no_names() -> None:
    quads = assemble(make_minutes())
    assert ask(quads, f"?n {{ <{FORUM}> skos:prefLabel ?n }}") == [("Lowmoor Housing Forum",)]
    assert not ask(quads, f"?n {{ <{FORUM}> skos:altLabel ?n }}")


def test_what_only_one_document_can_tell_apart_is_named_within_it() -> None:
    quads = assemble(make_minutes(), make_letter())
    local = {iri for (iri,) in ask(quads, "?e { ?d cg:mentions ?e . FILTER(CONTAINS(STR(?e), '.txt/')) }")}
    assert local == {
        "https://w3id.org/caregraph/id/organisation/minutes/2007.txt/one-pct",
        "https://w3id.org/caregraph/id/person/minutes/2007.txt/banks",
        "https://w3id.org/caregraph/id/organisation/letter.txt/ambulance-trust",
    }
    candidates = ask(quads, "?c { ?l cg:name 'ambulance trust' ; cg:candidate ?c }")
    assert [c for (c,) in candidates] == [register_iri("nhs:RX5"), register_iri("nhs:RX6")]


def test_a_name_that_looks_like_the_key_of_another_body_does_not_become_it() -> None:
    key = next(body.id for body in sample_register() if body.id == body.id.lower())
    entity = Entity("x", "named", "Company", key.replace(":", " "))
    quads = assemble(replace(make_letter(), entities=(entity,), relations=()))
    assert register_iri(key) not in {
        quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)
    }


def test_a_collective_is_not_its_members() -> None:
    quads = assemble(make_minutes())
    assert ask(quads, f"?t ?m {{ <{COUNCILS}> a ?t ; cg:membersAre ?m }}") == [
        (CG + "Collective", CG + "CountyCouncil")
    ]


def test_a_post_is_also_a_membership() -> None:
    rows = ask(
        assemble(make_minutes()),
        "?who ?where ?words { ?m a org:Membership ; org:member ?who ; org:organization ?where ;"
        " org:role/skos:prefLabel ?words }",
    )
    assert rows == [("https://w3id.org/caregraph/id/person/ann-marsh", TORBAY, "chief executive")]


def test_what_is_known_of_a_document_is_said_and_what_is_not_is_left_out() -> None:
    bare = make_letter()
    bare = replace(bare, document=replace(bare.document, title=None, date="soon", url="javascript:x"))
    iri = document_iri("letter.txt")
    facts = ask(assemble(bare), f"?p ?o {{ <{iri}> ?p ?o FILTER(?p != cg:mentions) }}")
    names = {row[0].rsplit("/", 1)[-1].split("#")[-1]: row[1] for row in facts}
    assert names.keys() == {"type", "identifier", "title", "format", "textSha256", "textLength"}
    assert names["title"] == "letter.txt"


def test_the_store_gives_back_the_same_bytes() -> None:
    quads = sample_quads()
    dumped = load(quads).dump(format=RdfFormat.N_QUADS)
    assert dumped is not None
    assert b"".join(sorted(set(dumped.splitlines(keepends=True)))) == sort_quads(quads)


def test_a_relation_to_nothing_is_refused() -> None:
    broken = replace(make_letter(), entities=(TRUST,))
    with pytest.raises(KeyError, match="forum"):
        assemble(broken)


claims = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(PREDICATES),
        st.sampled_from("abcd"),
        st.sampled_from(STATUSES),
    ),
    max_size=8,
)


def extract_claims(claims: list[tuple[str, str, str, str]]) -> Extraction:
    entities = tuple(Entity(letter, "named", "Company", f"Body {letter}", (), Link()) for letter in "abcd")
    evidence = make_letter().relations[0].evidence
    relations = tuple(Relation(*claim, evidence) for claim in claims)
    return Extraction(make_letter().document, (), (), entities, relations)


@given(claims)
def test_every_claim_is_kept_and_plain_statements_are_the_asserted_ones(
    claims: list[tuple[str, str, str, str]],
) -> None:
    quads = assemble(extract_claims(claims))
    plain = {
        (q.subject.value[-1], q.predicate.value.removeprefix(CG), q.object.value[-1])
        for q in quads
        if isinstance(q.subject, NamedNode)
        and isinstance(q.object, NamedNode)
        and q.predicate.value.removeprefix(CG) in PREDICATES
    }
    asserted = {claim[:3] for claim in claims if claim[3] == "asserted"}
    both_ways = asserted | {(o, p, s) for s, p, o in asserted}
    assert plain <= asserted
    assert asserted <= plain | {(o, p, s) for s, p, o in plain} <= both_ways


@given(claims)
def test_nothing_follows_from_what_is_proposed_or_negated(claims: list[tuple[str, str, str, str]]) -> None:
    asserted = [claim for claim in claims if claim[3] == "asserted"]
    assert list_facts(extract_claims(claims)) == list_facts(extract_claims(asserted))


def list_facts(extraction: Extraction) -> set[Triple]:
    """List all that is stated or inferred, but for the records of who said so."""
    quads = assemble(extraction)
    triples = {quad.triple for quad in quads + infer_statements(quads)}
    records = re.compile("/id/(claim|evidence)/")
    return {triple for triple in triples if not records.search(str(triple.subject))}
