"""The network page with thousands of bodies: what is drawn at first, and the way down to every body."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page_networks import count_colors, draw_large, open_network
from tests.page_visits import Visit

pytestmark = pytest.mark.browser

STILL = {"reduced_motion": "reduce"}
OVERVIEW = "Showing 5000 of 5000 bodies in 20 folded groups and 4999 of 4999 statements"


@pytest.fixture(scope="module")
def large(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Open 5,000 bodies in 20 groups; every test starts from "Reset"."""
    with open_network(browser, tmp_path_factory.mktemp("large"), draw_large(5000, 250), **STILL) as visit:
        yield visit


@pytest.fixture
def fresh(large: Visit) -> Visit:
    large.page.click("#reset")
    large.page.click("#show-picture")
    return large


def search(visit: Visit, text: str) -> None:
    visit.page.fill("#search", text)
    visit.page.keyboard.press("Enter")


def test_large_network_starts_as_its_groups(fresh: Visit) -> None:
    assert fresh.text("#count") == OVERVIEW
    assert "ring: a folded group" in fresh.text("#key")
    assert fresh.page.get_by_role("button", name="Fold all").get_attribute("aria-pressed") == "true"


def test_group_opens_to_its_bodies(fresh: Visit) -> None:
    fresh.page.locator("#groups").get_by_role("button", name="unfold").first.click()
    assert fresh.text("#count").startswith("Showing 5000 of 5000 bodies, 4750 of them in 19 folded groups,")
    assert "opened=0" in fresh.page.url


def test_search_and_link_open_the_group_of_a_body(fresh: Visit) -> None:
    search(fresh, "body 4321")
    assert fresh.text("#panel h2") == "body 4321"
    assert "19 folded groups" in fresh.text("#count")
    assert "body=4321" in fresh.page.url
    fresh.page.reload()
    fresh.page.wait_for_selector("html[data-ready]")
    assert fresh.text("#panel h2") == "body 4321"
    assert "19 folded groups" in fresh.text("#count")


def test_most_connected_are_the_other_way_to_see_the_whole(fresh: Visit) -> None:
    fresh.page.click("#unfold-all")
    assert fresh.text("#count").startswith(
        "Showing 2000 of 5000 bodies and 1999 of 4999 statements, the most"
    )
    fresh.page.click("#more-bodies")
    assert fresh.text("#count").startswith("Showing 3000 of 5000 bodies")
    assert "more=1" in fresh.page.url
    fresh.page.click("#fold-all")
    assert fresh.text("#count") == OVERVIEW
    assert fresh.page.locator("#more-bodies").is_hidden()


def test_list_has_every_statement_whatever_the_picture_shows(fresh: Visit) -> None:
    fresh.page.click("#show-table")
    assert "of 4,999" in fresh.text("#table-place")
    fresh.page.click("#unfold-all")
    assert "of 4,999" in fresh.text("#table-place")


def test_panel_of_a_group_leads_to_every_member(fresh: Visit) -> None:
    fresh.page.locator("#groups .body").first.click()
    more = fresh.page.locator("#panel").get_by_role("button", name="more of 250")
    while more.is_visible():
        more.click()
    assert fresh.page.locator("#panel h3", has_text="Bodies in it").locator("+ ul > li").count() == 250


def test_filters_that_leave_few_bodies_bring_them_into_the_picture(browser: Browser, tmp_path: Path) -> None:
    drawn = draw_large(5000, 250)
    for node in drawn.nodes[:1000]:
        node["about"]["type"] = "CountyCouncil"
    with open_network(browser, tmp_path, drawn, **STILL) as visit:
        assert visit.text("#count") == OVERVIEW
        visit.page.get_by_role("button", name="Show only Councils and social care").focus()
        visit.page.keyboard.press("Enter")
        assert visit.text("#count") == "Showing 1000 of 5000 bodies and 999 of 4999 statements"


def test_group_too_large_for_the_picture_shows_its_most_connected(browser: Browser, tmp_path: Path) -> None:
    with open_network(browser, tmp_path, draw_large(4600, 2300), **STILL) as visit:
        assert visit.text("#count").startswith("Showing 4600 of 4600 bodies in 2 folded groups")
        visit.page.locator("#groups").get_by_role("button", name="only").first.click()
        assert visit.text("#count").startswith("Showing 2000 of 4600 bodies and 1999 of 4599")
        visit.page.click("#more-bodies")
        assert visit.text("#count").startswith("Showing 2300 of 4600 bodies and 2299 of 4599")
        assert visit.page.locator("#more-bodies").is_hidden()


def test_smaller_groups_come_when_asked_for(browser: Browser, tmp_path: Path) -> None:
    with open_network(browser, tmp_path, draw_large(2500, 25), **STILL) as visit:
        assert visit.text("#count").startswith("Showing 1000 of 2500 bodies in 40 folded groups")
        visit.page.get_by_role("button", name="Show 40 more groups").click()
        assert visit.text("#count").startswith("Showing 2000 of 2500 bodies in 80 folded groups")
        visit.page.get_by_role("button", name="More of the 100 groups").click()
        assert visit.page.locator("#groups > li").count() > 12


@pytest.mark.parametrize("count", [2000, 5000])
def test_nothing_moves_after_loading(browser: Browser, tmp_path: Path, count: int) -> None:
    with open_network(browser, tmp_path, draw_large(count, 50), address="#shading=on") as visit:
        visit.page.wait_for_timeout(300)
        first = visit.page.locator("#picture").screenshot()
        visit.page.wait_for_timeout(2000)
        assert visit.page.locator("#picture").screenshot() == first


def test_two_thousand_bodies_are_all_drawn_and_marked(browser: Browser, tmp_path: Path) -> None:
    with open_network(browser, tmp_path, draw_large(2000, 50), address="#shading=on", **STILL) as visit:
        assert visit.text("#count") == "Showing 2000 of 2000 bodies and 1999 of 1999 statements"
        assert count_colors(visit, (227, 238, 251))[0] > 1000
