"""Read a name backwards and forwards from its head, over capitalised words and small words between them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.extractors.lexicon import Lexicon
from graph.extractors.openings import end_of_other, is_before_name, is_body
from graph.extractors.reading import Reading, fold_key
from graph.extractors.wordings import Head
from graph.extractors.wordlists import load_words
from graph.extractors.words import (
    DIRECTIONS,
    GENERIC,
    JOINS,
    NATIONAL,
    OWNERS,
    PLACE_TYPES,
    STARTERS,
    TITLES,
)
from graph.patterns import make_regex

GIVEN: frozenset[str] = load_words("people")["given"]
"""Given names of people, which a name of a body seldom starts with."""

MAX_NAME = 110
"""Characters that a name may have on one side of its head."""

_FORWARD = make_regex(
    r" (?:of|for|on|against|to|in)(?: the)? (?=[A-Z])"
    r"[A-Z][\w'&.-]*(?:(?:,? (?:and|&|of the|of|for|in the|in|the|on)(?: the)?|,)? [A-Z][\w'&-]*)*"
)
_AFTER_PREFIX = make_regex(r" [A-Z][\w'-]*(?:(?: (?:and|&|upon|with))? [A-Z][\w'-]*)*")
_AFTER_BRAND = make_regex(r"(?: [A-Z][\w'-]*)+")
_BEFORE_THE = make_regex(r"\b(?:of|for|on) $")
_SPLIT = make_regex(r",? (?:and|&) |, ")
_IN_PLACE = make_regex(r" in (?:the )?([A-Z]\w+)$")
_PERSON_BEFORE = make_regex(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Baroness|Professor|Cllr|Councillor)\.? $"
)
_OF_BODY = make_regex(r"(?:.* )?(?P<given>[A-Z][a-z]+) (?:[A-Z]\. ?)?[A-Z][\w'-]+ of (?:the )?(?=[A-Z])")
_DATED = make_regex(r",? (?:in|on|by|for) (?:the )?(?P<word>[A-Z][a-z]+)")
_DATES = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_LED = ("-led", "-run", "-controlled", "-based")
_SITES = ("General", "Royal", "Homes")
"""Short heads, which each body bears for itself where two are joined."""
_BODY_OPENINGS = (
    "NHS ", "Royal ", "University of", "Department ", "London Borough of", "British ", "HM ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A head where it stands in a document: ``reading.text[start:end]``."""

    reading: Reading
    start: int
    end: int
    head: Head
    lexicon: Lexicon

    @property
    def written(self) -> str:
        """The head as the text has it."""
        return self.reading.text[self.start : self.end]


def read_back(spot: Spot) -> int:
    """Return where the name before the head starts; the head's own start when nothing belongs to it."""
    text, begin, at, joins = spot.reading.text, spot.start, spot.start, 0
    low = max(spot.reading.bounds_at(spot.start)[0], spot.start - MAX_NAME)
    while at > low and text[at - 1] == " ":
        opening = text.rfind(" ", low - 1, at - 1) + 1
        word = text[opening : at - 1]
        if word == "The":
            break
        if _joins(word, text, low, at):
            joins += 1
            if joins > 2:
                break
        elif _belongs(word, spot, begin):
            begin, joins = opening, 0
            if word[:1] in "\"'([":
                begin += 1
                break
        else:
            break
        at = opening
    return _trim(spot, begin)


def _joins(word: str, text: str, low: int, at: int) -> bool:
    """Say whether a small word that ends before ``at - 1`` may stand inside a name."""
    if word not in JOINS or word in ("in", "on", "to"):
        return False
    return word != "the" or bool(_BEFORE_THE.search(text, low, at - 4))


def _belongs(word: str, spot: Spot, begin: int) -> bool:
    """Say whether a word may stand in the name that so far starts at ``begin``."""
    lexicon, bare = spot.lexicon, word.lstrip("\"'([")
    if not bare or not (bare[0].isupper() or (bare[0].isdigit() and len(bare) < 3)):
        return False
    if bare.endswith(_LED) or bare.lower().rstrip(".") in TITLES:
        return False
    if bare[-2:-1].isupper() and lexicon.has_collective(fold_key(bare)):
        return False
    if bare.endswith(","):
        listed = " and " in spot.reading.text[begin : begin + 60]
        return listed and spot.head.type in PLACE_TYPES and fold_key(bare[:-1]).strip() in lexicon.places
    if bare.endswith("'s"):
        owner = fold_key(bare[:-2]).strip()
        known = owner in OWNERS or owner in lexicon.places or owner in lexicon.head_words
        return not known and not lexicon.has_name(owner) and not _ends_name(spot, begin)
    return (
        bare[-1].isalnum()
        or bare[-1] == "'"
        or bare == "St."
        or (bare[-1] == "." and len(bare) == 2 and bare[0].isalpha())
    )


def _ends_name(spot: Spot, begin: int) -> bool:
    """Say whether the owner before ``begin`` ends a known name of some words ("Department of Health's")."""
    low = spot.reading.bounds_at(spot.start)[0]
    words = fold_key(spot.reading.text[max(low, begin - 60) : begin].rstrip().removesuffix("'s")).split()
    return any(spot.lexicon.has_name(" ".join(words[-size:])) for size in range(2, min(6, len(words)) + 1))


def _trim(spot: Spot, begin: int) -> int:
    """Cut off sentence openers on the left, and bodies that are only coordinated with this one."""
    text, start = spot.reading.text, spot.start
    while begin < start:
        word = text[begin:start].split(" ", 1)[0]
        if not is_before_name(spot.reading, (begin, start), spot.written):
            break
        begin += len(word) + 1
    member = _OF_BODY.match(text, begin, spot.end)
    if member and member.end() <= start and member["given"] in GIVEN:
        return _trim(spot, member.end())
    other = end_of_other(spot.reading, spot.lexicon, (begin, start))
    if other:
        return _trim(spot, other)
    chain, person = text[begin:start], _PERSON_BEFORE.search(text, max(0, begin - 12), begin)
    sited = spot.written in _SITES
    for joint in _SPLIT.finditer(chain):
        right = text[begin + joint.end() : start + 30]
        if (
            person
            or sited
            or is_body(chain[: joint.start()], spot.lexicon)
            or right.startswith(_BODY_OPENINGS)
        ):
            return _trim(spot, begin + joint.end())
    return begin


def read_forward(spot: Spot) -> int:
    """Return where the name ends that goes on after its head ("Institute for X and Y")."""
    if spot.head.prefix:
        return _read_prefixed(spot)
    text, end = spot.reading.text, spot.end
    found = _FORWARD.match(text, end, spot.reading.bounds_at(end)[1]) if spot.head.of else None
    if not found:
        return end
    tail, places = found[0], spot.lexicon.places
    first, rest = fold_key(tail).strip().split(" ", 1)
    if rest.split(" ")[0] in _DATES:
        return end
    if first in ("in", "to") and (rest in places or not spot.head.only_of or _leads_to_other(spot, first)):
        return end
    if first in ("for", "on", "against") and spot.lexicon.has_name(rest.removeprefix("the ")):
        return end
    dated = next((d for d in _DATED.finditer(tail) if d["word"].lower() in _DATES), None)
    if dated:
        tail = tail[: dated.start()]
    for joint in _SPLIT.finditer(tail):
        if _starts_other(tail[joint.end() :], joint[0], spot.lexicon):
            return end + joint.start()
    inner = _IN_PLACE.search(tail)
    if inner and (inner[1].lower() in places or inner[1].lower() in OWNERS):
        return end + inner.start()
    return end + len(tail.rstrip("'.-")) - (2 if tail.endswith("'s") else 0)


def _leads_to_other(spot: Spot, first: str) -> bool:
    """Say whether "to" after a head leads on to another body ("from Barset Council to ...")."""
    return first == "to" and spot.written not in ("Campaign", "Alliance", "Coalition", "Convention")


def _starts_other(right: str, joint: str, lexicon: Lexicon) -> bool:
    """Say whether what follows a joint in a name is another body, or no part of the name."""
    words = fold_key(right).split()
    if words[0] in TITLES or words[0] in ("i", "he", "she", "it", "we", "they"):
        return True
    if joint == ", and " and right.split(" ", 1)[0] in GIVEN:
        return True
    if right.startswith("the ") or (joint == ", " and " and " not in right and " & " not in right):
        return True
    if lexicon.starts_name(words, range(1, len(words) + 1)):
        return True
    return any(word in lexicon.head_words and word not in ("care", "services") for word in words)


def _read_prefixed(spot: Spot) -> int:
    """Return where the name ends that follows its head ("London Borough of Brent", "NHS Cornwall")."""
    text, end, places = spot.reading.text, spot.end, spot.lexicon.places
    pattern = _AFTER_PREFIX if text.startswith(" of", end - 3) or spot.head.places else _AFTER_BRAND
    found = pattern.match(text, end, spot.reading.bounds_at(end)[1])
    if not found:
        return end
    stop, joint = found.end(), _SPLIT.search(found[0])
    if joint and fold_key(found[0]).strip() not in places:
        first = fold_key(found[0][: joint.start()]).strip()
        if first in places:
            return end + joint.start()
    unlisted = _read_unlisted(text[end:stop], spot.lexicon) if spot.head.places else 0
    if spot.head.places and stop - end - 1 > spot.lexicon.longest_place:
        stop = max(text.rfind(" ", end, end + 2 + spot.lexicon.longest_place), end)
    while spot.head.places and stop > end and fold_key(text[end + 1 : stop]) not in places:
        stop = max(text.rfind(" ", end, stop), end)
    return end + unlisted if stop == end else stop


def _read_unlisted(tail: str, lexicon: Lexicon) -> int:
    """Return the length of what after "NHS" may be a place that no list has, or 0."""
    joint = _SPLIT.search(tail)
    if joint and fold_key(tail[joint.end() :]).split()[0] in ("nhs", *lexicon.head_words):
        tail = tail[: joint.start()]
    tail = tail.removesuffix("'s").rstrip("'")
    words = fold_key(tail).split()
    if (
        not words
        or len(words) > 4
        or words[-1] in lexicon.head_words
        or any(w.isupper() for w in tail.split())
    ):
        return 0
    if any(word in NATIONAL or word in TITLES or word in STARTERS - JOINS for word in words):
        return 0
    plain = GENERIC | lexicon.modifiers | DIRECTIONS
    return len(tail) if any(word not in plain for word in words) else 0
