"""Groups on the network page: marked, folded, listed; what holds them together; letting them settle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page_networks import count_colors, link, make_clusters, open_network
from tests.page_visits import Visit, count_inks, find_chromium

pytestmark = pytest.mark.browser

STILL = {"reduced_motion": "reduce"}
ALL = "Showing 15 of 15 bodies and 28 of 28 statements"
FOLDED = "Showing 15 of 15 bodies, 6 of them in 1 folded group, and 28 of 28 statements"
TINTS = [(227, 238, 251), (253, 236, 217), (226, 243, 234)]


@pytest.fixture
def clusters(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    with open_network(browser, tmp_path, make_clusters(6, 5, 4), **STILL) as visit:
        yield visit


def press(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).click()


def test_groups_are_listed_with_their_size_largest_first(clusters: Visit) -> None:
    rows = clusters.page.locator("#groups > li")
    assert [row.split("\n")[:2] for row in rows.all_inner_texts()] == [
        ["Group around A 0 and A 1", "6 bodies"],
        ["Group around B 0 and B 1", "5 bodies"],
        ["Group around C 0 and C 1", "4 bodies"],
    ]
    assert "more often named together with one another than with others" in clusters.text("#groups-section")


def test_marked_groups_have_areas_and_names_and_a_legend(clusters: Visit) -> None:
    assert count_colors(clusters, *TINTS) == [0, 0, 0]
    press(clusters, "Mark groups")
    assert min(count_colors(clusters, *TINTS)) > 1000
    assert "tinted area" in clusters.text("#key")
    assert "shading=on" in clusters.page.url
    press(clusters, "Mark groups")
    assert count_colors(clusters, *TINTS) == [0, 0, 0]
    assert "tinted area" not in clusters.text("#key")


def test_name_of_a_marked_group_opens_it(clusters: Visit) -> None:
    press(clusters, "Mark groups")
    clusters.page.locator("#groups .body").first.click()
    assert clusters.text("#panel h2") == "Group around A 0 and A 1"
    members = clusters.page.locator("#panel .member .body").all_inner_texts()
    assert members[:6] == ["A 0", "A 1", "A 2", "A 3", "A 4", "A 5"]
    panel = clusters.text("#panel")
    assert "Statements within it 10" in panel
    assert "Statements to bodies outside it 2" in panel
    assert "A 1 funds A 0." in panel
    assert "members=0" in clusters.page.url


def test_only_shows_one_group_and_all_brings_the_others_back(clusters: Visit) -> None:
    press(clusters, "Show only Group around B 0 and B 1")
    assert clusters.text("#count") == "Showing 5 of 15 bodies and 8 of 28 statements"
    assert "group=1" in clusters.page.url
    press(clusters, "Show all groups again")
    assert clusters.text("#count") == ALL


def test_folded_group_is_one_shape_with_its_statements_in_bundles(clusters: Visit) -> None:
    press(clusters, "Fold Group around A 0 and A 1")
    assert clusters.text("#count") == FOLDED
    clusters.click_centre()
    assert clusters.text("#panel h2") == "Group around A 0 and A 1"
    assert "ring: a folded group" in clusters.text("#key")
    assert clusters.page.locator("#panel .member .body").count() >= 6
    clusters.page.locator("#panel").get_by_role("button", name="Unfold").click()
    assert clusters.text("#count") == ALL


def test_line_of_a_folded_group_tells_all_its_statements(browser: Browser, tmp_path: Path) -> None:
    address = "#folded=0~1&group=&line=group:0~group:1~asserted"
    with open_network(browser, tmp_path, make_clusters(6, 5), address=address, **STILL) as visit:
        assert visit.text("#panel h2") == "2 statements"
        panel = visit.text("#panel")
        for words in ("between Group around A 0", "A 0 regulates B 0.", "A 0 audits B 0.", "Proposed"):
            assert words in panel
        visit.page.locator("#panel p .body").first.click()
        assert visit.text("#panel h2") == "Group around A 0 and A 1"


def test_fold_all_and_back_is_undone_by_the_browser(clusters: Visit) -> None:
    press(clusters, "Fold all")
    assert clusters.text("#count") == "Showing 15 of 15 bodies in 3 folded groups and 28 of 28 statements"
    press(clusters, "Show bodies")
    assert clusters.text("#count") == ALL
    clusters.page.go_back()
    assert "in 3 folded groups" in clusters.text("#count")


def test_search_and_list_reach_what_is_folded(clusters: Visit) -> None:
    press(clusters, "Fold all")
    clusters.page.click("#show-table")
    assert clusters.page.locator("#rows tr").count() == 28
    clusters.page.click("#show-picture")
    clusters.page.fill("#search", "B 3")
    clusters.page.keyboard.press("Enter")
    assert clusters.text("#panel h2") == "B 3"
    assert "10 of them in 2 folded groups" in clusters.text("#count")


def test_body_that_is_folded_away_is_selected_as_its_group(clusters: Visit) -> None:
    clusters.page.fill("#search", "C 2")
    clusters.page.keyboard.press("Enter")
    press(clusters, "Fold Group around C 0 and C 1")
    assert clusters.text("#panel h2") == "Group around C 0 and C 1"


def test_link_brings_back_what_was_folded_marked_and_selected(browser: Browser, tmp_path: Path) -> None:
    address = "#folded=0&shading=on&members=1"
    with open_network(browser, tmp_path, make_clusters(6, 5, 4), address=address, **STILL) as visit:
        assert visit.text("#count") == FOLDED
        assert visit.text("#panel h2") == "Group around B 0 and B 1"
        assert visit.page.get_by_role("button", name="Mark groups").get_attribute("aria-pressed") == "true"


def test_counts_are_kept_for_each_way(browser: Browser, tmp_path: Path) -> None:
    """Two statements one way and one the other: both numbers, not three; the words say so too."""
    network = make_clusters(3)
    for predicate in ("audits", "directs", "regulates"):
        link(network, "A 1", "A 2", predicate)
    link(network, "A 2", "A 1", "funds")
    with open_network(browser, tmp_path, network, **STILL) as visit:
        drawn = spy_on_texts(visit)
        assert "3" in drawn
        assert "1" in drawn
        assert "4" not in drawn


def spy_on_texts(visit: Visit) -> set[str]:
    """Return every text that the next redraw writes into the picture."""
    script = """() => new Promise((done) => {
        const texts = [], write = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            texts.push(text); return write.call(this, text, ...rest); };
        document.getElementById("zoom-fit").click();
        setTimeout(() => { CanvasRenderingContext2D.prototype.fillText = write; done(texts); }, 300);
    })"""
    return set(visit.page.evaluate(script))


def test_folded_group_is_named_with_its_size(clusters: Visit) -> None:
    press(clusters, "Fold Group around A 0 and A 1")
    press(clusters, "Show only Group around B 0 and B 1")
    press(clusters, "Show all groups again")
    texts = spy_on_texts(clusters)
    assert {"6", "Group around A 0 and", "A 1 (6 bodies)"} <= texts


def test_size_shows_betweenness_when_asked(clusters: Visit) -> None:
    before = clusters.page.locator("#picture").screenshot()
    clusters.page.select_option("#sizes", "betweenness")
    assert clusters.page.locator("#picture").screenshot() != before
    assert "shortest way between two others" in clusters.text("#key")
    assert "sizes=betweenness" in clusters.page.url


def test_go_betweens_and_bridges_are_explained_only_when_marked(clusters: Visit) -> None:
    assert "go-between" not in clusters.text("#key")
    press(clusters, "Mark groups")
    assert "go-between" in clusters.text("#key")
    assert "double line" in clusters.text("#key")
    assert count_colors(clusters, (23, 89, 156))[0] > 20


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_bodies_settle_when_asked_and_are_put_back(browser: Browser, tmp_path: Path, motion: str) -> None:
    with open_network(browser, tmp_path, make_clusters(6, 5, 4), reduced_motion=motion) as visit:
        first = visit.page.locator("#picture").screenshot()
        assert visit.page.locator("#put-back").is_hidden()
        press(visit, "Let it settle")
        visit.page.wait_for_selector("#put-back:not([hidden])", timeout=20_000)
        settled = visit.page.locator("#picture").screenshot()
        assert settled != first
        visit.page.wait_for_timeout(500)
        assert visit.page.locator("#picture").screenshot() == settled, "it stops by itself"
        press(visit, "Put back")
        visit.page.mouse.move(5, 5)
        assert visit.page.locator("#put-back").is_hidden()
        visit.page.wait_for_timeout(200)
        assert visit.page.locator("#picture").screenshot() == first


def test_network_without_groups_offers_none(pair: Visit) -> None:
    """Two bodies are no group worth a name."""
    assert pair.page.locator("#groups-section").is_hidden()
    assert pair.page.locator("#mark-groups").is_hidden()


@pytest.mark.parametrize("flags", [["--disable-gpu", "--disable-webgl", "--disable-3d-apis"]])
def test_page_works_without_webgl(browser: Browser, tmp_path: Path, flags: list[str]) -> None:
    bare = browser.browser_type.launch(executable_path=find_chromium(), args=["--no-sandbox", *flags])
    with open_network(bare, tmp_path, make_clusters(6, 5, 4), **STILL) as visit:
        script = "document.createElement('canvas').getContext('webgl') === null"
        assert visit.page.evaluate(script)
        assert count_inks(visit) > 20
        press(visit, "Mark groups")
        assert count_colors(visit, TINTS[0])[0] > 1000
    bare.close()
