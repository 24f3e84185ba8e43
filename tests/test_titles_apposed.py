"""Titles that commas, dashes or a body set apart, and what is none."""

from __future__ import annotations

import pytest

from graph.extractors.titles_apposed import apposed_titles, surnamed_titles, title_of_body


@pytest.mark.parametrize(
    ("view", "titles"),
    [
        ("A report by Dock Aid, Care in Crisis, came out.", [("Care in Crisis", False)]),
        ("A report entitled Care in small letters, came out.", [("Care in small letters", True)]),
        ("Making it Happen is available from us.", [("Making it Happen", False)]),
        ("The report on Changes to Care Homes came out.", [("Changes to Care Homes", True)]),
        ("A report by Ben Hale, Moira Hunt and others came out.", []),
        ("Care in Crisis came out.", []),
    ],
)
def test_titles_go_with_a_kind_of_paper(view: str, titles: list[tuple[str, bool]]) -> None:
    assert [(view[a:b], clear) for a, b, clear in apposed_titles(view)] == titles


@pytest.mark.parametrize(
    ("view", "title"),
    [
        ("Dock Aid's The Case for Care says so.", "The Case for Care"),
        ("Dock Aid's State of the Sector 2014-15 says so.", "State of the Sector 2014-15"),
        ("Dock Aid's Head of the Care Team says so.", None),
        ("Dock Aid's Housing and Transport Strategies say so.", None),
        ("Dock Aid's staff say so.", None),
    ],
)
def test_title_follows_a_body(view: str, title: str | None) -> None:
    span = title_of_body(view, len("Dock Aid"))
    assert (view[slice(*span)] if span else None) == title


def test_review_bears_the_surname_of_somebody_named() -> None:
    view = "The Hale review and the Treasury review agree."
    assert [view[a:b] for a, b in surnamed_titles(view, f"Dame Moira Hale spoke. {view}")] == ["Hale review"]
    assert not list(surnamed_titles(view, view))
