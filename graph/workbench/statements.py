"""The page of a claim: who says what of whom, in which words, and who says otherwise."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from graph.workbench.claims import Claim, describe_status, explain_finding, list_between, read_claim
from graph.workbench.rdf import FORMS
from graph.workbench.rendering import render
from graph.workbench.view import View


def show_claim(request: Request, view: View, iri: str) -> Response:
    """Show one claim."""
    claim = read_claim(view, iri)
    others = [other for other in list_between(view, claim.subject.iri, claim.object.iri) if other.iri != iri]
    same = [other for other in others if _says_the_same(claim, other)]
    return render(
        request,
        "claim.html.j2",
        claim=claim,
        finding=explain_finding(claim.found_by),
        agreeing=[other for other in same if other.status == claim.status],
        disagreeing=[other for other in same if other.status != claim.status],
        further=[other for other in others if other not in same],
        late=not view.lets_in(claim.paper.iri),
        status_words=describe_status,
        forms=FORMS,
    )


def _says_the_same(one: Claim, other: Claim) -> bool:
    """Tell whether two claims on a pair speak of one relation; the direction counts unless it has none."""
    if one.predicate != other.predicate:
        return False
    return one.subject == other.subject or one.words == one.backward
