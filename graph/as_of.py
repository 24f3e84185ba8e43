"""The graph as of a day: which bodies existed, who stood in for whom, what documents had said by then.

Dates are days, months or years, and each is taken for every day that it may mean. A body counts where it
may have existed, and the answer says whether that is sure; a document counts once the year or month that it
is dated by may have begun, as in the named question ``as-of``. A document without a date never counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad, Store

from graph.days import Date, Existence, Period, is_dated_by, judge_existence, read_period
from graph.infer import infer_statements
from graph.lookup import label_node
from graph.store import load_store
from graph.terms import DCTERMS, SKOS
from graph.vocabulary import CG, GRAPH, ID, ONTOLOGY_GRAPH, REGISTER_GRAPH

_REGISTER = NamedNode(REGISTER_GRAPH)
_UNVERIFIED = frozenset({"all", "start", "end"})


@dataclass(frozen=True, slots=True)
class Era:
    """A body in a line of predecessors and successors.

    Attributes:
        iri: of the body.
        name: in the register.
        valid_from: first day, month or year; else empty.
        valid_until: last day, month or year; else empty.
        step: how many successions away: below 0 before the body asked for, above 0 after it.
    """

    iri: str
    name: str
    valid_from: str
    valid_until: str
    step: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A body at a time: whether it existed, and if not, who was in its place.

    Attributes:
        date: the days asked for.
        existence: of the body itself.
        bodies: the body itself where it may have existed; else those of its predecessors or successors that
            may have, nearest first; none where the register knows of none.
    """

    date: Period
    existence: Existence
    bodies: tuple[Era, ...] = field(default=())


def existed(store: Store, body: NamedNode, date: Date) -> Existence:
    """Tell whether a body existed at a time, by the register.

    Args:
        store: an opened graph.
        body: of the register; any other body may have existed, and the reason says so.
        date: a day, month or year.

    Raises:
        QueryError: ``date`` is no date.
    """
    if next(iter(store.quads_for_pattern(body, None, None, _REGISTER)), None) is None:
        read_period(date)
        return Existence("perhaps", "not in the register")
    found = judge_existence(_read(store, body, "validFrom"), _read(store, body, "validUntil"), date)
    recalled = found.answer == "yes" and _UNVERIFIED & set(_read_all(store, body, "unverifiedField"))
    if recalled:
        return Existence("perhaps", "dates not verified", found.valid_from, found.valid_until)
    return found


def bodies_as_of(store: Store, date: Date) -> dict[str, Existence]:
    """Map each body of the register that existed at a time, or may have, to how sure that is; by IRI.

    Raises:
        QueryError: ``date`` is no date.
    """
    days = read_period(date)
    named = store.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), None, _REGISTER)
    bodies = {quad.subject.value for quad in named if isinstance(quad.subject, NamedNode)}
    found = {
        iri: existed(store, NamedNode(iri), days)
        for iri in sorted(bodies)
        if iri.startswith(ID + "organisation/")
    }
    return {iri: existence for iri, existence in found.items() if existence.possible}


def read_timeline(store: Store, body: NamedNode) -> tuple[Era, ...]:
    """Read the line of a body by the register: those before it, itself and those after it.

    Ordered by step, then by first day and name; a body that can be reached in two ways stands at the nearer.
    """
    eras = [_make_era(store, body, 0)]
    for direction in (-1, 1):
        seen, edge, step = {body}, [body], 0
        while edge:
            step += direction
            edge = [node for known in edge for node in _follow(store, known, direction)]
            edge = [node for node in dict.fromkeys(edge) if node not in seen]
            seen.update(edge)
            eras += [_make_era(store, node, step) for node in edge]
    return tuple(sorted(eras, key=_by_time))


def resolve_body(store: Store, body: NamedNode, date: Date) -> Standing:
    """Find who a body was at a time: itself, else whom it took over from or who took over from it.

    Successions are the register's. Bodies on the way that did not exist at the time are passed over.

    Raises:
        QueryError: ``date`` is no date.
    """
    days = read_period(date)
    existence = existed(store, body, days)
    if existence.possible:
        return Standing(days, existence, (_make_era(store, body, 0),))
    direction = 1 if existence.answer == "no longer" else -1
    seen, edge, step, found = {body}, [body], 0, list[Era]()
    while edge:
        step += direction
        near = [node for known in edge for node in _follow(store, known, direction) if node not in seen]
        near = list(dict.fromkeys(near))
        seen.update(near)
        judged = {node: existed(store, node, days) for node in near}
        found += [_make_era(store, node, step) for node in near if judged[node].possible]
        edge = [node for node in near if judged[node].answer == existence.answer]
    return Standing(days, existence, tuple(sorted(found, key=_by_step)))


def documents_until(store: Store, date: Date) -> frozenset[str]:
    """Return the IRIs of the documents that are dated by the end of a day, month or year, or may be.

    Raises:
        QueryError: ``date`` is no date.
    """
    days = read_period(date)
    dated = store.quads_for_pattern(None, NamedNode(DCTERMS + "date"), None, None)
    return frozenset(
        _text(quad.subject)
        for quad in dated
        if _text(quad.subject).startswith(ID + "document/") and is_dated_by(_text(quad.object), days)
    )


def store_until(store: Store, date: Date) -> Store:
    """Make the graph of the documents that are dated by a time, in memory, with what follows from them.

    The ontology and the register are whole, later bodies and all: their dates tell when they existed.

    Raises:
        QueryError: ``date`` is no date.
    """
    papers = (iri.removeprefix(ID) for iri in sorted(documents_until(store, date)))
    graphs = [ONTOLOGY_GRAPH, REGISTER_GRAPH, *(GRAPH + paper for paper in papers)]
    quads = [quad for iri in graphs for quad in _read_graph(store, iri)]
    return load_store([*quads, *infer_statements(quads)])


def _read_graph(store: Store, iri: str) -> Iterable[Quad]:
    return store.quads_for_pattern(None, None, None, NamedNode(iri))


def _follow(store: Store, body: NamedNode, direction: int) -> list[NamedNode]:
    """Read the bodies just before (-1) or just after (1) a body, by IRI."""
    succession = NamedNode(CG + "successorOf")
    if direction < 0:
        found = {quad.object for quad in store.quads_for_pattern(body, succession, None, _REGISTER)}
    else:
        found = {quad.subject for quad in store.quads_for_pattern(None, succession, body, _REGISTER)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=_text)


def _make_era(store: Store, body: NamedNode, step: int) -> Era:
    start, end = _read(store, body, "validFrom"), _read(store, body, "validUntil")
    return Era(body.value, label_node(store, body), start, end, step)


def _by_time(era: Era) -> tuple[int, str, str, str]:
    return era.step, era.valid_from, era.name, era.iri


def _by_step(era: Era) -> tuple[int, str, str]:
    return abs(era.step), era.name, era.iri


def _read(store: Store, body: NamedNode, name: str) -> str:
    return min(_read_all(store, body, name), default="")


def _read_all(store: Store, body: NamedNode, name: str) -> list[str]:
    found = store.quads_for_pattern(body, NamedNode(CG + name), None, _REGISTER)
    return [_text(quad.object) for quad in found]


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
