"""Screening: what a query may not do is refused however it is written, and names are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from graph.errors import QueryError
from graph.screen import screen_query

PREFIX = "PREFIX ex: <http://127.0.0.1:81/> PREFIX : <http://127.0.0.1:81/> "
CALL = "<http://127.0.0.1:81/> {?s ?p ?o}"

# Each is read by the engine as a call, though some look like something else.
CALLS = [
    f"SELECT * {{ SERVICE {CALL} }}",
    f"SELECT * {{ service SILENT {CALL} }}",
    f"SELECT * {{ SeRvIcE{CALL} }}",
    f"SELECT * {{ SERVICE # where?\n {CALL} }}",
    f"SELECT * {{ SERVICESILENT{CALL} }}",
    "SELECT * { SERVICEex:x {?s ?p ?o} }",
    "SELECT * { SERVICE:x {?s ?p ?o} }",
    "SELECT * { SERVICE ex:x {?s ?p ?o} }",
    "SELECT * { VALUES ?e {ex:x} SERVICE ?e {?s ?p ?o} }",
    "SELECT * { VALUES ?e {ex:x} SERVICE?e{?s ?p ?o} }",
    f"ASK {{ FILTER EXISTS {{ SERVICE {CALL} }} }}",
    f"DESCRIBE ?s {{ SERVICE {CALL} }}",
    f"SELECT * {{ {{ SELECT ?s {{ OPTIONAL {{ SERVICE {CALL} }} }} }} }}",
    f"SELECT * {{ ?s ?p trueSERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p 1SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p 1.SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p 1e5SERVICE{CALL} }}",
    f"SELECT * {{ ?s ?p ex:.SERVICE {CALL} }}",
    f"SELECT * {{ ?s ?p ex:a.b.SERVICE {CALL} }}",
    "SELECT * { ?s ?p ex:a.b.SERVICEex:x {?s ?p ?o} }",
    f"SELECT * {{ ?s ?p 'a\\u0022'.SERVICE {CALL} }}",
    f"SELECT * {{ ?s ?p '''a'b'''.SERVICE {CALL} }}",
    f"SELECT * {{ VALUES ?a {{'''a'}} SERVICE {CALL} }}",
    "SELECT * { VALUES $e {ex:x} VALUES (?a ?b) {(1 2)} FILTER(?a<?b)SERVICE$e#>\n{?s ?p ?o} }",
    f"SELECT * {{ VALUES ?a {{1}} FILTER(?a<'x>') SERVICE {CALL} # '\n}}",
    f"SELECT * {{ VALUES ?a {{1}} FILTER(?a<1#>'''\n) SERVICE {CALL} # '''\n}}",
    f"SELECT * {{ VALUES ?a {{1}} FILTER(?a<ex:b#>'''\n) SERVICE {CALL} # '''\n}}",
    f"SELECT * {{ FILTER('x' = ''#'\n) SERVICE {CALL} #'\n}}",
]

# Each only holds the word.
NAMES = [
    "SELECT * { ?s ex:service ?o }",
    "SELECT * { ?service a ex:Service ; ex:service ?x . }",
    "SELECT ?service { ?service ?p ex:service OPTIONAL { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1:81/> {' }",
    'SELECT * { ?s ?p """SERVICE "x" <http://127.0.0.1:81/> {""" }',
    "SELECT * { ?s ?p 'it\\'s SERVICE <x> {' }",
    "SELECT * { ?s ?p ?o } # SERVICE <x> {}",
    "SELECT * { ?s <http://example.org/service> ?o }",
    "SELECT * { ?s <http://example.org/a)service?x#SERVICE> ?o }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:x ?o FILTER(?o < 3 && ?o > 1) }",
    "SELECT * { GRAPH ex:service { ?s ?p ?o } }",
    "SELECT * FROM ex:service { ?s ?p ?o }",
    "SELECT * FROM NAMED ex:service { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?services) { VALUES ?service { 1 2 } }",
    "SELECT * { ?s ?p 'service'@en }",
    "SELECT * { VALUES ?service {1} FILTER(?service<2) }",
]


@pytest.mark.parametrize("text", CALLS)
def test_refuses_calls_to_other_servers(text: str) -> None:
    with pytest.raises(QueryError, match=r"SERVICE|may be an address"):
        screen_query(PREFIX + text)


@pytest.mark.parametrize("text", NAMES)
def test_leaves_names_alone(text: str) -> None:
    screen_query(PREFIX + text)
    list(Store().query(PREFIX + text))  # type: ignore[arg-type] # and the engine takes them too


def test_every_call_really_is_one() -> None:
    """Guard the cases themselves: those that the engine reads otherwise show nothing."""
    assert [text for text in CALLS if not parses(PREFIX + text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX ex: <urn:ex:> DELETE WHERE { ?s ?p ?o }",
        "BASE <http://example.org/> LOAD <file:///etc/hosts>",
        "# hello\nclear all",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_refuses_updates(text: str) -> None:
    with pytest.raises(QueryError, match="queries only read"):
        screen_query(text)


@pytest.mark.parametrize("clause", ["FROM <file:///etc/hosts>", "from named <FILE:/etc/hosts>"])
def test_refuses_files(clause: str) -> None:
    with pytest.raises(QueryError, match="never a file"):
        screen_query(f"SELECT * {clause} {{ ?s ?p ?o }}")


def test_says_where() -> None:
    with pytest.raises(QueryError, match="line 2, column 4") as caught:
        screen_query(f"SELECT * {{\n   SERVICE {CALL} }}")
    assert (caught.value.line, caught.value.column) == (2, 4)


ALLOWED = ("example.org", "127.0.0.1:81")


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <http://example.org/sparql>",
        "service silent <https://EXAMPLE.org/sparql?x=1#y>",
        "SERVICE # here\n <http://127.0.0.1:81>",
    ],
)
def test_allowed_hosts_may_be_called(call: str) -> None:
    screen_query(f"SELECT * {{ {call} {{ ?s ?p ?o }} }}", services=ALLOWED)
    with pytest.raises(QueryError, match="never does"):
        screen_query(f"SELECT * {{ {call} {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <http://example.org:8080/>",
        "SERVICE <http://127.0.0.1/>",
        "SERVICE <http://example.org.evil/>",
        "SERVICE <http://example.org@evil/>",
        "SERVICE <http://x@example.org/>",
        "SERVICE <//example.org/>",
        "SERVICE <example.org>",
        "SERVICE <file://example.org/etc/hosts>",
        "SERVICE ?e",
        "SERVICE ex:x",
        "SERVICEex:x",
        "SERVICESILENT <http://example.org/>",
    ],
)
def test_no_other_host_may_be_called(call: str) -> None:
    with pytest.raises(QueryError, match=r"127\.0\.0\.1:81, example\.org"):
        screen_query(f"{PREFIX} SELECT * {{ {call} {{ ?s ?p ?o }} }}", services=ALLOWED)


MARKS = r"""ex: ?a < > ' " ''' # . { } ( ) 1 FILTER ex:a.b <http://x/> @en \ _:b ?s""".split()
OPENINGS = ["", "FILTER(1<", "VALUES ?a {1} FILTER(?a<", "?s ?p ex:a", "?s ?p "]
ENDINGS = [f" SERVICE {CALL}", "SERVICEex:x {?s ?p ?o}", "SERVICE?s#>\n{?s ?p ?o}", f"SERVICE {CALL} #'"]


@settings(max_examples=300)
@given(st.sampled_from(OPENINGS), st.lists(st.sampled_from([*MARKS, "\n", " "])), st.sampled_from(ENDINGS))
def test_whatever_the_engine_takes_for_a_call_is_refused(
    opening: str, pieces: list[str], ending: str
) -> None:
    """The engine shows what it took for the keyword: other letters in its place are a syntax error."""
    text = PREFIX + "SELECT * { " + opening + "".join(pieces) + ending + "\n }"
    if parses(text) and not parses(text.replace("SERVICE", "XERVICE")):
        with pytest.raises(QueryError):
            screen_query(text)


def parses(text: str) -> bool:
    try:
        Store().query(text)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):
        pass
    return True
