"""Answers as tables, charts and files for a spreadsheet."""

from __future__ import annotations

import csv
import io

from pyoxigraph import Store

from graph.query import run_query
from graph.results import Answer
from graph.workbench.tables import Sorting, chart_answer, make_cells, sort_rows, write_csv
from graph.workbench.view import View
from tests.workbench_views import PCTS, as_of


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
