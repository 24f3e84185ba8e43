"""The sliders of the network page: time, years of operation, how sure."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page_filters import ALL, chips, month, move
from tests.page_visits import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("first", "last", "keep", "shown", "words"),
    [
        ("2006-01", "2007-06", False, "3 of 4 bodies and 2", "only January 2006 – June 2007"),
        (
            "2006-01",
            "2007-06",
            True,
            "4 of 4 bodies and 3",
            "only January 2006 – June 2007 or without a date",
        ),
        ("2004-03", "2006-05", False, "2 of 4 bodies and 2", "only March 2004 – May 2006"),
        ("2007-06", "2007-06", False, "2 of 4 bodies and 1", "only June 2007"),
    ],
)
def test_time_slider_keeps_what_was_written_then(
    dated: Visit, first: str, last: str, keep: bool, shown: str, words: str
) -> None:
    move(dated, "period-first", month(first))
    move(dated, "period-last", month(last))
    dated.page.set_checked("#undated", keep)
    assert dated.text("#count") == f"Showing {shown} of 4 statements"
    assert chips(dated) == [words]
    assert f"{shown[-1]} statement" in dated.text("#period output")
    dated.page.reload()
    dated.page.wait_for_selector("html[data-ready]")
    assert dated.text("#count") == f"Showing {shown} of 4 statements"


def test_time_slider_is_worked_with_keys_and_says_its_month(dated: Visit) -> None:
    assert "1 statement without a dated document" in dated.text("#period .note")
    first = dated.page.get_by_role("slider", name="From", exact=True)
    first.focus()
    dated.page.keyboard.press("ArrowRight")
    expect(dated.page.locator("#count")).to_contain_text("2 of 4 statements")
    assert first.get_attribute("aria-valuetext") == "April 2004"
    dated.page.keyboard.press("Home")
    expect(dated.page.locator("#count")).to_contain_text("4 of 4 statements")
    assert chips(dated) == []


def test_ends_of_the_time_slider_do_not_pass_each_other(dated: Visit) -> None:
    move(dated, "period-last", month("2005-01"))
    move(dated, "period-first", month("2007-01"))
    assert dated.page.input_value("#period-first") == str(month("2005-01"))


def test_without_two_dates_there_is_nothing_to_slide(pair: Visit) -> None:
    assert pair.page.locator("#time-section").is_hidden()
    assert pair.page.locator("#documents-section").is_hidden()


def test_bodies_in_operation_in_a_year(dated: Visit) -> None:
    dated.page.check("#running-on")
    dated.page.fill("#running-year", "2005")
    dated.page.keyboard.press("Enter")
    dated.page.wait_for_selector("#chosen li")
    assert chips(dated) == ["in operation in 2005"]
    assert dated.text("#count") == ALL, "a trust that ended in March 2005 was there in 2005"
    move(dated, "running-slider", 2000)
    assert dated.text("#count") == "Showing 2 of 4 bodies and 1 of 4 statements"
    assert dated.text("#running output") == "1 statement"
    assert "2 bodies without known dates always stay" in dated.text("#running .note")
    dated.page.uncheck("#running-on")
    dated.page.wait_for_selector("#chosen li", state="hidden")
    assert dated.text("#count") == ALL


@pytest.mark.parametrize(("percent", "left"), [(50, 3), (55, 2), (75, 1), (95, 0)])
def test_statements_that_are_sure_enough(dated: Visit, percent: int, left: int) -> None:
    move(dated, "sure-slider", percent)
    assert dated.text("#count").endswith(f"and {left} of 4 statements")
    assert chips(dated) == [f"at least {percent} % sure"]
    words = f"at least {percent} % · {left} statement{'' if left == 1 else 's'}"
    assert dated.text("#sure output") == words
