"""Look-up: bodies by any of their names, near misses with suggestions, shared names with choices."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import QueryError
from graph.lookup import find_body, find_document, find_place, label_node
from graph.results import Term
from graph.search.index import SearchIndex, make_index
from graph.terms import SKOS
from graph.vocabulary import ID
from tests.sample_graph import sample_store

TORBAY = "organisation/ct-TAL"
Finder = Callable[[Store, str, SearchIndex | None], NamedNode]


@cache
def sample_index() -> SearchIndex:
    return make_index(sample_store())


def test_a_name_to_the_letter_is_found_without_reading_all_names() -> None:
    store = Store()
    label, quick = NamedNode(SKOS + "prefLabel"), NamedNode(ID + "organisation/quick-trust")
    store.add(Quad(quick, label, Literal("Quick Trust")))
    store.extend(Quad(NamedNode(f"{ID}organisation/x{n}"), label, Literal(f"X{n}")) for n in range(9))
    read = []

    class Watched:
        def quads_for_pattern(self, *pattern: Term | None) -> list[Quad]:
            found = list(store.quads_for_pattern(*pattern))  # type: ignore[arg-type] # any pattern
            read.extend(found)
            return found

    assert find_body(Watched(), "Quick Trust") == quick  # type: ignore[arg-type] # as a store does
    assert len(read) <= 1


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Torbay Care Trust", TORBAY),
        ("the torbay  care trust", TORBAY),
        ("NHS Torbay", TORBAY),
        ("TAL", TORBAY),
        ("E17000003", TORBAY),
        ("ct:TAL", TORBAY),
        ("ct-TAL", TORBAY),
        ("cgi:organisation/ct-TAL", TORBAY),
        (ID + TORBAY, TORBAY),
        ("DoH", "organisation/body-department-of-health"),
        ("Havering PCT", "organisation/pct-5A4"),
        ("Lowmoor Joint Forum", "organisation/lowmoor-joint-forum"),
        ("Primary Care Trusts", "collective/primary-care-trusts"),
    ],
)
def test_finds_a_body_by_any_name_with_an_index_and_without(name: str, found: str) -> None:
    assert find_body(sample_store(), name).value == ID + found
    assert find_body(sample_store(), name, sample_index()).value == ID + found


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Audit Comission", "no body is called 'Audit Comission' here; did you mean Audit Commission"),
        ("Havering", r"may be .*la-hav \(London Borough of Havering\), pct-5A4 \(Havering Primary"),
        ("zzz qqq", "list them with: caregraph ask OUT bodies"),
        ("", "no body is called ''"),
        ("x> y", "no body"),
        (ID + "organisation/nothing", "no body"),
        ("document/plan.txt", "no body"),
    ],
)
def test_guesses_no_body(name: str, message: str) -> None:
    for index in (None, sample_index()):
        with pytest.raises(QueryError, match=message):
            find_body(sample_store(), name, index)


def test_the_register_is_read_once_however_many_names_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryError):
        find_body(sample_store(), "nobody")
    monkeypatch.setattr("graph.register.load_register", None)
    with pytest.raises(QueryError, match="no body"):
        find_body(sample_store(), "nobody else")


@pytest.mark.parametrize(
    "name", ["minutes/june.txt", "june.txt", "june", "minutes/june", "Minutes of the June meeting"]
)
def test_finds_a_document_by_file_or_title(name: str) -> None:
    node = find_document(sample_store(), name)
    assert node.value == ID + "document/minutes/june.txt"
    assert find_document(sample_store(), name, sample_index()) == node
    assert label_node(sample_store(), node) == "Minutes of the June meeting"


def test_finds_a_place() -> None:
    for index in (None, sample_index()):
        assert find_place(sample_store(), "torbay", index).value == ID + "place/torbay"
    with pytest.raises(QueryError, match="did you mean Torbay"):
        find_place(sample_store(), "Torbya")


@pytest.mark.parametrize("find", [find_body, find_place, find_document])
@pytest.mark.parametrize("name", ["half \udcff", "\ud800", "\0"])
@pytest.mark.parametrize("indexed", [False, True])
def test_a_name_that_no_text_can_hold_names_nothing(find: Finder, name: str, *, indexed: bool) -> None:
    with pytest.raises(QueryError, match="is called"):
        find(sample_store(), name, sample_index() if indexed else None)
