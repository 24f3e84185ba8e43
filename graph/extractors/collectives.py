"""Read classes of bodies and bodies without names: "PCTs", "every council", "the trust".

What a wording is depends on the words around it: a count makes it unnamed, a generic determiner a
class, a definite one a description that is to be resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.lexicon import Anaphor, Collective, Lexicon, PluralHead, Wording
from graph.extractors.reading import Reading

_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|twenty|thirty|forty|fifty|\\d{1,3}"
)
_COUNTED = re.compile(
    r"\b(?P<whole>(?P<definite>(?:the|these|those|our|its|'s|all|all of the|of the"
    r"|England's|Scotland's|Wales's) )?"
    rf"(?P<count>(?:(?i:{_NUMBERS}))(?: of the)?|one of the|one of our) (?:[a-z-]+ )?)$"
)
_ONE_OF = re.compile(r"\b([Oo]ne|[Tt]wo|[Tt]hree|[Nn]one|[Ss]ome|[Ee]ach) of the $")
_DEFINITE = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Mm]y|[Oo]ur|[Ii]ts|[Hh]is|[Hh]er|THE|said)(?: (?:local|new|same"
    r"|latter|proposed|combined|whole|current|independent|Conservative|Labour|Tory|"
    r"Lib Dem|Liberal Democrat|Conservative-led|Labour-led|Conservative-run|Labour-run"
    r"|Conservative-controlled|Labour-controlled|Tory-led|Tory-run|cash-strapped|troubled"
    r"|beleaguered))? $"
)
_PARTY_BEFORE = re.compile(
    r"\b(?:Conservative|Labour|Tory|Lib Dem|Liberal Democrat)(?:-(?:led|run|controlled))? $"
)
_GENERIC = re.compile(
    r"\b(?:[Aa]ny|[Ee]ach|[Ee]very|[Nn]o|[Yy]our|[Tt]heir|[Aa]n?|more than one|only one"
    r"|only dealing with one|[Tt]heir local|[Yy]our local|[Aa] local|per|[Aa]ny local|into one"
    r"|fewer than one)(?: (?:small|large|larger|big|good|single|whole|typical|average|particular"
    r"|failing|qualified|willing|private|new|local|independent))? $"
)
_UNNAMED = re.compile(
    r"\b(?P<whole>(?:[Oo]ne|[Aa]nother|[Aa] neighbouring|[Nn]eighbouring|[Aa] nearby|[Aa] different"
    r"|[Ff]ormer|[Ss]ingle|[Aa] second|[Aa] third|one London|one northern|one southern)) $"
)
_FUNCTION = frozenset(
    "is are was were be been being has have had do does did will would shall should can could may "
    "might must and or but nor of in on at by for from to with "
    "who which that as than when where while if because since until after before between across "
    "against about into under over through than not also now then "
    "said says told added argued claimed warned announced agreed decided wants wanted needs plans "
    "planned faces faced has's 's recognises failed made makes took runs ran "
    "ran spent spends gets got gave gives set sets already alone itself themselves too more only "
    "still never often always rather instead within during a an the its their his her "
    "could cannot recently currently later together provides provided wrote called asked urged "
    "ought whose whom".split()
)
_BODY_NOUNS = frozenset(
    "board boards leader leaders boss bosses chief chiefs chairman chair chairs staff services "
    "budget budgets funding funds finances spending areas area maps boundaries borders "
    "boundary managers manager officials officer officers members member services' care provision "
    "bureaucracy partnerships partnership commissioning commissioners "
    "investment cuts cut maps status level levels representatives representative headquarters "
    "premises workers employees directors director executive executives "
    "spokesman spokeswoman spokesperson functions responsibilities responsibility plans plan "
    "social adult children's education housing grants grant support "
    "finance resources performance associations nurses homes home meeting meetings cabinet "
    "decision decisions run owned funded controlled led nhs reconfiguration reorganisation mergers "
    "merger mental public health elections group groups providers provider structure structures "
    "sector bodies employers decision-makers money allocations costs chiefs patients deficits "
    "deficit trusts".split()
)
_SITE_BEFORE = re.compile(
    r"\b(?:[Ii]n|into|at|to|from|inside|outside|within|enter|entering|leave|leaving|leaves|between"
    r"|of|out of|near|through|up) (?:the |our |their |a |an |its |his |her |some |many |most |all "
    r"|both |NHS |acute |local |other |residential |new |nearby )*$"
)
_OWNED = re.compile(r"(?:\w's|\bown|\b[Tt]heir|\byour) $")
_CAPITAL_BEFORE = re.compile(r"[a-z] [A-Z][a-z]+ $")
_PRIVATE = re.compile(r"(?:private|independent|for-profit)", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[ -](\w[\w'-]*)")
_ANAPHOR_AFTER = frozenset(
    "tax taxes house houses estate estates housing taxpayer taxpayers chamber of worker line lines "
    "party's".split()
)


def read_collective(reading: Reading, start: int, end: int, wording: Wording) -> Iterator[Candidate]:
    """Propose what a wording of a collective stands for at a place of the text.

    Args:
        reading: the document.
        start: position of the wording.
        end: position after it.
        wording: of a ``Collective``.
    """
    entry = wording.entry
    if not isinstance(entry, Collective) or not _is_written(reading, start, end, wording):
        return
    low, high = reading.bounds_at(start)
    before, after = reading.text[max(low, start - 50) : start], reading.text[end : min(high, end + 40)]
    following = _NEXT_WORD.match(after)
    if following and following[1].lower() in entry.not_before:
        return
    if wording.short and before[-2:-1].isalpha() and _CAPITAL_BEFORE.search(before):
        return
    if wording.plural:
        yield from _read_plural(reading, start, end, entry, before, after)
    else:
        yield from _read_singular(start, end, wording, before, after)


def _is_written(reading: Reading, start: int, end: int, wording: Wording) -> bool:
    text = reading.text[start:end]
    if wording.acronym:
        return text == wording.written or (reading.caseless and len(wording.written) > 3)
    if " " in text or "-" in text or text.islower() or text.isupper():
        return True
    if reading.opens_sentence(start) or (reading.text[end] == " " and reading.text[end + 1].isupper()):
        return True
    return reading.text[start - 2].islower() or reading.sentences[reading.number_at(start)].kind == "heading"


def _read_plural(
    reading: Reading, start: int, end: int, entry: Collective, before: str, after: str
) -> Iterator[Candidate]:
    one_of = _ONE_OF.search(before)
    counted = _COUNTED.search(before)
    if one_of and one_of[1].lower() in ("one", "two", "three"):
        begin = start - len(before) + one_of.start()
        yield Candidate(
            begin, end, "unnamed", entry.type, f"count of {entry.name}", entry.name, plural=True, rank=30
        )
        return
    if counted and not counted["definite"] and "of the" not in counted["count"]:
        begin = start - len(before) + counted.start("count")
        yield Candidate(
            begin, end, "unnamed", entry.type, f"count of {entry.name}", entry.name, plural=True, rank=30
        )
        return
    if entry.site and _SITE_BEFORE.search(before) and not _PRIVATE.match(reading.text, start):
        return
    yield Candidate(
        start, end, "collective", entry.type, f"collective {entry.name}", entry.name, plural=True, rank=10
    )


def _read_singular(start: int, end: int, wording: Wording, before: str, after: str) -> Iterator[Candidate]:
    entry = wording.entry
    assert isinstance(entry, Collective)
    following = _NEXT_WORD.match(after)
    word = following[1].lower() if following else ""
    if word in _ANAPHOR_AFTER - {"of"} or (
        wording.written == "trust" and word in ("fund", "funds", "in", "and", "between")
    ):
        return
    head = (
        not word
        or word in _FUNCTION
        or after[:1] not in " -"
        or (bool(re.match(r"\w+(?:ed|s)$", word)) and word not in _BODY_NOUNS)
    )
    if after.startswith(" of ") and wording.written == "authority":
        return
    unnamed = _UNNAMED.search(before)
    strong = " " in wording.written or wording.acronym or wording.written in ("council",)
    if _DEFINITE.search(before) or (head and _PARTY_BEFORE.search(before)):
        modifier = not head and not before.lower().rstrip().endswith(("this", "that", "my"))
        yield Candidate(
            start,
            end,
            "collective" if modifier else "unnamed",
            entry.type,
            "definite description",
            entry.name,
            definite=True,
            rank=20,
        )
    elif unnamed and head and not _GENERIC.search(before):
        begin = (
            start - (len(before) - unnamed.start())
            if unnamed["whole"].lower() != "a neighbouring"
            else start - len(before) + unnamed.start() + 2
        )
        yield Candidate(begin, end, "unnamed", entry.type, f"one of {entry.name}", entry.name, rank=30)
    elif _GENERIC.search(before) and (strong or head or not re.search(r"\b[Aa]n? $", before)):
        if not (entry.site and _SITE_BEFORE.search(before)):
            yield Candidate(
                start, end, "collective", entry.type, f"generic {entry.name}", entry.name, rank=10
            )
    elif (
        strong
        and not entry.site
        and not head
        and (word in _BODY_NOUNS or after[0] == "-" or wording.acronym or " " in wording.written)
    ):
        yield Candidate(
            start,
            end,
            "collective",
            entry.type,
            f"modifier {entry.name}",
            entry.name,
            definite=wording.written == "council",
            rank=10,
        )
    elif strong and not entry.site and head and (wording.acronym or " " in wording.written):
        yield Candidate(start, end, "collective", entry.type, f"bare {entry.name}", entry.name, rank=0)
    elif wording.written == "trust" and word in ("board", "boards", "managers", "executives"):
        yield Candidate(start, end, "collective", entry.type, f"modifier {entry.name}", entry.name, rank=0)


def read_plural_head(
    reading: Reading, start: int, end: int, head: PluralHead, lexicon: Lexicon
) -> Iterator[Candidate]:
    """Propose a class that is named by its head and the words that classify ("regional planning bodies").

    Args:
        reading: the document.
        start: position of the plural noun.
        end: position after it.
        head: the noun's type.
        lexicon: for the classifying words.
    """
    text = reading.text
    low, _ = reading.bounds_at(start)
    begin = start
    while begin > low and text[begin - 1] == " ":
        opening = text.rfind(" ", low - 1, begin - 1) + 1
        word = text[opening : begin - 1]
        if not word.islower() and not (opening == low and word[1:].islower()):
            break
        lowered = word.lower()
        if lowered not in lexicon.modifiers and not set(lowered.split("-")) <= lexicon.modifiers:
            break
        begin = opening
    words = reading.key[begin:end].split()
    if any(lexicon.has_collective(" ".join(words[size:])) for size in range(len(words) - 1)):
        return
    if begin < start and text[start:end].islower():
        name = reading.key[begin:end]
        counted = _COUNTED.search(text[max(low, begin - 50) : begin])
        kind, span = ("unnamed", begin) if counted and not counted["definite"] else ("collective", begin)
        yield Candidate(span, end, kind, head.type, "class by head", name, plural=True, rank=5)


def read_anaphor(reading: Reading, start: int, end: int, anaphor: Anaphor) -> Iterator[Candidate]:
    """Propose a definite description ("the commission") that only a named body can give a sense.

    Args:
        reading: the document.
        start: position of the noun.
        end: position after it.
        anaphor: the noun and what it may stand for.
    """
    low, high = reading.bounds_at(start)
    before = reading.text[max(low, start - 50) : start]
    definite = _DEFINITE.search(before) or (anaphor.noun == "party" and _OWNED.search(before))
    if reading.text[end : end + 5].startswith((" of ", " for ")) or not definite:
        return
    if (
        reading.text[end : end + 2].startswith(" ")
        and reading.text[end + 1].isupper()
        and reading.text[start].isupper()
    ):
        return
    following = _NEXT_WORD.match(reading.text, end, high)
    if following and following[1].lower() in _ANAPHOR_AFTER:
        return
    yield Candidate(start, end, "named", "Organisation", "definite description", "", definite=True, rank=10)
