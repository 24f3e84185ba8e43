"""The network page in a real browser: offline, from a file, with hostile names and quotes in it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pyvis.network import Network

from graph.draw import draw_network, write_page
from graph.network import project_network
from tests.network_store import StoreMaker, make_store
from tests.page_visits import HOSTILE, Visit, count_inks, count_pixels, open_store

pytestmark = pytest.mark.browser


def test_picture_is_drawn_and_stands_still(visit: Visit) -> None:
    first = visit.page.locator("#picture").screenshot()
    assert count_inks(visit) > 20
    visit.page.wait_for_timeout(400)
    assert visit.page.locator("#picture").screenshot() == first
    assert visit.text("#count") == "Showing 4 of 4 bodies and 4 of 4 statements"


def test_click_on_a_line_shows_its_sentences(pair: Visit) -> None:
    pair.click_centre()
    panel = pair.text("#panel")
    for words in ("Alpha pays Beta.", "Alpha tells Beta what to do.", "The only document · October 2005"):
        assert words in panel
    assert panel.count("Proposed") == 2
    assert "Beta is paid." in panel
    link = pair.page.locator("#panel figcaption a").first
    assert link.get_attribute("href") == "https://example.org/doc"


def test_click_on_a_body_shows_what_is_known_and_click_beside_closes(pair: Visit) -> None:
    pair.click_centre(move=-157)
    heading = pair.text("#panel h2")
    assert heading in {"Alpha Trust", "Beta Council"}
    pair.page.keyboard.press("Escape")
    assert pair.page.locator("#panel").is_hidden()


def test_line_under_the_pointer_tells_what_it_says(pair: Visit) -> None:
    box = pair.page.locator("#picture").bounding_box()
    assert box
    pair.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    pair.page.wait_for_selector("#tip:not([hidden])")
    assert "Alpha Trust funds Beta Council" in pair.text("#tip")


@pytest.mark.parametrize("query", ["TBT", "tbt", "TBX", "torbridge", "care tr", "Tórbridge"])
def test_search_finds_by_name_alias_and_code(visit: Visit, query: str) -> None:
    visit.page.locator("#picture").focus()
    visit.page.keyboard.press("/")
    visit.page.keyboard.type(query)
    visit.page.keyboard.press("Enter")
    assert visit.text("#panel h2") == "Torbridge Care Trust"
    panel = visit.text("#panel")
    for words in ("Care trust", "TBT", "ODS TBX", "from 1 October 2005", "Ann Lee (chair)", "Proposed"):
        assert words in panel


def test_chosen_body_is_in_the_picture_without_motion(browser: Browser, tmp_path: Path) -> None:
    """The bounds of our own shapes are our own business: vis-network forgets them."""
    maker = StoreMaker()
    maker.document("one", title="One")
    bodies = [
        maker.entity("one", f"organisation/{n:02}", "named", type="CareTrust", name=f"Trust number {n}")
        for n in range(40)
    ]
    for one, other in itertools.pairwise(bodies):
        maker.claim("one", (one, "funds", other), ["One pays the other."])
    for body in ("Trust number 0", "Trust number 39"):
        with open_store(browser, tmp_path, maker.store, reduced_motion="reduce") as visit:
            visit.page.fill("#search", body)
            visit.page.keyboard.press("Enter")
            visit.settle()
            assert count_pixels(visit, (47, 127, 208)) > 300


def test_search_finds_people_and_says_when_it_finds_nothing(visit: Visit) -> None:
    visit.page.fill("#search", "lee")
    assert visit.text("#suggestions li") == "Ann Lee\nPerson"
    visit.page.fill("#search", "zzz")
    assert "Nothing of that name" in visit.text("#suggestions")


@pytest.mark.parametrize(
    ("group", "name", "count"),
    [
        ("statuses", "Proposed", "Showing 4 of 4 bodies and 3 of 4 statements"),
        ("statuses", "Denied", "Showing 3 of 4 bodies and 3 of 4 statements"),
        ("types", "People", "Showing 3 of 4 bodies and 3 of 4 statements"),
        ("types", "Councils", "Showing 2 of 4 bodies and 1 of 4 statements"),
        ("relations", "works with", "Showing 4 of 4 bodies and 3 of 4 statements"),
    ],
)
def test_filters_change_what_is_shown(visit: Visit, group: str, name: str, count: str) -> None:
    visit.page.locator(f"#{group} > li", has_text=name).locator("> label input").uncheck()
    assert visit.text("#count") == count
    visit.page.click("#reset")
    assert visit.text("#count") == "Showing 4 of 4 bodies and 4 of 4 statements"


def test_only_leaves_one_choice(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Show only funds").focus()
    visit.page.keyboard.press("Enter")
    assert visit.text("#count") == "Showing 2 of 4 bodies and 1 of 4 statements"


def test_search_brings_back_what_the_filters_hide(visit: Visit) -> None:
    visit.page.locator("#types > li", has_text="People").locator("> label input").uncheck()
    visit.page.fill("#search", "Ann Lee")
    visit.page.keyboard.press("Enter")
    assert visit.text("#panel h2") == "Ann Lee"
    assert visit.text("#count") == "Showing 4 of 4 bodies and 4 of 4 statements"


def test_list_holds_every_statement_and_sorts(visit: Visit) -> None:
    visit.page.click("#show-table")
    rows = visit.page.locator("#rows tr")
    assert rows.count() == 4
    visit.page.get_by_role("button", name="Status", exact=True).click()
    assert [re.split(r"[\t\n]+", text)[3].strip() for text in rows.all_inner_texts()] == [
        "Stated as fact",
        "Stated as fact",
        "Proposed",
        "Denied",
    ]
    rows.last.get_by_role("button", name="The council funds no trust.").click()
    assert "Exmoor County Council funds primary care trusts" in visit.text("#panel")


def test_guide_tells_what_it_is_and_lists_the_documents(visit: Visit) -> None:
    visit.page.click("#help")
    assert "Proposed: planned" in visit.text("#panel")
    visit.page.get_by_role("button", name="Documents (2)").click()
    assert "Working together" in visit.text("#panel")
    visit.page.click("#help")
    assert visit.page.locator("#panel").is_hidden()


def test_everything_is_reached_by_keyboard(visit: Visit) -> None:
    reached = set()
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        reached.add(visit.page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"search", "show-table", "reset", "help", "picture", "zoom-in", "only"} <= reached


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (800, 600), (360, 640)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_every_screen(
    browser: Browser, tmp_path: Path, width: int, height: int, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    with open_store(browser, tmp_path, make_store(), **options) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        for button in ("search", "show-table", "reset", "help", "zoom-fit"):
            box = visit.page.locator(f"#{button}").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height
        visit.page.fill("#search", "TBT")
        visit.page.keyboard.press("Enter")
        assert visit.page.locator("#panel h2").is_visible()


def test_hostile_text_is_only_text(browser: Browser, tmp_path: Path) -> None:
    maker = StoreMaker()
    hub = "https://w3id.org/caregraph/id/organisation/hub"
    for number, text in enumerate(HOSTILE):
        link = ("javascript:window.hacked=1", "data:text/html,x", "https://example.org/a")[number % 3]
        slug = f"d{number}"
        maker.document(slug, title=text, date=text[:40], link=link)
        maker.entity(slug, "organisation/hub", "named", type="Charity", name="Hub", aliases=[text])
        body = maker.entity(slug, f"organisation/b{number}", "named", type="CareTrust", name=text)
        maker.claim(slug, (hub, "postHolderAt", body), [text], role=text)
        maker.claim(slug, (hub, text.strip("<>\u0000") if text.isidentifier() else "funds", body), [text])
    with open_store(browser, tmp_path, maker.store) as visit:
        for number in range(len(HOSTILE)):
            visit.page.fill("#search", HOSTILE[number][:30])
            visit.page.keyboard.press("Enter")
        visit.page.fill("#search", "hub")
        visit.page.keyboard.press("Enter")
        visit.click_centre()
        visit.page.click("#help")
        visit.page.locator("#panel .switch button").last.click()
        visit.page.click("#show-table")
        assert visit.page.locator("#rows tr").count() == 2 * len(HOSTILE)
        assert visit.page.evaluate("window.hacked") is None
        assert visit.page.locator("script, style, base, iframe, img").count() == 3
        links = visit.page.evaluate("[...document.links].map((link) => link.protocol)")
        assert set(links) <= {"https:", "file:"}


def test_injected_script_and_handler_are_stopped_by_the_policy(browser: Browser, tmp_path: Path) -> None:
    write_page(draw_network(project_network(make_store())), tmp_path / "network.html")
    page = (tmp_path / "network.html").read_text(encoding="utf-8")
    injected = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'></body>"
    (tmp_path / "bad.html").write_text(page.replace("</body>", injected), encoding="utf-8")
    visit = Visit(browser, tmp_path / "bad.html")
    visit.page.wait_for_timeout(200)
    assert visit.page.evaluate("window.hacked") is None
    assert len(visit.problems) >= 2, "the browser says that it refused both"
    visit.context.close()


def test_large_network_shows_the_most_connected_and_search_finds_the_rest(
    browser: Browser, tmp_path: Path
) -> None:
    drawn = Network(directed=True)
    for number in range(2101):
        drawn.add_node(number, label=f"body {number}", x=number % 50 * 60, y=number // 50 * 60)
    drawn.edges.extend({"from": 0, "to": number} for number in range(1, 2101))
    write_page(drawn, tmp_path / "network.html")
    visit = Visit(browser, tmp_path / "network.html")
    assert visit.text("#count").startswith(
        "Showing 2000 of 2101 bodies and 1999 of 2100 statements, the most"
    )
    visit.page.fill("#search", "body 2100")
    visit.page.keyboard.press("Enter")
    assert visit.text("#panel h2") == "body 2100"
    assert visit.text("#count").startswith("Showing 2001 of 2101")
    assert visit.problems == []
    visit.context.close()
