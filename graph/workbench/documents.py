"""The page of a document: its text with mentions and claims marked, and what it says as a list."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from graph.terms import DCTERMS
from graph.vocabulary import CG
from graph.workbench.claims import Claim, Paper, list_paper_claims, read_paper
from graph.workbench.marking import Block, Mentioned, mark_text
from graph.workbench.rdf import FORMS
from graph.workbench.rendering import render
from graph.workbench.site import site_of
from graph.workbench.sources import name_entities, read_findings, read_source
from graph.workbench.view import KINDS, Named, View

MOST_CLAIMS = 3000
"""Claims of a document that its page shows."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document beside its text; empty where it is not."""

    paper: Paper
    file: str
    creators: tuple[str, ...]
    citation: str
    media_type: str
    characters: str


def show_document(request: Request, view: View, iri: str) -> Response:
    """Show a document."""
    about = read_about(view, iri)
    claims = list_paper_claims(view, iri, limit=MOST_CLAIMS)
    mentioned = view.read(iri, CG + "mentions")
    blocks = mark_document(request, view, iri, claims)
    return render(
        request,
        "document.html.j2",
        iri=iri,
        about=about,
        paper=about.paper,
        claims=claims,
        blocks=blocks,
        groups=_group_mentions(view, mentioned),
        mentions=len(mentioned),
        names={named: view.name(named) for named in mentioned},
        late=not view.lets_in(iri),
        forms=FORMS,
    )


def read_about(view: View, iri: str) -> About:
    """Read what is known of a document."""
    return About(
        paper=read_paper(view, iri),
        file=view.first(iri, DCTERMS + "identifier"),
        creators=tuple(view.read(iri, DCTERMS + "creator")),
        citation=view.first(iri, DCTERMS + "bibliographicCitation"),
        media_type=view.first(iri, DCTERMS + "format"),
        characters=view.first(iri, CG + "textLength"),
    )


def mark_document(request: Request, view: View, iri: str, claims: list[Claim]) -> list[Block]:
    """Mark the text of a document; nothing where its source is not at hand."""
    out = site_of(request).out
    name = view.first(iri, DCTERMS + "identifier")
    document = read_source(out, name, view.first(iri, CG + "textSha256"))
    if document is None:
        return []
    found = read_findings(out, name)
    if found.get("text_sha256") != document.sha256:
        found = {}
    iris = name_entities(found, frozenset(view.read(iri, CG + "mentions")))
    mentions = [
        Mentioned(m["start"], m["end"], iris[m["entity"]], m["kind"])
        for m in found.get("mentions", ())
        if m["entity"] in iris
    ]
    return mark_text(document, mentions, claims)


def _group_mentions(view: View, iris: list[str]) -> list[tuple[str, list[Named]]]:
    """Group what a document mentions by kind, in the order of ``KINDS``, by name."""
    named = sorted(map(view.name, iris), key=lambda found: (found.name.casefold(), found.iri))
    groups = [(words, [n for n in named if n.kind == kind]) for kind, words in KINDS.items()]
    return [(words, found) for words, found in groups if found]
