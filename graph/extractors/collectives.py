"""Read classes of bodies and bodies without names: "PCTs", "every council", "the trust".

What a wording is depends on the words around it: a count makes it unnamed, a generic determiner a
class, a definite one a description that is to be resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading
from graph.extractors.singulars import (
    DEFINITE,
    NEVER_AFTER,
    NEXT_WORD,
    SITE_BEFORE,
    Place,
    is_held,
    read_singular,
)
from graph.extractors.wordings import Anaphor, Collective, PluralHead, Wording
from graph.extractors.words_acting import AREAS, acts_for_council
from graph.patterns import make_regex

_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|twenty|thirty|forty|fifty|(?<![\\d,.])\\d{1,3}"
)
_COUNTED = make_regex(
    r"\b(?P<whole>(?P<definite>(?:[Tt]he|[Aa]ll|these|those|our|its|'s|all|all of the|of the"
    r"|England's|Scotland's|Wales's) )?"
    rf"(?P<count>(?:(?i:{_NUMBERS}))(?: of the)?|one of the|one of our) (?:[a-z-]+ )?)$"
)
_ONE_OF = make_regex(r"\b([Oo]ne|[Tt]wo|[Tt]hree|[Nn]one|[Ss]ome|[Ee]ach) of the $")
_OWNED = make_regex(r"(?:\w's|\bown|\b[Tt]heir|\byour) $")
_OF_COUNCIL = make_regex(r"(?:(?:council|authority)'s|\b[Tt]he (?:previous|former)) (?:[\w-]+ ){0,2}$")
_LEAD = make_regex(r"(?:^|\b(?:A|AN|a|an) (?:[\w-]+ )?)$")
_LEAD_SENTENCES = 3
"""Sentences at the head of a text in which news speaks of a body before it names it ("A union has ...")."""
_CAPITAL_BEFORE = make_regex(r"[a-z] [A-Z][a-z]+ $")
_THE_SERVICE = make_regex(r"\b[Tt]he $")
_OF_NATION = make_regex(r"[.,;\u2014]|'s\b| (?:and|can|should|will|must|that) ")
_CUSTOMS = make_regex(
    r"\b(?:working|good|best|employment|professional|clinical|bad|poor|management) $", re.IGNORECASE
)
_TO_AND_FROM = make_regex(r"\b(?:to|from|between) (?:the )?$")
_AREAS = ("counties", "districts", "boroughs")
_DWELLINGS = make_regex(
    r"(?:\b(?:care|nursing|residential|[Tt]heir|[Oo]ur|my|your|his|her|own|at|in|into|new|affordable|council|social|private|family|second"
    r"|empty|warm|safe|decent|holiday|children's|foster|from|of|to|people's|[Pp]atients'|[Pp]eoples'"
    r"|funeral|maternity|rented|their own|leave|build\w*|stately|\d[\d,]*) |['\u2019]s |s' )$"
)
"""What stands before homes that people live in, which are no firms that care."""
_OF_PEOPLE = make_regex(
    r" (?:of|and (?:gardens|families|communities|hospitals)|for sale|to (?:rent|let|live))\b"
)
_OFFICE_FOR = make_regex(r"\b(?:State|Minister|Ministry|Department|Secretary) (?:for|of) $")
_SHARE = make_regex(r"\b(?:[Oo]ne in|\d+ in|out of|every|per) (?:[a-z]+|\d+) $")
_MODIFIES = make_regex(
    r"\b(?:regional|national|local|statutory|public|small|community|professional|regulatory) $", re.IGNORECASE
)
_FEW = 20
"""Up to how many bodies a text has in mind one by one."""
_PRIVATE = make_regex(r"(?:private|independent|for-profit)", re.IGNORECASE)


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
    following = NEXT_WORD.match(after)
    if following and following[1].lower() in entry.not_before:
        return
    if (wording.short and _CUSTOMS.search(before)) or is_held(wording, before, after):
        return
    if wording.written in _AREAS and SITE_BEFORE.search(before):
        return
    if wording.written == "homes" and (_DWELLINGS.search(before) or _OF_PEOPLE.match(after)):
        return
    if wording.short and before[-2:-1].isalpha() and _CAPITAL_BEFORE.search(before):
        return
    if (
        following
        and not wording.plural
        and following[1][0].isupper()
        and _is_capitalised(reading, start, end)
    ):
        return
    place = Place(start, end, wording, before, after)
    yield from _read_plural(reading, place, entry) if wording.plural else read_singular(place)


def _is_capitalised(reading: Reading, start: int, end: int) -> bool:
    """Say whether a wording starts with a capital that no sentence gives it: a name goes on after it."""
    text = reading.text
    return text[start].isupper() and not text[start:end].isupper() and text[start - 4 : start] == "the "


def _is_written(reading: Reading, start: int, end: int, wording: Wording) -> bool:
    text = reading.text[start:end]
    if wording.acronym:
        return text == wording.written or (reading.caseless and len(wording.written) > 3)
    if " " in text or "-" in text or text.islower() or text.isupper():
        return True
    if reading.opens_sentence(start) or (reading.text[end] == " " and reading.text[end + 1].isupper()):
        return True
    heading = reading.sentences[reading.number_at(start)].kind == "heading"
    last = reading.text[max(0, start - 30) : start].rsplit(None, 1)[-1]
    return heading or last.islower() or last in ("The", "This", "Our")


def _read_plural(reading: Reading, place: Place, entry: Collective) -> Iterator[Candidate]:
    start, end, before = place.start, place.end, place.before
    one_of, counted = _ONE_OF.search(before), _COUNTED.search(before)
    if _OFFICE_FOR.search(before):
        return
    if counted and (_SHARE.search(before) or _is_many(counted["count"])):
        counted = None
    if one_of and one_of[1].lower() in ("one", "two", "three"):
        yield _count(start - len(before) + one_of.start(), start, end, entry)
    elif (
        counted
        and (not counted["definite"] or _is_few(counted["count"]))
        and "of the" not in counted["count"]
    ):
        yield _count(start - len(before) + counted.start("count"), start, end, entry)
    elif not _is_site(entry, before) or _PRIVATE.match(reading.text, start):
        rule = f"collective {entry.name}"
        yield Candidate(start, end, "collective", entry.type, rule, entry.name, plural=True, rank=10)


def _is_site(entry: Collective, before: str) -> bool:
    """Say whether a plural is where somebody is: what goes to and from hospitals goes to and from bodies."""
    return entry.site and bool(SITE_BEFORE.search(before)) and not _TO_AND_FROM.search(before)


def _is_many(count: str) -> bool:
    """Say whether a count is of a whole class ("152 councils"), whose number is no part of the mention."""
    number = count.split()[0]
    return number.isdigit() and int(number) > _FEW


def _is_few(count: str) -> bool:
    """Say whether a count is of bodies that the text has in mind one by one ("the 14 trusts")."""
    number = count.split()[0]
    return not number.isdigit() or int(number) <= _FEW


def _count(begin: int, start: int, end: int, entry: Collective) -> Candidate:
    """Make the candidate of a counted wording; of two that end alike the longer wording wins."""
    rank = 30 + end - start
    return Candidate(
        begin, end, "unnamed", entry.type, f"count of {entry.name}", entry.name, plural=True, rank=rank
    )


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
        if lowered == "and" and begin < start and _MODIFIES.search(text, low, opening):
            begin = opening
            continue
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
    definite = (
        DEFINITE.search(before)
        or (anaphor.noun == "party" and _OWNED.search(before))
        or (anaphor.noun == "administration" and _OF_COUNCIL.search(before))
    )
    if (
        not definite
        and not anaphor.in_name
        and anaphor.noun != "service"
        and reading.number_at(start) < _LEAD_SENTENCES
    ):
        following = NEXT_WORD.match(reading.text, end, high)
        if following and following[1].islower() and _LEAD.search(before):
            yield Candidate(start, end, "unnamed", "Organisation", "named later", "", definite=True, rank=10)
        return
    if reading.text[end : end + 5].startswith((" of ", " for ")) or not definite:
        return
    if anaphor.noun in AREAS and not acts_for_council(before, reading.text[end : min(high, end + 60)]):
        return
    if (
        reading.text[end : end + 2].startswith(" ")
        and reading.text[end + 1].isupper()
        and reading.text[start].isupper()
    ):
        return
    if anaphor.noun == "service" and not (
        _THE_SERVICE.search(before) and _OF_NATION.match(reading.text, end)
    ):
        return
    following = NEXT_WORD.match(reading.text, end, high)
    if following and following[1].lower() in NEVER_AFTER:
        return
    yield Candidate(start, end, "named", "Organisation", "definite description", "", definite=True, rank=10)
