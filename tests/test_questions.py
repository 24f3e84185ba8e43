"""Named questions: each gives what it promises on a small graph, and its parameters mean what they say."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from graph.errors import OntologyError, QueryError
from graph.parameters import ANY, PARAMETER_TYPES, ROWS
from graph.questions import (
    Question,
    answer_question,
    find_question,
    list_questions,
    parse_question,
    write_question,
)
from graph.results import Row
from tests.clustered_papers import clustered_store
from tests.sample_graph import PAPERS, sample_store

TORBAY, FORUM, COUNCIL = "Torbay Care Trust", "Lowmoor Joint Forum", "Torbay Council"
PCTS, COUNCILS = "primary care trusts", "local authorities"
DEPARTMENT, COMMISSION = "Department of Health", "Audit Commission"
REVIEW, JUNE, PLAN = (title for title, _, _ in PAPERS.values())
POOLS, WORKS = "pools a budget with", "works with"

# name, parameters, number of rows, the start of one of them
CASES: list[tuple[str, dict[str, str], int, tuple[object, ...]]] = [
    ("accountability", {}, 1, (FORUM, DEPARTMENT, JUNE, "The forum answers to the Department of Health.")),
    ("as-of", {"body": "TAL", "date": "2007-06"}, 3, ("2007-05", TORBAY, POOLS, COUNCIL, "asserted", REVIEW)),
    ("as-of", {"body": "TAL", "date": "2009-01-01"}, 7, ("2007-05", TORBAY, POOLS, COUNCIL)),
    ("bodies", {}, 12, (COMMISSION, "audit body", 1, "organisation/body-audit-commission")),
    ("collectives", {}, 10, (COUNCILS, PCTS, POOLS, COUNCILS, "negated", REVIEW)),
    ("collectives", {"collective": PCTS}, 6, (PCTS, COMMISSION, "recommends to", PCTS, "asserted")),
    ("commissioning", {}, 1, (FORUM, "commissions from", TORBAY, JUNE)),
    ("coterminous", {"body": "TAL"}, 1, (TORBAY, COUNCIL, "the register", None)),
    ("coterminous", {"body": PCTS}, 1, ("Thurrock Council", PCTS, JUNE)),
    ("coterminous", {"document": "june"}, 1, ("Thurrock Council", PCTS, JUNE)),
    ("denied", {}, 1, (PCTS, POOLS, COUNCILS, REVIEW, "Few primary care trusts pool any money with local")),
    ("disagreements", {}, 1, (PCTS, POOLS, COUNCILS, JUNE, "Primary care trusts pool budgets with local")),
    ("document", {"document": "plan"}, 4, (TORBAY, POOLS, FORUM, "proposed", PLAN)),
    ("documents", {}, 3, ("minutes/june.txt", JUNE, "2008-06-11", 11, 12)),
    ("existed", {"area": "Torbay", "date": "2005-12-01"}, 2, (TORBAY, "care trust", "2005-12-01")),
    ("existed", {"area": "Havering", "date": "2001"}, 2, ("Havering Primary Care Trust",)),
    ("funding", {}, 1, (DEPARTMENT, FORUM, JUNE)),
    ("in-common", {"body": "TAL", "other": FORUM}, 7, (COUNCIL, COUNCIL, "is a member of", FORUM)),
    ("members", {}, 1, (COUNCIL, "is a member of", FORUM)),
    ("most-connected", {"least": "4"}, 2, (FORUM, 4, 5, 1)),
    ("oversight", {"body": "Thurrock Council"}, 1, (COMMISSION, "audits", REVIEW)),
    ("oversight", {"body": FORUM}, 1, (DEPARTMENT, "holds to account", JUNE)),
    ("partners", {"body": "TAL"}, 3, (COUNCIL, POOLS, REVIEW, "Torbay Care Trust shares one budget with")),
    ("partners", {"body": COUNCIL}, 4, ("one primary care trust", WORKS, REVIEW)),
    ("places", {"limit": "0"}, 941, ("Lowmoor", 1)),
    ("places", {}, 200, ("England", 1860)),
    ("pooled-budgets", {}, 2, (TORBAY, COUNCIL, REVIEW)),
    ("pooled-budgets", {"body": PCTS}, 1, (PCTS, COUNCILS, JUNE)),
    ("posts", {}, 1, ("Ada Rowe", "chief executive", TORBAY, REVIEW)),
    ("predecessors", {"body": "TAL"}, 1, (1, "Torbay Primary Care Trust", TORBAY, "2005-12-01")),
    ("proposals", {"body": PCTS}, 1, (DEPARTMENT, "reorganises", PCTS, "no", PLAN)),
    ("proposed", {}, 2, (TORBAY, POOLS, FORUM, PLAN, "The trust hopes to pool money with the forum.")),
    ("publications", {}, 2, (COMMISSION, "published", "Sharing the Purse", REVIEW)),
    ("recommendations", {"body": COMMISSION}, 1, (PCTS, REVIEW, "The Audit Commission urges trusts")),
    ("reorganisations", {}, 1, (DEPARTMENT, "reorganises", TORBAY)),
    ("representation", {}, 1, ("Local Government Association", COUNCILS)),
    ("research", {}, 1, ("Personal Social Services Research Unit", PCTS)),
    ("said-of", {"body": "TAL"}, 7, (TORBAY, POOLS, FORUM, "proposed")),
    ("said-of", {"body": "TAL", "status": "proposed"}, 1, (TORBAY, POOLS, FORUM, "proposed")),
    ("search", {"text": "SHARES ONE"}, 1, (TORBAY, POOLS, COUNCIL, "asserted")),
    ("single-sentence", {"status": "negated"}, 1, (COUNCILS, POOLS, PCTS, REVIEW)),
    ("single-sentence", {}, 19, (TORBAY, POOLS, COUNCIL, REVIEW)),
    ("successors", {"body": "body:joint-reviews"}, 2, (2, "Commission for Social Care Inspection", "Care Q")),
    ("unresolved", {}, 2, (FORUM, "no such body", 0, JUNE)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "count", "row"), CASES)
def test_answers(name: str, parameters: dict[str, str], count: int, row: tuple[object, ...]) -> None:
    answer = answer_question(sample_store(), name, parameters)
    assert any(begins_with(found, row) for found in answer), list(map(tuple, answer))
    assert len(answer) == count


def begins_with(found: Row, row: tuple[object, ...]) -> bool:
    """Compare the first cells; of texts, their beginnings."""
    cells = [value if value is None or isinstance(value, int) else str(value) for value in found]
    return all(
        cell == wanted or (isinstance(cell, str) and cell.startswith(str(wanted)))
        for cell, wanted in zip(cells, row, strict=False)
    )


def test_every_question_is_tested_with_rows() -> None:
    asked = {name for name, _, count, _ in CASES if count} | {"same-body"}
    assert asked == {question.name for question in list_questions()}


@pytest.mark.parametrize(("body", "count"), [(ANY, 4), ("HLCP", 1), ("North Lowmoor Hospice", 0)])
def test_asks_which_bodies_are_probably_one(body: str, count: int) -> None:
    answer = answer_question(clustered_store(), "same-body", {} if body == ANY else {"body": body})
    assert len(answer) == count
    if count:
        first = answer.rows[0]
        assert (first.body, first.probably_the_same) == ("Healthy Lowmoor Care Partnership", "HLCP")
        assert first.reason == "a document gives HLCP as the short form of Healthy Lowmoor Care Partnership"
        assert (first.similarity, first.documents, first.other_documents) == (0.95, 1, 1)


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
class TestFiles:
    def test_is_a_question_in_english(self, question: Question) -> None:
        assert question.text.endswith("?")
        assert question.text[0].isupper()

    def test_runs_in_another_client_as_it_is(self, question: Question) -> None:
        assert prepareQuery(question.query).algebra

    def test_gives_the_sentence_last_and_the_document_before_it(self, question: Question) -> None:
        select = question.query.partition("WHERE")[0]
        columns = re.findall(r"(?<!MIN\()(?<!DISTINCT )\?(\w+)(?:\)|\s|$)", select)
        if "oa:exact" in question.query:
            assert columns[-1] in ("sentence", "denied")
            assert columns[-2] in ("document", "in_document", "denied_in")

    def test_has_an_order(self, question: Question) -> None:
        assert "ORDER BY" in question.query


class TestParameters:
    def test_user_text_is_never_part_of_a_query(self) -> None:
        hostile = "\" } UNION { ?s ?p ?o } \\ \n #''' SERVICE <http://127.0.0.1:81/> {"
        assert len(answer_question(sample_store(), "search", {"text": hostile})) == 0
        with pytest.raises(QueryError, match="no body is called"):
            answer_question(sample_store(), "partners", {"body": hostile})

    @pytest.mark.parametrize(
        ("name", "parameters", "message"),
        [
            ("partner", {}, "did you mean partners"),
            ("zzz", {}, "list them with: caregraph ask OUT"),
            ("partners", {}, "partners needs body=...: name, short name"),
            ("partners", {"body": "Torbay Car Trust"}, "body: no body .* did you mean Torbay Care Trust"),
            ("partners", {"body": "TAL", "place": "x"}, "no parameter 'place'; its parameters: body, limit"),
            ("partners", {"body": "TAL", "limit": "-1"}, "limit: '-1' is no number of rows"),
            ("existed", {"area": "Torbay", "date": "May 2007"}, "date: 'May 2007' is no date; write a year"),
            ("most-connected", {"least": "two"}, "least: 'two' is no whole number"),
            ("single-sentence", {"status": "true"}, "choose one of asserted, proposed, negated"),
            ("document", {"document": "juni"}, "did you mean"),
        ],
    )
    def test_what_is_wrong_is_told(self, name: str, parameters: dict[str, str], message: str) -> None:
        with pytest.raises(QueryError, match=message) as caught:
            answer_question(sample_store(), name, parameters)
        assert "\n" not in str(caught.value)

    def test_unsure_dates_are_marked(self) -> None:
        rows = answer_question(sample_store(), "existed", {"area": "Havering", "date": "2001"}).rows
        assert {row.body: row.sure for row in rows}["Havering Primary Care Trust"] == "first day not known"
        ended = answer_question(sample_store(), "existed", {"area": "Torbay", "date": "2014"}).rows
        assert TORBAY not in [row.body for row in ended]

    def test_names_of_types_are_part_of_the_files(self) -> None:
        assert set(PARAMETER_TYPES) == {
            "organisation",
            "place",
            "document",
            "date",
            "integer",
            "rows",
            "sentences",
            "text",
            "status",
        }


LIMITED = [case for case in CASES if any(p.type == ROWS for p in find_question(case[0]).parameters)]


class TestRows:
    @pytest.mark.parametrize(("name", "parameters", "count", "row"), LIMITED)
    def test_gives_as_many_as_wanted_and_says_whether_there_are_more(
        self, name: str, parameters: dict[str, str], count: int, row: tuple[object, ...]
    ) -> None:
        everything = set(map(tuple, answer_question(sample_store(), name, {**parameters, "limit": "0"})))
        some = answer_question(sample_store(), name, {**parameters, "limit": "1"})
        assert len(some) == min(1, count)
        assert set(map(tuple, some)) <= everything
        assert some.more == (len(everything) > 1)

    def test_all_and_just_as_many_as_there_are_leave_none_out(self) -> None:
        for wanted in ("0", "6", "7"):
            answer = answer_question(sample_store(), "said-of", {"body": PCTS, "limit": wanted})
            assert (len(answer), answer.more) == (6, False)

    def test_a_program_gets_all_rows_where_a_reader_gets_a_number_of_them(self, tmp_path: Path) -> None:
        text = '# Which?\n# param limit: rows = 2 "rows"\nSELECT ?s WHERE { ?s a cg:Claim } LIMIT 2'
        (tmp_path / "which.rq").write_text(text, encoding="utf-8")
        ask = partial(answer_question, sample_store(), "which", folder=tmp_path)
        assert (len(ask()), ask().more) == (2, True)
        assert len(ask(whole=True)) > 2
        assert len(ask({"limit": "1"}, whole=True)) == 1

    def test_a_query_for_another_engine_asks_for_one_row_more(self) -> None:
        text, rows = write_question(sample_store(), "denied", {"limit": "7"})
        assert rows == 7
        assert "LIMIT 8" in text
        assert write_question(sample_store(), "document", {"document": "plan"})[1] is None


class TestHeaders:
    def test_reads_parameters(self) -> None:
        question = parse_question(
            "x",
            '# Who?\n# param body: organisation "a body"\n# param day: date = any "a day"\n'
            "SELECT * { VALUES ?body { UNDEF } VALUES ?day {UNDEF} }",
        )
        assert question.text == "Who?"
        assert [(p.name, p.type, p.default) for p in question.parameters] == [
            ("body", "organisation", None),
            ("day", "date", ANY),
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "first line"),
            ("SELECT * {}", "first line"),
            ("# Who?\n# param body organisation\nSELECT * {}", "is no parameter; write"),
            ('# Who?\n# param body: person "x"\nSELECT * {}', "unknown type 'person'"),
            ('# Who?\n# param body: text "x"\nSELECT ?body {}', r"has no 'VALUES \?body"),
            ('# Who?\n# param limit: rows = 20 "x"\nSELECT * {} LIMIT 200', "has no 'LIMIT 20'"),
            ('# Who?\n# param limit: rows "x"\nSELECT * {} LIMIT 200', "needs a number of rows"),
            ('# Who?\n# param limit: rows = ( "x"\nSELECT * {} LIMIT (', "needs a number of rows"),
        ],
    )
    def test_says_what_a_file_lacks(self, text: str, message: str) -> None:
        with pytest.raises(OntologyError, match=message):
            parse_question("x", text)

    def test_reads_a_folder_of_ones_own(self, tmp_path: Path) -> None:
        (tmp_path / "mine.rq").write_text("# How many?\nSELECT (COUNT(*) AS ?n) { ?c a cg:Claim }")
        assert find_question("mine", tmp_path).text == "How many?"
        (row,) = answer_question(sample_store(), "mine", folder=tmp_path)
        assert row.n == sum(len(lines.strip().splitlines()) for _, _, lines in PAPERS.values())


def test_a_number_of_rows_is_read_as_a_person_types_it() -> None:
    for number in (" 3 ", "\x1c3\x1f"):
        assert write_question(sample_store(), "documents", {"limit": number})[1] == 3
