"""What a model proposes is a claim only if the text bears it out; cases as data."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import pytest

from graph.extract import extract_document, load_resources
from graph.llm.answers import Proposal
from graph.llm.claims import ARGUMENTS, CONFIDENCE, Refusal, check_proposal
from graph.llm.passages import Passage, cut_passages
from graph.records import Document, Extraction, Relation
from graph.vocabulary import ORGANISATION_TYPES, OTHER_TYPES, PREDICATES

ROOF_MENDED = "Fennick Council mends the roof of\nLowmoor Care Trust."
WRITTEN = "Ann Tarrick, deputy\nclerk of Fennick Council, wrote it down."
TEXT = f"""The roof

{ROOF_MENDED} It rained a lot.
Nobody came by bus. The hall was
cold. Fennick Council has a flag.

{WRITTEN}
County councils like one another.
"""
ROOF = "mends the roof of"


@cache
def passage() -> tuple[Passage, Document]:
    document = Document("a.txt", TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    seen: list[Extraction] = []

    def look(found: Extraction) -> list[Relation]:
        seen.append(found)
        return []

    extract_document(document, load_resources(), find_further=look)
    (only,) = cut_passages(seen[0])
    return only, document


def number(name: str) -> int:
    names = [entity.name for entity in passage()[0].entities]
    return 1 + names.index(name) if name in names else int(name)


def check(changes: dict[str, Any]) -> Relation | Refusal:
    sound = {"subject": "Fennick Council", "predicate": "funds", "object": "Lowmoor Care Trust"}
    words = {**sound, "status": "asserted", "quote": ROOF, **changes}
    words["subject"], words["object"] = number(words["subject"]), number(words["object"])
    return check_proposal(Proposal(**words), *passage())


POST = {"subject": "Ann Tarrick", "predicate": "postHolderAt", "object": "Fennick Council"}
CLERK = "Ann Tarrick, deputy clerk of"


@pytest.mark.parametrize(
    ("changes", "evidence", "role"),
    [
        ({}, ROOF_MENDED, ""),
        ({"quote": "roof of Lowmoor  Care\tTrust. It rained"}, f"{ROOF_MENDED} It rained a lot.", ""),
        ({"quote": "It rained a lot"}, "It rained a lot.", ""),
        ({"status": "negated", "role": "chief executive"}, ROOF_MENDED, ""),
        ({"subject": "Lowmoor Care Trust", "object": "Fennick Council"}, ROOF_MENDED, ""),
        (
            {**POST, "quote": CLERK, "role": "deputy clerk"},
            WRITTEN,
            "deputy clerk",
        ),
        (
            {
                "subject": "county councils",
                "predicate": "mergesWith",
                "object": "county councils",
                "quote": "County councils like one another.",
            },
            "County councils like one another.",
            "",
        ),
    ],
)
def test_claim_that_the_text_bears_out(changes: dict[str, Any], evidence: str, role: str) -> None:
    claim = check(changes)
    assert isinstance(claim, Relation)
    (quoted,) = claim.evidence
    assert quoted.quote == evidence == TEXT[quoted.start : quoted.end]
    assert (claim.role, claim.confidence) == (role, CONFIDENCE)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"predicate": "paysFor"}, Refusal.PREDICATE),
        ({"predicate": "fundedBy"}, Refusal.PREDICATE),
        ({"predicate": ""}, Refusal.PREDICATE),
        ({"status": "certain"}, Refusal.STATUS),
        ({"status": "Asserted"}, Refusal.STATUS),
        ({"subject": "0"}, Refusal.NO_MENTION),
        ({"object": "-1"}, Refusal.NO_MENTION),
        ({"object": "99"}, Refusal.NO_MENTION),
        ({"subject": "Ann Tarrick"}, Refusal.TYPE),
        ({**POST, "subject": "Lowmoor Care Trust"}, Refusal.TYPE),
        ({"predicate": "published"}, Refusal.TYPE),
        ({"object": "Fennick Council"}, Refusal.SELF),
        ({"subject": "county councils", "object": "county councils"}, Refusal.SELF),
        ({"quote": "the roof"}, Refusal.SHORT),
        ({"quote": ""}, Refusal.SHORT),
        ({"quote": "mends the whole roof of"}, Refusal.INVENTED),
        ({"quote": "mends the roof o"}, Refusal.INVENTED),
        ({"quote": "MENDS THE ROOF OF"}, Refusal.INVENTED),
        ({"quote": "mends the roof of\u0007"}, Refusal.INVENTED),
        ({"quote": "<b>mends the roof of</b>"}, Refusal.INVENTED),
        ({"quote": f"{ROOF_MENDED} It rained a lot. Nobody came by bus. The hall was cold."}, Refusal.LONG),
        ({"quote": "The hall was cold."}, Refusal.FAR),
        ({**POST, "quote": CLERK, "role": "chief executive"}, Refusal.TITLE),
        ({**POST, "quote": CLERK, "role": ""}, Refusal.TITLE),
        ({**POST, "quote": CLERK, "role": "depu"}, Refusal.TITLE),
    ],
)
def test_proposal_that_is_refused(changes: dict[str, Any], refusal: Refusal) -> None:
    assert check(changes) is refusal


def test_every_predicate_takes_known_types() -> None:
    assert set(ARGUMENTS) == set(PREDICATES)
    for subjects, objects in ARGUMENTS.values():
        assert subjects
        assert objects
        assert subjects | objects <= {*ORGANISATION_TYPES, *OTHER_TYPES}
