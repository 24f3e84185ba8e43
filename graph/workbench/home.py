"""The first page: search, and what there is in the graph."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.questions import list_questions
from graph.search.records import Hits, NameHit, SentenceHit
from graph.search_index import SearchIndex
from graph.workbench.claims import describe_status
from graph.workbench.paging import Page, read_page
from graph.workbench.rendering import render
from graph.workbench.site import opened_of
from graph.workbench.view import KINDS, View, open_view

NAME_KINDS = tuple(list(KINDS)[:8])
"""Kinds of nodes that have names to search."""
SENTENCES = "sentence"
PER_PAGE = 20
FEW = 6
"""Names shown above the sentences where both were found."""
LONGEST = 300
"""Characters of a search; more is cut off."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        facets: what was found by kind: key, words and number; only kinds of which something was found.
        names: a page of names, or the first of them.
        sentences: a page of sentences, less those of documents that the day leaves out.
        left_out: how many sentences of this page the day leaves out.
        page: of the list that has pages here.
    """

    facets: tuple[tuple[str, str, int], ...]
    names: Hits[NameHit]
    sentences: Hits[SentenceHit]
    shown: tuple[SentenceHit, ...]
    left_out: int
    page: Page


def show_home(request: Request) -> Response:
    """Show the search box, and what was found; without a search what there is."""
    text = request.query_params.get("q", "").strip()[:LONGEST]
    index = opened_of(request).index
    if not text:
        return render(
            request,
            "home.html.j2",
            statistics=index.statistics,
            bodies=sum(count.in_documents for count in index.statistics.types),
            questions=list_questions(),
        )
    kind = request.query_params.get("kind", "")
    kind = kind if kind in (*NAME_KINDS, SENTENCES) else ""
    found = search(request, index, text, kind)
    view = open_view(request)
    return render(
        request,
        "found.html.j2",
        text=text,
        kind=kind,
        found=found,
        words=KINDS,
        gone=_find_gone(view, found),
        cut_marks=cut_marks,
        status_words=describe_status,
    )


def search(request: Request, index: SearchIndex, text: str, kind: str) -> Found:
    """Search names and sentences.

    Args:
        request: asked by the browser, which says which page.
        index: of the graph.
        text: what to look for.
        kind: of nodes, or ``SENTENCES``; empty for both.
    """
    totals = {name: index.search_names(text, limit=1, kinds=[name]).total for name in NAME_KINDS}
    totals[SENTENCES] = index.search_sentences(text, limit=1).total
    size = totals[kind] if kind else totals[SENTENCES]
    page = read_page(request, size, PER_PAGE)
    names: Hits[NameHit] = Hits(0, ())
    sentences: Hits[SentenceHit] = Hits(0, ())
    if kind != SENTENCES:
        limit, offset = (PER_PAGE, page.offset) if kind else (FEW, 0)
        names = index.search_names(text, limit=limit, offset=offset, kinds=[kind] if kind else ())
    if kind in ("", SENTENCES):
        sentences = index.search_sentences(text, limit=PER_PAGE, offset=page.offset)
    last = open_view(request).as_of.last
    shown = tuple(hit for hit in sentences.hits if not last or (hit.date and hit.date <= last))
    facets = tuple(
        (key, "Sentences" if key == SENTENCES else KINDS[key], n) for key, n in totals.items() if n
    )
    return Found(facets, names, sentences, shown, len(sentences.hits) - len(shown), page)


def cut_marks(text: str, marks: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """Cut a text at its marks: pieces, each with whether it is marked.

    >>> cut_marks("a bc d", ((2, 4),))
    [('a ', False), ('bc', True), (' d', False)]
    """
    pieces, at = [], 0
    for start, end in marks:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]


def _find_gone(view: View, found: Found) -> dict[str, str]:
    """Map the bodies on the page to whether they existed on the day that is set, in words."""
    if not view.as_of:
        return {}
    iris = {hit.entity for hit in found.names.hits}
    iris |= {end for hit in found.shown for claim in hit.claims for end in (claim.subject, claim.object)}
    return {iri: view.name(iri).gone for iri in sorted(iris) if view.name(iri).gone}


ROUTES = [Route("/", show_home)]
