"""The names of the model as plain strings: types, predicates, statuses, namespaces.

``ontology/caregraph.ttl`` defines them; a test holds the two together. Plain strings, so that
extraction needs no RDF library.
"""

from __future__ import annotations

VERSION = "0.1.0"
"""Of caregraph, as its builds say."""

CG = "https://w3id.org/caregraph/ontology#"
ID = "https://w3id.org/caregraph/id/"
GRAPH = "https://w3id.org/caregraph/graph/"

REGISTER_GRAPH = GRAPH + "register"
ONTOLOGY_GRAPH = GRAPH + "ontology"
INFERRED_GRAPH = GRAPH + "inferred"
CLUSTERS_GRAPH = GRAPH + "clusters"

ORGANISATION_TYPES = (
    "PrimaryCareTrust CareTrust ChildrensTrust StrategicHealthAuthority HealthAuthority "
    "PrimaryCareGroup NHSTrust FoundationTrust ClinicalCommissioningGroup IntegratedCareBoard "
    "HealthBoard GeneralPractice Hospital HealthService LocalAuthority CountyCouncil "
    "UnitaryAuthority LondonBoroughCouncil MetropolitanBoroughCouncil DistrictCouncil "
    "ScottishCouncil WelshCouncil SocialServicesDepartment HousingAuthority Government "
    "GovernmentDepartment ArmsLengthBody Parliament AuditBody Regulator Partnership "
    "RepresentativeBody ProfessionalBody TradeUnion Charity ThinkTank PoliticalParty University "
    "ResearchUnit Publisher Company Organisation"
).split()
"""Leaf classes of organisations, in the order of the guidelines."""

OTHER_TYPES = ("Person", "Publication", "Legislation", "Programme", "Place")

PREDICATES = (
    "worksWith jointlyCommissionsWith poolsBudgetWith commissionsFrom funds accountableTo "
    "regulates audits directs delegatesTo coterminousWith partOf memberOf represents successorOf "
    "mergesWith reorganises recommendsTo studies postHolderAt published authorOf servesArea"
).split()

SYMMETRIC = frozenset("worksWith jointlyCommissionsWith poolsBudgetWith coterminousWith mergesWith".split())

STATUSES = ("asserted", "proposed", "negated")

ORGANISATION_KINDS = ("named", "collective", "unnamed")
