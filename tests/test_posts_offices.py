"""Offices that name no body: whose councillor, whose Speaker, whose inspector."""

from __future__ import annotations

import pytest

from graph.extractors.posts_offices import find_office_body, find_only_body
from tests.marked_text import read_marked

COUNCIL = "[Harbour Council|CountyCouncil]"
TEXTS = {
    "one council": f"{COUNCIL} met. The [council|CountyCouncil=Harbour Council] agreed.",
    "two councils": f"{COUNCIL} met [Dock Council|DistrictCouncil].",
    "two parliaments": "The [House of Commons|Parliament] met. The [Senedd|Parliament] did not.",
    "regulator": "The [Harbour Inspectorate|Regulator] met.",
    "parties": "[Labour|PoliticalParty] spoke. The [Opposition|PoliticalParty=Conservative Party] did not.",
}


@pytest.mark.parametrize(
    ("role", "text", "body"),
    [
        ("councillor", "one council", "Harbour Council"),
        ("Dock West councillor", "one council", "Harbour Council"),
        ("cabinet member for adult social care", "one council", "Harbour Council"),
        ("director of public health", "one council", "Harbour Council"),
        ("Mayor", "one council", "Harbour Council"),
        ("councillor", "two councils", None),
        ("finance director", "one council", None),
        ("Deputy Speaker", "two parliaments", "House of Commons"),
        ("Presiding Officer", "two parliaments", "Senedd"),
        ("chief inspector of hospitals", "regulator", "Harbour Inspectorate"),
        ("Shadow Minister (Health)", "parties", "Conservative Party"),
        ("shadow health secretary", "one council", None),
    ],
)
def test_office_belongs_to_the_one_fitting_body(role: str, text: str, body: str | None) -> None:
    _, mentions = read_marked(TEXTS[text])
    found = find_office_body(role, mentions)
    assert (found.name if found else None) == body


def test_only_body_is_its_first_mention() -> None:
    _, mentions = read_marked(TEXTS["one council"])
    assert find_only_body(frozenset({"CountyCouncil"}), mentions) is mentions[0]
    assert find_only_body(frozenset({"Regulator"}), mentions) is None
