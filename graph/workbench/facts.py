"""What the register knows of a body, and what the documents call it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.as_of import Era, existed, read_timeline
from graph.days import find_period
from graph.pages import label_type
from graph.terms import DCTERMS, OWL, SKOS
from graph.vocabulary import CG, REGISTER_GRAPH
from graph.workbench.dates import AsOf, write_span
from graph.workbench.view import Named, View

CONFIDENCE = {
    "verified": "Verified: two separate public sources agree on its name, and on its code where it has one.",
    "single-source": "It rests on a single public source.",
    "from-memory": "From memory: no source was found. Do not quote it as a fact.",
}
"""How far an entry of the register can be relied on (seeds/SOURCES.md)."""
RELATED = (
    ("servesArea", "Serves the area", False),
    ("servesArea", "Served by", True),
    ("region", "Region", False),
    ("region", "As a region, holds", True),
    ("nation", "Nation", False),
    ("nation", "As a nation, holds", True),
    ("partOf", "Part of", False),
    ("partOf", "Has as parts", True),
    ("liesWithin", "Lies in the area of", False),
    ("coversCouncil", "Covers the councils", False),
    ("coversCouncil", "Covered by", True),
    ("coterminousWith", "Covers the same area as", False),
)
"""Properties of the register that lead to other nodes: name, words, and whether they are read backwards."""
_MOST_ERAS = 60
_MOST_NAMED = 200
_FIELDS = {
    "all": "everything",
    "start": "first day",
    "end": "last day",
    "council_relation": "councils covered",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a body; empty where it is not.

    Attributes:
        types: in words.
        members: whether these are the types of the members of a class of bodies.
        codes: (scheme, code).
        span: from when to when it existed, in words.
        standing: whether it existed on the day that is set, in words.
        related: (words, nodes, how many there are), from the register and the clusters; of very many
            nodes only some.
        same_as: addresses of the body elsewhere.
        confidence: how far the register can be relied on here, in words.
        unverified: fields of the register that rest on recall, in words.
    """

    types: tuple[str, ...]
    members: bool
    other_names: tuple[str, ...]
    shared_names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    span: str
    standing: str
    related: tuple[tuple[str, tuple[Named, ...], int], ...]
    same_as: tuple[str, ...]
    notes: tuple[str, ...]
    source: str
    confidence: str
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EraRow:
    """A body in its line, with where its bar begins and ends, in hundredths of the whole time."""

    iri: str
    name: str
    span: str
    step: int
    start: float
    width: float
    gone: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line of a body: those nearest to it, how many more there are, and where the set day falls."""

    rows: tuple[EraRow, ...]
    more: int
    day: float | None


def read_facts(view: View, iri: str) -> Facts:
    """Read what is known of a body."""
    stated: defaultdict[str, list[NamedNode | Literal]] = defaultdict(list)
    for quad in view.store.quads_for_pattern(NamedNode(iri), None, None, NamedNode(REGISTER_GRAPH)):
        if isinstance(quad.object, NamedNode | Literal):
            stated[quad.predicate.value].append(quad.object)
    texts = {predicate: sorted(term.value for term in terms) for predicate, terms in stated.items()}
    label = view.name(iri).name
    return Facts(
        types=tuple(label_type(name) for name in view.types(iri)),
        members=bool(view.read(iri, CG + "membersAre")),
        other_names=tuple(name for name in view.read(iri, SKOS + "altLabel") if name != label),
        shared_names=tuple(texts.get(CG + "ambiguousName", ())),
        codes=_read_codes(stated[SKOS + "notation"]),
        span=write_span(*(_first(texts, CG + name) for name in ("validFrom", "validUntil"))),
        standing=_tell_standing(view, iri) if stated else "",
        related=_read_related(view, iri),
        same_as=tuple(
            address
            for address in texts.get(OWL + "sameAs", ())
            if address.startswith(("https://", "http://"))
        ),
        notes=tuple(texts.get(SKOS + "note", ())),
        source=_first(texts, DCTERMS + "source"),
        confidence=CONFIDENCE.get(_first(texts, CG + "factConfidence"), ""),
        unverified=tuple(_FIELDS.get(field, field) for field in texts.get(CG + "unverifiedField", ())),
    )


def draw_timeline(view: View, iri: str) -> Timeline | None:
    """Read the bodies before and after a body, each with its place on one line of time; None for none."""
    eras = read_timeline(view.store, NamedNode(iri))
    if len(eras) < 2:
        return None
    nearest = sorted(eras, key=lambda era: abs(era.step))[:_MOST_ERAS]
    shown = sorted(nearest, key=lambda era: (era.step, era.valid_from, era.name, era.iri))
    years = [_year(day) for era in shown for day in (era.valid_from, era.valid_until) if day]
    first, last = (min(years) - 1, max(years) + 2) if years else (0.0, 1.0)
    rows = tuple(_draw_era(view, era, first, last) for era in shown)
    place = 100 * (_year(view.as_of.last) - first) / (last - first) if view.as_of and years else -1.0
    return Timeline(rows, len(eras) - len(shown), place if 0 <= place <= 100 else None)


def _draw_era(view: View, era: Era, first: float, last: float) -> EraRow:
    start = _year(era.valid_from) if era.valid_from else first
    end = _year(era.valid_until, last=True) if era.valid_until else last
    left = 100 * (start - first) / (last - first)
    width = max(0.8, 100 * (end - start) / (last - first))
    span = write_span(era.valid_from, era.valid_until) or "dates not known"
    return EraRow(era.iri, era.name, span, era.step, left, width, view.name(era.iri).gone)


def _tell_standing(view: View, iri: str) -> str:
    """Say whether a body existed on the day that is set."""
    as_of: AsOf = view.as_of
    if not as_of:
        return ""
    found = existed(view.store, NamedNode(iri), as_of.text)
    words = {
        "yes": "It existed then.",
        "perhaps": "It may have existed then",
        "not yet": "It did not exist yet.",
        "no longer": "It no longer existed.",
    }[found.answer]
    return f"{words}: {found.reason}." if found.reason else words


def _read_related(view: View, iri: str) -> tuple[tuple[str, tuple[Named, ...], int], ...]:
    node, register = NamedNode(iri), NamedNode(REGISTER_GRAPH)
    found = []
    for name, words, backward in RELATED:
        subject, value = (None, node) if backward else (node, None)
        quads = view.store.quads_for_pattern(subject, NamedNode(CG + name), value, register)
        others = {str(getattr(quad.subject if backward else quad.object, "value", "")) for quad in quads}
        if others:
            found.append((words, _name_some(view, others), len(others)))
    alike = _read_cluster(view, iri)
    if alike:
        found.append(("Probably the same body, by its name", _name_some(view, alike), len(alike)))
    return tuple(found)


def _name_some(view: View, iris: set[str]) -> tuple[Named, ...]:
    named = map(view.name, sorted(iris)[:_MOST_NAMED])
    return tuple(sorted(named, key=lambda n: (n.name, n.iri)))


def _read_cluster(view: View, iri: str) -> set[str]:
    """Read the other bodies of a body's cluster."""
    clusters = view.refer(CG + "clusterMember", iri)
    return {member for each in clusters for member in view.read(each, CG + "clusterMember")} - {iri}


def _read_codes(terms: list[NamedNode | Literal]) -> tuple[tuple[str, str], ...]:
    codes = {
        (term.datatype.value.rsplit("#", 1)[-1].removesuffix("Code").upper(), term.value)
        for term in terms
        if isinstance(term, Literal)
    }
    return tuple(sorted(code for code in codes if code[0] != "REGISTER"))


def _first(texts: dict[str, list[str]], predicate: str) -> str:
    return next(iter(texts.get(predicate, ())), "")


def _year(day: str, *, last: bool = False) -> float:
    """Return a day as a number of years."""
    period = find_period(day)
    if period is None:
        return 0.0
    chosen = period.last if last else period.first
    return chosen.year + (chosen.timetuple().tm_yday - 1) / 366
