"""The panel of the network page: what it says of a body, of a line, of itself and of the documents."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser

from graph.terms import RDF, SKOS, XSD
from graph.vocabulary import CG, ID
from tests.network_store import StoreMaker, make_store
from tests.page_visits import Visit, make_pair, open_store

pytestmark = pytest.mark.browser

WEST, EAST = "organisation/west", "organisation/east"
MANY = 130


def find(visit: Visit, name: str) -> None:
    visit.page.fill("#search", name)
    visit.page.keyboard.press("Enter")


def test_body_is_explained_by_keyboard_alone(visit: Visit) -> None:
    find(visit, "Torbridge")
    summary = visit.page.locator("#panel summary").first
    assert summary.get_attribute("aria-label") == "What is this? Care trust"
    assert "social care by delegation" not in visit.text("#panel")
    summary.focus()
    visit.page.keyboard.press("Enter")
    assert "takes on social care by delegation from a council" in visit.text("#panel")


def test_body_panel_counts_neighbours_statements_and_documents(visit: Visit) -> None:
    find(visit, "Torbridge")
    assert "Linked to 2 other bodies by 3 statements in 2 documents." in visit.text("#panel")
    assert visit.page.locator("#panel .tally li").all_inner_texts() == ["2 stated as fact", "1 proposed"]


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        ("Torbridge", ["Has as post holder 1", "Pools budgets with 1", "Works with 1"]),
        ("Ann Lee", ["Holds a post at 1"]),
        ("primary care trusts", ["Is funded by 1"]),
    ],
)
def test_relations_are_grouped_by_what_they_say_and_which_way(
    visit: Visit, body: str, headings: list[str]
) -> None:
    find(visit, body)
    groups = visit.page.locator("#panel .headed h3").all_inner_texts()
    assert sorted(text[1:].strip() for text in groups) == headings
    arrows = {"Has as": "←", "Is funded": "←", "Holds": "→", "Works": "↔", "Pools": "↔"}
    assert all(text[0] == arrows[next(key for key in arrows if key in text)] for text in groups)


def test_definition_of_a_relation_seen_from_the_other_side_says_which_way(visit: Visit) -> None:
    find(visit, "primary care trusts")
    visit.page.get_by_label("What is this? Is funded by").click()
    assert "Funds means: Gives money" in visit.text("#panel")


def test_statuses_differ_in_words_and_in_line(visit: Visit) -> None:
    styles = {}
    for body in ("Torbridge", "primary care trusts"):
        find(visit, body)
        for statement in visit.page.locator("#panel .statement").all():
            words = statement.locator(".status").all_inner_texts()
            line = statement.locator("blockquote").first.evaluate(
                "one => getComputedStyle(one).borderLeftStyle"
            )
            styles["".join(words)] = line
    assert styles == {"": "solid", "Proposed": "dashed", "Denied": "dotted"}


def test_first_sentence_is_shown_and_the_rest_unfolds(visit: Visit) -> None:
    find(visit, "Ann Lee")
    assert visit.page.locator("#panel figure").count() == 1
    find(visit, "Exmoor")
    group = visit.page.locator("#panel .statement", has_text="The trust works with Exmoor County Council.")
    assert group.locator("figure").count() == 1
    group.locator("summary", has_text="1 more sentence").click()
    assert group.locator("figure").count() == 2
    assert "They work together still." in group.inner_text()
    assert "A second look · 2007" in group.inner_text()


def test_panel_says_what_the_filters_hide(visit: Visit) -> None:
    visit.page.locator("#statuses > li", has_text="Proposed").locator("> label input").uncheck()
    find(visit, "Torbridge")
    assert "Pools budgets" not in visit.text("#panel")
    assert "1 more statement is hidden by the filters" in visit.text("#panel")


def make_line_of_bodies() -> ox.Store:
    """Return a trust that was followed by another; both are in the network, what was before is not."""
    maker = StoreMaker()
    maker.document("one", title="One", date="2010-05-06")
    maker.document("two", title="Two, which says nothing", date="2012")
    for key, name, facts in (
        (WEST, "West Trust", [("validFrom", "2002-04-01"), ("validUntil", "2006-09-30")]),
        (EAST, "East Trust", [("validFrom", "2006-10-01")]),
        ("organisation/gone", "Gone Trust", [("validUntil", "2002-03-31")]),
    ):
        stated = [(CG + kind, ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))) for kind, day in facts]
        maker.registered(
            key,
            [(RDF + "type", ox.NamedNode(CG + "CareTrust")), (SKOS + "prefLabel", ox.Literal(name)), *stated],
        )
    maker.registered(EAST, [(CG + "successorOf", ox.NamedNode(ID + WEST))])
    maker.registered(WEST, [(CG + "successorOf", ox.NamedNode(ID + "organisation/gone"))])
    maker.claim("one", (ID + WEST, "funds", ID + EAST), ["West paid East."])
    return maker.store


def test_timeline_leads_to_what_came_before_and_after(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_line_of_bodies()) as visit:
        find(visit, "West Trust")
        moments = visit.page.locator(".timeline li")
        assert [text.split("\n") for text in moments.all_inner_texts()] == [
            ["Gone Trust", "until 31 March 2002"],
            ["West Trust", "1 April 2002 to 30 September 2006"],
            ["East Trust", "from 1 October 2006"],
        ]
        assert visit.page.locator(".timeline button").all_inner_texts() == ["East Trust"]
        visit.page.locator(".timeline button").click()
        assert visit.text("#panel h2") == "East Trust"


def test_long_lists_come_in_steps(browser: Browser, tmp_path: Path) -> None:
    maker = StoreMaker()
    maker.document("one", title="One")
    hub = maker.entity("one", "organisation/hub", "named", type="Charity", name="Hub")
    for number in range(MANY):
        other = maker.entity(
            "one", f"organisation/b{number}", "named", type="CareTrust", name=f"Trust {number}"
        )
        maker.claim(
            "one", (hub, "funds", other), [f"It pays trust {number}, time {time}." for time in range(3)]
        )
    with open_store(browser, tmp_path, maker.store) as visit:
        find(visit, "Hub")
        assert f"Funds {MANY}" in visit.text("#panel")
        statements = visit.page.locator("#panel .statement")
        assert statements.count() < 20
        assert visit.page.locator("#panel figure").count() == statements.count()
        seen = [statements.count()]
        more = visit.page.locator("#panel button.more")
        while more.is_visible():
            more.click()
            seen.append(statements.count())
            assert visit.page.evaluate("document.activeElement.className") == "statement asserted"
        assert seen[-1] == MANY
        assert len(seen) > 3


def test_line_is_explained_word_for_word(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_pair("negated")) as visit:
        visit.click_centre()
        visit.page.wait_for_selector("#panel h2")
        panel = visit.text("#panel")
        for words in (
            "Alpha Trust and Beta Council",
            "2 statements about these two",
            "Alpha Trust funds Beta Council",
            "the document says that it does not hold",
            "Very likely: of 100 statements read like this one, about 80 are right.",
            "The only document · October 2005 · open the document",
        ):
            assert words in panel
        assert visit.page.locator("#panel mark").all_inner_texts() == [
            "Alpha tells Beta what to do.",
            "Alpha pays Beta.",
            "Beta is paid.",
        ]
        marked, around = (
            visit.page.locator(f"#panel {part}").first.evaluate(
                "one => getComputedStyle(one).backgroundColor"
            )
            for part in ("mark", ".around")
        )
        assert marked != around
        visit.page.get_by_label("What is this? directs").click()
        assert "Sets targets, policy" in visit.text("#panel")


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        ("0.95", "Almost certain"),
        ("0.75", "Very likely"),
        ("0.5", "Likely"),
        ("0.3", "Uncertain"),
        ("0.1", "Doubtful"),
    ],
)
def test_confidence_is_said_in_words(browser: Browser, tmp_path: Path, confidence: str, words: str) -> None:
    maker = StoreMaker()
    maker.document("one", title="One")
    ends = [
        maker.entity("one", f"organisation/{n}", "named", type="CareTrust", name=f"Trust {n}") for n in "ab"
    ]
    maker.claim("one", (ends[0], "funds", ends[1]), ["It pays."], confidence=confidence)
    with open_store(browser, tmp_path, maker.store) as visit:
        visit.click_centre()
        hint = visit.page.locator("#panel .statement .hint").inner_text()
        share = f"about {float(confidence) * 100:.0f} are right"
        assert hint == f"{words}: of 100 statements read like this one, {share}."


def test_guide_fits_a_screen_and_shows_the_marks(visit: Visit) -> None:
    visit.page.click("#help")
    panel = visit.page.locator("#panel")
    assert panel.evaluate("one => one.scrollHeight <= one.clientHeight")
    assert panel.locator(".marks svg").count() >= 9
    assert "only" not in panel.locator("h2").inner_text()
    for words in ("2 documents", "Proposed: planned, recommended", "Denied: the document says", "Ringed"):
        assert words in panel.inner_text()
    panel.locator(".keys summary").click()
    assert "to the search box" in panel.inner_text()


def test_documents_are_listed_in_any_order_with_those_that_said_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    with open_store(browser, tmp_path, make_line_of_bodies()) as visit:
        visit.page.click("#help")
        visit.page.get_by_role("button", name="Documents (2)").click()
        entries = visit.page.locator("#panel .document")
        titles = ["Two, which says nothing", "One"]
        for order, expected in (
            ("newest first", titles),
            ("by title", titles[::-1]),
            ("most statements first", titles[::-1]),
        ):
            visit.page.select_option("#document-order", label=order)
            assert [text.split("\n")[0] for text in entries.all_inner_texts()] == expected
            assert visit.page.evaluate("document.activeElement.id") == "document-order"
        assert "6 May 2010 · 1 statement" in entries.first.inner_text()
        assert "2012 · no statement found in it" in entries.last.inner_text()
        assert "1 document gave no statement" in visit.text("#panel")
        assert entries.last.locator("button").count() == 0


def test_one_document_alone_is_shown_and_all_again(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_store()) as visit:
        visit.page.click("#help")
        visit.page.get_by_role("button", name="Documents (2)").click()
        visit.page.get_by_role("button", name="Show only its statements: Working together").click()
        assert visit.text("#count").startswith("Showing 3 of 4 bodies and 2 of 4 statements")
        visit.page.keyboard.press("Enter")  # the same button takes it back
        assert visit.text("#count").startswith("Showing 4 of 4 bodies and 4 of 4 statements")
        assert visit.page.locator("#panel .document").count() == 2
