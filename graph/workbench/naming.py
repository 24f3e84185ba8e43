"""Names for nodes that the graph gives none: statements, sentences, links to the register, posts, changes."""

from __future__ import annotations

from collections.abc import Callable

from graph.terms import DCTERMS, OA, ORG
from graph.vocabulary import CG
from graph.workbench.claims import read_claim
from graph.workbench.dates import write_day
from graph.workbench.neighbours import cut_name
from graph.workbench.view import Named, View

_LONGEST = 110


def describe_unnamed(view: View, named: Named) -> Named:
    """Return a node with what it is about as its name, where it has no name of its own."""
    describe = _DESCRIBED.get(named.kind)
    words = describe(view, named.iri) if describe else ""
    return Named(named.iri, cut_name(words, _LONGEST), named.kind, named.gone) if words else named


def _describe_claim(view: View, iri: str) -> str:
    claim = read_claim(view, iri)
    return f"{claim.subject.name} {claim.words} {claim.object.name} ({claim.status_words.lower()})"


def _describe_sentence(view: View, iri: str) -> str:
    return f"“{view.first(iri, OA + 'exact')}”"


def _describe_linking(view: View, iri: str) -> str:
    linked = view.first(iri, CG + "linksTo")
    name = f"“{view.first(iri, CG + 'name')}”"
    return f"{name} is {view.name(linked).name}" if linked else f"{name} is in doubt"


def _describe_post(view: View, iri: str) -> str:
    member, body, role = (view.first(iri, ORG + name) for name in ("member", "organization", "role"))
    return f"{view.name(member).name}, {view.name(role).name}, {view.name(body).name}"


def _describe_change(view: View, iri: str) -> str:
    day = view.first(iri, DCTERMS + "date")
    old, new = (
        ", ".join(view.name(body).name for body in view.read(iri, ORG + name))
        for name in ("originalOrganization", "resultingOrganization")
    )
    return f"{write_day(day)}: {old} → {new}" if day else f"{old} → {new}"


def _describe_cluster(view: View, iri: str) -> str:
    return _list_names(view, view.read(iri, CG + "clusterMember"))


def _describe_likeness(view: View, iri: str) -> str:
    return _list_names(view, view.read(iri, CG + "compares"))


def _list_names(view: View, iris: list[str]) -> str:
    return "; ".join(f"“{view.name(iri).name}”" for iri in iris)


_DESCRIBED: dict[str, Callable[[View, str], str]] = {
    "claim": _describe_claim,
    "evidence": _describe_sentence,
    "linking": _describe_linking,
    "membership": _describe_post,
    "change": _describe_change,
    "cluster": _describe_cluster,
    "likeness": _describe_likeness,
}
