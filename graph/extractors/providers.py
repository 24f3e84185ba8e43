"""Read names of homes, clinics and firms of care by what they look like and what stands beside them.

"Elm House" is a home where the text speaks of care, unless it is an address; "Omnium Health" is a firm;
"run by Omnium", "a contract with Omnium" and "Omnium's shares" tell what has no such word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.chains import GIVEN
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading, fold_key
from graph.extractors.words import ADJECTIVES, GENERIC, SERVICE_CARE, STARTERS, TITLES
from graph.patterns import make_regex

_HOME = make_regex(
    r"(?<![\w'-])(?P<name>(?:[A-Z][\w'-]+ ){1,2}(?:House|Lodge|Grange|Manor|Court))(?![\w-]| [A-Z])"
)
_CARE = make_regex(
    r"\b(?:care|nursing|residents?|homes?|patients?|beds|staff|inspect\w+|CQC|wards?|surger\w+|[Cc]ouncil|NHS"
    r"|[Rr]egulators?|mother|father|husband|wife|sister|inquest|sheriff|Lodge|Grange|Nursing|Care)\b"
)
_HOSPITAL = make_regex(r"\b(?:hospitals?|wards?|patients?)\b")
_RESIDENTIAL = make_regex(r"\b(?:homes?|residents?|residential|nursing)\b")
_ADDRESS_BEFORE = make_regex(r"(?:[,(/] ?|\b(?:\d+|of|[Aa]ddress:?|pm|am) )$")
_ADDRESS_AFTER = make_regex(
    r", (?:\d|[A-Z][\w'-]+(?: [A-Z][\w'-]+)*(?: (?:Street|Road|Lane|Avenue|Way)|,|$| ?\)))"
)
_STATELY = frozenset(
    "white upper lower full high crown county supreme magistrates magistrates' family government town city "
    "civic opposition somerset chatham trinity church this that our my her his appeal federal district "
    "commons lords manor public open safe halfway".split()
)
_FIRM = make_regex(
    r"(?<![\w'.-])(?P<name>(?:[A-Z][\w'-]+ )(?:Health|Doctors|Docs))(?![\w-]| (?:[A-Z&]|and [A-Z]|\())"
)
_OTHERS = (
    ("Charity", ("Carers", "s Together"), make_regex(
        r"(?<![\w'-])(?P<name>[A-Z][\w'-]+ Carers|Carers [A-Z][a-z]+|[A-Z][a-z]+s Together)"
        r"(?![\w-]| (?:[A-Z(]))"
    )),
    ("Organisation", (" Campaign",), make_regex(
        r"(?<![\w'-])(?P<name>(?:[A-Z][\w-]+ ){2,3}Campaign)(?![\w-]| [A-Z])"
    )),
    ("Publisher", (" Weekly",), make_regex(r"(?<![\w'-])(?P<name>[A-Z][a-z]+ Weekly)(?![\w-]| [A-Z])")),
    ("Company", (" Sons", " Co"), make_regex(r"(?<![\w'-])(?P<name>[A-Z][a-z]+ (?:&|and) (?:Sons|Co))\b")),
)  # fmt: skip
_NO_OTHERS = frozenset(
    "young unpaid all family adult working other week strategy act services allowance support leave "
    "assessment assessments grant money rights centre centres action bill plan charter fund".split()
)
_NO_FIRM = (
    GENERIC
    | SERVICE_CARE
    | STARTERS
    | TITLES
    | ADJECTIVES
    | frozenset(
        "environmental mental occupational sexual global world world's public men's women's one population "
        "prison rural digital oral animal maternal school shadow".split()
    )
)
_CAPITAL_BEFORE = make_regex(r"\b[A-Z][\w'-]+ $")
_PLACE_BEFORE = make_regex(r"\b(?:in|of|at|from|near|for) $")
_NAME = r"[A-Z][\w&-]{1,60}(?: (?:& )?[A-Z][\w-]{1,60}){0,2}"
_END = r"(?!['\u2019]?\w|-| (?:[A-Z&]|and [A-Z]\w* [A-Z]))"
_PASSIVE = make_regex(
    r"\b(?:(?:run|owned|managed|operated|employed|built|supplied|held|staffed) by"
    r"|(?:contracts?|deal) (?:with|to)|(?:outsourced|sold|awarded|handed) (?:over )?to"
    r"|works? for|worked for|working for|bought by"
    rf"|taken over by) (?P<name>{_NAME}){_END}"
)
_OWNS = make_regex(
    rf"(?<![\w'.-])(?P<name>{_NAME})"
    r"(?=['\u2019]s (?:shares|shareholders|profits|debts|contract|owners?|annual)"
    r"\b|,? which (?:runs|owns|operates) |,? (?:plc|PLC)\b)"
)


def read_providers(reading: Reading, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose homes, clinics and firms by their names and their surroundings, in no order."""
    yield from _read_homes(reading)
    text = reading.text
    for found in _FIRM.finditer(text):
        first = found["name"].split(" ")[0].lower()
        inside = _CAPITAL_BEFORE.search(text, max(0, found.start() - 20), found.start())
        if first not in _NO_FIRM and not inside and not _is_known(found["name"], lexicon):
            yield _named(found, "name of a firm")
    for kind, needed, pattern in _OTHERS:
        if not any(word in text for word in needed):
            continue
        for found in pattern.finditer(text):
            words = set(fold_key(found["name"]).split())
            inside = _CAPITAL_BEFORE.search(text, max(0, found.start() - 20), found.start())
            if not inside and not words & (_NO_OTHERS | STARTERS):
                yield _named(found, "name by its form", kind)
    for pattern in (_PASSIVE, _OWNS):
        for found in pattern.finditer(text):
            placed = _PLACE_BEFORE.search(text, max(0, found.start() - 8), found.start())
            if not (pattern is _OWNS and placed) and _is_unplaced(found["name"], lexicon):
                yield _named(found, "name by cue")


def _read_homes(reading: Reading) -> Iterator[Candidate]:
    text = reading.text
    if not _CARE.search(text):
        return
    for found in _HOME.finditer(text):
        words = found["name"].split(" ")
        if words[0] in GIVEN or words[0].lower() in _STATELY | STARTERS or words[0].lower() in TITLES:
            continue
        before = text[max(0, found.start() - 15) : found.start()]
        after = _ADDRESS_AFTER.match(text, found.end())
        if after and (_ADDRESS_BEFORE.search(before) or "," in after[0][1:] or after[0][-1].isalpha()):
            continue
        if _ADDRESS_BEFORE.search(before) and text[found.end() : found.end() + 1] in ",)":
            continue
        bounds = reading.bounds_at(found.start())
        hospital = _HOSPITAL.search(text, *bounds) and not _RESIDENTIAL.search(text, *bounds)
        yield _named(found, "name of a home", "Hospital" if hospital else "Company")


def _is_known(name: str, lexicon: Lexicon) -> bool:
    return lexicon.has_name(fold_key(name)) or lexicon.has_collective(fold_key(name))


def _is_unplaced(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name after a cue is no person, place, class or known body."""
    words = fold_key(name).split()
    if name.split(" ")[0] in GIVEN or any(word in TITLES for word in words):
        return False
    if words[0] in STARTERS | ADJECTIVES or all(word in GENERIC for word in words) or len(name) < 4:
        return False
    return fold_key(name) not in lexicon.places and fold_key(name) not in lexicon.wordings


def _named(found: re.Match[str], rule: str, kind: str = "Company") -> Candidate:
    return Candidate(*found.span("name"), "named", kind, rule, found["name"], rank=2)
