"""The search index: sentences and names found, any text taken, whole beside its store or made again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, Store

from graph import search_index
from graph.generations import Hold
from graph.search_index import SearchIndex, make_index, open_graph
from graph.store import load_store, open_held, write_store
from graph.vocabulary import GRAPH
from tests.sample_graph import sample_quads, sample_store

SHARES = "Torbay Care Trust shares one budget with Torbay Council."
POOL = "Primary care trusts pool budgets with local authorities."
FEW = "Few primary care trusts pool any money with local authorities."
HOPES = "The trust hopes to pool money with the forum."
PAPERS = [quad for quad in sample_quads() if str(quad.graph_name).startswith(f"<{GRAPH}document/")]


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return make_index(sample_store())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and its index, which no test may change."""
    out = tmp_path_factory.mktemp("built")
    write_store(out, PAPERS)
    return out


SENTENCES = [
    ("pool budgets", [POOL], "both words"),
    ("POOLING budget", [POOL], "in any form, in capitals or not"),
    ('"pooling budget"', [], "quotes: as written"),
    ('"pool budgets"', [POOL], "quotes: in this order"),
    ('"budgets pool"', [], "quotes: in this order"),
    ("pool", {POOL, FEW, HOPES}, "one word"),
    ("pool -any", {POOL, HOPES}, "a word that must not be there"),
    ('pool -"pool budgets"', {FEW, HOPES}, "words that must not be there"),
    ("pool* -few -hopes", [POOL], "the beginning of a word"),
    ("budget", [SHARES, POOL], "as written before other forms"),
    ("budgets", [POOL, SHARES], "as written before other forms"),
    ("budge*", {POOL, SHARES}, "the beginning of a word"),
    ("hopes OR few", {HOPES, FEW}, "either"),
    ('zebra OR "one budget"', [SHARES], "either, one in quotes"),
    ("budget zebra", [], "all words"),
    ("Bùdgét shares", [SHARES], "accents do not count"),
    ("", [], "nothing"),
    ("-pool", [], "nothing but what must not be there"),
    ('OR ( ) * " - NEAR(', [], "no operators"),
]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_finds_sentences(index: SearchIndex, text: str, found: list[str] | set[str], why: str) -> None:
    hits = index.search_sentences(text)
    sentences = [hit.sentence for hit in hits.hits]
    assert type(found)(sentences) == found, why
    assert hits.total == len(sentences), why


MARKS = [
    ("pool budgets", POOL, ["pool", "budgets"]),
    ("pooled", FEW, ["pool"]),
    ('"pool budgets"', POOL, ["pool budgets"]),
    ("budg*", SHARES, ["budget"]),
    ("torbay", SHARES, ["Torbay", "Torbay"]),
]


@pytest.mark.parametrize(("text", "sentence", "marked"), MARKS)
def test_marks_the_words(index: SearchIndex, text: str, sentence: str, marked: list[str]) -> None:
    hit = next(hit for hit in index.search_sentences(text).hits if hit.sentence == sentence)
    assert [hit.sentence[start:end] for start, end in hit.marks] == marked


def test_a_sentence_comes_with_its_document_and_the_status_of_its_claims(index: SearchIndex) -> None:
    hit = index.search_sentences("few").hits[0]
    assert (hit.title, hit.date, hit.document.rsplit("/", 1)[-1]) == (
        "A review of joint working",
        "2007-05",
        "review.txt",
    )
    assert [(c.subject_name, c.relation, c.object_name, c.status) for c in hit.claims] == [
        ("primary care trusts", "pools a budget with", "local authorities", "negated")
    ]
    post = index.search_sentences("agreed").hits[0].claims[0]
    assert (post.role, post.confidence) == ("chief executive", 0.8)


NAMES = [
    ("torbay care trust", "Torbay Care Trust", "Torbay Care Trust", "its name"),
    ("TAL", "Torbay Care Trust", "TAL", "a code"),
    ("LGA", "Local Government Association", "LGA", "an acronym"),
    ("kings fund", "King's Fund", "King's Fund", "apostrophes do not count"),
    ("St. Helens Council", "St Helens Council", "St Helens Council", "nor do full stops"),
    ("torb", "Torbay Care Trust", "Torbay Care Trust", "the beginning"),
    ("car trus torb", "Torbay Care Trust", "Torbay Care Trust", "beginnings, in any order"),
    ("rowe", "Ada Rowe", "Ada Rowe", "a person"),
    ("sharing the purse", "Sharing the Purse", "Sharing the Purse", "a publication"),
    ("review.txt", "A review of joint working", "review.txt", "a document by its file"),
    ("A review of joint working", "A review of joint working", "A review of joint working", "by title"),
]


@pytest.mark.parametrize(("text", "name", "matched", "why"), NAMES)
def test_finds_names(index: SearchIndex, text: str, name: str, matched: str, why: str) -> None:
    hits = index.search_names(text)
    assert (hits.hits[0].name, hits.hits[0].matched) == (name, matched), why
    assert hits.suggestion == ""


SLIPS = [
    ("Tornay care trust", "torbay care trust", "Torbay Care Trust"),
    ("Trobay Care Trust", "torbay care trust", "Torbay Care Trust"),
    ("Torbayy", "torbay", "Torbay"),
    ("Departmnt of Helth", "department of health", "Department of Health"),
]


@pytest.mark.parametrize(("typed", "meant", "name"), SLIPS)
def test_forgives_a_slip_in_a_name(index: SearchIndex, typed: str, meant: str, name: str) -> None:
    hits = index.search_names(typed)
    assert (hits.suggestion, hits.hits[0].name) == (meant, name)


def test_suggests_words_but_finds_only_what_was_asked(index: SearchIndex) -> None:
    hits = index.search_sentences("pool bugdets")
    assert (hits.total, hits.hits, hits.suggestion) == (0, (), "pool budgets")
    assert index.search_sentences("qqqqqqq").suggestion == ""


def test_what_documents_name_comes_before_what_only_the_register_knows(index: SearchIndex) -> None:
    hits = index.search_names("council", limit=10)
    named = [hit.documents > 0 for hit in hits.hits]
    assert named == sorted(named, reverse=True)
    assert {hit.name for hit in hits.hits if hit.documents} == {"Torbay Council", "Thurrock Council"}
    assert index.search_names("council", limit=5, offset=5).hits == hits.hits[5:]
    assert hits.total > 300


def test_searches_the_kinds_that_are_asked_for(index: SearchIndex) -> None:
    assert {hit.kind for hit in index.search_names("torbay").hits} == {"organisation", "place"}
    assert {hit.type for hit in index.search_names("torbay", kinds=["place"]).hits} == {"place"}
    assert index.search_names("torbay", kinds=["person"]).total == 0
    trusts = index.search_names("primary care trusts", kinds=["collective"]).hits[0]
    assert (trusts.type, trusts.registered) == ("primary care trust", False)


COMPLETIONS = [
    ("tor", ["Torbay Care Trust", "Torbay Council", "Torbay"], "what documents name, by how many of them"),
    ("Torbay Ca", ["Torbay Care Trust"], "in the middle of a name"),
    ("care tru", ["primary care trusts", "Torbay Care Trust"], "a later word"),
    ("TAL", ["Torbay Care Trust"], "a code in capitals"),
    ("ada", ["Ada Rowe"], "a person"),
    ("", [], "nothing"),
    ('"', [], "no word"),
]


@pytest.mark.parametrize(("prefix", "names", "why"), COMPLETIONS)
def test_completes_names(index: SearchIndex, prefix: str, names: list[str], why: str) -> None:
    found = [one.name for one in index.complete_names(prefix, limit=40)]
    assert [name for name in found if name in names] == names, why
    assert len(set(found)) <= 40
    assert bool(found) == bool(names)


TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("ab \"*-()^:+{}'\0\n\ud800é"), st.characters()), max_size=30
)


@given(
    text=st.one_of(TEXTS, st.lists(st.sampled_from(["OR", '"', "NEAR", "-", "care", "*", "("])).map(" ".join))
)
@settings(max_examples=200, deadline=None)
def test_no_text_is_an_error(index: SearchIndex, text: str) -> None:
    sentences, names = index.search_sentences(text), index.search_names(text)
    index.complete_names(text)
    for hit in sentences.hits:
        assert all(0 <= start < end <= len(hit.sentence) for start, end in hit.marks)
    assert len(names.hits) <= names.total


def test_a_store_without_named_graphs_can_be_searched() -> None:
    store = load_store([])
    store.extend(Quad(*quad.triple) for quad in PAPERS)
    index = make_index(store)
    assert index.search_sentences("pool").total == 3
    assert index.search_names("rowe").hits[0].type == "Person"


def test_store_and_index_are_of_one_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_store(tmp_path, PAPERS)

    def open_late(out: Path) -> tuple[Store, Hold]:
        opened = open_held(out)
        write_store(tmp_path, [])  # another build takes its place
        return opened

    monkeypatch.setattr(search_index, "open_held", open_late)
    store, index, _hold = open_graph(tmp_path)
    assert len(store) > len(PAPERS)
    assert index.search_sentences("pool").total == 3
