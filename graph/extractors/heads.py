"""Read names of bodies off their heads: "Wessex Carers Federation", "Institute for X and Y", "Leeds council".

The head noun is found by the automaton; from there the name is read backwards and, where the
head allows, forwards over capitalised words and the small words between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.lexicon import Head, Lexicon
from graph.extractors.reading import Reading, fold_key
from graph.extractors.words import (
    ADJECTIVES,
    COUNTRIES,
    DIRECTIONS,
    GENERIC,
    JOINS,
    PLACE_TYPES,
    PLURALS,
    SERVICE_CARE,
    STARTERS,
    TITLES,
    WEAK_HEADS,
)

_FORWARD = re.compile(
    r" (?:of|for|on|against|to|in)(?: the)? (?=[A-Z])"
    r"[A-Z][\w'&.-]*(?:(?:,? (?:and|&|of the|of|for|in the|in|the|on)(?: the)?|,)? [A-Z][\w'&-]*)*"
)
_AFTER_PREFIX = re.compile(r" [A-Z][\w'-]*(?:(?: (?:and|&|upon|with))? [A-Z][\w'-]*)*")
_SHARED = re.compile(
    r"(?P<first>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*) (?:and"
    r"|&) (?P<last>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*?) (?P<noun>Hospitals|PCTs|CCGs|Councils|Trusts"
    r"|SHAs|Universities|hospitals|councils|universities|health boards|Health Boards)"
)
_SINGULAR = {"universities": "University", "hospitals": "Hospital", "councils": "Council"}
_AFTER_BRAND = re.compile(r"(?: [A-Z][\w'-]*)+")
_TAX = re.compile(r"[ -](?:tax|taxes|house|houses|housing|estate|taxpayers?)\b")
_JOIN_THE = re.compile(r"\b(?:of|for|on) $")
_SPLIT = re.compile(r",? (?:and|&) |, ")
MAX_NAME = 110
"""Characters that a name may have on one side of its head."""


def read_names(reading: Reading, start: int, end: int, head: Head, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose the names whose head stands at ``reading.text[start:end]``.

    Args:
        reading: the document.
        start: position of the head noun.
        end: position after it.
        head: how names of this head look.
        lexicon: for other heads, names and places.
    """
    text = reading.text
    lower = not text[start].isupper() and text[start:end] != "plc"
    if (
        head.prefix
        and text[start:end].removesuffix(" of").istitle() is False
        and not text[start:end].isupper()
        and " of" in text[start:end]
    ):
        return
    if lower and (not head.lower or head.prefix or _TAX.match(text, end)):
        return
    if text[start:end].isupper() and end - start > 5 and not head.prefix:
        return
    rank = 20 + text.count(" ", start, end)
    low, high = reading.bounds_at(start)
    stop = end if lower else _read_forward(text, start, end, high, head, lexicon)
    if head.prefix or head.only_of:
        if stop > end and not (head.prefix and lower):
            begin = (
                start
                if head.prefix or head.type == "GovernmentDepartment"
                else _read_back(text, low, start, head, lexicon)
            )
            yield from _propose(reading, begin, stop, head, lexicon, rank, forward=True)
        return
    begin = _read_back(text, low, start, head, lexicon)
    if (
        head.article
        and begin == start
        and text[start - 4 : start].lower() == "the "
        and not text[end + 1 : end + 2].isupper()
    ):
        yield Candidate(start, end, "named", head.type, "name with article", text[start:end], rank=rank)
        return
    if begin == start and not (head.start and stop > end):
        return
    if begin < start and (not lower or _is_proper(text[begin:start], lexicon)):
        yield from _propose(reading, begin, stop, head, lexicon, rank, forward=stop > end)
    elif stop > end and head.start:
        yield from _propose(reading, start, stop, head, lexicon, rank, forward=True)


def _is_description(words: list[str], head: Head) -> bool:
    """Say whether a name only says what sort of body it is ("Joint Committee", "City Centre")."""
    generic = all(word in GENERIC for word in words[:-1])
    return generic and (
        len(words) < 3
        or words[-1] in ("services", "council", "councils", "trust", "hospital", "hospitals")
        or head.lower
    )


def _propose(
    reading: Reading, start: int, end: int, head: Head, lexicon: Lexicon, rank: int, *, forward: bool = False
) -> Iterator[Candidate]:
    """Propose a name unless it only describes ("Primary Care Trust", "Social Care")."""
    key = reading.key[start:end]
    words = key.split()
    if lexicon.has_collective(" ".join(words)) or (not forward and _is_description(words, head)):
        return
    if (
        not forward
        and re.fullmatch(r"(?:[A-Z]\w+'s )+[\w ]+", reading.text[start:end])
        and words[-1] in ("department", "ministry", "office")
    ):
        return
    if (
        words[-1] == "care"
        and head.type == "Company"
        and (len(words) < 2 or words[-2] in SERVICE_CARE or len(words) > 3)
    ):
        return
    if (
        end < len(reading.text) - 1
        and words[-1] in ("care", "uk", "today", "news", "times", "press")
        and _goes_on(reading, end)
    ):
        return
    shared = _SHARED.fullmatch(reading.text, start, end) if not forward else None
    if shared and " " not in reading.text[shared.end("last") : end].strip():
        yield from _split_shared(reading, shared, head, rank)
        return
    kind = head.type
    if (
        words[-1] == "trust"
        and kind == "Charity"
        and (words[-2] in DIRECTIONS or " ".join(words[:-1]) in lexicon.places)
    ):
        kind = "NHSTrust"
    if words[-1] in PLURALS:
        if words[0] not in COUNTRIES and not any(
            " ".join(words[:size]) in lexicon.places for size in range(1, len(words))
        ):
            return
        yield Candidate(
            start,
            end,
            "collective",
            kind,
            "class of a place",
            reading.text[start:end],
            plural=True,
            rank=rank,
        )
        return
    yield Candidate(start, end, "named", kind, "name by head", reading.text[start:end], rank=rank)


def _split_shared(reading: Reading, shared: re.Match[str], head: Head, rank: int) -> Iterator[Candidate]:
    """Propose each body of a shared plural head ("Barnsley and Rotherham PCTs"), with its full name."""
    noun = _SINGULAR.get(shared["noun"].lower(), shared["noun"].removesuffix("s"))
    first, last = shared.span("first"), shared.span("last")
    for begin, end in (first, (last[0], shared.end())):
        place = reading.text[first[0] : first[1]] if begin == first[0] else reading.text[last[0] : last[1]]
        yield Candidate(begin, end, "named", head.type, "shared head", f"{place} {noun}", rank=rank + 20)


def _goes_on(reading: Reading, end: int) -> bool:
    return reading.text[end] == " " and reading.text[end + 1].isupper()


def _is_proper(before: str, lexicon: Lexicon) -> bool:
    """Say whether what stands before a head in lower case is a proper name, no adjective or starter."""
    words = fold_key(before).split()
    if lexicon.has_name(" ".join(words)):
        return False
    return (
        bool(words) and words[-1] not in ADJECTIVES and not all(w in GENERIC or w in STARTERS for w in words)
    )


def _read_back(text: str, low: int, start: int, head: Head, lexicon: Lexicon) -> int:
    """Return where the name before the head starts; ``start`` itself when nothing belongs to it."""
    begin = at = start
    joins = 0
    low = max(low, start - MAX_NAME)
    while at > low and text[at - 1] == " ":
        opening = text.rfind(" ", low - 1 if low else low, at - 1) + 1
        word = text[opening : at - 1]
        if (
            word in JOINS
            and word not in ("in", "on", "to")
            and (word != "the" or _JOIN_THE.search(text, low, at - 4))
        ):
            joins += 1
            if joins > 2:
                break
        elif _belongs(word, head, lexicon, begin, text):
            begin, joins = opening, 0
            if word[:1] in "\"'([":
                begin += 1
                break
        else:
            break
        at = opening
    return _trim(text, begin, start, head, lexicon)


def _belongs(word: str, head: Head, lexicon: Lexicon, begin: int, text: str) -> bool:
    """Say whether a word may stand in the name that so far starts at ``begin``."""
    bare = word.lstrip("\"'([")
    if bare.endswith(("-led", "-run", "-controlled", "-based")) or (
        bare[-2:-1].isupper() and lexicon.has_collective(fold_key(bare))
    ):
        return False
    if not bare or not (bare[0].isupper() or (bare[0].isdigit() and len(bare) < 3)):
        return False
    if bare.lower().rstrip(".") in TITLES:
        return False
    if bare.endswith(","):
        return (
            head.type in PLACE_TYPES
            and fold_key(bare[:-1]).strip() in lexicon.places
            and " and " in text[begin : begin + 60]
        )
    if bare.endswith("'s"):
        owner = fold_key(bare[:-2]).strip()
        owners = (
            "government",
            "england",
            "britain",
            "scotland",
            "wales",
            "london",
            "ireland",
            "kingdom",
            "authority",
            "country",
            "nation",
        )
        return not (
            owner in lexicon.places
            or owner in lexicon.head_words
            or owner in owners
            or lexicon.has_name(owner)
        )
    return (
        bare[-1].isalnum()
        or bare in ("St.",)
        or bare.endswith("'")
        or (bare.endswith(".") and len(bare) == 2)
    )


def _trim(text: str, begin: int, start: int, head: Head, lexicon: Lexicon) -> int:
    """Cut off sentence openers on the left, and bodies that are only coordinated with this one."""
    while begin < start:
        word = text[begin:start].split(" ", 1)[0]
        if word.lower().rstrip(".,") not in STARTERS and word.lower() not in JOINS:
            break
        begin += len(word) + 1
    chain = text[begin:start]
    for joint in _SPLIT.finditer(chain):
        left, right = chain[: joint.start()], chain[joint.end() :]
        if _is_body(left, lexicon) or _starts_body(right + text[start : start + 30], lexicon):
            return _trim(text, begin + joint.end(), start, head, lexicon)
    return begin


def _is_body(left: str, lexicon: Lexicon) -> bool:
    """Say whether the first conjunct is a body by itself ("Oxfam and ...", "Leeds Council and ...")."""
    key = fold_key(left).strip()
    acronym = left.isupper() and " " not in left and len(left) > 1
    return (
        lexicon.has_name(key)
        or acronym
        or any(word in lexicon.head_words and word not in WEAK_HEADS for word in key.split())
    )


def _starts_body(right: str, lexicon: Lexicon) -> bool:
    return right.startswith(
        ("NHS ", "Royal ", "University of", "Department ", "London Borough of", "British ", "HM ")
    )


def _read_prefixed(text: str, end: int, high: int, head: Head, lexicon: Lexicon) -> int:
    """Return where the name ends that follows its head ("London Borough of Brent", "NHS Cornwall")."""
    found = (_AFTER_PREFIX if text[:end].endswith(" of") or head.places else _AFTER_BRAND).match(
        text, end, high
    )
    if not found:
        return end
    stop = found.end()
    first = _SPLIT.search(found[0])
    if (
        first
        and fold_key(found[0]).strip() not in lexicon.places
        and fold_key(found[0][: first.start()]).strip() in lexicon.places
    ):
        return end + first.start()
    while head.places and stop > end and fold_key(text[end + 1 : stop]) not in lexicon.places:
        stop = max(text.rfind(" ", end, stop), end)
    return stop


def _read_forward(text: str, start: int, end: int, high: int, head: Head, lexicon: Lexicon) -> int:
    """Return where the name ends that goes on after its head ("Institute for X and Y")."""
    if head.prefix:
        return _read_prefixed(text, end, high, head, lexicon)
    found = _FORWARD.match(text, end, high) if head.of else None
    if not found:
        return end
    tail = found[0]
    place = fold_key(tail).strip().split(" ", 1)
    if place[0] in ("in", "to") and (place[1] in lexicon.places or not head.only_of):
        return end
    for joint in _SPLIT.finditer(tail):
        right = tail[joint.end() :]
        words = fold_key(right).split()
        known = any(lexicon.has_name(" ".join(words[:size])) for size in range(1, len(words) + 1))
        headed = any(word in lexicon.head_words and word not in ("care", "services") for word in words)
        if known or headed or text[end + joint.end() :].startswith("the "):
            return end + joint.start()
        if joint[0] == ", " and " and " not in right and " & " not in right:
            return end + joint.start()
    inner = re.search(r" in (?:the )?([A-Z]\w+)$", tail)
    if inner and (
        inner[1].lower() in lexicon.places
        or inner[1].lower() in ("england", "scotland", "wales", "britain", "london")
    ):
        return end + inner.start()
    return end + len(tail.rstrip("'.-")) - (2 if tail.endswith("'s") else 0)
