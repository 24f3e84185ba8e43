"""Read governments, parliaments, departments and the opposition, of the nation that a text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.extractors.candidates import Candidate
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading
from graph.extractors.united_states import NAME, read_administrations, read_united_states
from graph.patterns import make_regex

_NATIONS = {
    "scotland": make_regex(r"\b(?:scotland|scottish|scots|holyrood|msps?|edinburgh)\b"),
    "wales": make_regex(r"\b(?:wales|welsh|cymru|cardiff|senedd)\b"),
    "ireland": make_regex(r"\b(?:northern ireland|stormont|belfast|ulster|dhssps|mlas?)\b"),
    "us": make_regex(r"\b(?:congress|americans?|united states|medicare|medicaid|republicans?|washington)\b"),
    "england": make_regex(
        r"\b(?:england|english|westminster|britain|british|uk|london|pcts?|ccgs?|mps?|whitehall)\b"
    ),
}
_GOVERNMENTS = {
    "scotland": "Scottish Government", "wales": "Welsh Government", "ireland": "Northern Ireland Executive",
    "us": NAME, "england": "UK Government",
}  # fmt: skip
_COUNCILS = {"scotland": "ScottishCouncil", "wales": "WelshCouncil"}
_HEALTH_DEPARTMENTS = {
    "england": "Department of Health",
    "ireland": "Department of Health, Social Services and Public Safety",
}
_PARLIAMENTS = {
    "scotland": "Scottish Parliament",
    "wales": "National Assembly for Wales",
    "ireland": "Northern Ireland Assembly",
}
_GOVERNMENT = make_regex(
    r"\b(?P<whole>(?:(?P<nation>Scottish|Welsh|Welsh Assembly|[Aa]ssembly|UK|British|Westminster"
    r"|Northern Ireland|US|U\.S\.|American|uk|Uk|HM|Her Majesty's|His Majesty's|federal|Federal) "
    r"|(?P<party>Labour|Conservative|Tory|SNP|Liberal|Lib Dem|Thatcher|Major|Blair|Brown|Cameron|May"
    r"|Johnson|Attlee|Churchill|Macmillan|Wilson|Heath|Callaghan|Truss|Sunak|Starmer"
    r"|Conservative-led|Labour-led|Tory-led) "
    r"|(?:central|national|coalition|Coalition|Central|National) "
    r"|(?<=the )(?P<other>(?!Local|Regional|Self|Last|Former|New|Previous|Public)[A-Z][a-z]+) (?=g)"
    r")?[Gg]overnment(?: ministers)?)\b"
)
_NOT_BEFORE = make_regex(
    r"\b(?:[Ll]ocal|[Ss]elf|[Rr]egional|[Pp]revious|[Ll]ast|[Ff]ormer|[Nn]ext|[Ff]uture|[Aa]nother"
    r"|[Ff]oreign|[Ii]ncoming|[Aa]ny|[Ee]very|[Ee]ach|[Nn]o|[Ss]uccessive|[Oo]pen|[Bb]ig|[Gg]ood"
    r"|[Bb]etter|of|in|student"
    r"|[Ss]tate|[Rr]epresentative|Local|[Pp]rogramme for)[ -]$"
)
_NOT_AFTER = make_regex(
    r"(?: [Oo]ffices?\b| [Aa]ssociation\b| [Ss]ecretary\b| of the day| [Aa]ct\b| [Oo]mbudsman\b"
    r"| [Cc]hronicle| [Nn]etwork| [Ii]nformation| [Bb]ill\b| for the Regions|-in-waiting| bonds?\b"
    r"| House\b)"
)
_ITS_OWN = make_regex(
    r" (?:policy|policies|funding|cuts|ministers?|spending|money|targets?|guidance|plans?|proposals|reforms"
    r"|grants?|advisers?|officials?|support|interference|control|inspectors)\b"
)
_MINISTERS = make_regex(
    r"\b(?P<whole>(?:(?P<nation>Scottish|Welsh|UK|Westminster|government"
    r"|Government) )?[Mm]inisters)\b"
)
_NOT_MINISTERS = make_regex(
    r"\b(?:[Pp]rime|[Ff]ormer|[Cc]abinet|[Ss]hadow|[Jj]unior|[Hh]ealth|two|three|four|previous"
    r"|[Cc]ouncil of|EU|European|finance|education) $"
)
_EXECUTIVE = make_regex(
    r"\b(?:[Tt]he|by|by the) (?P<whole>[Ee]xecutive)\b(?! (?:[Dd]irector|Board|Committee|Council|Summary"
    r"|Agency|Office|Member))"
)
_ASSEMBLY = make_regex(r"\b(?:[Tt]he|by) (?P<whole>Assembly)\b(?! [A-Z])")
_HOUSE = make_regex(r"\b[Tt]h(?:e|is) (?P<whole>House)\b(?! (?:of|Committee|[A-Z]))")
_PARLIAMENT_WORD = make_regex(r"\b(?P<whole>Parliament)\b")
_NOT_PARLIAMENT = make_regex(
    r"\b(?:[Tt]his|[Nn]ext|[Ll]ast|[Pp]revious|[Mm]embers? of|Acts? of|[Oo]f one|of|Houses of"
    r"|European|Scottish|UK|Welsh|current|hung|each|per|lifetime of the|the course of the"
    r"|during the|end of the) $"
)
_DEPARTMENT = make_regex(
    r"\b(?P<own>[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir|[Tt]his|own|Friend's|Lady's|Gentleman's"
    r"|Member's) (?P<whole>Department|[Dd]epartment)\b(?! (?:of|for|[A-Z]))"
)
_TREASURY = make_regex(
    r"\b(?P<whole>Treasury|HMT)\b(?! (?:[Mm]inister|[Bb]ill|Committee|Select|Solicitor|[Bb]ench))"
)
_WHITEHALL = make_regex(r"\b(?P<whole>Whitehall)\b(?! (?:department|Palace))")
_OPPOSITION = make_regex(r"(?<=[a-z,;] )(?P<whole>Opposition)\b")
_COALITION = make_regex(
    r"\b[Tt]he (?P<whole>[Cc]oalition)\b(?! (?:of|against|for|[Gg]overnment|[Aa]greement|partner))"
)
_OTHER_COALITION = make_regex(r"[A-Z][\w']+ Coalition\b|[Cc]oalition (?:of|for|on|against)\b|\(the Coalition")
_RULES = make_regex(
    r"(?:'s)? (?:can|has|is|will|wants|must|should|came to power|took office|plans|reforms|cuts)\b"
)
_PARTNERS = make_regex(r"\b(?:[Cc]oalition [Gg]overnment|Lib(?:eral)? Dem)")
_LOST_CAPITALS = make_regex(r"\b(?:scottish|welsh|british|executive|parliament|whitehall|treasury)\b")


@dataclass(frozen=True, slots=True)
class Nations:
    """Which nation a document is about, and which a sentence of it names."""

    reading: Reading
    main: str

    def at(self, position: int) -> str:
        """Return the one nation that the sentence names, else that of the document."""
        low, high = self.reading.bounds_at(position)
        key = self.reading.key[low:high]
        named = [nation for nation in ("scotland", "wales", "ireland") if _NATIONS[nation].search(key)]
        english = _NATIONS["england"].search(key)
        return named[0] if len(named) == 1 and not english else self.main


def find_nations(reading: Reading) -> Nations:
    """Tell which nation a document is about: the one that it names most, England where none leads."""
    counts = {nation: len(pattern.findall(reading.key)) for nation, pattern in _NATIONS.items()}
    main = max(counts, key=lambda nation: (counts[nation], nation == "england"))
    leads = main == "england" or (counts[main] >= 3 and counts[main] > 1.5 * counts["england"])
    return Nations(reading, main if leads else "england")


def tell_nation(candidate: Candidate, nations: Nations) -> Candidate:
    """Return a named council of no tier as one of Scotland or Wales, where the text is about that nation."""
    if candidate.type != "LocalAuthority":
        return candidate
    nation = nations.at(candidate.start) if candidate.kind == "named" else nations.main
    if candidate.kind != "named" and "council" not in nations.reading.key[candidate.start : candidate.end]:
        return candidate
    return replace(candidate, type=_COUNCILS.get(nation, "LocalAuthority"))


def read_governments(reading: Reading, nations: Nations, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose governments, parliaments and departments that are named without their nation.

    Args:
        reading: the document.
        nations: what it is about.
        lexicon: for the names that it knows.
    """
    text = _capitalise(reading)
    for pattern, barred in ((_GOVERNMENT, _NOT_BEFORE), (_MINISTERS, _NOT_MINISTERS)):
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - 25) : found.start()]
            if barred.search(before) and not (
                pattern is _GOVERNMENT
                and _allowed(
                    before,
                    found["nation"] or found["party"],
                    attributive=bool(_ITS_OWN.match(text, found.end())),
                )
            ):
                continue
            if not _NOT_AFTER.match(text, found.end()):
                yield _government(found, nations, rank=30)
    if nations.main in ("scotland", "ireland"):
        yield from (_government(found, nations, rank=25) for found in _EXECUTIVE.finditer(text))
    if nations.main in ("wales", "ireland"):
        yield from (_named(f, "Parliament", _PARLIAMENTS[nations.main], 25) for f in _ASSEMBLY.finditer(text))
    house = {"us": "House of Representatives", "england": "House of Commons"}.get(nations.main, "")
    if house:
        yield from (_named(f, "Parliament", house, 25) for f in _HOUSE.finditer(text))
    if nations.main == "us":
        yield from read_united_states(text)
    elif " administration " in reading.key:
        yield from read_administrations(text)
    yield from (_named(found, "Government", "UK Government", 25) for found in _WHITEHALL.finditer(text))
    yield from (
        _named(found, "GovernmentDepartment", "HM Treasury", 25) for found in _TREASURY.finditer(text)
    )
    yield from (_named(found, "PoliticalParty", "Opposition", 25) for found in _OPPOSITION.finditer(text))
    partners = nations.main == "england" and _PARTNERS.search(text)
    alone = not _OTHER_COALITION.search(text)
    for found in _COALITION.finditer(text):
        if (found["whole"][0] == "C" and alone) or partners or _RULES.match(text, found.end()):
            yield _named(found, "Government", "UK Government", 25)
    yield from _read_parliaments(reading, text, nations)
    yield from _read_departments(text, nations)


def _allowed(before: str, nation: str | None, *, attributive: bool) -> bool:
    """Say whether "of" or "in" before a government still leaves it one ("part of government" does not)."""
    return before.lower().endswith((" of ", " in ", "next ", "last ")) and (nation is not None or attributive)


def _government(found: re.Match[str], nations: Nations, *, rank: int) -> Candidate:
    adjective = (found.groupdict().get("nation") or "").lower()
    nation = next((n for n in ("scotland", "wales", "us") if adjective[:4] == n[:4]), "") if adjective else ""
    if found.groupdict().get("other"):
        return _named(found, "Government", found["whole"], rank)
    nation = nation or {
        "welsh": "wales",
        "welsh assembly": "wales",
        "assembly": "wales",
        "northern ireland": "ireland",
        "federal": "us",
        "american": "us",
        "u.s.": "us",
    }.get(adjective, "")
    if found.groupdict().get("party") == "SNP":
        nation = "scotland"
    if (
        adjective in ("uk", "british", "westminster", "hm", "her majesty's", "his majesty's")
        or "central" in found["whole"].lower()
    ):
        nation = "england"
    return _named(found, "Government", _GOVERNMENTS[nation or nations.at(found.start())], rank)


def _named(found: re.Match[str], kind: str, name: str, rank: int) -> Candidate:
    return Candidate(*found.span("whole"), "named", kind, f"name {name}", name, rank=rank)


def _capitalise(reading: Reading) -> str:
    """Return the text, in one without capitals with those that the rules look for."""
    return (
        _LOST_CAPITALS.sub(lambda found: found[0].capitalize(), reading.text)
        if reading.caseless
        else reading.text
    )


def _read_parliaments(reading: Reading, text: str, nations: Nations) -> Iterator[Candidate]:
    for found in _PARLIAMENT_WORD.finditer(text):
        before = text[max(0, found.start() - 25) : found.start()]
        if not _NOT_PARLIAMENT.search(before) and not text.startswith((" Square", " Street"), found.end()):
            yield _named(found, "Parliament", _PARLIAMENTS.get(nations.at(found.start()), "Parliament"), 25)


def _read_departments(text: str, nations: Nations) -> Iterator[Candidate]:
    """Propose "the Department"; with its capital it is the department of health, unless another was named."""
    for found in _DEPARTMENT.finditer(text):
        capital = found["whole"] == "Department"
        name = _HEALTH_DEPARTMENTS.get(nations.main, "") if capital else ""
        start, end = found.span("whole")
        yield Candidate(
            start, end, "named", "GovernmentDepartment", "definite description", name, definite=True, rank=20
        )
