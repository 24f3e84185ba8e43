"""Read hospitals and trusts by short names: "St Brannoc's", "the Royal Omnium", "the Omnium trust".

A saint's or a king's name is that of a hospital where the text speaks of hospitals and the sentence of
no school or church.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.reading import Reading
from graph.extractors.words import ADJECTIVES, GENERIC, STARTERS, TITLES
from graph.patterns import make_regex

_SAINT = make_regex(
    r"(?<![\w'-])(?P<name>(?:St\.?|Queen|King|Prince|Princess|Lady) [A-Z][a-z]+['\u2019]s)"
    r"(?![\w-]| [A-Z]| (?:day|reign|time|hospitals?|speech|death|government|wife|husband|son|daughter"
    r"|amendment|question|report)\b)"
)
_ROYAL = make_regex(r"(?<![\w'-])(?P<the>[Tt]he )?(?P<name>Royal [A-Z][a-z]+)(?![\w-]| [A-Z]| of\b)")
_NOT_ROYAL = frozenset(
    "Assent Commission College Colleges Mail Navy Family Air Highness Society Charter Household Warrant Bank "
    "Assents Commissions Inspectorate Prerogative Marines Ascot Albert Academy Borough Courts Gala Ballet "
    "Opera Engineers Artillery Palace Standard Instructions Visit Wedding Jubilee Institute".split()
)
_TRUST = make_regex(
    r"(?<![\w'-])(?P<name>[A-Z][a-z][\w-]*(?: (?:and )?[A-Z][\w-]+){0,3} trust)"
    r"(?![\w-]| (?:fund|deeds?|board's)\b)"
)
_HOSPITALS = make_regex(
    r"\b(?:[Hh]ospi\w+|[Ww]ards?|[Nn]urs\w+|[Pp]atients?|NHS|[Tt]rusts?|beds?|[Cc]linics?|casualty|[Hh]ealth"
    r"|[Ii]nfirmary|CQC|matron|porters|operations|doctors?)\b"
)
_SCHOOLS = make_regex(
    r"\b(?:[Ss]chools?|[Aa]cadem\w+|[Cc]hurch\w*|pupils|parish|vicar|[Cc]athedral|[Cc]ollege"
    r"|Oxford|Cambridge|eve)\b"
)
_HOSPICES = make_regex(r"\bhospices?\b", re.IGNORECASE)
_NO_TRUST = (
    GENERIC
    | STARTERS
    | TITLES
    | ADJECTIVES
    | frozenset("learning academy multi-academy labour ambulance teaching".split())
)


def read_sites(reading: Reading) -> Iterator[Candidate]:
    """Propose hospitals and trusts by short names, in no order."""
    text = reading.text
    for found in _TRUST.finditer(text):
        words = [word.lower() for word in found["name"].split(" ")[:-1]]
        if words[0] not in STARTERS and words[-1] not in _NO_TRUST:
            yield _named(found, "NHSTrust", "name with a small letter")
    if not _HOSPITALS.search(text):
        return
    for found in _SAINT.finditer(text):
        sentence = text[slice(*reading.bounds_at(found.start()))]
        if not _SCHOOLS.search(sentence):
            yield _named(
                found, "Charity" if _HOSPICES.search(sentence) else "Hospital", "patron of a hospital"
            )
    for found in _ROYAL.finditer(text):
        if found["name"].split(" ")[1] not in _NOT_ROYAL:
            yield _named(found, "Hospital" if found["the"] else "NHSTrust", "royal hospital")


def _named(found: re.Match[str], kind: str, rule: str) -> Candidate:
    return Candidate(*found.span("name"), "named", kind, rule, found["name"], rank=2)
