"""Finding a body on the network page: by any of its names, by a link, and back and forward again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser

from graph.terms import RDF, SKOS
from graph.vocabulary import CG
from tests.network_store import Facts, StoreMaker
from tests.page_visits import Visit, open_store

pytestmark = pytest.mark.browser

ALL = "Showing 7 of 7 bodies and 6 of 6 statements"


def make_bodies() -> ox.Store:
    """Return a department in the middle of a council, a trust with a code, a person, a report and a place."""
    maker = StoreMaker()
    maker.document("one", title="One", date="2006")
    bodies = {
        "organisation/department-of-health": (
            "GovernmentDepartment",
            "Department of Health",
            ["the ministry"],
        ),
        "organisation/exmoor": ("CountyCouncil", "Exmoor County Council", ["ECC"]),
        "organisation/ct-TBX": ("CareTrust", "Torbridge Care Trust", ["Torbridge NHS"]),
        "person/ann-lee": ("Person", "Ann Lee", []),
        "publication/joint-working": ("Publication", "A guide to joint working", []),
        "place/devon": ("Place", "Devon", []),
        "organisation/a~b": ("Charity", "Tilde & Sons = “100 %”", []),
    }
    made = [
        maker.entity("one", key, "named", type=type_, name=name, aliases=aliases)
        for key, (type_, name, aliases) in bodies.items()
    ]
    code = ox.Literal("TBX", datatype=ox.NamedNode(CG + "odsCode"))
    facts: Facts = [(RDF + "type", ox.NamedNode(CG + "CareTrust")), (SKOS + "notation", code)]
    maker.registered(
        "organisation/ct-TBX", [*facts, (SKOS + "prefLabel", ox.Literal("Torbridge Care Trust"))]
    )
    for other in made[1:]:
        maker.claim("one", (made[0], "funds", other), [f"It pays {other}."])
    return maker.store


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    with open_store(browser, tmp_path, make_bodies()) as opened:
        yield opened


def follow(visit: Visit, link: str) -> None:
    """Open a link to the page anew, as from a message."""
    address = visit.page.url.split("#")[0]
    visit.page.goto("about:blank")
    visit.page.goto(f"{address}#{link}")
    visit.page.wait_for_selector("html[data-ready]")


def find(visit: Visit, name: str) -> None:
    visit.page.fill("#search", name)
    visit.page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("department of health", "Department of Health"),
        ("DoH", "Department of Health"),
        ("dh", "Department of Health"),
        ("ministry", "Department of Health"),
        ("ecc", "Exmoor County Council"),
        ("exmoor council", "Exmoor County Council"),
        ("council exm", "Exmoor County Council"),
        ("tbx", "Torbridge Care Trust"),
        ("orbridge", "Torbridge Care Trust"),
        ("lee", "Ann Lee"),
        ("joint working", "A guide to joint working"),
        ("dévon", "Devon"),
    ],
)
def test_first_suggestion(page: Visit, query: str, name: str) -> None:
    page.page.focus("#picture")
    page.page.keyboard.press("/")
    page.page.keyboard.type(query)
    assert page.page.locator("#suggestions li bdi").first.inner_text() == name
    page.page.keyboard.press("Enter")
    assert page.text("#panel h2") == name


def test_suggestions_are_walked_with_the_arrow_keys(page: Visit) -> None:
    page.page.fill("#search", "t")
    names = page.page.locator("#suggestions li > bdi").all_inner_texts()
    assert len(names) > 1
    page.page.keyboard.press("ArrowDown")
    active = page.page.get_attribute("#search", "aria-activedescendant")
    assert page.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.page.keyboard.press("Escape")
    assert page.page.locator("#suggestions").is_hidden()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")
    assert page.text("#panel h2") == names[1]


def test_body_that_filters_hide_is_shown_and_the_reader_told(page: Visit) -> None:
    page.page.locator("#types > li", has_text="People").locator("> label input").uncheck()
    find(page, "Ann Lee")
    assert page.text("#count") == ALL
    assert "The filters hid “Ann Lee”, so they were taken back." in page.text("#notice")
    page.page.go_back()
    assert page.text("#count") == "Showing 6 of 7 bodies and 5 of 6 statements"


@pytest.mark.parametrize(
    "link",
    [
        "body=organisation/ct-TBX",
        "body=organisation%2Fct-TBX",
        "body=https%3A//w3id.org/caregraph/id/organisation/ct-TBX",
        "body=https://w3id.org/caregraph/id/organisation/ct-TBX",
        "body=TBX",
        "body=tbx",
        "body=Torbridge%20Care%20Trust",
        "body=torbridge+care+trust",
        "body=Torbridge%2520Care%2520Trust",
        "body=Torbridge NHS",
        "body=organisation/ct-TBX.",
        "body=organisation/ct-TBX),",
        "body=TBX&types=Pers",
        "body=TBX&sure",
        "body=TBX&sure=a&from=20&group=9&near",
        "nonsense&&=&body=TBX",
    ],
)
def test_link_opens_the_body(page: Visit, link: str) -> None:
    follow(page, link)
    assert page.text("#panel h2") == "Torbridge Care Trust"
    assert page.text("#count") == ALL
    assert page.page.url.endswith("#body=organisation/ct-TBX")
    assert page.text("#notice") == ""


def test_link_survives_every_sign_in_a_name(page: Visit) -> None:
    find(page, "tilde")
    address = page.page.url
    follow(page, address.split("#")[1])
    assert page.text("#panel h2") == "Tilde & Sons = “100 %”"
    follow(page, "near=1~organisation/a%257Eb")
    assert page.text("#count").startswith("Showing 2 of 7")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("body=organisation/nothing&statuses=asserted", "The link asks for “organisation/nothing”"),
        ("body=organisation/ct-T", "The link asks for “organisation/ct-T”"),
        ("body=%3Cscript%3E&view=table", "The link asks for “<script>”"),
        ("way=organisation/exmoor~", "The link is not whole"),
        ("way=organisation/exmoor~place/de", "The link asks for “place/de”"),
        ("near=2~place/de", "The link asks for “place/de”"),
        ("body=%E0%A4%A", "The link asks for “%E0%A4%A”"),
    ],
)
def test_link_to_what_is_not_there_shows_the_whole_and_says_so(page: Visit, link: str, words: str) -> None:
    follow(page, link)
    assert words in page.text("#notice")
    assert page.text("#count") == ALL
    assert page.page.locator("#panel").is_hidden()
    page.page.get_by_role("button", name="Close this message").click()
    assert page.text("#notice") == ""


def test_back_and_forward_go_through_bodies_filters_and_views(page: Visit) -> None:
    steps: list[Callable[[], object]] = [
        lambda: find(page, "Ann Lee"),
        lambda: find(page, "Devon"),
        lambda: page.page.get_by_role("button", name="Show none of the statements").click(),
        lambda: page.page.locator("#types > li", has_text="Councils").locator("> label input").uncheck(),
        lambda: page.page.click("#show-table"),
        lambda: page.page.keyboard.press("Escape"),
        lambda: page.page.click("#reset"),
    ]
    seen = [look(page)]
    for step in steps:
        step()
        if look(page) != seen[-1]:
            seen.append(look(page))
    assert len(seen) > len(steps) - 1
    for before in reversed(seen[:-1]):
        page.page.go_back()
        assert look(page) == before
    for after in seen[1:]:
        page.page.go_forward()
        assert look(page) == after


def look(visit: Visit) -> tuple[str, ...]:
    """Return what a reader sees: the body that is open, the count, the filters, the view."""
    heading = visit.page.locator("#panel:not([hidden]) h2")
    open_body = heading.inner_text() if heading.count() else ""
    pressed = str(visit.page.get_attribute("#show-table", "aria-pressed"))
    return open_body, visit.text("#count"), *visit.page.locator("#chosen li").all_inner_texts(), pressed


def test_moving_a_slider_is_one_step_back(page: Visit) -> None:
    page.page.click("#sure-section > summary")
    page.page.focus("#sure-slider")
    for number in range(1, 5):
        page.page.keyboard.press("ArrowRight")
        page.page.wait_for_url(f"**#sure={number * 5 / 100}")
    page.page.go_back()
    assert "#sure" not in page.page.url
    assert page.page.input_value("#sure-slider") == "0"
