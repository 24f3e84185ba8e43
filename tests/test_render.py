"""Formats: standards to the letter for programs, and a table that no text can break for people."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, Store, parse
from rdflib import Graph

from graph.errors import QueryError
from graph.query import run_query
from graph.render import RESULT_FORMATS, TRIPLE_FORMATS, draw_table, make_safe, render_result
from graph.results import Answer

HOSTILE = 'a "b",\tc\n\x1b[31m[bold]x[/bold] :smile: \u202e\u0007 é'


def select_text(text: str) -> Answer:
    return run_query(
        Store(),
        f"SELECT ?body ?text {{ VALUES (?body ?text) {{ (cgi:organisation\\/x {Literal(text)}) }} }}",
    )


def construct() -> Answer:
    return run_query(
        Store(), "CONSTRUCT { cgi:b skos:prefLabel 'B' ; cg:partOf cgi:a . cgi:a a cg:Place } {}"
    )


def test_csv_is_rfc_4180_with_the_text_as_it_is() -> None:
    written = render_result(select_text(HOSTILE), "csv")
    assert written.startswith("body,text\r\n")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows[1] == ["https://w3id.org/caregraph/id/organisation/x", HOSTILE]


def test_tsv_holds_terms() -> None:
    header, row = render_result(select_text("a\tb"), "tsv").splitlines()
    assert header == "?body\t?text"
    assert row == '<https://w3id.org/caregraph/id/organisation/x>\t"a\\tb"'


def test_json_is_sparql_results() -> None:
    results = json.loads(render_result(select_text(HOSTILE), "json"))
    assert results["head"]["vars"] == ["body", "text"]
    assert results["results"]["bindings"][0]["text"] == {"type": "literal", "value": HOSTILE}


def test_xml_can_be_read_whatever_the_text_holds() -> None:
    root = ET.fromstring(render_result(select_text(HOSTILE), "xml"))
    literal = root.find(".//{http://www.w3.org/2005/sparql-results#}literal")
    assert literal is not None
    assert literal.text == HOSTILE.replace("\x1b", "\ufffd").replace("\x07", "\ufffd")


@pytest.mark.parametrize("name", sorted(RESULT_FORMATS))
def test_ask_in_every_format(name: str) -> None:
    assert "true" in render_result(run_query(Store(), "ASK {}"), name)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own, in its JSON-LD
@pytest.mark.parametrize(
    ("name", "rdflib_name"), [("ttl", "turtle"), ("nt", "nt"), ("json", "json-ld"), ("xml", "xml")]
)
def test_triples_can_be_read_by_another_library(name: str, rdflib_name: str) -> None:
    written = render_result(construct(), name)
    assert len(Graph().parse(data=written, format=rdflib_name)) == 3
    assert written == render_result(construct(), name)


def test_turtle_declares_what_it_uses_in_order() -> None:
    written = render_result(construct(), "ttl")
    prefixes = [line for line in written.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert [line.split()[1] for line in prefixes] == ["cg:", "cgi:", "rdf:", "skos:"]


def test_literals_survive_turtle() -> None:
    answer = run_query(Store(), f"CONSTRUCT {{ cgi:b skos:note {Literal(HOSTILE)} }} {{}}")
    triples = parse(render_result(answer, "ttl"), format=RdfFormat.TURTLE)
    assert [quad.object for quad in triples] == [Literal(HOSTILE)]


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("SELECT * {}", "ttl", "SELECT and ASK give rows, so choose table, csv, tsv, json, xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "triples, so choose table, ttl, nt, json, xml"),
        ("ASK {}", "yaml", "'yaml'"),
    ],
)
def test_says_which_formats_fit(text: str, name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        render_result(run_query(Store(), text), name)


def test_names_of_formats_are_part_of_the_commands() -> None:
    assert list(RESULT_FORMATS) == ["csv", "tsv", "json", "xml"]
    assert list(TRIPLE_FORMATS) == ["ttl", "nt", "json", "xml"]


class TestTable:
    def test_aligns_and_shortens(self) -> None:
        written = render_result(select_text("Kent works with Essex."))
        header, rule, row = written.splitlines()
        assert header == "body                 text"
        assert set(rule) == {"─"}
        assert row == "cgi:organisation/x   Kent works with Essex."

    def test_neutralises_what_a_text_holds(self) -> None:
        written = render_result(select_text(HOSTILE))
        assert 'a "b", c \\x1b[31m[bold]x[/bold] :smile: \\u202e\\x07 é' in written
        assert len(written.splitlines()) == 3

    def test_folds_to_the_terminal_and_loses_nothing(self) -> None:
        words = " ".join(f"word{number}" for number in range(60))
        written = render_result(select_text(words), width=60)
        assert max(map(len, written.splitlines())) <= 60
        assert [word for word in written.split() if word.startswith("word")] == words.split()

    @pytest.mark.parametrize(
        ("text", "written"),
        [("ASK {}", "yes\n"), ("ASK { ?s ?p ?o }", "no\n"), ("SELECT * { ?s ?p ?o }", "no rows\n")],
    )
    def test_says_yes_no_or_nothing(self, text: str, written: str) -> None:
        assert render_result(run_query(Store(), text)) == written

    @given(st.text())
    def test_one_row_is_one_line(self, text: str) -> None:
        safe = make_safe(text)
        assert not any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in safe)
        assert len(draw_table(["text"], [[safe]]).splitlines()) == 3
