"""The page of a body, a person, a publication, a place: all that takes part in claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from graph.questions import list_questions
from graph.vocabulary import CG, ID, PREDICATES, STATUSES
from graph.workbench.briefs import Brief, Choice, count_briefs, read_briefs
from graph.workbench.claims import (
    Paper,
    describe_status,
    group_claims,
    read_claim,
    read_paper,
    word_relation,
)
from graph.workbench.complete import FIELDS, write_value
from graph.workbench.facts import draw_timeline, read_facts
from graph.workbench.neighbours import draw_neighbours, find_neighbours
from graph.workbench.paging import read_page
from graph.workbench.rdf import FORMS
from graph.workbench.rendering import render
from graph.workbench.view import KINDS, View, kind_of

PER_PAGE = 40
"""Claims on a page."""
_MOST_PAPERS = 60


@dataclass(frozen=True, slots=True)
class Speaker:
    """A document that speaks of a body: how many of its claims do; none where it only names it."""

    paper: Paper
    claims: int


def show_body(request: Request, view: View, iri: str) -> Response:
    """Show what is known and said of a node that takes part in claims."""
    status = request.query_params.get("status", "")
    predicate = request.query_params.get("relation", "")
    choice = Choice(
        status=status if status in STATUSES else "", predicate=predicate if predicate in PREDICATES else ""
    )
    briefs, later = read_briefs(view, iri)
    counts = count_briefs(briefs)
    chosen = [brief for brief in briefs if choice.fits(brief)]
    page = read_page(request, len(chosen), PER_PAGE)
    claims = [read_claim(view, brief.iri) for brief in chosen[page.offset : page.offset + PER_PAGE]]
    neighbours, known = find_neighbours(view, iri, briefs)
    papers, spoken = list_speakers(view, iri, briefs)
    named = view.name(iri)
    return render(
        request,
        "body.html.j2",
        kind=KINDS[kind_of(iri)],
        named=named,
        iri=iri,
        key=iri.removeprefix(ID),
        facts=read_facts(view, iri),
        timeline=draw_timeline(view, iri),
        total=len(briefs),
        chosen=len(chosen),
        later=later,
        choice=choice,
        statuses=_sum_statuses(counts),
        relations=_sum_relations(counts),
        groups=group_claims(claims, iri),
        status_words=describe_status,
        page=page,
        neighbours=neighbours,
        known=known,
        picture=draw_neighbours(named.name, neighbours) if neighbours else None,
        papers=papers,
        spoken=spoken,
        questions=list_asks(named.name) if kind_of(iri) in FIELDS["organisation"] else [],
        value=write_value(view, iri, named.name),
        forms=FORMS,
    )


def list_speakers(view: View, iri: str, briefs: Iterable[Brief]) -> tuple[list[Speaker], int]:
    """List the documents that name a node, those that say most first, and count them all."""
    said = Counter(brief.paper for brief in briefs)
    named = view.refer(CG + "mentions", iri)
    papers = [paper for paper in named | set(said) if paper and view.lets_in(paper)]
    papers.sort(key=lambda paper: (-said[paper], paper))
    return [Speaker(read_paper(view, paper), said[paper]) for paper in papers[:_MOST_PAPERS]], len(papers)


def list_asks(name: str) -> list[tuple[str, str, str]]:
    """List the questions that need nothing but a body: name, parameter, and the question in words."""
    asks = []
    for question in list_questions():
        needed = [parameter for parameter in question.parameters if parameter.default is None]
        if len(needed) == 1 and needed[0].type == "organisation":
            asks.append((question.name, needed[0].name, question.text.replace("BODY", name)))
    return asks


def _sum_statuses(counts: dict[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    """Return each status with its words and its number of claims."""
    sums = {status: sum(n for (s, _), n in counts.items() if s == status) for status in STATUSES}
    return [(status, describe_status(status), n) for status, n in sums.items() if n]


def _sum_relations(counts: dict[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    """Return each property with its words and its number of claims, the commonest first."""
    sums: dict[str, int] = {}
    for (_, predicate), n in counts.items():
        sums[predicate] = sums.get(predicate, 0) + n
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(predicate, word_relation(predicate), n) for predicate, n in ordered]
