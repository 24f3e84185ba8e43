from __future__ import annotations

from tests.organisation_reading import find


def test_company_goes_by_its_first_word() -> None:
    text = "Acme Care runs homes. They sold Acme last year."
    assert [m.text for m in find(text)] == ["Acme Care", "Acme"]


def test_place_goes_for_its_council_only_where_it_acts() -> None:
    text = "Surrey County Council met. Surrey's decision stands. People in Surrey's towns like Surrey."
    assert [m.text for m in find(text)] == ["Surrey County Council", "Surrey"]


def test_short_name_alone_is_nothing() -> None:
    assert find("They sold Acme last year. Surrey's decision stands.") == []


def test_name_is_found_again_where_the_next_word_hides_it() -> None:
    text = "Acme Care runs homes. Acme Care Awarded New Work"
    assert [m.text for m in find(text)] == ["Acme Care", "Acme Care"]
