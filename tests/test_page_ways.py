"""What is near to a body on the network page, and the way from one body to another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser

from tests.network_store import StoreMaker
from tests.page_visits import Visit, open_store

pytestmark = pytest.mark.browser


def make_chain() -> ox.Store:
    """Return a chain A to E, a second way from B to D, a denied short cut from A to E, and a pair apart."""
    maker = StoreMaker()
    maker.document("one", title="The report", date="2006")
    body = {
        name: maker.entity(
            "one", f"organisation/{name.lower()}", "named", type="CareTrust", name=f"Body {name}"
        )
        for name in "ABCDEFXYZ"
    }
    statements = [
        ("A", "funds", "B", {}),
        ("B", "funds", "C", {}),
        ("C", "directs", "D", {"status": "proposed"}),
        ("D", "funds", "E", {}),
        ("B", "worksWith", "F", {}),
        ("F", "worksWith", "D", {}),
        ("A", "funds", "E", {"status": "negated"}),
        ("C", "funds", "Z", {}),
        ("X", "funds", "Y", {}),
    ]
    for one, predicate, other, about in statements:
        maker.claim("one", (body[one], predicate, body[other]), [f"{one} and then {other}."], **about)
    maker.claim("one", (body["B"], "regulates", body["A"]), ["B and then A."], status="proposed")
    return maker.store


@pytest.fixture
def chain(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    with open_store(browser, tmp_path, make_chain()) as opened:
        yield opened


def find(visit: Visit, name: str) -> None:
    visit.page.fill("#search", name)
    visit.page.keyboard.press("Enter")


def find_way(visit: Visit, one: str, other: str) -> None:
    """Choose a way with the keyboard alone, as a reader does."""
    find(visit, one)
    visit.page.get_by_role("button", name="Way to another body…").press("Enter")
    visit.page.keyboard.type(other)
    visit.page.keyboard.press("Enter")


def list_steps(visit: Visit) -> list[str]:
    return visit.page.locator("#panel ol.way > li > h3").all_inner_texts()


def reload(visit: Visit) -> None:
    visit.page.reload()
    visit.page.wait_for_selector("html[data-ready]")


@pytest.mark.parametrize(("depth", "bodies", "statements"), [(1, 3, 3), (2, 6, 8), (3, 7, 9)])
def test_number_keys_show_what_is_near(chain: Visit, depth: int, bodies: int, statements: int) -> None:
    find(chain, "Body A")
    chain.page.focus("#picture")
    chain.page.keyboard.press(str(depth))
    shown = f"Showing {bodies} of 9 bodies and {statements} of 10 statements"
    assert chain.text("#count") == shown
    words = f"within {depth} step{'' if depth == 1 else 's'} of Body A"
    assert chain.text("#chosen li").startswith(words)
    assert f"near={depth}~organisation/a" in chain.page.url
    reload(chain)
    assert chain.text("#count") == shown
    chain.page.focus("#picture")
    chain.page.keyboard.press("0")
    assert chain.text("#count") == "Showing 9 of 9 bodies and 10 of 10 statements"


def test_number_keys_do_nothing_without_a_body_or_in_a_box(chain: Visit) -> None:
    chain.page.focus("#picture")
    chain.page.keyboard.press("1")
    assert chain.page.locator("#chosen li").count() == 0
    find(chain, "Body A")
    chain.page.focus("#search")
    chain.page.keyboard.type("2")
    assert chain.page.locator("#chosen li").count() == 0


def test_panel_offers_what_is_near_and_says_how_many(chain: Visit) -> None:
    find(chain, "Body A")
    group = chain.page.get_by_role("group", name="Show only what is near")
    names = [button.get_attribute("aria-label") for button in group.get_by_role("button").all()]
    assert names == ["1 step, 2 bodies", "2 steps, 5 bodies", "3 steps, 6 bodies"]
    chain.page.get_by_role("button", name="2 steps, 5 bodies").press("Enter")
    pressed = chain.page.get_by_role("button", name="2 steps, 5 bodies")
    assert pressed.get_attribute("aria-pressed") == "true"
    assert pressed.evaluate("(button) => button === document.activeElement")
    chain.page.keyboard.press("Escape")
    assert chain.text("#count").startswith("Showing 9 of 9")
    assert chain.text("#panel h2") == "Body A", "Escape takes back one thing at a time"
    chain.page.keyboard.press("Escape")
    assert chain.page.locator("#panel").is_hidden()


def test_counts_beside_the_choices_are_of_what_is_near(chain: Visit) -> None:
    find(chain, "Body A")
    chain.page.get_by_role("button", name="1 step, 2 bodies").click()
    assert chain.page.locator("#statuses > li output").all_inner_texts() == ["1", "1", "1"]


def test_way_shows_its_steps_with_their_sentences(chain: Visit) -> None:
    find_way(chain, "Body A", "Body E")
    assert chain.text("#panel h2") == "Way from Body A to Body E"
    assert chain.page.locator("#panel").evaluate("(panel) => panel === document.activeElement")
    assert list_steps(chain) == ["Body A – Body B", "Body B – Body C", "Body C – Body D", "Body D – Body E"]
    first = chain.page.locator("ol.way > li").first
    assert "Body A funds Body B" in first.inner_text()
    assert "A and then B." in first.inner_text()
    assert "The report · 2006" in first.inner_text()
    first.get_by_text("1 more statement about these two").click()
    assert "B and then A." in first.inner_text()
    assert "Proposed" in chain.page.locator("ol.way > li").nth(2).inner_text()
    assert chain.text("#count") == "Showing 5 of 9 bodies and 6 of 10 statements"


def test_way_stands_in_the_address_and_goes_back(chain: Visit) -> None:
    find_way(chain, "Body A", "Body D")
    assert "way=organisation/a~organisation/d" in chain.page.url
    reload(chain)
    assert len(list_steps(chain)) == 3
    chain.page.get_by_label("with what is next to it").check()
    assert chain.text("#count") == "Showing 7 of 9 bodies and 9 of 10 statements"
    reload(chain)
    assert chain.page.get_by_label("with what is next to it").is_checked()
    chain.page.go_back()
    assert chain.text("#count").startswith("Showing 4 of 9")
    chain.page.go_back()
    assert chain.text("#panel h2") == "Body A"
    assert chain.text("#count").startswith("Showing 9 of 9")


def test_of_ways_that_are_as_long_it_is_the_one_through_the_best_connected(chain: Visit) -> None:
    """Body C is linked to three others and Body F to two; from either end the way is the same."""
    find_way(chain, "Body B", "Body D")
    assert list_steps(chain) == ["Body B – Body C", "Body C – Body D"]
    find_way(chain, "Body D", "Body B")
    assert list_steps(chain) == ["Body D – Body C", "Body C – Body B"]


def test_filters_turn_the_way_elsewhere(chain: Visit) -> None:
    find_way(chain, "Body B", "Body D")
    chain.page.locator("#statuses > li", has_text="Proposed").locator("input").uncheck()
    assert list_steps(chain) == ["Body B – Body F", "Body F – Body D"]


def test_without_a_way_under_the_filters_they_can_be_taken_back(chain: Visit) -> None:
    chain.page.locator("#relations > li", has_text="funds").locator("input").uncheck()
    find_way(chain, "Body A", "Body E")
    panel = chain.text("#panel")
    assert "no way between these two under these filters. Without them there is one of 4 steps." in panel
    assert chain.text("#count").startswith("Showing 2 of 9 bodies and 0")
    chain.page.get_by_role("button", name="Take the filters back").click()
    assert len(list_steps(chain)) == 4


def test_where_nothing_links_two_bodies_it_is_said(chain: Visit) -> None:
    find(chain, "Body A")
    chain.page.get_by_role("button", name="Way to another body…").click()
    chain.page.fill("#way-search", "Body")
    offered = chain.page.locator("#way-suggestions li")
    texts = {item.locator("bdi").first.inner_text(): item.inner_text() for item in offered.all()}
    assert "Body A" not in texts
    assert "4 steps away" in texts["Body E"]
    assert "no way there under these filters" in texts["Body X"]
    offered.filter(has_text="Body X").click()
    assert "There is no way between these two: nothing that the documents say links them" in chain.text(
        "#panel"
    )
    chain.page.get_by_role("button", name="Show everything again").click()
    assert chain.text("#panel h2") == "Body A"
    assert chain.text("#count").startswith("Showing 9 of 9")


def test_body_on_the_way_leads_back_to_the_way(chain: Visit) -> None:
    find_way(chain, "Body A", "Body E")
    chain.page.locator("#panel p").get_by_role("button", name="Body C").first.click()
    assert chain.text("#panel h2") == "Body C"
    assert chain.text("#count").startswith("Showing 5 of 9")
    chain.page.get_by_role("button", name="Back to the way").click()
    assert len(list_steps(chain)) == 4
    chain.page.keyboard.press("Escape")
    assert chain.text("#count").startswith("Showing 9 of 9")


def test_list_shows_the_statements_of_the_way_alone(chain: Visit) -> None:
    find_way(chain, "Body A", "Body C")
    chain.page.click("#show-table")
    assert chain.page.locator("#rows tr").count() == 3
    assert len(list_steps(chain)) == 2
