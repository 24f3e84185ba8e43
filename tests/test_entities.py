"""What is known about nodes: register before documents, the commonest name, the narrowest class."""

from __future__ import annotations

import pyoxigraph as ox

from graph.entities import describe_documents, describe_entities
from graph.terms import PROV
from graph.vocabulary import ID
from tests.network_store import StoreMaker, register_facts


def test_name_of_the_register_comes_before_those_of_documents() -> None:
    maker = StoreMaker()
    body = maker.entity("one", "organisation/ct-TBX", "named", type="NHSTrust", name="Its Old Name")
    maker.registered("organisation/ct-TBX", register_facts("Its Official Name"))
    about = describe_entities(maker.store, [body])[body]
    assert (about["label"], about["type"]) == ("Its Official Name", "CareTrust")
    assert about["other_names"] == ["Its Old Name"]


def test_commonest_name_of_the_documents_is_the_label() -> None:
    maker = StoreMaker()
    for slug, name in (("one", "Zeta Trust"), ("two", "Zeta Trust"), ("three", "Alpha Trust")):
        body = maker.entity(slug, "organisation/x", "named", type="NHSTrust", name=name)
    assert describe_entities(maker.store, [body])[body]["label"] == "Zeta Trust"


def test_entity_that_nothing_is_known_of_is_named_by_its_iri() -> None:
    iri = ID + "organisation/some-body"
    about = describe_entities(ox.Store(), [iri])[iri]
    assert (about["label"], about["type"], about["kind"]) == ("some body", "Organisation", "other")


def test_successors_are_read_from_the_newer_body() -> None:
    maker = StoreMaker()
    older = maker.registered("organisation/pct-5TB", register_facts("Older Trust")[:5])
    newer = maker.registered("organisation/ct-TBX", register_facts("Newer Trust"))
    about = describe_entities(maker.store, [older, newer])
    assert about[older]["successors"] == [
        {"name": "Newer Trust", "id": newer, "from": "2005-10-01", "until": ""}
    ]
    assert about[newer]["predecessors"][0]["name"] == "Older Trust"


def test_documents_are_those_typed_and_those_quoted() -> None:
    maker = StoreMaker()
    maker.document("typed", title="Typed", date="2006", link="https://example.org/")
    body = maker.entity("quoted", "organisation/a", "named", type="Charity", name="A")
    maker.claim("quoted", (body, "funds", body), ["A pays."])
    assert any(maker.store.quads_for_pattern(None, ox.NamedNode(PROV + "wasQuotedFrom"), None, None))
    assert list(describe_documents(maker.store).values()) == [
        {"title": "quoted", "date": "", "link": "", "document": ID + "document/quoted"},
        {"title": "Typed", "date": "2006", "link": "https://example.org/", "document": ID + "document/typed"},
    ]
