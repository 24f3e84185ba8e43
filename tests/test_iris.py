"""IRIs: valid, the same for the same thing, and never one for two things."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import URIRef

from graph.iris import (
    SLUG_LENGTH,
    document_graph_iri,
    document_iri,
    document_path,
    entity_iri,
    fold_name,
    hash_parts,
    hashed_iri,
    local_entity_iri,
    register_iri,
    role_iri,
    slug_name,
)
from graph.register import load_register

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
likely = st.text("aAbB éÉ&+-–'’., the", max_size=12)
either = st.one_of(names, likely)


def test_same_slug_for_two_spellings_of_one_name() -> None:
    spellings = [
        "St. Mary's & District Trust",
        "the st marys and  district trust",
        "St Mary’s & District–Trust",
    ]
    assert {slug_name(spelling) for spelling in spellings} == {"st-marys-and-district-trust"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C Care", "C++ Care"),
        ("Ward 12", "Ward 1.2"),
        ("Care Trust", "Care Trusts"),
        ("健康", "医療"),
        ("健康", ""),
        ("x" * SLUG_LENGTH + "a", "x" * SLUG_LENGTH + "b"),
        ("Leeds and York", "Leeds or York"),
    ],
)
def test_different_slugs_for_different_names(one: str, other: str) -> None:
    assert slug_name(one) != slug_name(other)


@given(either, either)
def test_slugs_are_equal_exactly_when_folded_names_are(one: str, other: str) -> None:
    assert (slug_name(one) == slug_name(other)) == (fold_name(one) == fold_name(other))


@given(either)
def test_folding_twice_changes_nothing_but_a_second_article(name: str) -> None:
    folded = fold_name(name)
    assert folded.startswith("the ") or fold_name(folded) == folded


@given(either)
def test_every_iri_is_valid_and_has_no_odd_character(name: str) -> None:
    iris = [
        document_iri(name),
        document_graph_iri(name),
        entity_iri("named", "CareTrust", name),
        local_entity_iri("unnamed", "CareTrust", name, name),
        register_iri(f"ct:{name}"),
        role_iri(name),
        hashed_iri("claim", name),
    ]
    for iri in iris:
        assert iri.isascii()
        assert NamedNode(iri).value == iri
        assert URIRef(iri).n3() == f"<{iri}>"


@given(either, either)
def test_two_documents_never_share_an_iri(one: str, other: str) -> None:
    assert (document_iri(one) == document_iri(other)) == (one == other)
    assert unquote(document_path(one)) == one


def test_a_document_cannot_climb_out_of_its_folder() -> None:
    assert document_iri("../../x/./.txt").endswith("/id/document/%2E%2E/%2E%2E/x/%2E/.txt")


@given(st.lists(either, max_size=3), st.lists(either, max_size=3))
def test_hashes_tell_where_one_part_ends_and_the_next_begins(one: list[str], other: list[str]) -> None:
    assert (hash_parts(*one) == hash_parts(*other)) == (one == other)


def test_half_a_surrogate_in_a_name_is_no_crash() -> None:
    assert NamedNode(document_iri("a\udcff.txt")).value.isascii()
    assert hash_parts("\udcff") != hash_parts("\udcfe")


def test_no_two_bodies_of_the_register_share_an_iri() -> None:
    ids = [body.id for body in load_register()]
    assert len({register_iri(identifier) for identifier in ids}) == len(ids) > 2000


@pytest.mark.parametrize(
    ("kind", "type_name", "folder"),
    [
        ("named", "CareTrust", "organisation"),
        ("unnamed", "CareTrust", "organisation"),
        ("collective", "CareTrust", "collective"),
        ("other", "Person", "person"),
        ("other", "Publication", "publication"),
        ("other", "Legislation", "legislation"),
        ("other", "Programme", "programme"),
        ("other", "Place", "place"),
    ],
)
def test_folder_by_kind_of_entity(kind: str, type_name: str, folder: str) -> None:
    assert entity_iri(kind, type_name, "A B") == f"https://w3id.org/caregraph/id/{folder}/a-b"
    assert local_entity_iri(kind, type_name, "d/e.txt", "a-b").endswith(f"/id/{folder}/d/e.txt/a-b")
