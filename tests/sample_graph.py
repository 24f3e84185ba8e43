"""A small graph of three papers in our own words, made by the stages that make the real one.

Each claim is a line: subject, predicate, object, status, sentence, role. The register is the one that
ships with caregraph.
"""

from __future__ import annotations

import hashlib
from functools import cache

from pyoxigraph import Quad, Store

from graph.assemble import assemble_document
from graph.assemble_register import assemble_ontology, assemble_register
from graph.infer import infer_statements
from graph.records import Document, Entity, Extraction, Link, Relation, quote_evidence
from graph.register import load_register
from graph.store import load_store

ENTITIES = {
    "torbay": ("named", "CareTrust", "Torbay Care Trust", "ct:TAL"),
    "council": ("named", "UnitaryAuthority", "Torbay Council", "la:tob"),
    "commission": ("named", "AuditBody", "Audit Commission", "body:audit-commission"),
    "department": ("named", "GovernmentDepartment", "Department of Health", "body:department-of-health"),
    "thurrock": ("named", "UnitaryAuthority", "Thurrock Council", "la:thr"),
    "lga": ("named", "RepresentativeBody", "Local Government Association", "body:lga"),
    "pssru": ("named", "ResearchUnit", "Personal Social Services Research Unit", "body:pssru"),
    "forum": ("named", "Partnership", "Lowmoor Joint Forum", None),
    "pcts": ("collective", "PrimaryCareTrust", "primary care trusts", None),
    "councils": ("collective", "LocalAuthority", "local authorities", None),
    "one": ("unnamed", "PrimaryCareTrust", "one primary care trust", None),
    "rowe": ("other", "Person", "Ada Rowe", None),
    "report": ("other", "Publication", "Sharing the Purse", None),
    "lowmoor": ("other", "Place", "Lowmoor", None),
}

PAPERS = {
    "review.txt": (
        "A review of joint working",
        "2007-05",
        """
        torbay poolsBudgetWith council asserted | Torbay Care Trust shares one budget with Torbay Council.
        torbay worksWith council asserted | The trust works closely with Torbay Council.
        pcts poolsBudgetWith councils negated | Few primary care trusts pool any money with local authorities.
        commission recommendsTo pcts asserted | The Audit Commission urges trusts to agree aims.
        commission published report asserted | The Audit Commission set this out in Sharing the Purse.
        commission audits thurrock asserted | The Audit Commission audits Thurrock Council.
        rowe postHolderAt torbay asserted | Ada Rowe, chief executive of the trust, agreed. | chief executive
        one worksWith council asserted | One primary care trust works with Torbay Council.
        """,
    ),
    "minutes/june.txt": (
        "Minutes of the June meeting",
        "2008-06-11",
        """
        pcts poolsBudgetWith councils asserted | Primary care trusts pool budgets with local authorities.
        torbay worksWith council asserted | Work between Torbay Care Trust and Torbay Council went on.
        forum successorOf one asserted | Lowmoor Joint Forum took over from one primary care trust.
        council memberOf forum asserted | Torbay Council is a member of Lowmoor Joint Forum.
        department funds forum asserted | The Department of Health pays for Lowmoor Joint Forum.
        forum accountableTo department asserted | The forum answers to the Department of Health.
        thurrock coterminousWith pcts asserted | Thurrock has the same boundary as its trusts.
        forum servesArea lowmoor asserted | Lowmoor Joint Forum serves Lowmoor.
        lga represents councils asserted | The Local Government Association speaks for local authorities.
        pssru studies pcts asserted | Researchers at the PSSRU interviewed primary care trusts.
        department reorganises torbay asserted | The department made the trust what it is.
        forum commissionsFrom torbay asserted | The forum buys care from Torbay Care Trust.
        """,
    ),
    "plan.txt": (
        "A plan for next year",
        "2009",
        """
        torbay poolsBudgetWith forum proposed | The trust hopes to pool money with the forum.
        department reorganises pcts proposed | The department may halve the number of trusts.
        department directs councils asserted | The Department of Health sets targets for local authorities.
        rowe authorOf report asserted | Ada Rowe wrote much of Sharing the Purse.
        """,
    ),
}


def make_extraction(name: str) -> Extraction:
    """Make the record of one paper; the text is its sentences, one a line."""
    title, date, lines = PAPERS[name]
    claims = [[part.strip() for part in line.split("|")] for line in lines.strip().splitlines()]
    text = "\n".join(claim[1] for claim in claims)
    relations = []
    for head, sentence, *role in claims:
        subject, predicate, obj, status = head.split()
        start = text.index(sentence)
        evidence = (quote_evidence(text, start, start + len(sentence)),)
        relation = Relation(
            subject, predicate, obj, status, evidence, role="".join(role), confidence=0.8, found_by="test"
        )
        relations.append(relation)
    used = sorted({entity for relation in relations for entity in (relation.subject, relation.object)})
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(name, text, digest, title=title, date=date, url=f"https://example.org/{name}")
    return Extraction(document, (), (), tuple(map(make_entity, used)), tuple(relations))


def make_entity(identifier: str) -> Entity:
    """Make an entity of the table, linked to the register where the table says so."""
    kind, type_name, name, registered = ENTITIES[identifier]
    link = Link(registered, 1.0, "exact preferred name") if registered else Link(reason="no such body")
    return Entity(identifier, kind, type_name, name, (name,), link)


@cache
def sample_quads() -> tuple[Quad, ...]:
    """Make all quads of the papers, the register, the ontology and what follows from them."""
    register = load_register()
    quads = [quad for name in PAPERS for quad in assemble_document(make_extraction(name), register)]
    quads += [*assemble_register(register), *assemble_ontology()]
    return (*quads, *infer_statements(quads))


@cache
def sample_store() -> Store:
    """Load the quads into one store in memory, which no test may change."""
    return load_store(sample_quads())
