"""Whom pronouns, lists and missing arguments stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.chunks import Chunks
from graph.vocabulary import ORGANISATION_KINDS
from tests.relation_reading import Marked, read_marked

L = "{L|LocalAuthority|Halverton Council}"
T = "{T|NHSTrust|Pellbridge NHS Trust}"
V = "{V|Charity+|local charities}"
G = "{G|Government|the government}"
D = "{D|GovernmentDepartment|the Department of Health}"
U = "{U|ResearchUnit|the Ageing Research Unit}"
A = "{A|Person|Ann Example}"
PARTY = "{P|PoliticalParty|the Progress Party}"


def last_pronoun(marked: Marked, word: str) -> tuple[Chunks, int]:
    places = [(c, i) for c in marked.chunks() for i, w in enumerate(c.words) if w == word]
    return places[-1]


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        (f"{L} met. It voted.", "it", ("L",)),
        (f"{L} said that it voted.", "it", ("L",)),
        (f"{L} wrote to {T}. It voted.", "it", ("L",)),
        (f"{V} met. They voted.", "they", ("V",)),
        (f"{L} and {T} said that they voted.", "they", ("L", "T")),
        (f"{V} met. It rained.", "it", ()),
        (f"{L} met {V}. It voted.", "it", ("L",)),
        (f"{A} spoke. It voted.", "it", ()),
        (f"{L} met. Rain fell. It voted.", "it", ("L",)),
        (f"{L} met. Rain fell. Snow fell. It voted.", "it", ()),
        ("It voted.", "it", ()),
        (f"{A} spoke to {L}. She voted.", "she", ("A",)),
        (f"{L} met. He voted.", "he", ()),
        (f"{G} met. The minister voted.", "minister", ("G",)),
        (f"{L} met. The minister voted.", "minister", ()),
        (f"The manifesto of {PARTY}. We will pay.", "we", ("P",)),
        ("We will pay.", "we", ()),
    ],
)
def test_pronoun_stands_for(text: str, pronoun: str, expected: tuple[str, ...]) -> None:
    marked = read_marked(text)
    assert marked.discourse().resolve_pronoun(*last_pronoun(marked, pronoun)) == expected


def test_we_in_a_quotation_is_the_body_of_who_is_quoted() -> None:
    marked = read_marked(f'"We met," said {A}. {L} is large. {T} is small.')
    assert marked.discourse(A="T").we[0] == "T"
    assert marked.discourse().we[0] == ""


def test_we_outside_quotations_is_who_wrote() -> None:
    marked = read_marked(f"This is a report of {U}. We met {L}. We met {T}.")
    assert marked.discourse().we == ("", "U", "U")


@pytest.mark.parametrize(
    ("text", "government"),
    [
        (f"{D} met {G}. {D} voted.", "G"),
        (f"{D} met {L}.", "D"),
        (f"{L} met {T}.", ""),
        (
            "{X|Government|the Welsh one} met. {G|Government|The UK Government} met {X|Government|it}.",
            "X",
        ),
        ("{X|Government+|governments} met.", ""),
    ],
)
def test_government_is_the_one_named_most(text: str, government: str) -> None:
    assert read_marked(text).discourse().government == government


def test_author_is_the_research_body_named_most() -> None:
    assert read_marked(f"{U} met {L}. {U} met {L}. {L} paid.").discourse().author == "U"
    assert read_marked(f"{L} met {T}.").discourse().author == ""


def test_people_and_bodies_are_kept_by_sentence() -> None:
    discourse = read_marked(f"{A} met {L}. {T} met {L} and {T}. Nobody met.").discourse()
    assert discourse.people == ((), ("A",), ("A",))
    assert discourse.spoken == (("L",), ("T", "L"), ())


PIECES = st.sampled_from(
    [
        L,
        T,
        V,
        G,
        D,
        U,
        A,
        PARTY,
        *'it they we she our minister will: . ? and met said " \n\n - build'.split(" "),
    ]
)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_state_names_only_entities_of_the_document(text: str) -> None:
    marked = read_marked(text)
    discourse = marked.discourse()
    known = {entity.id for entity in marked.entities}
    bodies = {entity.id for entity in marked.entities if entity.kind in ORGANISATION_KINDS}
    rows = (discourse.we, discourse.carried, discourse.promised, discourse.people, discourse.spoken)
    assert {len(row) for row in rows} == {len(marked.sentences)}
    assert {discourse.government, discourse.author, *discourse.we} <= {"", *bodies}
    for row in (discourse.carried, discourse.people, discourse.spoken):
        assert {one for ids in row for one in ids} <= known
    for chunks in marked.chunks():
        for at, word in enumerate(chunks.words):
            if word in ("it", "they", "we", "she", "our", "minister"):
                assert set(discourse.resolve_pronoun(chunks, at)) <= known
