"""Descriptions of bodies: the register's facts and the documents' sentences, from the body's side."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import QueryError
from graph.show import Statement, describe_body, describe_body_as_of, render_body
from graph.store import load_store
from graph.terms import SKOS
from graph.vocabulary import ID, STATUSES
from tests.clustered_papers import clustered_store
from tests.sample_graph import sample_store

TITLE_LINE = "Torbay Care Trust (care trust)"


def test_tells_what_the_register_knows() -> None:
    body = describe_body(sample_store(), "NHS Torbay")
    assert (body.iri, body.name) == (ID + "organisation/ct-TAL", "Torbay Care Trust")
    assert body.types == ("care trust",)
    assert ("ODS", "TAL") in body.codes
    assert (body.valid_from, body.valid_until) == ("2005-12-01", "2013-03-31")
    assert body.predecessors == ("Torbay Primary Care Trust",)
    assert "NHS South Devon and Torbay Clinical Commissioning Group" in body.successors
    assert body.areas == ("Torbay",)
    assert body.confidence == "verified"
    assert "start" in body.unverified


def test_tells_what_documents_say_from_its_side() -> None:
    statements = describe_body(sample_store(), "TAL").statements
    assert len(statements) == 7
    assert (
        Statement(
            "has post holder",
            "asserted",
            "Ada Rowe",
            "chief executive",
            "A review of joint working",
            "2007-05",
            "Ada Rowe, chief executive of the trust, agreed.",
            ID + "person/ada-rowe",
            ID + "document/review.txt",
            "https://example.org/review.txt",
        )
        in statements
    )
    assert {(s.relation, s.other) for s in statements if s.status == "proposed"} == {
        ("pools a budget with", "Lowmoor Joint Forum")
    }
    assert [s.relation for s in statements] == sorted(s.relation for s in statements)


def test_describes_a_class_of_bodies() -> None:
    text = render_body(describe_body(sample_store(), "primary care trusts"))
    assert text.startswith("primary care trusts (class of bodies: primary care trust)\n")
    assert "pools a budget with [negated]\n  local authorities\n" in text


def test_renders_each_sentence_under_its_relation() -> None:
    text = render_body(describe_body(sample_store(), "TAL"))
    assert text.startswith(TITLE_LINE + "\n  IRI: https://")
    assert (
        "\n\npools a budget with [proposed]\n  Lowmoor Joint Forum\n"
        "    “The trust hopes to pool money with the forum.” (A plan for next year, 2009)\n" in text
    )


def test_folds_to_the_terminal() -> None:
    text = render_body(describe_body(sample_store(), "TAL"), width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert "".join(text.split()) == "".join(render_body(describe_body(sample_store(), "TAL")).split())


def test_says_when_no_document_speaks_of_it() -> None:
    assert "No document says anything of it." in render_body(
        describe_body(sample_store(), "Kent County Council")
    )


def test_tells_the_line_of_bodies_before_and_after() -> None:
    timeline = describe_body(sample_store(), "TAL").timeline
    assert [era.step for era in timeline] == [-1, 0, 1, 1]
    assert timeline[1].name == "Torbay Care Trust"


LATER = "Torbay and Southern Devon Health and Care NHS Trust"
PAST = [
    ("2004", "not yet", ["Torbay Primary Care Trust"], [], 0),
    ("2007", "perhaps", ["Torbay Care Trust"], [], 3),
    ("2008-06-10", "perhaps", ["Torbay Care Trust"], [], 3),
    ("2008-06-11", "perhaps", ["Torbay Care Trust"], [], 6),
    (
        "2012-04-01",
        "perhaps",
        ["Torbay Care Trust"],
        [LATER],
        7,
    ),
]


@pytest.mark.parametrize(("date", "answer", "bodies", "successors", "said"), PAST)
def test_tells_what_was_known_by_a_day(
    date: str, answer: str, bodies: list[str], successors: list[str], said: int
) -> None:
    body = describe_body_as_of(sample_store(), "TAL", date)
    assert body.standing is not None
    assert body.standing.existence.answer == answer
    assert [era.name for era in body.standing.bodies] == bodies
    assert list(body.successors) == successors
    assert len(body.statements) == said
    assert f"As of {date} it " in repr(body)
    assert f"As of {date} it " in body._repr_html_()


def test_notebook_shows_what_holds_before_what_is_proposed_or_denied() -> None:
    html = describe_body(sample_store(), "primary care trusts")._repr_html_()
    marks = re.findall(r"<h4>.*?cg-(asserted|proposed|negated)", html)
    assert marks == sorted(marks, key=STATUSES.index)
    assert set(marks) == set(STATUSES)
    assert '<a href="https://example.org/review.txt"' in html
    assert "Few primary care trusts pool any money with local authorities." in html


def test_suggests_on_a_near_miss() -> None:
    with pytest.raises(QueryError, match="did you mean Torbay Care Trust"):
        describe_body(sample_store(), "Torbay Care Trsut")


def test_no_name_can_move_the_cursor() -> None:
    node = NamedNode(ID + "organisation/x")
    store = load_store(
        [Quad(node, NamedNode(SKOS + "prefLabel"), Literal("a\x1b[2Jb\nc"), NamedNode("urn:g"))]
    )
    assert render_body(describe_body(store, "x")).splitlines()[0] == "a\\x1b[2Jb c"


def test_tells_what_is_probably_the_same_by_its_name() -> None:
    described = describe_body(clustered_store(), "Healthy Lowmoor Care Partnership")
    assert described.probably_same == ("HLCP",)
    assert "probably the same as: HLCP" in render_body(described)
    assert describe_body(clustered_store(), "North Lowmoor Hospice").probably_same == ()
