"""The filters of the network page over four statements, and hands to move them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser

from graph.terms import XSD
from graph.vocabulary import CG
from tests.network_store import StoreMaker
from tests.page_visits import Visit, open_store

DAY = ox.NamedNode(XSD + "date")

ALL = "Showing 4 of 4 bodies and 4 of 4 statements"


def make_dated() -> ox.Store:
    """Return four statements, of 2004, 2006, 2007 and of no date, about bodies of which two have dates."""
    maker = StoreMaker()
    for slug, title, date in (
        ("one", "Early plan", "2004-03"),
        ("two", "Middle review", "2006"),
        ("three", "Late report", "2007-06-15"),
        ("four", "Loose leaf", ""),
    ):
        maker.document(slug, title=title, date=date)
    trust = maker.entity("one", "organisation/alpha", "named", type="CareTrust", name="Alpha Trust")
    council = maker.entity("one", "organisation/beta", "named", type="CountyCouncil", name="Beta Council")
    person = maker.entity("three", "person/ann-lee", "named", type="Person", name="Ann Lee")
    trusts = maker.entity("four", "collective/pcts", "collective", type="PrimaryCareTrust", name="PCTs")
    since, until = ox.Literal("2001-04-01", datatype=DAY), ox.Literal("2005-03-31", datatype=DAY)
    maker.registered("organisation/alpha", [(CG + "validFrom", since), (CG + "validUntil", until)])
    maker.registered("organisation/beta", [(CG + "validFrom", ox.Literal("1974-04-01", datatype=DAY))])
    maker.claim("one", (trust, "funds", council), ["Alpha pays Beta."], confidence="0.9")
    maker.claim("two", (trust, "worksWith", council), ["They may."], status="proposed", confidence="0.5")
    maker.claim("three", (person, "postHolderAt", trust), ["Ann Lee chairs Alpha."], confidence="0.7")
    maker.claim("four", (council, "funds", trusts), ["It pays none."], status="negated", confidence="0.3")
    return maker.store


@pytest.fixture
def dated(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    with open_store(browser, tmp_path, make_dated()) as opened:
        for section in ("time-section", "sure-section", "documents-section"):
            opened.page.click(f"#{section} > summary")
        yield opened


def move(visit: Visit, slider: str, value: int) -> None:
    """Move a slider as a pointer does, and wait for the picture."""
    script = """([id, value]) => { const s = document.getElementById(id); s.value = value;
        s.dispatchEvent(new Event('input', { bubbles: true })); }"""
    visit.page.evaluate(script, [slider, value])
    visit.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:]) - 1


def counts(visit: Visit, group: str) -> dict[str, str]:
    """Return what stands beside each choice of a filter, by the first words of the choice."""
    items = visit.page.locator(f"#{group} > li").all()
    return {
        item.locator(".name bdi").first.inner_text(): item.locator("output").first.inner_text()
        for item in items
    }


def chips(visit: Visit) -> list[str]:
    return [text.removesuffix("×").strip() for text in visit.page.locator("#chosen li").all_inner_texts()]


def tick(visit: Visit, group: str, name: str) -> None:
    visit.page.locator(f"#{group} > li", has_text=name).locator("> label input").click()
