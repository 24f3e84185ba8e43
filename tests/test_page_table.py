"""The list of the network page: the same statements and bodies as tables, with the same filters."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pyvis.network import Network

from graph.draw import write_page
from tests.network_store import make_store
from tests.page_visits import Visit, open_store

pytestmark = pytest.mark.browser

COUNCIL, TRUST, TRUSTS = "Exmoor County Council", "Torbridge Care Trust", "primary care trusts"

STATEMENTS = {
    (COUNCIL, "funds", TRUSTS, "Denied", "The council funds no trust.", "Working together", "2006"),
    (
        "Ann Lee",
        "holds a post at (chair)",
        TRUST,
        "Stated as fact",
        "Ann Lee, its chair, said so.",
        "A second look",
        "2007",
    ),
    (TRUST, "pools budgets with", COUNCIL, "Proposed", "Budgets may be pooled.", "A second look", "2007"),
    (
        TRUST,
        "works with",
        COUNCIL,
        "Stated as fact",
        "The trust works with Exmoor County Council. and 1 more",
        "Working together",
        "2006",
    ),
}


def read_rows(visit: Visit) -> list[tuple[str, ...]]:
    script = "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    return [tuple(cells) for cells in visit.page.locator("#rows tr").evaluate_all(script)]


def sort_by(visit: Visit, column: str) -> None:
    visit.page.locator("#columns").get_by_role("button", name=column, exact=True).click()


def test_every_statement_is_a_row_with_sentence_document_and_date(visit: Visit) -> None:
    visit.page.click("#show-table")
    assert set(read_rows(visit)) == STATEMENTS
    assert visit.text("#table-place") == "1 to 4 of 4 statements"
    assert visit.page.locator("#rows td a").first.get_attribute("href") == "https://example.org/one"


@pytest.mark.parametrize("place", range(7))
def test_every_column_sorts_both_ways_and_says_so(visit: Visit, place: int) -> None:
    visit.page.click("#show-table")
    head = visit.page.locator("#columns th").nth(place)
    statuses = ["Stated as fact", "Proposed", "Denied"]

    def read() -> list[str] | list[int]:
        column = [row[place].lower() for row in read_rows(visit)]
        return (
            [[status.lower() for status in statuses].index(cell) for cell in column] if place == 3 else column
        )

    if place:  # the first is chosen when the page opens
        head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert read() == sorted(read())
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert read() == sorted(read(), reverse=True)
    assert visit.page.locator("#columns [aria-sort]").count() == 1
    assert head.locator("button").evaluate("one => one === document.activeElement")


def test_filters_hold_for_both_tables(visit: Visit) -> None:
    visit.page.click("#show-table")
    visit.page.locator("#statuses > li", has_text="Denied").locator("> label input").uncheck()
    assert set(read_rows(visit)) == {row for row in STATEMENTS if row[3] != "Denied"}
    visit.page.click("#list-bodies")
    assert {row[0] for row in read_rows(visit)} == {COUNCIL, TRUST, "Ann Lee"}


def test_bodies_are_counted_and_sorted_with_the_most_first(visit: Visit) -> None:
    visit.page.click("#show-table")
    visit.page.click("#list-bodies")
    rows = [row[:4] for row in read_rows(visit)]
    assert sorted(rows) == [
        ("Ann Lee", "Person", "1", "1"),
        (COUNCIL, "County council", "2", "3"),
        (TRUST, "Care trust", "2", "3"),
        (TRUSTS, "Primary care trust: the group as a whole", "1", "1"),
    ]
    assert [row[3] for row in rows] == ["3", "3", "1", "1"]
    sort_by(visit, "Linked to")
    assert [row[2] for row in read_rows(visit)] == ["2", "2", "1", "1"]
    sort_by(visit, "Body")
    assert [row[0] for row in read_rows(visit)] == ["Ann Lee", COUNCIL, TRUSTS, TRUST]
    visit.page.click("#list-statements")
    assert set(read_rows(visit)) == STATEMENTS


def test_sentence_opens_its_statement_and_the_names_their_bodies(visit: Visit) -> None:
    visit.page.click("#show-table")
    visit.page.get_by_role("button", name="Budgets may be pooled.").click()
    first = visit.page.locator("#panel .statement").first.inner_text()
    assert f"{TRUST} pools budgets with {COUNCIL}" in first
    assert "line=" in visit.page.url
    visit.page.locator("#rows").get_by_role("button", name="Ann Lee", exact=True).click()
    assert visit.text("#panel h2") == "Ann Lee"
    assert visit.page.evaluate("document.activeElement.id") == "panel"


def test_pages_of_two_hundred(browser: Browser, tmp_path: Path) -> None:
    drawn = Network(directed=True)
    for number in range(450):
        drawn.add_node(number, label=f"body {number:03}", x=number % 50 * 60, y=number // 50 * 60)
    drawn.edges.extend({"from": number, "to": number + 1} for number in range(449))
    write_page(drawn, tmp_path / "network.html")
    visit = Visit(browser, tmp_path / "network.html")
    visit.page.click("#show-table")
    before, after = visit.page.locator("#page-before"), visit.page.locator("#page-after")
    seen = [row[0] for row in read_rows(visit)]
    assert before.is_disabled()
    for place in ("201 to 400 of 449 statements", "401 to 449 of 449 statements"):
        after.click()
        assert visit.text("#table-place") == place
        assert visit.page.evaluate("document.activeElement.id") == "table-place"
        seen += [row[0] for row in read_rows(visit)]
    assert after.is_disabled()
    assert seen == [f"body {number:03}" for number in range(449)]
    sort_by(visit, "Other body")
    assert visit.text("#table-place") == "1 to 200 of 449 statements"
    visit.page.click("#list-bodies")
    after.click()
    before.click()
    assert visit.text("#table-place") == "1 to 200 of 450 bodies"
    assert visit.problems == []
    visit.context.close()


@pytest.mark.parametrize("width", [1400, 400])
def test_screen_readers_find_a_table_at_any_width(browser: Browser, tmp_path: Path, width: int) -> None:
    with open_store(browser, tmp_path, make_store(), viewport={"width": width, "height": 800}) as visit:
        visit.page.click("#show-table")
        table = visit.page.get_by_role("table", name="Statements, each with its sentence")
        assert table.get_by_role("columnheader").count() == 7
        assert table.get_by_role("rowheader").count() == 4
        assert table.get_by_role("row").count() == 5
        assert table.get_by_role("cell").count() == 24
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        place = visit.page.locator("#table-view")
        assert place.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_nothing_left_is_said(visit: Visit) -> None:
    visit.page.click("#show-table")
    for status in ("Stated", "Proposed", "Denied"):
        visit.page.locator("#statuses > li", has_text=status).locator("> label input").uncheck()
    assert "Nothing is left by the filters" in visit.text("#table-place")
