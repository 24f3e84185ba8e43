"""The filters of the network page: what they keep, how they join, what they count, how they go."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from graph.draw import SCRIPTS
from graph.pages import PAGE
from tests.network_store import StoreMaker
from tests.page_filters import ALL, chips, counts, make_dated, month, move, tick
from tests.page_visits import HOSTILE, Visit, open_store

BROWSER = pytest.mark.browser


def test_no_two_scripts_use_the_same_name() -> None:
    """All of them share one scope, where the later of two functions of a name wins in silence."""
    texts = [(PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS if not name.startswith("vendor/")]
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", "\n".join(texts), flags=re.M)
    assert [name for name, count in Counter(names).items() if count > 1] == []


@BROWSER
def test_bodies_statements_and_relations_are_open_at_first(browser: Browser, tmp_path: Path) -> None:
    with open_store(browser, tmp_path, make_dated()) as visit:
        headings = visit.page.locator("#filters .section[open] > summary h2").all_inner_texts()
        assert headings[:3] == ["Bodies", "Statements", "Relations"]
        assert not {"Time", "How sure", "Documents"} & set(headings)
        closed = visit.page.locator("#filters .section:not([open]) > summary h2").all_inner_texts()
        assert {"Time", "How sure", "Documents"} <= set(closed)


@BROWSER
def test_counts_say_what_each_choice_would_give_under_the_others(dated: Visit) -> None:
    assert counts(dated, "relations") == {"funds": "2", "holds a post at": "1", "works with": "1"}
    tick(dated, "statuses", "Denied")
    assert counts(dated, "relations") == {"funds": "1", "holds a post at": "1", "works with": "1"}
    assert counts(dated, "statuses") == {"Stated as fact": "2", "Proposed": "1", "Denied": "1"}
    assert counts(dated, "types") == {"NHS and health": "1", "Councils and social care": "1", "People": "1"}
    tick(dated, "types", "People")
    assert counts(dated, "statuses") == {"Stated as fact": "1", "Proposed": "1", "Denied": "1"}
    assert counts(dated, "types")["People"] == "1"
    assert counts(dated, "documents") == {
        "Late report": "0",
        "Middle review": "1",
        "Early plan": "1",
        "Loose leaf": "0",
    }
    assert chips(dated) == ["without People", "without Denied"]


@BROWSER
def test_types_of_a_family_are_choices_of_their_own(dated: Visit) -> None:
    family = dated.page.locator("#types > li", has_text="NHS and health")
    family.locator("summary").click()
    dated.page.get_by_role("checkbox", name="Care trust", exact=True).uncheck()
    assert chips(dated) == ["without Care trust"]
    assert family.locator("> label input").evaluate("(box) => box.indeterminate")
    assert dated.text("#count") == "Showing 2 of 4 bodies and 1 of 4 statements"


@BROWSER
def test_bodies_by_how_they_are_named(dated: Visit) -> None:
    tick(dated, "kinds", "ringed")
    assert dated.text("#count") == "Showing 3 of 4 bodies and 3 of 4 statements"


@BROWSER
def test_one_document_alone_and_back(dated: Visit) -> None:
    dated.page.get_by_role("button", name="Show only Late report").focus()
    dated.page.keyboard.press("Enter")
    assert dated.text("#count") == "Showing 2 of 4 bodies and 1 of 4 statements"
    assert chips(dated) == ["only “Late report”"]
    assert "documents=only~" in dated.page.url
    dated.page.reload()
    dated.page.wait_for_selector("html[data-ready]")
    assert chips(dated) == ["only “Late report”"]
    dated.page.get_by_role("button", name="Take back: only “Late report”").click()
    assert dated.text("#count") == ALL


@BROWSER
def test_a_sentence_must_pass_both_time_and_document(browser: Browser, tmp_path: Path) -> None:
    """Two sentences of one statement, one in a hidden document and one outside the time, do not add up."""
    maker = StoreMaker()
    maker.document("one", title="Early plan", date="2004")
    maker.document("two", title="Late report", date="2007")
    bodies = [maker.entity("one", f"organisation/{n}", "named", type="CareTrust", name=n) for n in "ab"]
    for slug in ("one", "two"):
        maker.claim(slug, (bodies[0], "funds", bodies[1]), ["They do."])
    with open_store(browser, tmp_path, maker.store) as visit:
        for section in ("time-section", "documents-section"):
            visit.page.click(f"#{section} > summary")
        tick(visit, "documents", "Late report")
        assert visit.text("#count") == "Showing 2 of 2 bodies and 1 of 1 statements"
        move(visit, "period-first", 2007)
        assert visit.text("#count") == "Showing 0 of 2 bodies and 0 of 1 statements"
        assert counts(visit, "documents") == {"Late report": "1", "Early plan": "0"}


@BROWSER
def test_long_list_of_documents_can_be_searched_and_ordered(browser: Browser, tmp_path: Path) -> None:
    maker = StoreMaker()
    bodies = [maker.entity("d00", f"organisation/{n}", "named", type="CareTrust", name=n) for n in "ab"]
    for number in range(70):
        maker.document(f"d{number:02}", title=f"Report {number:02}", date=str(1950 + number))
        times = 3 if number == 5 else 1
        for role in range(times):
            maker.claim(f"d{number:02}", (bodies[0], "funds", bodies[1]), ["Yes."], role=f"{number} {role}")
    with open_store(browser, tmp_path, maker.store) as visit:
        visit.page.click("#documents-section > summary")
        items = visit.page.locator("#documents > li .name bdi")
        assert items.first.inner_text() == "Report 69"
        assert items.count() == 60
        assert visit.text("#documents-more") == "10 more: type a part of the title."
        visit.page.select_option("#documents-order", "count")
        assert items.first.inner_text() == "Report 05"
        visit.page.fill("#documents-search", "report 07")
        assert items.all_inner_texts() == ["Report 07"]
        tick(visit, "documents", "Report 07")
        assert chips(visit) == ["without “Report 07”"]
        visit.page.fill("#documents-search", "zzz")
        assert visit.text("#documents-more") == "No document of that title."


@BROWSER
def test_none_leaves_nothing_and_says_so(dated: Visit) -> None:
    dated.page.get_by_role("button", name="Show none of the bodies").click()
    assert chips(dated) == ["no type of body at all"]
    assert "No body is left under these filters." in dated.text("#notice")
    dated.page.get_by_role("button", name="Take all filters back").click()
    assert dated.text("#count") == ALL
    assert dated.text("#notice") == ""
    dated.page.get_by_role("button", name="Show none of the relations").click()
    tick(dated, "relations", "works with")
    assert chips(dated) == ["only works with"]
    dated.page.get_by_role("button", name="Show all of the relations").click()
    assert dated.text("#count") == ALL


@BROWSER
def test_reset_takes_everything_back(dated: Visit) -> None:
    tick(dated, "statuses", "Denied")
    move(dated, "period-first", month("2004-04"))
    move(dated, "sure-slider", 40)
    dated.page.check("#running-on")
    expect(dated.page.locator("#chosen li")).to_have_count(4)
    dated.page.click("#reset")
    assert chips(dated) == []
    assert dated.text("#count") == ALL
    assert dated.page.input_value("#sure-slider") == "0"
    assert dated.page.input_value("#period-first") == str(month("2004-03"))
    assert not dated.page.is_checked("#running-on")
    assert "#" not in dated.page.url


@BROWSER
def test_titles_and_names_in_the_filters_are_only_text(browser: Browser, tmp_path: Path) -> None:
    maker = StoreMaker()
    for number, text in enumerate(HOSTILE):
        maker.document(f"d{number}", title=text, date=text[:30])
        bodies = [
            maker.entity(f"d{number}", f"organisation/{number}{end}", "named", type="Charity", name=text)
            for end in "ab"
        ]
        maker.claim(f"d{number}", (bodies[0], "funds", bodies[1]), [text])
    with open_store(browser, tmp_path, maker.store) as visit:
        visit.page.click("#documents-section > summary")
        for only in visit.page.locator("#documents .only").all():
            only.focus()
            visit.page.keyboard.press("Enter")
            assert len(chips(visit)) == 1
        assert (
            visit.page.locator("#chosen script, #chosen img, #documents script, #documents img").count() == 0
        )
        assert visit.page.evaluate("window.hacked") is None
