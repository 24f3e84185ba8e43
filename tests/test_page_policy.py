"""The policy of the network page stops what was written into it and what a script might try."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.draw import draw_network, write_page
from graph.network import project_network
from tests.network_store import make_store
from tests.page_visits import STATES, Visit, walk_states

pytestmark = pytest.mark.browser

BREAKS = {
    "inline handler": "<b id=x onclick='window.hacked = 1'>x</b>",
    "script": "<script>window.hacked = 1</script>",
    "style": "<style>body { display: none }</style>",
    "style attribute": "<b id=x style='color: red'>x</b>",
    "image": "<img src='https://example.org/x.png'>",
    "frame": "<iframe src='https://example.org/'></iframe>",
    "object": "<object data='https://example.org/x.swf'></object>",
    "base": "<base href='https://example.org/'>",
    "font": "<link rel=stylesheet href='https://example.org/x.css'>",
    "form": "<form id=x action='https://example.org/'><button>x</button></form>",
}

ACTS = {
    "fetch": "fetch('https://example.org/').catch(() => 0)",
    "evaluation": "setTimeout(() => (window.hacked = (0, eval)('1')))",
    "function of text": "setTimeout(() => new Function('window.hacked = 1')())",
    "late script": "make('script', { text: 'window.hacked = 1' })",
    "late style": "make('style', { textContent: 'body { display: none }' })",
    "late handler": "make('b', {}).setAttribute('onclick', 'hacked = 1'), document.body.lastChild.click()",
    "late image": "make('img', { src: 'https://example.org/x.png' })",
    "beacon": "navigator.sendBeacon('https://example.org/')",
    "socket": "setTimeout(() => new WebSocket('wss://example.org/'))",
    "worker": "setTimeout(() => new Worker('data:text/javascript,1'))",
    "address of script": "make('a', { href: 'javascript:window.hacked=1' }).click()",
}

MAKE = """const make = (name, about) => {
  const made = Object.assign(document.createElement(name), about);
  document.body.append(made);
  return made;
};"""


@pytest.mark.parametrize("kind", BREAKS)
def test_policy_stops_what_is_written_into_the_page(browser: Browser, tmp_path: Path, kind: str) -> None:
    write_page(draw_network(project_network(make_store())), tmp_path / "network.html")
    page = (tmp_path / "network.html").read_text(encoding="utf-8")
    (tmp_path / "bad.html").write_text(page.replace("</body>", BREAKS[kind] + "</body>"), encoding="utf-8")
    visit = Visit(browser, tmp_path / "bad.html")
    visit.page.evaluate("document.querySelector('#x, #x button')?.click()")
    visit.page.evaluate("document.querySelector('form#x')?.requestSubmit()")
    visit.page.wait_for_timeout(200)
    assert_stopped(visit)


@pytest.mark.parametrize("kind", ACTS)
def test_policy_stops_what_a_script_might_try(visit: Visit, kind: str) -> None:
    visit.page.evaluate(f"() => {{ {MAKE} {ACTS[kind]}; }}")
    visit.page.wait_for_timeout(200)
    assert_stopped(visit)
    visit.problems.clear()


def assert_stopped(visit: Visit) -> None:
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.evaluate("getComputedStyle(document.body).display") != "none"
    assert visit.page.locator("h1").is_visible()
    refusals = [problem for problem in visit.problems if "Content Security Policy" in problem]
    assert refusals, "the browser says that it refused"
    asked = [problem.split(": ", 1)[1] for problem in visit.problems if problem.startswith("request")]
    assert set(asked) <= set(visit.refused), "the browser asked nobody"


def test_no_state_of_the_page_breaks_its_own_policy(visit: Visit) -> None:
    """Neither vis-network nor we set styles or run script that the policy refuses: it would be told."""
    assert [name for name in walk_states(visit)] == list(STATES)
    policy = visit.page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "unsafe" not in policy
    assert "http" not in policy
    assert visit.problems == []
