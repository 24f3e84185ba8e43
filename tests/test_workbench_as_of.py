"""Pages of nodes as of a day."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.workbench_site import (
    PCTS,
    TRUST,
    find_links,
    read_text,
)


def test_as_of_leaves_out_later_documents_and_says_so(client: TestClient) -> None:
    whole, then = client.get(PCTS).text, client.get(PCTS + "?as_of=2006").text
    assert "A power that few use" in whole
    assert "A power that few use" not in then
    text = read_text(then)
    assert "As of 2006." in text
    assert "statements of later or undated documents are left out" in text
    assert "as of 2006)</title>" in then


def test_as_of_is_kept_in_all_links_and_can_be_cleared(client: TestClient) -> None:
    page = client.get(TRUST + "?as_of=2004&status=asserted").text
    for link in find_links(page, "/id/"):
        assert "as_of=2004" in link or link.startswith(TRUST + "?"), link
    for path in ("/questions", "/compare", "/statistics"):
        assert f"{path}?as_of=2004" in find_links(page, path)[0]
    assert TRUST + "?status=asserted" in find_links(page, TRUST)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2004", "It did not exist yet."),
        ("2014-05", "It no longer existed."),
        ("2010-01-01", "It may have existed then: dates not verified."),
    ],
)
def test_as_of_says_whether_the_body_existed(client: TestClient, day: str, words: str) -> None:
    assert words in read_text(client.get(f"{TRUST}?as_of={day}").text)


def test_bodies_that_did_not_exist_then_are_marked(client: TestClient) -> None:
    page = read_text(client.get("/id/organisation/la-tob?as_of=2004").text)
    assert "Torbay Care Trust did not exist yet" in page


@pytest.mark.parametrize("day", ["yesterday", "2006-13", "2006-02-30", "'><script>", "99999"])
def test_wrong_day_is_told_and_everything_shown(client: TestClient, day: str) -> None:
    page = client.get(TRUST, params={"as_of": day}).text
    assert "is no date, so everything is shown" in page
    assert "<script>" not in page
    assert "Phil Green" in page
