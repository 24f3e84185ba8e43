"""Borders at which questions come in: SPARQL, what the protocol carries, what is typed to search."""

from __future__ import annotations

import contextlib
import os
import re
from functools import cache
from itertools import islice

from fuzz_extracting import find_sample
from fuzz_seeds import seed_files
from fuzz_target import Target, answer_or_refuse, require
from fuzz_words import HOSTILE, QUERY_WORDS, TYPED
from pyoxigraph import NamedNode, QuerySolutions, Store

from graph.endpoint.formats import ROWS, TRIPLES, choose_format, wants_page
from graph.endpoint.isolation import leave_network
from graph.endpoint.jobs import JobError
from graph.endpoint.requests import _parse_pairs, _parse_type, interpret_parameters
from graph.errors import QueryError, RefusedQueryError
from graph.lookup import find_body, find_document, find_place
from graph.matches import rewrite_matches
from graph.query import ENGINE_ERRORS
from graph.screen import screen_query
from graph.search.index import SearchIndex, make_index
from graph.store import load_store
from graph.terms import QUERY_PREFIXES

_SILENT = re.compile("silent", re.IGNORECASE)


@cache
def open_sample() -> tuple[Store, SearchIndex]:
    """Open the graph of a briefing note, and its search index."""
    store = load_store(find_sample()[1])
    return store, make_index(store)


@cache
def _is_alone() -> bool:
    """Whether this process is for fuzzing alone and could give up its network: the engine may have a go."""
    return os.environ.get("CAREGRAPH_FUZZ") == "1" and leave_network()


def screen(data: bytes) -> None:
    """Screen a query; the engine then never calls a server for one that was let through."""
    text = _SILENT.sub("", data.decode("utf-8", "replace"))
    try:
        screen_query(text)
    except RefusedQueryError as error:
        require(error.line >= 1 and error.column >= 1, "a refusal says where")
        return
    if "service" not in text.casefold() or not _is_alone():
        return
    with contextlib.suppress(SyntaxError, ValueError):
        try:
            results = Store().query(text, prefixes=QUERY_PREFIXES)
            list(islice(results, 3)) if isinstance(results, QuerySolutions) else None
        except (OSError, RuntimeError) as error:
            said = str(error)
            require("HTTP" not in said and "service" not in said.lower(), f"no call gets through: {said}")


def read_asked(data: bytes) -> None:
    """Read what a client asks: parameters, media types, quality values."""
    head, _, rest = data.partition(b"\n")
    accept = head.decode("latin-1")
    for formats in (ROWS, TRIPLES):
        answer_or_refuse(lambda formats=formats: choose_format(formats, accept), JobError)  # type: ignore[misc]
        answer_or_refuse(lambda formats=formats: choose_format(formats, "", accept), JobError)  # type: ignore[misc]
    wants_page(accept)
    _parse_type(accept)
    asked = answer_or_refuse(lambda: interpret_parameters(_parse_pairs(rest)), JobError)
    if asked is not None:
        for iri in (*asked.default_graphs, *(asked.named_graphs or ())):
            require(NamedNode(iri).value == iri, "graphs are IRIs")
        require(asked.rows is None or 0 <= asked.rows < 10**9, "rows are a number")


def look_up(data: bytes) -> None:
    """Look a name up, and search for words, as a person types them."""
    text = data.decode("utf-8", "surrogatepass" if data.isascii() else "replace")
    store, index = open_sample()
    for hit in index.search_sentences(text, limit=5).hits:
        require(
            all(0 <= start < end <= len(hit.sentence) for start, end in hit.marks),
            f"marks are in the text: {hit}",
        )
    index.search_names(text, limit=5)
    index.complete_names(text, limit=5)
    index.match_sentences(text, 5)
    index.find_called(text)
    for find in (find_body, find_document, find_place):
        answer_or_refuse(lambda find=find: find(store, text, index), QueryError)  # type: ignore[misc]


def rewrite(data: bytes) -> None:
    """Answer the matches of a query beforehand; what has none stays as it is."""
    text = data.decode("utf-8", "replace")
    store, index = open_sample()
    made = answer_or_refuse(lambda: rewrite_matches(text, index), QueryError)
    if made is None or made.text == text:
        return
    with contextlib.suppress(*ENGINE_ERRORS):
        results = store.query(made.text, prefixes=QUERY_PREFIXES)
        if isinstance(results, QuerySolutions):
            list(islice(results, 5))
    require(
        all(0 <= made.find_offset(at) <= len(text) for at in range(0, len(made.text), 7)), "places are known"
    )


def seed_queries() -> list[bytes]:
    """Give our questions, and queries that hide calls."""
    from environment import ROOT

    paths = sorted((ROOT / "ontology" / "questions").glob("*.rq"))[:8]
    calls = [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "PREFIX ex: <http://example.org/> SELECT * { SERVICEex:a { ?s ?p ?o } }",
        "SELECT * { ?s ?p ex:b.SERVICE ex:c { ?s ?p ?o } }",
        "SELECT * { FILTER(1 <'x> SERVICE <') }",
        "INSERT DATA { <a> <b> 'service' }",
        'SELECT ?service { ?service ?p "SERVICE <x> {}" # SERVICE\n }',
        'SELECT ?q { ?q cg:sentenceMatches "pooled budgets" ; oa:exact ?x . ?b cg:nameMatches "torbay" }',
        'SELECT ?q ?s { (?q ?s) cg:sentenceMatches "trust" } ORDER BY ?s',
    ]
    return [*seed_files(*(str(path.relative_to(ROOT)) for path in paths)), *(call.encode() for call in calls)]


def seed_asked() -> list[bytes]:
    """Make Accept headers, each with the parameters of a request."""
    accepts = [
        "text/turtle;q=0.9, */*;q=0.1",
        "text/html,application/xml;q=0.9,*/*;q=0.8",
        "json",
        "q=;;,",
        "*",
    ]
    pairs = "query=ASK+%7B%7D&default-graph-uri=urn:a&named-graph-uri=http://b/&format=xml&rows=10"
    return [f"{accept}\n{pairs}".encode() for accept in accepts]


def seed_words() -> list[bytes]:
    """Make what people type into a search field."""
    typed = ['pool* "joint working" -grant', "trust OR council", "Torbay", "NEAR(a b)", 'a"b', "-", *HOSTILE]
    return [text.encode("utf-8", "surrogatepass" if text.isascii() else "replace") for text in typed]


TARGETS = (
    Target("screen", "queries, screened before the engine", screen, seed_queries, QUERY_WORDS),
    Target("matches", "queries that search for words", rewrite, seed_queries, QUERY_WORDS),
    Target(
        "asked",
        "parameters and headers of SPARQL requests",
        read_asked,
        seed_asked,
        ("q=", ";", ",", "%00", "&"),
    ),
    Target("words", "what is typed into a search field", look_up, seed_words, TYPED),
)
