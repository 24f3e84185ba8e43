"""Join the mentions of one body into an entity, and link it to the register where that is sure.

Mentions are one entity when the register knows their names as one body's, when they share a name, or when
they are the same class. A link needs one body of a fitting type that the date of the text allows;
where several remain there is none, and the entity lists them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from graph.iris import fold_name, slug_name
from graph.patterns import make_regex
from graph.records import Document, Entity, Link, Mention, Sentence
from graph.register import Name, Organisation, Register
from graph.vocabulary import ORGANISATION_KINDS

_YEAR = make_regex(r"\b(19[89]\d|20[0-3]\d)\b")
_SCORES = {"preferred": 1.0, "safe": 0.95, "acronym": 0.9, "derived": 0.95, "ambiguous": 0.7}
_COUNCILS = frozenset(
    "LocalAuthority CountyCouncil UnitaryAuthority LondonBoroughCouncil MetropolitanBoroughCouncil "
    "DistrictCouncil "
    "ScottishCouncil WelshCouncil".split()
)
_TRUSTS = ("", "NHSTrust", "FoundationTrust")
_KIN = (
    _COUNCILS,
    frozenset(("NHSTrust", "FoundationTrust", "CareTrust")),
    frozenset(("Hospital",)),
    frozenset(("PrimaryCareTrust", "CareTrust", "HealthService")),
    frozenset(("HealthAuthority", "StrategicHealthAuthority")),
)


@dataclass(slots=True)
class _Cluster:
    """The mentions of one entity, by their numbers, and what it is."""

    kind: str
    name: str
    link: Link
    type: str = ""
    numbers: list[int] = field(default_factory=list)


def resolve_mentions(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], register: Register
) -> tuple[list[Mention], list[Entity]]:
    """Give every mention of an organisation its entity.

    Args:
        document: for its date and text.
        sentences: of the document.
        mentions: in text order; ``name`` tells what a description or acronym stands for.
        register: the bodies that exist.

    Returns:
        The mentions with ``entity`` set and the type of their entity, and the entities in the order of their
        first mention, each with its link and the reason for it.
    """
    date = document.date or _guess_date(document.text)
    clusters: dict[str, _Cluster] = {}
    for number, mention in enumerate(mentions):
        if mention.kind in ORGANISATION_KINDS:
            key, cluster = _cluster_of(mention, number, date, register)
            clusters.setdefault(key, cluster).numbers.append(number)
    resolved = list(mentions)
    entities: list[Entity] = []
    taken: set[str] = set()
    for cluster in clusters.values():
        members = [mentions[number] for number in cluster.numbers]
        kind = (
            (cluster.type in _TRUSTS and _written_type(members))
            or cluster.type
            or Counter(m.type for m in [m for m in members if not m.definite] or members).most_common(1)[0][0]
        )
        identifier = _unique(slug_name(cluster.name), taken)
        entities.append(_make_entity(identifier, cluster, kind, members))
        for number in cluster.numbers:
            resolved[number] = replace(mentions[number], entity=identifier, type=kind)
    return resolved, entities


def _written_type(members: Iterable[Mention]) -> str:
    """Return the type that a full name states itself: a trust of the register may have changed since."""
    names = [" ".join(mention.text.split()).lower() for mention in members]
    stated = {
        name.endswith("foundation trust")
        for name in names
        if name.endswith((" foundation trust", " nhs trust")) and "care nhs" not in name
    }
    return ("FoundationTrust" if True in stated else "NHSTrust") if stated else ""


def _make_entity(identifier: str, cluster: _Cluster, kind: str, members: Iterable[Mention]) -> Entity:
    surfaces = tuple(sorted({" ".join(mention.text.split()) for mention in members}))
    return Entity(identifier, cluster.kind, kind, cluster.name, surfaces, cluster.link)


def _unique(slug: str, taken: set[str]) -> str:
    slug = slug or "body"
    identifier, number = slug, 2
    while identifier in taken:
        identifier, number = f"{slug}-{number}", number + 1
    taken.add(identifier)
    return identifier


def _cluster_of(mention: Mention, number: int, date: str, register: Register) -> tuple[str, _Cluster]:
    """Return the key of the cluster of a mention, and a new cluster in case it is the first."""
    surface = " ".join(mention.text.split())
    if mention.kind == "collective":
        name = mention.name or surface
        return f"collective:{name}", _Cluster(
            "collective", name, Link(reason="a class of bodies, not one"), mention.type
        )
    if mention.kind == "unnamed":
        name = mention.name if mention.definite else surface
        key = f"unnamed:{name}" if mention.definite else f"unnamed:{number}"
        return key, _Cluster("unnamed", surface, Link(reason="the text gives no name"), mention.type)
    name = mention.name or surface
    link = link_name(name, mention.type, date, register)
    body = register.get(link.register) if link.register else None
    if body:
        return f"register:{body.id}", _Cluster("named", name, link, body.type)
    return f"name:{fold_name(_spell_out(name))}", _Cluster("named", name, link)


def _spell_out(name: str) -> str:
    """Write out what shortens names of bodies, so that "Hull PCT" is "Hull Primary Care Trust"."""
    for short, long in (
        ("PCT", "Primary Care Trust"),
        ("CCG", "Clinical Commissioning Group"),
        ("SHA", "Strategic Health Authority"),
    ):
        name = re.sub(rf"\b{short}\b", long, name)
    return name


def link_name(name: str, kind: str, date: str, register: Register) -> Link:
    """Link a name to the register, with how sure that is and why.

    Args:
        name: as the text has it.
        kind: the leaf class that the wording suggests.
        date: ISO date of the text, or empty.
        register: the bodies that exist.
    """
    found = register.lookup(name) or _lookup_council(name, kind, register)
    if found is None:
        return Link(reason="no body of the register has this name")
    bodies = [body for identifier in found.ids if (body := register.get(identifier))]
    fitting = [body for body in bodies if are_kin(kind, body.type)]
    candidates = tuple(body.id for body in fitting or bodies)
    if not fitting:
        return Link(reason=f"the register has this name, but for no {kind}", candidates=candidates)
    begun = [body for body in fitting if not (date and body.start and body.start[:4] > date[:4])]
    if not begun:
        return Link(reason=f"no body of this name existed in {date}", candidates=candidates)
    fitting = begun
    if len(fitting) == 1:
        return _accept(fitting[0], found, "the only body of this name", candidates)
    dated = [body for body in fitting if date and body.existed_on(date)]
    if len(dated) == 1:
        return _accept(
            dated[0],
            found,
            f"the one of {len(fitting)} bodies of this name that existed in {date}",
            candidates,
        )
    last = register.as_of(found.text, date) if date and not dated else None
    if last in fitting:
        return _accept(
            last, found, f"the last of {len(fitting)} bodies of this name before {date}", candidates
        )
    return Link(reason=f"{len(fitting)} bodies share this name", candidates=candidates)


def _lookup_council(name: str, kind: str, register: Register) -> Name | None:
    """Look up "BANES council" by its place, which the register holds as a name that needs context."""
    place, _, noun = name.rpartition(" ")
    return register.lookup(place) if kind in _COUNCILS and noun.lower() == "council" and place else None


def _accept(body: Organisation, name: Name, reason: str, candidates: tuple[str, ...]) -> Link:
    return Link(body.id, _SCORES[name.use], f"{name.use} name: {reason}", candidates)


def are_kin(one: str, other: str) -> bool:
    """Say whether a type read off a wording may be the register's type of the same body.

    >>> are_kin("LocalAuthority", "CountyCouncil"), are_kin("University", "CountyCouncil")
    (True, False)
    """
    if one == other or not (one in _TIED or other in _TIED):
        return True
    return any(one in family and other in family for family in _KIN)


_TIED = frozenset().union(*_KIN) | {"ClinicalCommissioningGroup", "HealthBoard", "University"}
"""Types that a wording tells for sure, so that a body of another family cannot be meant."""


def _guess_date(text: str) -> str:
    """Return the latest year that a text names, as the best guess at when it was written; else nothing."""
    return max(_YEAR.findall(text), default="")
