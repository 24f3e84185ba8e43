"""Read who governs in a text about the United States: the administration, the states, what is federal."""

from __future__ import annotations

from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.patterns import make_regex

NAME = "US Government"
_ADMINISTRATION = make_regex(
    r"\b(?:(?:[Tt]he|[Tt]his|[Mm]y) (?P<whole>[Aa]dministration)|(?P<named>(?:Obama|Bush|Clinton|Reagan|Trump"
    r"|Biden|Nixon|Carter|Johnson|Kennedy) [Aa]dministration))\b"
)
_STATES = make_regex(
    r"(?<!United )(?<!Member )(?:\b(?P<whole>States)|(?<=[a-z] )(?P<one>State)(?= (?:governments?"
    r"|eligibility|Medicaid"
    r"|funding|funds|law|officials|agencies)))\b(?! of\b)"
)
_FEDERAL = make_regex(
    r"\b(?P<whole>Federal)(?= (?:funding|funds|dollars|money|spending|agencies|officials)\b)"
)


def read_administrations(text: str) -> Iterator[Candidate]:
    """Propose the governments that are called after a president, in a text about any nation."""
    for found in _ADMINISTRATION.finditer(text):
        if found["named"]:
            yield Candidate(*found.span("named"), "named", "Government", f"name {NAME}", NAME, rank=25)


def read_united_states(text: str) -> Iterator[Candidate]:
    """Propose the administration, and the states and federal bodies that a text about America speaks of."""
    for found in _ADMINISTRATION.finditer(text):
        group = "whole" if found["whole"] else "named"
        yield Candidate(*found.span(group), "named", "Government", "name US Government", NAME, rank=25)
    for found in _STATES.finditer(text):
        group = "whole" if found["whole"] else "one"
        yield Candidate(
            *found.span(group),
            "collective",
            "Government",
            "collective states",
            "states",
            plural=True,
            rank=15,
        )
    for found in _FEDERAL.finditer(text):
        yield Candidate(*found.span("whole"), "named", "Government", f"name {NAME}", NAME, rank=25)
