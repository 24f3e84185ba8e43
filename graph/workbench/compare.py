"""Two bodies side by side: what is known of each, whom both know, and what is said of the two together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.errors import QueryError
from graph.lookup import find_body
from graph.vocabulary import CG, ID
from graph.workbench.briefs import Brief, read_briefs
from graph.workbench.claims import Claim, Paper, list_between, read_paper
from graph.workbench.complete import write_value
from graph.workbench.facts import Facts, read_facts
from graph.workbench.home import LONGEST
from graph.workbench.neighbours import word_briefs
from graph.workbench.rendering import render
from graph.workbench.view import Named, View, kind_of, open_view

MOST = 200
"""Common partners, and partners of one only, that a page shows."""
_COMPARED = ("organisation", "collective", "person", "publication", "legislation", "programme", "place")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what was given, what is wrong with it, and who it is."""

    given: str
    problem: str = ""
    named: Named | None = None
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody to whom claims relate one or both: the relations in words, from each one's side."""

    named: Named
    one: tuple[str, ...]
    two: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two nodes have in common and what not.

    Attributes:
        between: claims of which one is the subject and the other the object.
        common: partners of both.
        only_one: partners of the first only.
        only_two: partners of the second only.
        papers: documents that name both.
        later: how many claims on either the day leaves out.
    """

    between: tuple[Claim, ...]
    common: tuple[Partner, ...]
    only_one: tuple[Partner, ...]
    only_two: tuple[Partner, ...]
    papers: tuple[Paper, ...]
    later: int


def show_comparison(request: Request) -> Response:
    """Show the form, and the comparison where both bodies are given."""
    view = open_view(request)
    one, two = (find_side(view, request.query_params.get(name, "").strip()[:LONGEST]) for name in "ab")
    compared = None
    if one.named and two.named:
        compared = compare(view, one.named.iri, two.named.iri)
    wrong = bool(one.problem or two.problem)
    return render(
        request,
        "compare.html.j2",
        status=422 if wrong else 200,
        sides=(("a", "One", one), ("b", "The other", two)),
        compared=compared,
        same=one.named is not None and one.named == two.named,
    )


def find_side(view: View, given: str) -> Side:
    """Find what was given: an IRI, a key, a code or a name."""
    if not given:
        return Side("")
    iri = ID + given.removeprefix("cgi:").removeprefix(ID)
    if kind_of(iri) not in _COMPARED or not view.holds(iri):
        iri = _find_exact(view, given)
    try:
        iri = iri or find_body(view.store, given).value
    except QueryError as error:
        return Side(given, problem=str(error))
    named = view.name(iri)
    return Side(write_value(view, iri, named.name), "", named, read_facts(view, iri))


def compare(view: View, one: str, two: str) -> Comparison:
    """Compare two nodes."""
    (own, later), (others_own, others_later) = read_briefs(view, one), read_briefs(view, two)
    ones, twos = list_partners(own), list_partners(others_own)
    both = [iri for iri in ones if iri in twos]
    others = {one, two}
    return Comparison(
        between=tuple(list_between(view, one, two)) if one != two else (),
        common=_name_partners(view, both, ones, twos),
        only_one=_name_partners(view, [iri for iri in ones if iri not in {*twos, *others}], ones, {}),
        only_two=_name_partners(view, [iri for iri in twos if iri not in {*ones, *others}], {}, twos),
        papers=_list_papers(view, one, two),
        later=later + others_later,
    )


def list_partners(briefs: Iterable[Brief]) -> dict[str, tuple[str, ...]]:
    """Map those with whom the claims on a node relate it to the relations in words; most claims first."""
    by_other: dict[str, list[Brief]] = {}
    for brief in briefs:
        by_other.setdefault(brief.other, []).append(brief)
    ranked = sorted(by_other.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {other: word_briefs(briefs) for other, briefs in ranked}


def _name_partners(
    view: View, iris: Iterable[str], ones: dict[str, tuple[str, ...]], twos: dict[str, tuple[str, ...]]
) -> tuple[Partner, ...]:
    chosen = list(iris)[:MOST]
    partners = [Partner(view.name(iri), ones.get(iri, ()), twos.get(iri, ())) for iri in chosen]
    return tuple(sorted(partners, key=lambda partner: (partner.named.name.casefold(), partner.named.iri)))


def _list_papers(view: View, one: str, two: str) -> tuple[Paper, ...]:
    ones, twos = (view.refer(CG + "mentions", iri) for iri in (one, two))
    papers = [read_paper(view, paper) for paper in sorted(ones & twos) if view.lets_in(paper)]
    return tuple(sorted(papers, key=lambda paper: (paper.date, paper.title, paper.iri)))[:MOST]


def _find_exact(view: View, name: str) -> str:
    """Find what alone has exactly that name, which an index tells at once; empty for none or several."""
    fitting = [iri for iri in view.called(name) if kind_of(iri) in _COMPARED]
    return fitting[0] if len(fitting) == 1 else ""


ROUTES = [Route("/compare", show_comparison)]
