"""A built graph made by hand, as docs/model.md has it, for the tests of the network and its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from graph.terms import DCTERMS, FOAF, OA, PROV, RDF, SKOS, XSD
from graph.vocabulary import CG, GRAPH, ID, REGISTER_GRAPH

RDF_TYPE = RDF + "type"

Facts = list[tuple[str, ox.NamedNode | ox.Literal]]

COUNCIL = "organisation/exmoor-county-council"
TRUSTS = "collective/primary-care-trusts"


class StoreMaker:
    """Adds documents, entities, register bodies and claims to a store, numbered as they come."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.claims = 0

    def add(self, subject: str, facts: Facts, place: str) -> None:
        for predicate, value in facts:
            self.store.add(
                ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.NamedNode(place))
            )

    def document(self, slug: str, *, title: str, date: str = "", link: str = "") -> str:
        iri = f"{ID}document/{slug}"
        facts: Facts = [(RDF_TYPE, ox.NamedNode(CG + "Document")), (DCTERMS + "title", ox.Literal(title))]
        facts += [(DCTERMS + "date", ox.Literal(date, datatype=ox.NamedNode(XSD + "gYear")))] if date else []
        facts += [(FOAF + "page", ox.NamedNode(link))] if link else []
        self.add(iri, facts, GRAPH + "document/" + slug)
        return iri

    def entity(self, slug: str, key: str, kind: str, **about: Any) -> str:
        """Add an entity as one document knows it: ``type``, ``name`` and ``aliases``."""
        iri = ID + key
        leaf = ox.NamedNode(CG + about["type"])
        types: Facts = [(RDF_TYPE, leaf)]
        if kind == "collective":
            types = [(RDF_TYPE, ox.NamedNode(CG + "Collective")), (CG + "membersAre", leaf)]
        facts: Facts = [
            *types,
            (CG + "kind", ox.Literal(kind)),
            (SKOS + "prefLabel", ox.Literal(about["name"])),
        ]
        facts += [(SKOS + "altLabel", ox.Literal(alias)) for alias in about.get("aliases", ())]
        self.add(iri, facts, GRAPH + "document/" + slug)
        return iri

    def registered(self, key: str, facts: Facts) -> str:
        self.add(ID + key, facts, REGISTER_GRAPH)
        return ID + key

    def claim(self, slug: str, triple: tuple[str, str, str], quotes: Iterable[str], **about: Any) -> str:
        """Add a claim (subject, predicate, object) with its quotes: ``status``, ``role``, ``confidence``."""
        self.claims += 1
        iri = f"{ID}claim/{self.claims:06}"
        place = GRAPH + "document/" + slug
        facts: Facts = [
            (CG + "subject", ox.NamedNode(triple[0])),
            (CG + "predicate", ox.NamedNode(CG + triple[1])),
            (CG + "object", ox.NamedNode(triple[2])),
            (CG + "status", ox.NamedNode(CG + about.get("status", "asserted").capitalize())),
            (CG + "confidence", decimal(about.get("confidence", "0.8"))),
        ]
        facts += [(CG + "role", ox.Literal(about["role"]))] if "role" in about else []
        for number, quote in enumerate(quotes):
            evidence = f"{ID}evidence/{self.claims:06}-{number}"
            facts.append((CG + "evidence", ox.NamedNode(evidence)))
            self.add(evidence, quote_facts(quote, 100 * number, f"{ID}document/{slug}"), place)
        self.add(iri, facts, place)
        return iri


def quote_facts(quote: str, start: int, document: str) -> Facts:
    return [
        (OA + "exact", ox.Literal(quote)),
        (OA + "prefix", ox.Literal("In the year before, ")),
        (OA + "start", ox.Literal(str(start), datatype=ox.NamedNode(XSD + "nonNegativeInteger"))),
        (PROV + "wasQuotedFrom", ox.NamedNode(document)),
    ]


def decimal(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "decimal"))


def make_store(names: Mapping[str, str] | None = None) -> ox.Store:
    """Return a small graph: two documents, a trust of the register, councils, a person, three statuses.

    Args:
        names: other texts for ``trust``, ``alias``, ``quote``, ``title`` and ``link``.
    """
    text = {
        "trust": "Torbridge Care Trust",
        "alias": "TBT",
        "quote": "The trust works with Exmoor County Council.",
        "title": "Working together",
        "link": "https://example.org/one",
        **(names or {}),
    }
    maker = StoreMaker()
    maker.document("one", title=text["title"], date="2006", link=text["link"])
    maker.document("two", title="A second look", date="2007")
    trust = maker.entity(
        "one", "organisation/ct-TBX", "named", type="CareTrust", name=text["trust"], aliases=[text["alias"]]
    )
    maker.registered("organisation/ct-TBX", register_facts(text["trust"]))
    council = maker.entity("one", COUNCIL, "named", type="CountyCouncil", name="Exmoor County Council")
    trusts = maker.entity("one", TRUSTS, "collective", type="PrimaryCareTrust", name="primary care trusts")
    person = maker.entity("two", "person/ann-lee", "other", type="Person", name="Ann Lee")
    maker.claim("one", (trust, "worksWith", council), [text["quote"]], confidence="0.9")
    maker.claim("two", (trust, "worksWith", council), ["They work together still."], confidence="0.6")
    maker.claim("two", (trust, "poolsBudgetWith", council), ["Budgets may be pooled."], status="proposed")
    maker.claim("one", (council, "funds", trusts), ["The council funds no trust."], status="negated")
    maker.claim("two", (person, "postHolderAt", trust), ["Ann Lee, its chair, said so."], role="chair")
    return maker.store


def register_facts(name: str) -> Facts:
    return [
        (RDF_TYPE, ox.NamedNode(CG + "CareTrust")),
        (SKOS + "prefLabel", ox.Literal(name)),
        (SKOS + "notation", ox.Literal("TBX", datatype=ox.NamedNode(CG + "odsCode"))),
        (SKOS + "notation", ox.Literal("ct:TBX", datatype=ox.NamedNode(CG + "registerCode"))),
        (CG + "validFrom", ox.Literal("2005-10-01", datatype=ox.NamedNode(XSD + "date"))),
        (CG + "successorOf", ox.NamedNode(ID + "organisation/pct-5TB")),
    ]
