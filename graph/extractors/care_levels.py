"""Read the levels of care and the doctors that act as a class: "primary care", "GPs will commission"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.reading import Reading
from graph.patterns import make_regex

_LEVELS = make_regex(
    r"\b(?:invest\w* in|(?:resources?|money|funding|funds|power|services|work) (?:away )?(?:from|to|into|for)"
    r"|mov\w+ (?:from|to)|shift\w* (?:from|to)|care to|pressure on|burden on|links? with|work\w* with"
    r"|not only|both|between) (?P<a>(?:primary"
    r"|secondary|acute) care)"
    r"(?=[.,;)]| (?:and|or|to|in|but|is|are|has|have|will|can|must|should)\b)"
)
_DOCTORS = make_regex(
    r"\b(?:(?:[Bb]y|[Gg]ive|[Gg]iving|with|(?:hospitals,?|PCTs|trusts|councils) and|between|from"
    r"|to|among|allows?|forced?|pay|paid|asked|told|for|and|of|let|help) (?P<a>GPs)\b"
    r"(?! (?:who|leav|report)\w*)"
    r"|(?P<b>GPs)(?=,? (?:will|would|should|must|can|could|may|decide|control|commission|buy|purchase|hold"
    r"|to (?:commission|buy|hold|control|take (?:on|over))|in (?:charge|control)|are|have|were|had|want|need"
    r"|say|said|argue|agree|refer|use|take|took|get|got|work"
    r"|and (?:the |their )?(?:[a-z]+ )?(?:hospitals?|PCTs?|social|councils?|trusts?|pharmac\w+))\b))"
)


def read_care_levels(reading: Reading) -> Iterator[Candidate]:
    """Propose primary and secondary care where money or work goes to them, and GPs where they decide."""
    for found in _LEVELS.finditer(reading.text):
        name = found["a"].lower()
        yield _sector(found, "HealthService", name)
    for found in _DOCTORS.finditer(reading.text):
        yield _sector(found, "GeneralPractice", "general practices")


def _sector(found: re.Match[str], kind: str, name: str) -> Candidate:
    group = found.lastgroup or "a"
    return Candidate(*found.span(group), "collective", kind, f"sector {name}", name, plural=True, rank=20)
