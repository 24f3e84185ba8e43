"""The page of an explanation: what it says, its safety, its colours, and how it works in a real browser."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.errors import StoreError
from graph.explain_page import draw_explanation, write_explanation
from graph.pages import PAGE
from tests.explained_sample import HOSTILE, explain_hostile, explain_letter, explain_minutes, explain_misses
from tests.test_report import luminance

FILTERS = {"all": (7, True), "relations": (7, False), "misses": (0, False), "bodies": (0, True)}
"""What each choice shows: sentences, and whether the table of bodies."""


def read_text(page: str) -> str:
    """Return what a reader sees, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page[page.index("<body>") :])).split())


def test_page_tells_everything_in_words() -> None:
    seen = read_text(draw_explanation(explain_minutes()) + draw_explanation(explain_letter()))
    for words in (
        "10 relations: 8 stated as fact, 1 proposed, 1 denied; 0 possible misses",
        "Ann Marsh #1 holds a post at Torbay Care Trust #2",
        "postHolderAt, as “chief executive”, confidence 0.75, found by “frame”",
        "not named here: county councils #4",
        "also in sentence 2",
        "Torbay Care Trust (ct:TAL), score 1.00, exact preferred name",
        "unsure: 2 bodies share this name",
        "Northern Ambulance (nhs:RX5)",
        "No possible miss.",
        "A body is named (“Kent County Council”)",
    ):
        assert words in seen, words


def test_possible_misses_are_listed_by_rank() -> None:
    page = draw_explanation(explain_misses(), only="misses")
    assert 'The likeliest first: <a href="#s2">2</a>, <a href="#s1">1</a>.' in page
    assert "likelihood that one was missed: 50%" in page
    assert "The likeliest first" not in draw_explanation(explain_minutes())


def test_every_link_within_the_page_leads_somewhere() -> None:
    page = draw_explanation(explain_minutes())
    targets = set(re.findall(r' id="([^"]*)"', page))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= targets
    assert len(re.findall(r' id="([^"]*)"', page)) == len(targets)


def test_text_never_becomes_markup() -> None:
    page = draw_explanation(explain_hostile())
    assert page.count(html.escape(HOSTILE[:28])) >= 12
    assert "<img" not in page
    assert "<script" not in page
    assert "javascript:" not in page
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", page)


def test_policy_allows_the_style_and_nothing_else() -> None:
    page = draw_explanation(explain_minutes())
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert style
    assert policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    rules = html.unescape(policy[1])
    assert rules.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "script-src" not in rules
    assert " style=" not in page, "the policy would ignore it"
    assert re.findall(r'<(?!a )[^>]*(?:src|href)="(?!data:,")[^"]*"', page) == []


def test_page_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "x.html").mkdir()
    with pytest.raises(StoreError, match=r"x\.html: cannot be written"):
        write_explanation(explain_minutes(), tmp_path / "x.html")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_are_legible(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", (PAGE / "explain.css").read_text(encoding="utf-8"), re.S)
    colors = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", blocks[scheme]))

    def contrast(one: str, other: str) -> float:
        darker, lighter = sorted((luminance(colors[one]), luminance(colors[other])))
        return (lighter + 0.05) / (darker + 0.05)

    grounds = ("ground", "surface", "tint")
    for text in ("ink", "soft", "accent", "asserted", "proposed", "negated"):
        assert min(contrast(text, ground) for ground in grounds) >= 4.5, text
    assert min(contrast("ink", "hint"), contrast("miss", "hint")) >= 4.5
    for mark in ("accent", "soft", "strong", "miss"):
        assert min(contrast(mark, "ground"), contrast(mark, "surface")) >= 3, mark


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_page_works_offline_without_script(browser: Browser, tmp_path: Path, width: int) -> None:
    problems: list[str] = []
    for name, explanation in (("minutes", explain_minutes()), ("hostile", explain_hostile())):
        write_explanation(explanation, tmp_path / f"{name}.html")
        context = browser.new_context(
            offline=True, java_script_enabled=True, viewport={"width": width, "height": 800}
        )
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text))
        page.on("dialog", lambda dialog: problems.append(dialog.message))
        page.on(
            "request", lambda request: problems.append(request.url) if request.url[:4] == "http" else None
        )
        page.goto((tmp_path / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width, "nothing runs off the side"
        context.close()
    assert problems == []


@pytest.mark.browser
@pytest.mark.parametrize("only", FILTERS)
def test_filter_works_by_keyboard_and_can_be_set_beforehand(
    browser: Browser, tmp_path: Path, only: str
) -> None:
    write_explanation(explain_minutes(), tmp_path / "page.html", only=only)
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())

    def count_shown() -> tuple[int, bool]:
        return page.locator("#sentences li:visible > .said").count(), page.locator("#bodies").is_visible()

    assert count_shown() == FILTERS[only]
    page.focus(f"#show-{only}")
    page.keyboard.press("ArrowRight")
    chosen = str(page.evaluate("document.querySelector('input:checked').id")).removeprefix("show-")
    assert chosen != only
    assert count_shown() == FILTERS[chosen]
    page.goto((tmp_path / "page.html").as_uri() + "#e2")
    assert page.locator("#e2").is_visible(), "a link leads to what the filter hides"
    page.close()


@pytest.mark.browser
def test_page_has_landmarks_headings_and_named_choices(browser: Browser, tmp_path: Path) -> None:
    write_explanation(explain_letter(), tmp_path / "page.html")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    for role, name in (
        ("navigation", "What to show"),
        ("region", "Sentence by sentence"),
        ("region", "Bodies and others"),
        ("group", "Show"),
        ("radio", "possible misses"),
        ("list", "Mentions in sentence 2"),
        ("heading", "On letter.txt"),
    ):
        assert page.get_by_role(role, name=name).count() == 1, (role, name)  # type: ignore[arg-type]
    assert page.get_by_role("main").count() == page.get_by_role("banner").count() == 1
    page.close()
