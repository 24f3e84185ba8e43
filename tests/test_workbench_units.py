"""What the pages are made of: days, marks in texts, sources, tables, pictures, lines of time, names."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import threading
from pathlib import Path
from typing import IO

import pytest
from pyoxigraph import NamedNode, Store
from starlette.requests import Request

from graph.iris import document_iri
from graph.query import run_query
from graph.records import Document
from graph.results import Answer
from graph.search_index import open_index
from graph.store import open_store
from graph.vocabulary import CG, ID, ONTOLOGY_GRAPH
from graph.workbench.briefs import Choice, count_briefs, read_briefs
from graph.workbench.claims import explain_finding, list_between, read_claim
from graph.workbench.dates import AsOf, read_as_of, write_span
from graph.workbench.downloads import stream_written
from graph.workbench.facts import draw_timeline, read_facts
from graph.workbench.marking import Mentioned, mark_text
from graph.workbench.naming import describe_unnamed
from graph.workbench.neighbours import draw_neighbours, find_neighbours, fold_name, word_briefs
from graph.workbench.paging import read_page
from graph.workbench.sources import name_entities, read_findings, read_source
from graph.workbench.tables import Sorting, chart_answer, make_cells, sort_rows, write_csv
from graph.workbench.terms import Branch, grow_tree, read_terms
from graph.workbench.view import View
from tests.clustered_papers import clustered_store
from tests.sample_graph import sample_store

TORBAY, COUNCIL = ID + "organisation/ct-TAL", ID + "organisation/la-tob"
PCTS, COUNCILS = ID + "collective/primary-care-trusts", ID + "collective/local-authorities"


@pytest.fixture(scope="module")
def view() -> View:
    return View(sample_store())


def as_of(text: str) -> View:
    return View(sample_store(), read_as_of(ask(f"as_of={text}")))


def ask(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", AsOf()),
        ("as_of=", AsOf()),
        ("as_of=+2006+", AsOf("2006", "2006-12-31")),
        ("as_of=2006-02", AsOf("2006-02", "2006-02-28")),
        ("as_of=2006-02-30", AsOf(wrong="2006-02-30")),
    ],
)
def test_day_is_read_off_the_address(query: str, expected: AsOf) -> None:
    found = read_as_of(ask(query))
    assert found == expected
    assert bool(found) == bool(expected.text)


@pytest.mark.parametrize(
    ("query", "total", "expected"),
    [
        ("", 0, (1, 1, 0)),
        ("page=2", 100, (2, 3, 40)),
        ("page=9", 100, (3, 3, 80)),
        ("page=0", 100, (1, 3, 0)),
        ("page=-3", 100, (1, 3, 0)),
        ("page=%D9%A2", 100, (1, 3, 0)),
        ("page=99999999999999999999", 100, (1, 3, 0)),
        ("page=2", 40, (1, 1, 0)),
    ],
)
def test_page_is_one_that_there_is(query: str, total: int, expected: tuple[int, int, int]) -> None:
    page = read_page(ask(query), total, 40)
    assert (page.number, page.pages, page.offset) == expected


def test_claims_come_facts_first_and_later_ones_are_counted(view: View) -> None:
    briefs, later = read_briefs(view, TORBAY)
    assert later == 0
    assert [brief.status for brief in briefs] == sorted(brief.status for brief in briefs)
    assert count_briefs(briefs)["proposed", "poolsBudgetWith"] == 1
    then, later = read_briefs(as_of("2008"), TORBAY)
    assert later == len(briefs) - len(then) > 0
    chosen = [brief for brief in briefs if Choice(status="asserted", predicate="worksWith").fits(brief)]
    assert len(chosen) == 2


def test_neighbours_and_words_are_from_the_side_of_the_body(view: View) -> None:
    briefs, _ = read_briefs(view, TORBAY)
    neighbours, known = find_neighbours(view, TORBAY, briefs)
    assert known == len(neighbours)
    words = {neighbour.named.name: neighbour.words for neighbour in neighbours}
    assert words["Torbay Council"] == ("works with", "pools budgets with")
    assert words["Ada Rowe"] == ("has as post holder",)
    assert words["Lowmoor Joint Forum"] == ("provides services to", "pools budgets with (proposed)")
    assert word_briefs(reversed(briefs)) == word_briefs(briefs)
    picture = draw_neighbours("Torbay Care Trust", neighbours)
    places = {(spot.x, spot.y) for spot in picture.spots}
    assert len(places) == len(neighbours)
    assert all(0 < spot.y < picture.height for spot in picture.spots)


def test_long_names_are_folded_and_cut() -> None:
    assert fold_name("Torbay Care Trust") == ["Torbay Care", "Trust"]
    assert fold_name("a" * 100) == ["a" * 16 + "…"]
    assert len(fold_name("one two three four five six seven eight nine ten")) == 3


def test_claims_between_two_stand_in_either_direction(view: View) -> None:
    assert {claim.iri for claim in list_between(view, TORBAY, COUNCIL)} == {
        claim.iri for claim in list_between(view, COUNCIL, TORBAY)
    }
    claim = list_between(view, TORBAY, COUNCIL)[0]
    assert read_claim(view, claim.iri) == claim
    assert claim.side(TORBAY)[1].name == "Torbay Council"
    assert claim.likelihood == "of ten such statements about 8 are right"


@pytest.mark.parametrize(
    ("found_by", "words"),
    [
        ("model", "a trained model that reads each sentence with the one before it"),
        ("llm some-model", "a language model, some-model; its quote was looked up in the text"),
        ("pooling", "the wording “pooling”, which ontology/frames.toml describes"),
        ("", "not recorded"),
    ],
)
def test_method_is_said_in_words(found_by: str, words: str) -> None:
    assert explain_finding(found_by) == words


def test_facts_come_from_the_register(view: View) -> None:
    facts = read_facts(view, TORBAY)
    assert ("ODS", "TAL") in facts.codes
    assert not any(scheme == "REGISTER" for scheme, _ in facts.codes)
    assert facts.span == "1 December 2005 to 31 March 2013"
    related = {words: [named.name for named in nodes] for words, nodes, _ in facts.related}
    assert related["Covers the councils"] == ["Torbay Council"]
    assert read_facts(view, PCTS).members
    assert read_facts(view, PCTS).confidence == ""
    assert write_span("", "") == ""


def test_facts_tell_what_is_probably_the_same_body() -> None:
    view = View(clustered_store())
    (same,) = read_facts(view, ID + "organisation/hlcp").related
    assert same[0] == "Probably the same body, by its name"
    assert [named.name for named in same[1]] == ["Healthy Lowmoor Care Partnership"]
    assert read_facts(view, ID + "organisation/north-lowmoor-hospice").related == ()


def test_line_of_time_has_earlier_bodies_first_and_the_day(view: View) -> None:
    timeline = draw_timeline(view, TORBAY)
    assert timeline is not None
    rows = timeline.rows
    assert timeline.day is None
    assert [row.step for row in rows] == sorted(row.step for row in rows)
    assert {row.step for row in rows} >= {-1, 0, 1}
    assert all(row.start >= 0 and row.start + row.width <= 100.5 for row in rows)
    before = next(row for row in rows if row.step < 0)
    own = next(row for row in rows if not row.step)
    assert before.start + before.width <= own.start + 0.1
    then = draw_timeline(as_of("2006"), TORBAY)
    assert then is not None
    assert then.day is not None
    assert own.start < then.day < own.start + own.width
    assert draw_timeline(view, PCTS) is None


def test_long_line_of_time_keeps_the_body_and_those_nearest(view: View) -> None:
    timeline = draw_timeline(view, ID + "organisation/body-nhs-commissioning-board")
    assert timeline is not None
    assert timeline.more > 50
    assert 0 in {row.step for row in timeline.rows}


def test_nodes_without_a_name_say_what_they_are_about(view: View) -> None:
    kinds = {}
    for quad in view.store:
        iri = str(getattr(quad.subject, "value", ""))
        kind = iri.removeprefix(ID).partition("/")[0]
        if iri.startswith(ID) and kind not in kinds:
            kinds[kind] = describe_unnamed(view, view.name(iri)).name
    assert "(" in kinds["claim"]
    assert kinds["evidence"].startswith("“")
    assert kinds["membership"] == "Ada Rowe, chief executive, Torbay Care Trust"
    assert " → " in kinds["change"]
    assert " is " in kinds["linking"]
    assert kinds["place"]


TEXT = "# Heading\n\nThe Torbay Care Trust works with *Torbay Council*. It is new.\n"


def test_text_is_cut_where_something_is_mentioned(view: View) -> None:
    document = Document("a.md", TEXT, "0" * 64, media_type="text/markdown")
    at = TEXT.index("Torbay Care Trust")
    mentions = [
        Mentioned(at, at + 17, TORBAY, "named"),
        Mentioned(at, at + 6, "urn:inner", "other"),
        Mentioned(TEXT.index("Torbay Council"), TEXT.index("Torbay Council") + 14, COUNCIL, "named"),
    ]
    claim = list_between(view, TORBAY, COUNCIL)[0]
    start = TEXT.index("The Torbay")
    quote = dataclasses.replace(claim.quotes[0], start=start, end=TEXT.index(" It is"))
    claims = [dataclasses.replace(claim, quotes=(quote,))] * 2
    sentences = [sentence for block in mark_text(document, mentions, claims) for sentence in block.sentences]
    said = next(sentence for sentence in sentences if sentence.claims)
    assert said.claims == said.first == (0, 1)
    assert said.status == "asserted"
    assert [(piece.text, piece.iri) for piece in said.pieces if piece.iri] == [
        ("Torbay Care Trust", TORBAY),
        ("Torbay Council", COUNCIL),
    ]
    assert not sentences[-1].claims


def test_source_is_read_again_only_where_it_is_the_same(built: Path, tmp_path: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    item = manifest["inputs"][0]
    document = read_source(built, item["name"], item["text_sha256"])
    assert document is not None
    found = read_findings(built, item["name"])
    assert found["text_sha256"] == document.sha256
    mention = found["mentions"][0]
    assert document.text[mention["start"] : mention["end"]] == mention["text"]
    assert read_source(built, item["name"], "0" * 64) is None
    assert read_source(built, "../manifest.json", item["text_sha256"]) is None
    assert read_source(tmp_path, item["name"], item["text_sha256"]) is None
    assert read_findings(tmp_path, item["name"]) == {}
    assert read_findings(built, "none") == {}


def test_every_entity_finds_its_node(built: Path) -> None:
    store = open_store(built)
    built_view = View(store)
    for line in (built / "extraction.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        mentioned = frozenset(built_view.read(document_iri(found["doc"]), CG + "mentions"))
        named = name_entities(found, mentioned)
        assert set(named) == {entity["id"] for entity in found["entities"]}
        assert set(named.values()) == mentioned


def answer(values: str, columns: str = "?a ?n") -> Answer:
    return run_query(Store(), f"SELECT {columns} {{ VALUES ({columns}) {{ {values} }} }}")


def test_rows_are_sorted_by_number_or_text_with_gaps_last() -> None:
    found = answer('("b" 10) ("a" 9) ("C" UNDEF)')
    wanted = [Sorting("n"), Sorting("n", down=True), Sorting("a"), Sorting("x")]
    firsts = ["".join(str(row[0]) for row in sort_rows(found, sorting)) for sorting in wanted]
    assert firsts == ["abC", "baC", "abC", "baC"]


def test_cells_lead_to_what_they_name(view: View) -> None:
    values = '("Torbay Care Trust" 3) ("Minutes of the June meeting" 4) ("asserted" 1) ("2007-05" 2)'
    values += f" (<{PCTS}> 0)"
    rows = answer(values).rows
    cells = [make_cells(as_of("2008"), row)[0] for row in rows]
    assert [cell.address for cell in cells] == [
        "/id/organisation/ct-TAL?as_of=2008",
        "/id/document/minutes/june.txt?as_of=2008",
        "",
        "",
        "/id/collective/primary-care-trusts?as_of=2008",
    ]
    assert cells[2].status == "asserted"
    assert cells[3].text == "May 2007"
    assert cells[4].text == "primary care trusts"
    sentence = '("The Audit Commission urges trusts to agree aims." 1)'
    assert make_cells(view, answer(sentence).rows[0])[0].source.startswith("/id/claim/")


def test_only_counts_are_charted() -> None:
    column, bars = chart_answer(answer('("a" 1) ("b" 4)'))
    assert column == "n"
    assert [(bar.label, bar.number, bar.share) for bar in bars] == [("b", 4, 1.0), ("a", 1, 0.25)]
    assert chart_answer(answer('("a" 1)')) == ("", [])
    assert chart_answer(answer('("a" "x") ("b" 2)')) == ("", [])
    assert chart_answer(answer('("a" 1) ("b" 2)', "?a ?step")) == ("", [])


def test_csv_is_safe_for_spreadsheets() -> None:
    found = answer('("=1+1" -3) ("a,\\"b\\"\\nc" 2) ("@x" UNDEF)')
    rows = list(csv.reader(io.StringIO(write_csv(found), newline="")))
    assert rows == [["a", "n"], ["'=1+1", "-3"], ['a,"b"\nc', "2"], ["'@x", ""]]


def test_terms_stand_in_a_tree_once(built: Path) -> None:
    quads = open_store(built).quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH))
    terms = read_terms(quads, open_index(built).statistics, ())

    def count(branches: tuple[Branch, ...]) -> int:
        return sum(1 + count(branch.branches) for branch in branches)

    for kind in ("Class", "ObjectProperty"):
        assert count(grow_tree(terms, kind)) == sum(term.kind == kind for term in terms)
    trust = next(term for term in terms if term.name == "CareTrust")
    assert trust.uses
    assert {other.name for other in trust.above} == {"cg:HealthBody", "org:FormalOrganization"}


def test_what_is_written_is_streamed_and_a_failure_is_seen() -> None:
    def write(stream: IO[bytes]) -> None:
        for _ in range(100):
            stream.write(b"x" * 10_000)

    assert sum(map(len, stream_written(write))) == 1_000_000

    def fail(stream: IO[bytes]) -> None:
        stream.write(b"begin")
        raise ValueError("no further")

    stream = stream_written(fail)
    assert next(stream) == b"begin"
    with pytest.raises(ValueError, match="no further"):
        next(stream)


def test_reader_who_leaves_stops_the_writer() -> None:
    written = []

    def write(stream: IO[bytes]) -> None:
        for number in range(10_000):
            stream.write(b"x" * 10_000)
            written.append(number)

    stream = stream_written(write)
    next(stream)
    stream.close()  # type: ignore[attr-defined] # a generator
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(10)
            assert not thread.is_alive()
    assert len(written) < 10_000
