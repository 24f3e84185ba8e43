"""Matches in SPARQL: answered wherever a statement may stand, as plain filters answer, or refused."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from graph import matches
from graph.errors import QueryError
from graph.match_places import PlaceReader
from graph.match_words import split_tokens
from graph.matches import rewrite_matches
from graph.query import run_query
from graph.results import Answer
from graph.search_index import SearchIndex, make_index
from tests.sample_graph import PAPERS, sample_store

WORDS = sorted({word for _, _, text in PAPERS.values() for word in re.findall(r"[a-z]+", text.lower())})
CLOSELY = "The trust works closely with Torbay Council."
SHARES = "Torbay Care Trust shares one budget with Torbay Council."
POOL = "Primary care trusts pool budgets with local authorities."
FEW = "Few primary care trusts pool any money with local authorities."
HOPES = "The trust hopes to pool money with the forum."


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return make_index(sample_store())


def ask(index: SearchIndex, query: str) -> Answer:
    return run_query(sample_store(), query, index=index)


PLACES = {
    "alone": '?q cg:sentenceMatches "closely" . ?q oa:exact ?s',
    "without a full stop": '?q oa:exact ?s . ?q cg:sentenceMatches "closely"',
    "first in a list": '?q cg:sentenceMatches "closely" ; oa:exact ?s',
    "in the middle of a list": '?q a cg:Evidence ; cg:sentenceMatches "closely" ; oa:exact ?s .',
    "last in a list": '?q oa:exact ?s ; cg:sentenceMatches "closely" ; .',
    "twice in a list": '?q cg:sentenceMatches "closely" ; cg:sentenceMatches "working" ; oa:exact ?s',
    "two texts": '?q cg:sentenceMatches "closely", "working" ; oa:exact ?s',
    "with a score": '(?q ?score) cg:sentenceMatches "closely" . ?q oa:exact ?s FILTER(?score > 0.5)',
    "in full": '?q <https://w3id.org/caregraph/ontology#sentenceMatches> "closely" ; oa:exact ?s',
    "before a name that ends the sentence": '?q a cg:Evidence. ?q cg:sentenceMatches "closely" ; oa:exact ?s',
    "after a filter": 'FILTER regex(?s, "^T") ?q cg:sentenceMatches "closely" ; oa:exact ?s',
    "after a nested block": '{ ?q oa:exact ?s } ?q cg:sentenceMatches "closely"',
    "in a union": '{ ?q cg:sentenceMatches "closely" } UNION { ?q cg:sentenceMatches "zebra" }'
    " ?q oa:exact ?s",
    "in exists": '?q oa:exact ?s FILTER EXISTS { ?q cg:sentenceMatches "closely" }',
    "in an expression": '?q oa:exact ?s FILTER(1 = 1 && EXISTS { ?q cg:sentenceMatches "closely" . })',
    "in minus": '?q oa:exact ?s MINUS { ?q oa:exact ?x MINUS { ?q cg:sentenceMatches "closely" } }',
    "in a query within": '{ SELECT ?q { ?q cg:sentenceMatches "closely" } LIMIT 5 } ?q oa:exact ?s',
    "in a graph": 'GRAPH ?in { ?q cg:sentenceMatches "closely" } ?q oa:exact ?s',
    "in optional": '?q oa:exact ?s OPTIONAL { ?q cg:sentenceMatches "closely" . ?q a ?c } FILTER(BOUND(?c))'
    " FILTER(?c = cg:Evidence)",
    "bound before": 'BIND(1 AS ?one) ?q cg:sentenceMatches "closely" ; oa:exact ?s BIND(?one + 1 AS ?two)',
    "with a blank node": '_:c cg:evidence ?q . ?q cg:sentenceMatches "closely" . _:c cg:status cg:Asserted .'
    " ?q oa:exact ?s",
    "beside a path": '?q cg:sentenceMatches "closely" . ?c cg:evidence/oa:exact ?s ; cg:evidence ?q',
    "beside numbers": '?q oa:start ?n ; cg:sentenceMatches "closely" ; oa:exact ?s .'
    " FILTER(?n >= +0 && ?n > -1)",
    "beside brackets": "[ cg:evidence ?q ; cg:status cg:Asserted ] a cg:Claim . "
    '?q cg:sentenceMatches "closely" ; oa:exact ?s',
    "from a constant": 'VALUES ?text { "closely" } ?q cg:sentenceMatches ?text ; oa:exact ?s',
    "from a constant in brackets": 'VALUES (?text) { ("clos\\u0065ly") } ?q cg:sentenceMatches $text ;'
    " oa:exact ?s",
    "in long quotes": "?q cg:sentenceMatches '''closely''' ; oa:exact ?s",
    "beside comments": '?q cg:sentenceMatches # "closely it"\n "closely" # .\n ; oa:exact ?s # ; }\n',
}


@pytest.mark.parametrize("pattern", PLACES.values(), ids=PLACES.keys())
def test_is_answered_wherever_a_statement_may_stand(index: SearchIndex, pattern: str) -> None:
    rows = ask(index, f"SELECT DISTINCT ?s WHERE {{ {pattern} }}").rows
    assert [row.s for row in rows] == [CLOSELY]


FORMS = {
    "ASK": ('ASK { ?q cg:sentenceMatches "closely" }', True),
    "ASK of nothing": ('ASK { ?q cg:sentenceMatches "zebra" }', False),
    "CONSTRUCT": ('CONSTRUCT { ?q a cg:Evidence } { ?q cg:sentenceMatches "closely" }', True),
    "DESCRIBE": ('DESCRIBE ?q WHERE { ?q cg:sentenceMatches "closely" }', True),
    "a select in an expression": ('SELECT (EXISTS { ?q cg:sentenceMatches "closely" } AS ?x) {}', True),
    "another prefix": (
        'PREFIX w: <https://w3id.org/caregraph/ontology#> ASK { ?q w:sentenceMatches "closely" }',
        True,
    ),
    "a base": ('BASE <https://w3id.org/caregraph/> ASK { ?q <ontology#sentenceMatches> "closely" }', True),
    "another meaning of cg:": ('PREFIX cg: <urn:x:> ASK { ?q cg:sentenceMatches "closely" }', False),
    "the term itself": ("ASK { cg:sentenceMatches rdfs:label ?label }", True),
    "the term as object": ("ASK { ?x ?y cg:nameMatches }", False),
}


@pytest.mark.parametrize(("query", "truth"), FORMS.values(), ids=FORMS.keys())
def test_works_in_every_form_of_query(index: SearchIndex, query: str, truth: bool) -> None:
    assert bool(ask(index, query)) is truth


def test_scores_put_words_as_written_first(index: SearchIndex) -> None:
    query = 'SELECT ?s { (?q ?score) cg:sentenceMatches "pool" . ?q oa:exact ?s } ORDER BY DESC(?score) ?s'
    assert {row.s for row in ask(index, query)} == {POOL, FEW, HOPES}
    query = 'SELECT ?s { (?q ?score) cg:sentenceMatches "budgets" . ?q oa:exact ?s } ORDER BY DESC(?score)'
    assert [row.s for row in ask(index, query)] == [POOL, SHARES]


def test_names_match_by_any_name(index: SearchIndex) -> None:
    query = "SELECT ?n { (?b ?score) cg:nameMatches %s . ?b skos:prefLabel ?n } ORDER BY DESC(?score) ?n"
    assert [row.n for row in ask(index, query % '"TAL"')] == ["Torbay Care Trust"]
    names = [row.n for row in ask(index, query % '"torbay"')]
    assert names[0] == "Torbay"
    assert {"Torbay Care Trust", "Torbay Council"} <= set(names)
    assert not ask(index, query % '"tornay"').rows, "no guesses in a query"


def test_a_graph_holds_its_own_sentences_only(index: SearchIndex) -> None:
    query = 'SELECT ?g { GRAPH ?g { ?q cg:sentenceMatches "pool" } } ORDER BY ?g'
    names = [str(row.g).rsplit("/", 1)[-1] for row in ask(index, query)]
    assert names == ["june.txt", "plan.txt", "review.txt"]


def test_a_text_left_open_restricts_nothing(index: SearchIndex) -> None:
    every = ask(index, "SELECT ?q { ?q oa:exact ?s }")
    left_open = ask(index, "SELECT ?q { VALUES ?text { UNDEF } ?q cg:sentenceMatches ?text }")
    assert len(left_open) == len(every) > 0


@given(word=st.sampled_from(WORDS))
@settings(max_examples=60, deadline=None)
def test_gives_the_rows_of_a_plain_filter(index: SearchIndex, word: str) -> None:
    """The engine's own filter is the oracle; quotes ask for the word as it is written."""
    pattern = f"(^|[^a-z0-9]){word}([^a-z0-9]|$)"
    plain = ask(index, f'SELECT ?q {{ ?q oa:exact ?s FILTER(REGEX(LCASE(?s), "{pattern}")) }} ORDER BY ?q')
    matched = ask(index, f"""SELECT ?q {{ ?q cg:sentenceMatches '"{word}"' }} ORDER BY ?q""")
    assert matched.payload == plain.payload


@given(text=st.text(alphabet="ab \"*-()^:+{}\\'\n\t\0ORNEAD", max_size=20))
@settings(max_examples=150, deadline=None)
def test_no_words_are_an_error(index: SearchIndex, text: str) -> None:
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    ask(index, f'ASK {{ ?q cg:sentenceMatches "{written}" . ?b cg:nameMatches "{written}" }}')


REFUSED = [
    ('SELECT * {\n <urn:q> cg:sentenceMatches "x" }', 2, 10, "must be a variable"),
    ("SELECT * { ?q cg:sentenceMatches ?text }", 1, 34, "plain string"),
    ('SELECT * { VALUES ?t { "x" "y" } ?q cg:sentenceMatches ?t }', 1, 56, "plain string"),
    ('SELECT * { ?q cg:sentenceMatches "x"@en }', 1, 34, "plain string"),
    ('SELECT * {\n\n [] cg:sentenceMatches "x" }', 3, 5, "must be a variable"),
    ('SELECT * { ?c cg:evidence [ cg:sentenceMatches "x" ] }', 1, 29, "must be a variable"),
    ('SELECT * { ?c cg:evidence/cg:sentenceMatches "x" }', 1, 27, "part of a path"),
    ('SELECT * { ?c ^cg:sentenceMatches "x" }', 1, 16, "part of a path"),
    ('CONSTRUCT { ?q cg:sentenceMatches "x" } { ?q a cg:Evidence }', 1, 16, "template"),
    ('CONSTRUCT WHERE { ?q cg:sentenceMatches "x" }', 1, 22, "template"),
    ('SELECT * { (?q ?s) cg:sentenceMatches "x" ; a cg:Evidence }', 1, 20, "score"),
    ('SELECT * { (?q ?s ?t) cg:sentenceMatches "x" }', 1, 23, "must be a variable"),
    ('SELECT * { ?q cg:matches "x" }', 1, 15, "cg:sentenceMatches"),
]


@pytest.mark.parametrize(("query", "line", "column", "reason"), REFUSED)
def test_refuses_what_cannot_be_answered(
    index: SearchIndex, query: str, line: int, column: int, reason: str
) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        ask(index, query)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_says_when_there_are_too_many(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "MOST", 1)
    with pytest.raises(QueryError, match="more than 1 sentences"):
        ask(index, 'SELECT * { ?q cg:sentenceMatches "trust" }')
    assert len(ask(index, 'SELECT * { ?q cg:sentenceMatches "closely" }')) == 1


MISTAKES = [
    'SELECT * { ?q cg:sentenceMatches "closely" . ?q oa:exact }',
    'SELECT * {\n  ?q cg:sentenceMatches "closely" ;\n oa:exact ?s . zz:top ?p ?o }',
    'SELECT * { ?q cg:sentenceMatches "closely"',
    'SELECT * { ?q cg:sentenceMatches "closely }',
    'SELECT * { ?q cg:sentenceMatches "closely" ) }',
]


@pytest.mark.parametrize("query", MISTAKES)
def test_a_mistake_is_shown_where_it_stands(index: SearchIndex, query: str) -> None:
    with pytest.raises(QueryError) as plain:
        ask(index, query.replace("cg:sentenceMatches", "cg:sentenceMotches"))
    with pytest.raises(QueryError) as matched:
        ask(index, query)
    assert (matched.value.line, matched.value.column) == (plain.value.line, plain.value.column)


def test_brackets_without_end_are_refused(index: SearchIndex) -> None:
    deep = "(" * 50_000
    with pytest.raises(QueryError, match="too deeply"):
        ask(index, f'ASK {{ ?q cg:sentenceMatches "x" FILTER{deep}')


def test_reads_every_query_of_the_w3c(shared: Path) -> None:
    """Of the queries that the engine can read; every predicate counts as one that is looked for."""
    read = 0
    for path in sorted((shared / "w3c" / "sparql11").rglob("*.rq")):
        text = path.read_text(encoding="utf-8")
        with contextlib.suppress(SyntaxError, RuntimeError):  # it has no function of theirs
            Store().query(text, base_iri="http://example.org/")
            found = PlaceReader(
                split_tokens(text), lambda token: "x" * (token.kind in ("iri", "name"))
            ).read()
            assert all(statement.verbs for statement in found)
            read += 1
    assert read > 300


def test_leaves_other_queries_as_they_are(index: SearchIndex) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "# cg:sentenceMatches\nASK {}", 'ASK { ?s ?p "cg:nameMatches" }'):
        assert rewrite_matches(query, index).text == query
