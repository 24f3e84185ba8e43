"""Read names of bodies off their heads: "Wessex Carers Federation", "Institute for X and Y", "Leeds council".

The automaton finds the head noun; from there the name is read backwards and, where the head
allows, forwards. What only says of what sort a body is ("Joint Committee") is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.chains import Spot, read_back, read_forward
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import fold_key
from graph.extractors.words import ADJECTIVES, COUNTRIES, DIRECTIONS, GENERIC, PLURALS, SERVICE_CARE, STARTERS
from graph.patterns import make_regex

RANK = 20
"""Rank of a name by its head; each further word of the head adds one, so that the fullest head wins."""

_SHARED = make_regex(
    r"(?P<first>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*) (?:and|&) (?P<last>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*?) "
    r"(?P<noun>Hospitals|PCTs|CCGs|Councils|Trusts|SHAs|Universities|hospitals|councils|universities"
    r"|health boards|Health Boards)"
)
_SINGULAR = {"universities": "University", "hospitals": "Hospital", "councils": "Council"}
_TAX = make_regex(r"[ -](?:tax|taxes|house|houses|housing|estate|taxpayers?)\b")
_OWNED = make_regex(r"(?:[A-Z]\w+'s )+(?:Department|Ministry|Office)")
_GOES_ON = make_regex(r" [A-Z]")
_PARLIAMENTARY = make_regex(
    r"\b(?:stage [123]|msps?|mlas?|the bill|hon member|hon friend|senedd|senate"
    r"|national assembly|scottish parliament)\b"
)
_SERVES = (
    (
        "HealthBoard",
        make_regex(r"\b(?:scot\w+|holyrood|(?:health|nhs) boards?|integration joint board)\b"),
    ),
    ("IntegratedCareBoard", make_regex(r"\b(?:icbs?|integrated care boards?|integrated care)\b")),
    (
        "ClinicalCommissioningGroup",
        make_regex(r"\b(?:ccgs?|clinical commissioning|clinical commissioners)\b"),
    ),
    ("StrategicHealthAuthority", make_regex(r"\b(?:shas?|strategic health authorit\w+)\b")),
    ("PrimaryCareTrust", make_regex(r"\b(?:pcts?|primary care trusts?|nhs \w+(?: and \w+)? (?:and|,))\b")),
)
"""What serves an area and is called after it, with what the text says where it is that."""
_TREATS = make_regex(
    r"\b(?:rqia|cqc|inspectors|wards?|hospitals?|mental health act|mlas|pathology|special measures"
    r"|nurses|consultants|surgeons|patients|foundation status)\b"
)
_GIVES = make_regex(r"\b(?:schools?|charit\w+|grants?|lottery|trustees|donations?|hospice)\b")
"""What a trust of the health service does in its sentence, and what one that is a charity does."""
_NO_LAST_WORDS = frozenset("care uk today news times press general royal homes ambulance acute".split())
_OFFICES = frozenset(
    "attorney auditor secretary director surgeon inspector governor solicitor postmaster registrar adjutant "
    "advocate accountant major brigadier lieutenant princess theatre battle prince in".split()
)
"""Words before "General" and "Royal" that make them no hospital."""
"""Heads that are also the first words of longer names and titles ("Care Quality ...")."""


def read_names(spot: Spot) -> Iterator[Candidate]:
    """Propose the names whose head stands at a spot."""
    head, text = spot.head, spot.reading.text
    lower = not spot.written[0].isupper() and spot.written != "plc"
    if _is_barred(spot, lower=lower):
        return
    stop = spot.end if lower else read_forward(spot)
    if head.prefix or head.only_of:
        if stop > spot.end:
            alone = head.prefix or head.type == "GovernmentDepartment"
            yield from _propose(spot, spot.start if alone else read_back(spot), stop)
        return
    begin = read_back(spot)
    if lower and spot.written in ("hospitals", "councils", "universities") and _only_opens(spot, begin):
        return
    if begin < spot.start:
        placed = spot.written.endswith(" home") and fold_key(text[begin : spot.start]).strip()
        if placed and " " not in placed:
            return
        if not lower or _is_proper(text[begin : spot.start], spot.lexicon):
            yield from _propose(spot, begin, stop)
    elif stop > spot.end and head.start:
        yield from _propose(spot, begin, stop)
    elif head.article and _stands_after_article(spot):
        yield Candidate(
            begin, spot.end, "named", head.type, "name with article", spot.written, rank=_rank(spot)
        )


def _only_opens(spot: Spot, begin: int) -> bool:
    """Say whether the word before a plural has its capital from the sentence ("Failing hospitals")."""
    before = fold_key(spot.reading.text[begin : spot.start]).strip()
    return " " not in before and spot.reading.opens_sentence(begin) and before not in spot.lexicon.places


def _is_barred(spot: Spot, *, lower: bool) -> bool:
    """Say whether the head, as it is written, cannot be that of a name."""
    head, written = spot.head, spot.written
    if head.prefix:
        return lower or not (written.isupper() or written.removesuffix(" of").istitle())
    if lower:
        return not head.lower or bool(_TAX.match(spot.reading.text, spot.end))
    return written.isupper() and len(written) > 5


def _rank(spot: Spot) -> int:
    return RANK + spot.written.count(" ")


def _stands_after_article(spot: Spot) -> bool:
    text = spot.reading.text
    return text[spot.start - 4 : spot.start].lower() == "the " and not _GOES_ON.match(text, spot.end)


def _propose(spot: Spot, start: int, end: int) -> Iterator[Candidate]:
    """Propose a name unless it only describes ("Primary Care Trust", "Social Care")."""
    name, words = spot.reading.text[start:end], spot.reading.key[start:end].split()
    forward = end > spot.end
    if spot.lexicon.has_collective(" ".join(words)) or _is_no_name(spot, name, words, forward=forward):
        return
    shared = None if forward else _SHARED.fullmatch(name)
    if shared and " " not in name[shared.end("last") :].strip():
        yield from _split_shared(spot, start, shared)
    elif words[-1] in PLURALS:
        if "," not in name and _is_of_place(spot, words):
            rule = "class of a place"
            yield Candidate(
                start, end, "collective", spot.head.type, rule, name, plural=True, rank=_rank(spot)
            )
    else:
        yield Candidate(start, end, "named", _type_of(spot, words), "name by head", name, rank=_rank(spot))


def _is_of_place(spot: Spot, words: list[str]) -> bool:
    """Say whether the words of a plural head start with a country or a place ("London CCGs")."""
    begun = (" ".join(words[:size]) for size in range(1, len(words)))
    return words[0] in COUNTRIES or any(start in spot.lexicon.places for start in begun)


def _is_no_name(spot: Spot, name: str, words: list[str], *, forward: bool) -> bool:
    """Say whether a chain of capitals before a head is a description, a service or part of a longer name."""
    if words[-1] in _NO_LAST_WORDS and _GOES_ON.match(spot.reading.text, spot.end):
        return True
    if words[-1] in ("general", "royal"):
        return len(words) < 2 or words[-2] in _OFFICES or all(word in GENERIC for word in words)
    if words[-1] == "care" and spot.head.type == "Company":
        return len(words) < 2 or words[-2] in SERVICE_CARE or len(words) > 3
    if forward:
        return False
    if _OWNED.fullmatch(name) or words[:2] == ["state", "for"]:
        return True
    plain = (
        words[-1] in ("services", "council", "councils", "trust", "hospital", "hospitals") or spot.head.lower
    )
    return all(word in GENERIC for word in words[:-1]) and (len(words) < 3 or plain)


def _type_of(spot: Spot, words: list[str]) -> str:
    """Return the type of the head; a trust that only bears a place is one of the health service."""
    placed = (
        words[-2] in DIRECTIONS or " ".join(words[:-1]) in spot.lexicon.places if len(words) > 1 else False
    )
    if spot.head.places and " ".join(words[1:]) not in spot.lexicon.places:
        return _type_of_service(spot.reading.key)
    if words[-1] == "hospitals" and spot.head.type == "Hospital" and spot.written[0].isupper():
        return "NHSTrust"
    if words[0] in ("friends", "league") and words[1:2] == ["of"]:
        return "Charity"
    if words[-1] == "committee" and _PARLIAMENTARY.search(spot.reading.key):
        return "Parliament" if spot.head.type == "Organisation" and "council" not in words else spot.head.type
    if words[-1] == "trust" and spot.head.type == "Charity":
        return "NHSTrust" if placed or ("s" not in words and len(words) < 4 and _treats(spot)) else "Charity"
    return spot.head.type


def _treats(spot: Spot) -> bool:
    """Say whether the sentence speaks of a trust as of one that has patients."""
    sentence = spot.reading.key[slice(*spot.reading.bounds_at(spot.start))]
    return bool(_TREATS.search(sentence)) and not _GIVES.search(sentence)


def _type_of_service(key: str) -> str:
    """Return what "NHS Barset" is in a text: the sort of health body that serves an area there."""
    return next((kind for kind, pattern in _SERVES if pattern.search(key)), "HealthService")


def _split_shared(spot: Spot, start: int, shared: re.Match[str]) -> Iterator[Candidate]:
    """Propose each body of a shared plural head ("Barnsley and Rotherham PCTs"), with its full name."""
    noun = _SINGULAR.get(shared["noun"].lower(), shared["noun"].removesuffix("s"))
    spans = (("first", *shared.span("first")), ("last", shared.start("last"), shared.end()))
    for group, begin, end in spans:
        name = f"{shared[group]} {noun}"
        yield Candidate(
            start + begin, start + end, "named", spot.head.type, "shared head", name, rank=_rank(spot) + 20
        )  # fmt: skip


def _is_proper(before: str, lexicon: Lexicon) -> bool:
    """Say whether what stands before a head in lower case is a proper name, no adjective or starter."""
    words = fold_key(before).split()
    if not words or words[-1] in ADJECTIVES or lexicon.has_name(" ".join(words)):
        return False
    return not all(word in GENERIC or word in STARTERS for word in words)
