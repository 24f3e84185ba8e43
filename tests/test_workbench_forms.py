"""What is filled into forms: parameters of questions, bodies to compare, names to complete; bars."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from graph.parameters import ROWS
from graph.questions import find_question, list_questions
from graph.search.counts import StatusCount
from graph.vocabulary import ID
from graph.workbench.ask import OURS
from graph.workbench.asking import read_form, write_heading
from graph.workbench.briefs import read_briefs
from graph.workbench.compare import compare, find_side, list_partners
from graph.workbench.complete import MOST, write_value
from graph.workbench.dates import AsOf
from graph.workbench.figures import stack_bars
from graph.workbench.view import View
from tests.sample_graph import sample_store

DAY = "a day, month or year: 2006-10-01, 2006-10 or 2006"
TORBAY, COUNCIL = ID + "organisation/ct-TAL", ID + "organisation/la-tob"


@pytest.fixture(scope="module")
def view() -> View:
    return View(sample_store())


@pytest.mark.parametrize(
    ("name", "given", "problems", "whole"),
    [
        ("partners", {}, [""], False),
        ("partners", {"body": ""}, ["needed: name, short name, acronym or code of the body"], False),
        ("partners", {"body": " Torbay Care Trust "}, [""], True),
        ("partners", {"body": "cgi:organisation/ct-TAL"}, [""], True),
        (
            "as-of",
            {"body": "TAL"},
            ["", f"needed: {DAY}"],
            False,
        ),
        ("as-of", {"body": "TAL", "date": "2008"}, ["", ""], True),
        ("most-connected", {}, [""], True),
        ("most-connected", {"least": "x"}, ["'x' is no whole number; write it in digits alone"], False),
        ("said-of", {"body": "TAL", "status": "asserted"}, ["", ""], True),
        ("bodies", {}, [], True),
    ],
)
def test_form_knows_what_is_missing_or_wrong(
    view: View, name: str, given: dict[str, str], problems: list[str], whole: bool
) -> None:
    form = read_form(view, find_question(name), given)
    assert [field.problem for field in form.fields if field.parameter.type != ROWS] == problems
    assert bool(form.query) == whole


def test_form_fits_the_type_of_each_parameter(view: View) -> None:
    fields = read_form(view, find_question("said-of"), {}).fields
    assert fields[0].completes == "organisation"
    assert fields[0].required
    assert [value for value, _ in fields[1].choices] == ["any", "asserted", "proposed", "negated"]
    then = View(sample_store(), AsOf("2006", "2006-12-31"))
    assert [field.value for field in read_form(then, find_question("as-of"), {}).fields][:2] == ["", "2006"]


def test_only_so_many_rows_are_asked_for_as_are_wanted(view: View) -> None:
    question = find_question("most-connected")
    assert read_form(view, question, {"limit": "3"}).rows == 3
    assert "LIMIT 4" in read_form(view, question, {"limit": "3"}).query
    assert read_form(view, question, {"limit": "0"}).rows is None
    assert read_form(view, question, {"limit": "-1"}).query == ""


def test_page_says_that_there_are_more_rows(client: TestClient) -> None:
    page = client.get("/questions/bodies?limit=2").text
    assert "2 rows and more" in page
    assert "set the limit to 0" in page
    assert "and more" not in client.get("/questions/bodies?limit=0").text


def test_no_parameter_of_a_question_is_taken_for_one_of_the_page() -> None:
    names = {parameter.name for question in list_questions() for parameter in question.parameters}
    assert not names & OURS


def test_text_is_looked_up_and_never_a_part_of_the_query(view: View) -> None:
    text = '" } ; DROP ALL #'
    form = read_form(view, find_question("search"), {"text": text})
    assert "VALUES ?text {  }" in form.query
    assert "DROP" not in form.query


@pytest.mark.parametrize(
    "given", ["Torbay Care Trust", "TAL", "NHS Torbay", "cgi:organisation/ct-TAL", "ct:TAL", TORBAY]
)
def test_body_is_found_by_whatever_names_it(view: View, given: str) -> None:
    side = find_side(view, given)
    assert side.named is not None
    assert side.named.iri == TORBAY
    assert side.given == "Torbay Care Trust"


def test_people_can_be_compared_and_unknown_names_are_told(view: View) -> None:
    assert find_side(view, "cgi:person/ada-rowe").named is not None
    assert find_side(view, "").problem == ""
    assert "no body is called 'Nobody'" in find_side(view, "Nobody").problem


def test_comparison_tells_common_partners_from_others(view: View) -> None:
    found = compare(view, TORBAY, COUNCIL)
    assert [partner.named.name for partner in found.common] == ["Lowmoor Joint Forum"]
    assert {partner.named.name for partner in found.only_one} == {"Ada Rowe", "Department of Health"}
    assert {partner.named.name for partner in found.only_two} == {"one primary care trust"}
    assert {claim.predicate for claim in found.between} == {"worksWith", "poolsBudgetWith"}
    assert [paper.date for paper in found.papers] == ["2007-05", "2008-06-11"]
    then = compare(View(sample_store(), AsOf("2007", "2007-12-31")), TORBAY, COUNCIL)
    assert [paper.title for paper in then.papers] == ["A review of joint working"]
    assert then.common == ()
    assert then.later > 0 == found.later
    assert (
        next(iter(list_partners(read_briefs(view, TORBAY)[0]))) == COUNCIL
    )  # with whom most claims relate it


def test_name_is_given_where_it_is_enough(view: View) -> None:
    assert write_value(view, TORBAY, "Torbay Care Trust") == "Torbay Care Trust"
    assert write_value(view, TORBAY, "A name of nobody") == "cgi:organisation/ct-TAL"


def test_only_so_many_names_are_suggested(client: TestClient) -> None:
    assert len(client.get("/complete?q=c").json()) == MOST


def test_bars_share_one_scale() -> None:
    counts = (StatusCount("a", "A", 6, 3, 1), StatusCount("b", "B", 0, 0, 5), StatusCount("c", "C", 0, 0, 0))
    bars = stack_bars(counts)
    assert [bar.total for bar in bars] == [10, 5, 0]
    assert [(part.start, part.length) for part in bars[0].parts] == [(0, 60), (60, 30), (90, 10)]
    assert bars[1].parts[2].length == 50
    assert stack_bars(()) == []


@pytest.mark.parametrize(
    ("name", "given", "heading"),
    [
        ("partners", {}, "Who works with BODY, and what says so?"),
        ("partners", {"body": "Torbay Care Trust"}, "Who works with Torbay Care Trust, and what says so?"),
        ("partners", {"body": "cgi:organisation/ct-TAL"}, "Who works with BODY, and what says so?"),
        ("partners", {"body": "Nobody"}, "Who works with BODY, and what says so?"),
        ("as-of", {"body": "TAL", "date": "2008"}, "What had documents said of TAL by 2008?"),
        ("as-of", {"body": "DATE", "date": "2008"}, "What had documents said of BODY by 2008?"),
    ],
)
def test_heading_says_what_was_asked(view: View, name: str, given: dict[str, str], heading: str) -> None:
    question = find_question(name)
    assert write_heading(question, read_form(view, question, given)) == heading
