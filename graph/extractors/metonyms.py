"""Read words that stand for one body with nothing else: "the Cabinet", "County Hall", "the IJB".

They count with their capitals only, and only where no longer name goes on from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.reading import Reading
from graph.patterns import make_regex

_CABINET = make_regex(
    r"(?:\b[Tt]he|\b[Tt]old|\b[Bb]y|\b[Tt]o|['\u2019]s|\b[Ff]ull|\b[Oo]f|\b[Ii]n) (?P<whole>Cabinet)\b"
    r"(?! (?:[A-Z]|secretary|ministers?|offices?|committees?|meetings?|colleagues?|reshuffle|papers?"
    r"|government|rank|posts?|members?|system|responsib\w+|portfolio\w*|approval))"
)
_LOCAL = make_regex(r"\b(?:[Cc]ouncil(?:lors?)?|Cllr|[Pp]ortfolio|Health and Wellbeing)\b")
_HALL = make_regex(r"(?<=[a-z,] )(?P<whole>County Hall)\b(?! [A-Z]|, [A-Z])")
_PARTNER = make_regex(
    r"\b(?:PCT|CCG|ICB|HA|Trust|Council|Board|Police|Provider)(?:,|,? and| or|/) ?"
    r"(?P<whole>Council|Trust|Healthwatch|Probation)\b(?! (?:[A-Z]|for\b|of\b))(?!['\u2019-])"
)
_PARTNER_WORD = make_regex(r"(?:Council|Trust|Healthwatch|Probation)\b")
_PARTNER_BEFORE = tuple(joint + space for joint in (",", "and", "or", "/") for space in ("", " "))
_PARTNERS = {
    "Council": "LocalAuthority", "Trust": "NHSTrust", "Healthwatch": "RepresentativeBody",
    "Probation": "Organisation",
}  # fmt: skip
_ACRONYMS = {
    "IJB": "Partnership", "ICS": "Partnership", "SAB": "Partnership", "STP": "Partnership",
    "ICP": "Partnership", "HWB": "Partnership", "LINk": "RepresentativeBody", "PPG": "RepresentativeBody",
    "CHC": "RepresentativeBody",
}  # fmt: skip
_ACRONYM = make_regex(
    rf"\b(?:[Tt]he|[Oo]ur|[Tt]his|local|old|new) (?P<whole>{'|'.join(_ACRONYMS)})(?![\w-]| [A-Z])"
)
_OWNED = make_regex(r"(?:^|[.;:,(\u2022] |\b(?:[a-z]+|The) )$")


def read_metonyms(reading: Reading) -> Iterator[Candidate]:
    """Propose the bodies that a word with a capital stands for, in no order."""
    text = reading.text
    if "Cabinet" in text:
        local = _LOCAL.search(text)
        for found in _CABINET.finditer(text):
            yield _named(found, "Organisation" if local else "Government")
    if "County Hall" in text:
        for found in _HALL.finditer(text):
            yield _named(found, "CountyCouncil")
    if any(acronym in text for acronym in _ACRONYMS):
        for found in _ACRONYM.finditer(text):
            yield _named(found, _ACRONYMS[found["whole"]])
    if _may_name_partners(text):
        for found in _PARTNER.finditer(text):
            if _OWNED.search(text, max(0, found.start() - 30), found.start()):
                yield _named(found, _PARTNERS[found["whole"]])


def _may_name_partners(text: str) -> bool:
    """Say whether ``_PARTNER`` may match: it takes much longer to say so."""
    return any(text.endswith(_PARTNER_BEFORE, 0, found.start()) for found in _PARTNER_WORD.finditer(text))


def _named(found: re.Match[str], kind: str) -> Candidate:
    return Candidate(*found.span("whole"), "named", kind, "word for a body", found["whole"], rank=2)
