"""The network page without a pointer: focus, keys, and what is told of where one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.network_store import make_store
from tests.page_visits import Visit, follow, open_store, search_for

pytestmark = pytest.mark.browser

FOCUS = """() => { const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint(...[[box.x, box.width], [box.y, box.height]]
    .map(([from, size]) => from + Math.min(size / 2, 40)));
  return { name: one.id || one.getAttribute('aria-label') || one.textContent.slice(0, 40),
    body: one === document.body, ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen: at !== null && (one.contains(at) || at.contains(one)) }; }"""

CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter((one) => one.checkVisibility() && !one.disabled)
  .filter((one) => !one.closest('details:not([open]) > :not(summary)'))
  .map((one) => one.id || one.getAttribute('aria-label') || one.textContent.slice(0, 40))"""


def focus_name(visit: Visit) -> str:
    return str(visit.page.evaluate(FOCUS)["name"])


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("address", ["", "view=table", "body=organisation/ct-TBX"])
def test_tab_reaches_every_control_and_shows_where_it_is(
    browser: Browser, tmp_path: Path, width: int, address: str
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"}
    with open_store(browser, tmp_path, make_store(), **options) as visit:
        follow(visit, address)
        visit.page.evaluate("document.body.focus()")
        wanted = visit.page.evaluate(CONTROLS)
        stops = []
        for _ in range(len(wanted) + 12):
            visit.page.keyboard.press("Tab")
            stops.append(visit.page.evaluate(FOCUS))
        assert set(wanted) <= {stop["name"] for stop in stops}
        assert [stop for stop in stops if not stop["body"] and (stop["ring"] < 2 or not stop["seen"])] == []


def test_tab_leaves_the_picture(visit: Visit) -> None:
    for key in ("Tab", "Shift+Tab"):
        visit.page.locator("#picture").focus()
        visit.page.keyboard.press(key)
        assert visit.page.evaluate("document.activeElement.matches('button, input, summary')")


def test_keys_walk_from_body_to_body_and_tell_which(visit: Visit) -> None:
    visit.page.locator("#picture").focus()
    told = []
    for key in ("n", "n", "Shift+ArrowUp", "p", "Shift+ArrowDown"):
        visit.page.keyboard.press(key)
        told.append(visit.text("#spoken"))
    assert told[0] == "Torbridge Care Trust, care trust, linked to 2, 1 of 4"
    assert told[1] == "Exmoor County Council, county council, linked to 2, 2 of 4"
    assert told[2] == told[0]
    assert told[3].endswith(", 4 of 4")
    assert told[4] == told[0]
    assert visit.page.locator("#panel").is_hidden()
    assert "Torbridge Care Trust" in visit.text("#tip")


def test_keys_walk_along_the_lines_of_one_body(visit: Visit) -> None:
    visit.page.locator("#picture").focus()
    visit.page.keyboard.press("n")
    told = []
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft"):
        visit.page.keyboard.press(key)
        told.append(visit.text("#spoken"))
    assert {text.split(",")[0] for text in told} == {"Ann Lee", "Exmoor County Council"}
    assert [text.split(", ")[-1] for text in told] == [
        f"{place} of 2 around Torbridge Care Trust" for place in (1, 2, 1, 2)
    ]


def test_body_that_was_walked_to_is_marked_and_in_view(visit: Visit) -> None:
    picture = visit.page.locator("#picture")
    picture.focus()
    before = picture.screenshot()
    for _ in range(12):
        visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("n")
    tip, box = visit.page.locator("#tip").bounding_box(), picture.bounding_box()
    assert tip
    assert box
    assert box["x"] < tip["x"] < box["x"] + box["width"]
    assert picture.screenshot() != before


def test_enter_opens_and_escape_returns(visit: Visit) -> None:
    visit.page.locator("#picture").focus()
    visit.page.keyboard.press("n")
    visit.page.keyboard.press("Enter")
    assert visit.text("#panel h2") == "Torbridge Care Trust"
    assert focus_name(visit) == "panel"
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#panel").is_hidden()
    assert focus_name(visit) == "picture"
    visit.page.keyboard.press("n")
    assert visit.text("#spoken").endswith("2 of 4")


@pytest.mark.parametrize("close", ["Escape", "button"])
@pytest.mark.parametrize("opener", ["search", "help", "a sentence in the list"])
def test_closed_panel_gives_the_focus_back(visit: Visit, opener: str, close: str) -> None:
    if opener == "search":
        search_for(visit, "TBT")
        visit.page.keyboard.press("Enter")
    elif opener == "help":
        visit.page.locator("#help").press("Enter")
    else:
        visit.page.click("#show-table")
        visit.page.locator("#rows button", has_text="The council funds no trust.").press("Enter")
    assert visit.page.evaluate("document.getElementById('panel').contains(document.activeElement)")
    if close == "Escape":
        visit.page.keyboard.press("Escape")
    else:
        visit.page.locator("#panel .close").press("Enter")
    assert visit.page.locator("#panel").is_hidden()
    given = {"a sentence in the list": "The council funds no trust."}.get(opener, opener)
    visit.page.wait_for_function("() => document.activeElement !== document.body")
    assert focus_name(visit) == given


def test_focus_stays_in_the_panel_when_it_tells_of_another_body(visit: Visit) -> None:
    follow(visit, "body=organisation/ct-TBX")
    visit.page.locator("#panel button.body", has_text="Exmoor").first.press("Enter")
    assert visit.text("#panel h2") == "Exmoor County Council"
    assert visit.page.evaluate("document.getElementById('panel').contains(document.activeElement)")


def test_filters_over_a_narrow_page_take_the_focus_and_give_it_back(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_store(), viewport={"width": 360, "height": 640}) as visit:
        visit.page.locator("#toggle-filters").press("Enter")
        assert focus_name(visit) == "filters"
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Escape")
        assert visit.page.locator("#filters").is_hidden()
        visit.page.wait_for_function("() => document.activeElement.id === 'toggle-filters'")


@pytest.mark.parametrize(("words", "place"), [("picture", "picture"), ("list", "table-view")])
def test_links_skip_to_the_picture_and_to_the_list(visit: Visit, words: str, place: str) -> None:
    link = visit.page.locator(".skip", has_text=words)
    link.focus()
    box = link.bounding_box()
    assert box
    assert box["x"] >= 0
    visit.page.keyboard.press("Enter")
    assert focus_name(visit) == place
