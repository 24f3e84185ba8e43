"""The network page for everybody: without a mouse, read out, enlarged, in other colours, at rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.access_rules import COLOURS, PLACES, RULES, find_broken_rules
from tests.network_store import make_store
from tests.page_visits import MAIN_STATES, STATES, Visit, open_store, search_for, walk_states

pytestmark = pytest.mark.browser

WAYS: dict[str, dict[str, Any]] = {
    # the first two are looked at in every state and by every rule, the others in the main ones by theirs
    "as usual": {},
    "narrow and dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "dark": {"color_scheme": "dark"},
    "enlarged to 200 %": {"viewport": {"width": 700, "height": 450}, "device_scale_factor": 2},
    "enlarged to 400 %": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
    "more contrast": {"contrast": "more"},
    "own colours": {"forced_colors": "active", "color_scheme": "dark"},
}
RULES_OF = {
    "dark": COLOURS,
    "enlarged to 200 %": PLACES,
    "enlarged to 400 %": PLACES,
    "more contrast": COLOURS,
    "own colours": COLOURS,
}

TARGETS = "'a[href], button, input, select, summary, [role=option]'"
SMALL_TARGETS = f"""() => [...document.querySelectorAll({TARGETS})]
  .filter((one) => one.checkVisibility({{ opacityProperty: true }}) && !one.matches('.skip'))
  .map((one) => (one.type === 'checkbox' && one.closest('label')) || one)
  .filter((one) => getComputedStyle(one).display !== 'inline')
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 100)])
  .filter(([box]) => box.width < 24 || box.height < 24)
  .map(([box, html]) => `${{box.width}} x ${{box.height}}: ${{html}}`)"""

PARTS = "'html, #panel, #filters, #table-view, dialog'"
TOO_WIDE = f"""() => [...document.querySelectorAll({PARTS})]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.checkVisibility())
  .map((one) => `${{one.id || one.tagName}}: ${{one.scrollWidth}} of ${{one.clientWidth}}`)"""

CLIPPED = """() => [...document.querySelectorAll('button, label, h1, h2, h3, summary, th, td, p, dt, dd')]
  .filter((one) => one.checkVisibility({ opacityProperty: true }) && one.clientWidth)
  .filter((one) => !one.closest('.unseen'))
  .filter((one) => getComputedStyle(one).overflow !== 'visible' && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 100))"""

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
)


@contextmanager
def open_way(browser: Browser, folder: Path, way: str) -> Iterator[Visit]:
    """Open the page in one way of looking at it, with the policy off so that axe can be let in."""
    options = {"bypass_csp": True, "reduced_motion": "reduce", **WAYS[way]}
    with open_store(browser, folder, make_store(), **options) as opened:
        yield opened


@pytest.mark.parametrize("way", WAYS)
def test_no_state_breaks_a_rule(browser: Browser, tmp_path: Path, way: str) -> None:
    """Rules of axe-core; and nothing needs two-way scrolling, nor is too small to hit."""
    found = []
    with open_way(browser, tmp_path, way) as visit:
        for state in walk_states(visit, STATES if way in list(WAYS)[:2] else MAIN_STATES):
            broken = list(find_broken_rules(visit.page, RULES_OF.get(way, RULES)))
            small = [("target", target) for target in visit.page.evaluate(SMALL_TARGETS)]
            wide = [("reflow", part) for part in visit.page.evaluate(TOO_WIDE)]
            found += [(state, *one) for one in broken + small + wide]
    assert found == []


@pytest.mark.parametrize("way", list(WAYS)[:2])
def test_wider_spacing_of_text_hides_nothing(browser: Browser, tmp_path: Path, way: str) -> None:
    """As WCAG 2.2, 1.4.12 has it."""
    found = []
    with open_way(browser, tmp_path, way) as visit:
        for state in walk_states(visit, MAIN_STATES):
            visit.page.add_style_tag(content=SPACING)
            found += [(state, lost) for lost in visit.page.evaluate(CLIPPED) + visit.page.evaluate(TOO_WIDE)]
    assert found == []


def test_parts_of_the_page_have_names(visit: Visit) -> None:
    for role, name in [
        ("banner", ""),
        ("main", ""),
        ("search", ""),
        ("complementary", "Legend and filters"),
        ("application", "Network picture"),
    ]:
        assert visit.page.get_by_role(role, name=name or None).count() >= 1, role  # type: ignore[arg-type]
    assert visit.page.get_by_role("heading", level=1).count() == 1


def test_counts_are_told_once_they_rest_and_only_when_they_change(visit: Visit) -> None:
    visit.page.evaluate(
        """() => { window.told = []; const line = document.getElementById('spoken');
        const watch = new MutationObserver(() => window.told.push(line.textContent));
        watch.observe(line, { childList: true }); }"""
    )
    box = visit.page.locator("#statuses input").first
    for _ in range(3):
        box.click()
    visit.page.wait_for_function("() => window.told.length")
    visit.page.locator("#reset").click()
    visit.page.wait_for_function("() => window.told.length > 1")
    visit.page.locator("#reset").click()
    visit.page.wait_for_timeout(1000)
    told = visit.page.evaluate("window.told")
    assert len(told) == 2
    assert told[0].startswith("Showing 3 of 4 bodies and 2 of 4")
    assert told[1] == visit.text("#count")


def test_list_has_the_same_filters_as_the_picture(visit: Visit) -> None:
    visit.page.click("#show-table")
    for number, status in enumerate(("Stated", "Proposed", "Denied")):
        visit.page.locator("#statuses > li", has_text=status).locator("> label input").uncheck()
        assert visit.page.locator("#rows tr").count() == (2, 1, 0)[number]


def test_nothing_moves_for_those_who_asked_for_that(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_store(), reduced_motion="reduce") as visit:
        search_for(visit, "TBT")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_timeout(60)  # two frames: the picture is where it will stay
        first = visit.page.screenshot()
        visit.page.wait_for_timeout(400)
        assert visit.page.screenshot() == first
        assert visit.page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize(("scheme", "ink"), [("dark", 255), ("light", 0)])
def test_picture_has_the_own_colours_of_the_reader(
    browser: Browser, tmp_path: Path, scheme: str, ink: int
) -> None:
    options = {"forced_colors": "active", "color_scheme": scheme}
    with open_store(browser, tmp_path, make_store(), **options) as visit:
        colours = visit.page.evaluate(
            """() => { const canvas = document.querySelector('#picture canvas');
            const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            let inked = 0, coloured = 0;
            for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
              const [r, g, b] = data.slice(i, i + 3);
              inked += r === INK && g === INK && b === INK;
              coloured += Math.max(r, g, b) - Math.min(r, g, b) > 8;
            } return [inked, coloured]; }""".replace("INK", str(ink))
        )
        assert colours[0] > 500
        assert colours[1] == 0


def test_change_of_colours_is_followed_at_once(visit: Visit) -> None:
    picture = visit.page.locator("#picture")
    seen = [picture.screenshot()]
    changes: list[dict[str, Any]] = [
        {"color_scheme": "dark"},
        {"contrast": "more"},
        {"forced_colors": "active"},
    ]
    for change in changes:
        visit.page.emulate_media(**change)
        visit.page.wait_for_timeout(100)
        seen.append(picture.screenshot())
    assert len(set(seen)) == 4
