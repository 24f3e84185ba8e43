"""Turn what was found in a document into RDF: each statement with its evidence, all in one named graph.

``docs/model.md`` says what is written, node by node.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.iris import (
    document_graph_iri,
    document_iri,
    entity_iri,
    hashed_iri,
    local_entity_iri,
    mark_slug,
    register_iri,
    role_iri,
)
from graph.records import Document, Entity, Evidence, Extraction, Mention, Relation, merge_relations
from graph.register import Organisation, Register
from graph.terms import (
    DCTERMS,
    FOAF,
    OA,
    ORG,
    PROV,
    RDF,
    SKOS,
    name_node,
    write_address,
    write_date,
    write_integer,
    write_label,
    write_score,
    write_text,
)
from graph.vocabulary import CG, ID, SYMMETRIC

Values = Iterator[tuple[str, NamedNode | Literal | None]]


@dataclass(frozen=True, slots=True)
class _Body:
    """An entity with its node and, where it is linked, its entry in the register."""

    entity: Entity
    iri: str
    registered: Organisation | None


def assemble_document(extraction: Extraction, register: Register) -> list[Quad]:
    """Write all that one document says as quads of the document's own graph.

    Args:
        extraction: entities and relations of the document; each relation's ends are entities of it.
        register: the bodies that ``Entity.link`` refers to.

    Returns:
        Quads, each once, without order.

    Raises:
        KeyError: a relation's subject or object is no entity of the extraction.
    """
    name = extraction.document.name
    bodies = {entity.id: _identify_entity(entity, name, register) for entity in extraction.entities}
    descriptions: list[tuple[str, Values]] = [
        (document_iri(name), _describe_document(extraction.document)),
        (document_iri(name), ((CG + "mentions", name_node(body.iri)) for body in bodies.values())),
    ]
    named_by = _names_by_entity(extraction.mentions)
    for body in bodies.values():
        descriptions.append((body.iri, _describe_entity(body, named_by.get(body.entity.id))))
        if body.entity.kind == "named":
            linking = hashed_iri("linking", name, body.entity.id)
            descriptions.append((linking, _describe_linking(body, name, register)))
    for relation in _relate_nodes(extraction.relations, bodies):
        descriptions.extend(_state_relation(relation, name))
    graph_name = name_node(document_graph_iri(name))
    quads = (
        Quad(name_node(subject), name_node(predicate), value, graph_name)
        for subject, values in descriptions
        for predicate, value in values
        if value is not None
    )
    return list(dict.fromkeys(quads))


def _identify_entity(entity: Entity, document: str, register: Register) -> _Body:
    """Choose the node: the register's, one that all documents share, or one of this document."""
    registered = register.get(entity.link.register) if entity.link.register else None
    if registered is not None:
        return _Body(entity, register_iri(registered.id), registered)
    shared_name = entity.kind == "named" and len(entity.link.candidates) > 1
    one_word = entity.type == "Person" and len(entity.name.split()) < 2
    if entity.kind == "unnamed" or shared_name or one_word:
        return _Body(entity, local_entity_iri(entity.kind, entity.type, document, entity.id), None)
    iri = entity_iri(entity.kind, entity.type, entity.name)
    slug = iri.removeprefix(ID + "organisation/")
    if slug != iri and register.get(slug.replace("-", ":", 1)) is not None:
        iri = mark_slug(iri, slug)
    return _Body(entity, iri, None)


def _describe_document(document: Document) -> Values:
    yield RDF + "type", name_node(CG + "Document")
    yield DCTERMS + "identifier", write_text(document.name)
    yield DCTERMS + "title", write_label(document.title or document.name)
    yield DCTERMS + "date", write_date(document.date)
    yield DCTERMS + "format", write_text(document.media_type)
    yield FOAF + "page", write_address(document.url)
    yield CG + "textSha256", write_text(document.sha256)
    yield CG + "textLength", write_integer(len(document.text))
    stated = {
        "creator": document.author,
        "publisher": document.publisher,
        "bibliographicCitation": document.citation,
    }
    for local_name, value in stated.items():
        yield DCTERMS + local_name, write_label(value) if value else None


def _names_by_entity(mentions: tuple[Mention, ...]) -> dict[str, set[str]]:
    """Collect the texts that name each entity; a description such as "the trust" is no name."""
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if not mention.definite:
            names[mention.entity].add(mention.text)
    return names


def _describe_entity(body: _Body, named_by: set[str] | None) -> Values:
    entity = body.entity
    type_node = name_node(CG + (body.registered.type if body.registered else entity.type))
    if entity.kind == "collective":
        yield RDF + "type", name_node(CG + "Collective")
        yield CG + "membersAre", type_node
    else:
        yield RDF + "type", type_node
    yield CG + "kind", write_text(entity.kind)
    preferred = write_label(body.registered.name if body.registered else entity.name)
    if body.registered is None:
        yield SKOS + "prefLabel", preferred
    names = {entity.name, *entity.surfaces} if named_by is None else {entity.name, *named_by}
    for label in sorted({write_label(name) for name in names} - {preferred}, key=str):
        yield SKOS + "altLabel", label


def _describe_linking(body: _Body, document: str, register: Register) -> Values:
    link = body.entity.link
    yield RDF + "type", name_node(CG + "Linking")
    yield CG + "name", write_label(body.entity.name)
    yield CG + "linksEntity", name_node(body.iri)
    yield CG + "linksTo", name_node(body.iri) if body.registered else None
    yield CG + "score", write_score(link.score)
    yield CG + "reason", write_label(link.reason or "no entry of the register has this name")
    for candidate in link.candidates:
        if register.get(candidate) is not None:
            yield CG + "candidate", name_node(register_iri(candidate))
    yield PROV + "wasDerivedFrom", name_node(document_iri(document))


def _relate_nodes(relations: tuple[Relation, ...], bodies: dict[str, _Body]) -> tuple[Relation, ...]:
    """Let relations hold between nodes instead of ids, and join those that become one claim."""
    seen: set[tuple[str, str, str, str]] = set()
    related = []
    for relation in relations:
        subject, obj = bodies[relation.subject].iri, bodies[relation.object].iri
        if relation.predicate in SYMMETRIC:
            if (obj, relation.predicate, subject, relation.status) in seen:
                subject, obj = obj, subject
            seen.add((subject, relation.predicate, obj, relation.status))
        role = " ".join(relation.role.split())
        related.append(dataclasses.replace(relation, subject=subject, object=obj, role=role))
    return merge_relations(related)


def _state_relation(relation: Relation, document: str) -> Iterator[tuple[str, Values]]:
    """Yield the claim, its evidence and, only where it is asserted, the plain statement."""
    subject, predicate, obj = relation.subject, CG + relation.predicate, relation.object
    parts = (document, subject, relation.predicate, obj, relation.status, relation.role)
    yield hashed_iri("claim", *parts), _describe_claim(relation, document)
    for evidence in relation.evidence:
        yield evidence_iri(document, evidence), _describe_evidence(evidence, document)
    if relation.status != "asserted":
        return
    yield subject, iter([(predicate, name_node(obj))])
    if relation.predicate == "postHolderAt" and relation.role:
        role = role_iri(relation.role)
        membership = hashed_iri("membership", subject, obj, role)
        yield membership, _describe_membership(relation, role)
        yield (
            role,
            iter([(RDF + "type", name_node(ORG + "Role")), (SKOS + "prefLabel", write_label(relation.role))]),
        )


def evidence_iri(document: str, evidence: Evidence) -> str:
    """Name the node of a quote: the same for every claim of the document that rests on it."""
    return hashed_iri("evidence", document, str(evidence.start), str(evidence.end))


def _describe_claim(relation: Relation, document: str) -> Values:
    yield RDF + "type", name_node(CG + "Claim")
    yield CG + "subject", name_node(relation.subject)
    yield CG + "predicate", name_node(CG + relation.predicate)
    yield CG + "object", name_node(relation.object)
    yield CG + "status", name_node(CG + relation.status.capitalize())
    yield CG + "confidence", write_score(relation.confidence)
    yield CG + "role", write_label(relation.role) if relation.role else None
    yield CG + "foundBy", write_label(relation.found_by) if relation.found_by else None
    yield PROV + "wasDerivedFrom", name_node(document_iri(document))
    for evidence in relation.evidence:
        yield CG + "evidence", name_node(evidence_iri(document, evidence))


def _describe_evidence(evidence: Evidence, document: str) -> Values:
    yield RDF + "type", name_node(CG + "Evidence")
    yield OA + "exact", write_text(evidence.quote)
    yield OA + "prefix", write_text(evidence.prefix) if evidence.prefix else None
    yield OA + "suffix", write_text(evidence.suffix) if evidence.suffix else None
    yield OA + "start", write_integer(evidence.start)
    yield OA + "end", write_integer(evidence.end)
    yield PROV + "wasQuotedFrom", name_node(document_iri(document))


def _describe_membership(relation: Relation, role: str) -> Values:
    yield RDF + "type", name_node(ORG + "Membership")
    yield ORG + "member", name_node(relation.subject)
    yield ORG + "organization", name_node(relation.object)
    yield ORG + "role", name_node(role)
