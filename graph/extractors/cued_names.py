"""Find names that no head noun ends by the words beside them: "private company Acorn", "Acorn, a charity".

Lists say what their members are: "six health boards - Fife and Tayside", "homes: Elm Court, at Ayr".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from graph.extractors.candidates import Candidate
from graph.extractors.chains import GIVEN
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading, fold_key
from graph.extractors.words import ADJECTIVES, GENERIC, STARTERS, TITLES
from graph.patterns import make_regex
from graph.records import Span

_TYPE_OF = {
    **dict.fromkeys(
        "company companies firm firms provider providers operator operators contractor contractors "
        "consultants "
        "consultancy developer insurer giant outsourcer manufacturer landlord accountants auditors".split(),
        "Company",
    ),
    **dict.fromkeys(("charity", "charities"), "Charity"),
    **dict.fromkeys(("union", "unions"), "TradeUnion"),
    **dict.fromkeys(("think tank", "think-tank", "thinktank"), "ThinkTank"),
    **dict.fromkeys(("pressure group", "campaign group", "lobby group"), "Organisation"),
    **dict.fromkeys(("regulator", "watchdog"), "Regulator"),
}  # fmt: skip
_NOUN = "|".join(sorted(map(re.escape, _TYPE_OF), key=lambda noun: (-len(noun), noun)))
_NAME = r"[A-Z][\w&'-]*(?: (?:& )?[A-Z][\w&-]*){0,3}"
_BEFORE = make_regex(rf"\b(?P<noun>{_NOUN}),? (?P<name>{_NAME})(?![\w'])")
_AFTER = make_regex(
    rf", (?:an?|the|one of the) (?:[\w'-]+ ){{0,3}}?(?P<noun>{_NOUN})\b"
    r"(?! (?:chief|boss|spokes\w+|director|manager|chairman|leader|worker))"
)
_LED = make_regex(
    r" (?:chief executive|chief operating officer|managing director|general secretary|spokes(?:man"
    r"|woman|person)|CEO)\b"
)
_ENDING = make_regex(rf"(?<![\w'-])(?P<name>{_NAME})(?:'s| \([A-Z]\w+\))?$")
_PARTY = make_regex(r"(?<=[a-z)\]] )\((?P<party>Con|Lab|LD|Lib Dem|SNP|PC|DUP|UUP|SDLP|Ind Lab)(?=[,;)])")
_PARTIES = {
    "Con": "Conservative Party", "Lab": "Labour Party", "LD": "Liberal Democrats",
    "Lib Dem": "Liberal Democrats",
    "SNP": "Scottish National Party", "PC": "Plaid Cymru", "DUP": "Democratic Unionist Party",
    "UUP": "Ulster Unionist Party", "SDLP": "Social Democratic and Labour Party", "Ind Lab": "Labour Party",
}  # fmt: skip
_CLASSES = {
    "boards": ("HealthBoard", "NHS {}"), "authorities": ("LocalAuthority", "{} Council"),
    "councils": ("LocalAuthority", "{} Council"),
    "boroughs": ("LondonBoroughCouncil", "London Borough of {}"),
    "pcts": ("PrimaryCareTrust", "{} Primary Care Trust"),
    "primary care trusts": ("PrimaryCareTrust", "{} Primary Care Trust"),
    "ccgs": ("ClinicalCommissioningGroup", "{} Clinical Commissioning Group"),
    "clinical commissioning groups": ("ClinicalCommissioningGroup", "{} Clinical Commissioning Group"),
    "health authorities": ("HealthAuthority", "{} Health Authority"),
}  # fmt: skip
_PLACES = r"[A-Z][\w'-]+(?: (?:and |& |upon )?[A-Z][\w'-]+){0,4}"
_LIST = make_regex(
    r"\b(?P<class>(?i:(?:health|NHS) boards|health authorities|(?:local|unitary) authorities|councils"
    r"|boroughs|primary care trusts|clinical commissioning groups)|PCTs|CCGs)(?: \([A-Z]\w+\))?"
    r"(?: ?[-\u2013\u2014:]|,? (?:such as|namely|including|like)) "
    rf"(?P<list>(?:{_PLACES}, )*{_PLACES}(?:,? and {_PLACES})?)"
)
_ITEM = make_regex(r"(?:, (?:and )?| and )")
_COMMA = make_regex(r", (?:and )?")
_SHARED_LIST = make_regex(
    r"\b(?P<list>(?:[A-Z][\w'-]+(?: (?:and )?[A-Z][\w'-]+)*, )+(?:[A-Z][\w'-]+(?: [A-Z][\w'-]+)*,? )?and) "
    r"(?P<last>[A-Z][\w'-]+(?: (?!PCTs|CCGs)[A-Z][\w'-]+)?) (?P<class>health boards|Health Boards"
    r"|health authorities|councils"
    r"|Councils|Clinical Commissioning Groups|Primary Care Trusts|PCTs|CCGs|(?i:primary care trusts"
    r"|clinical commissioning groups))\b"
)
_CAMPAIGN = make_regex(
    r"\b(?P<name>(?:[A-Z]\w+ )?(?:(?:Save|Keep|Defend|Protect) Our [A-Z]\w+(?: Public\b)?|Hands Off [A-Z]\w+"
    r"|Save (?:[A-Z]\w+ ){1,3}(?:Hospital|Hospice|A&E|Infirmary)))"
)
_CAMPAIGNING = make_regex(r" (?:save|keep our|defend our|protect our|hands off) ")
_HOMES = make_regex(r"\b(?:(?:care|nursing|residential|old people's) homes?|homes)\b", re.IGNORECASE)
_HOME_ITEM = make_regex(
    r"(?:(?<=[;:] )|(?<=; and )|(?<=include )|(?<=including )|(?<=are )|(?<=homes )|(?<=sell ))"
    r"(?P<name>(?:The )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3})(?=,? (?:at|in|near) [A-Z])"
)
_HOUSE = make_regex(
    r"\b(?P<name>(?:[A-Z][\w'-]+ ){1,2}(?:House|Court|Lodge|Manor|Grange|Hall))(?=,? (?:at|in|near) [A-Z]"
    r"| (?:care|nursing|residential) home|,? (?:a|which is a) (?:[\w-]+ )?(?:care|nursing|residential) home)"
)
_STATELY = frozenset(
    "high crown county supreme magistrates' family government town city civic white opposition".split()
)


def read_cued(reading: Reading, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose the names that words beside them show to be bodies, in no order."""
    text = reading.text
    for found in _BEFORE.finditer(text):
        if _is_name(reading, found.span("name"), lexicon):
            yield _named(found.span("name"), _TYPE_OF[found["noun"]], found["name"])
    for pattern in (_AFTER, _LED):
        for found in pattern.finditer(text):
            low = max(found.start() - 60, reading.bounds_at(found.start())[0])
            name = _ENDING.search(text[low : found.start()])
            if not name or (pattern is _LED and " " not in name["name"]):
                continue
            span = (low + name.start("name"), low + name.end("name"))
            if _is_name(reading, span, lexicon):
                kind = _TYPE_OF[found["noun"]] if pattern is _AFTER else "Organisation"
                yield _named(span, kind, name["name"])
    for found in _PARTY.finditer(text):
        yield _named(found.span("party"), "PoliticalParty", _PARTIES[found["party"]], rank=50)
    for found in _CAMPAIGN.finditer(text) if _CAMPAIGNING.search(reading.key) else ():
        yield _named(found.span("name"), "Organisation", found["name"], rank=50)
    yield from _read_lists(text, lexicon)
    if _HOMES.search(text):
        yield from _read_homes(reading)


def _named(span: Span, kind: str, name: str, *, rank: int = 3) -> Candidate:
    return Candidate(*span, "named", kind, "name by cue", name, rank=rank)


def _is_name(reading: Reading, span: Span, lexicon: Lexicon) -> bool:
    """Say whether capitals beside a cue name a body: no person, place, month or first word of a sentence."""
    name = reading.text[span[0] : span[1]]
    words = fold_key(name).split()
    if name.split()[0] in GIVEN or words[0] in STARTERS or words[0] in TITLES or len(name) < 3:
        return False
    if any(word in TITLES for word in words) or words[0] in ADJECTIVES:
        return False
    if " ".join(words) in lexicon.places or lexicon.has_collective(" ".join(words)):
        return False
    return not (len(words) == 1 and reading.opens_sentence(span[0])) and not all(w in GENERIC for w in words)


def _read_lists(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose the bodies of a list of places that follows or precedes what they are."""
    for found in _LIST.finditer(text):
        kind, template = _CLASSES[_class_of(found["class"])]
        spans = _split_places(found["list"], found.start("list"), template, lexicon)
        if len(spans) > 1:
            for start, end in spans:
                yield _named((start, end), kind, template.format(text[start:end]), rank=60)
    for found in _SHARED_LIST.finditer(text):
        kind, template = _CLASSES[_class_of(found["class"])]
        listed = found["list"].removesuffix(" and").removesuffix(",")
        spans = _split_list(listed, found.start("list"), _COMMA)
        known = sum(_is_place(text[start:end], template, lexicon) for start, end in spans)
        if 2 * known >= len(spans):
            for start, end in spans:
                yield _named((start, end), kind, template.format(text[start:end]), rank=60)
            yield _named((found.start("last"), found.end()), kind, template.format(found["last"]), rank=60)


def _class_of(written: str) -> str:
    words = written.lower()
    return words if words in _CLASSES else words.split(" ")[-1]


def _is_place(piece: str, template: str, lexicon: Lexicon) -> bool:
    return fold_key(piece) in lexicon.places or lexicon.has_name(fold_key(template.format(piece)))


def _split_places(listed: str, offset: int, template: str, lexicon: Lexicon) -> list[Span]:
    """Return where each place of a list stands, up to the first that is not known to be one."""
    return list(
        takewhile(
            lambda span: _is_place(listed[span[0] - offset : span[1] - offset], template, lexicon),
            _split_list(listed, offset, _ITEM),
        )
    )


def _split_list(listed: str, offset: int, joint: re.Pattern[str]) -> list[Span]:
    """Return where each item of a list stands."""
    spans: list[Span] = []
    at = 0
    for piece in joint.split(listed):
        at = listed.index(piece, at)
        spans.append((offset + at, offset + at + len(piece)))
        at += len(piece)
    return spans


def _read_homes(reading: Reading) -> Iterator[Candidate]:
    """Propose care homes by their names: in a list of homes with where each stands, or before "care home"."""
    text = reading.text
    for low, high in dict.fromkeys(reading.bounds_at(found.start()) for found in _HOMES.finditer(text)):
        items = list(_HOME_ITEM.finditer(text, low, high))
        for found in items if len(items) > 1 else ():
            yield _named(found.span("name"), "Company", found["name"], rank=40)
    for found in _HOUSE.finditer(text):
        first = found["name"].split()[0]
        sentence = reading.bounds_at(found.start())
        if first not in GIVEN and first.lower() not in STARTERS | _STATELY and _HOMES.search(text, *sentence):
            yield _named(found.span("name"), "Company", found["name"], rank=40)
