"""Find what fills the slots of a frame around its trigger, without a parser.

Each finder looks from the trigger (a half-open range of tokens) and returns the token of the
group or pronoun that fills the slot, or -1.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.extractors.chunks import FINITE, PREPOSITIONS, Chunks
from graph.extractors.clauses import (
    RELATIVES,
    SAYING,
    STRONG,
    SUBORDINATORS,
    clause_start,
    find_adjacent,
    find_subject,
    is_slot,
)

MAX_RIGHT = 9
_OBJECT_STOP = (
    FINITE | RELATIVES | SUBORDINATORS | STRONG | frozenset((",", "(", ")", '"', "and", "or", "to", "."))
)

Finder = Callable[[Chunks, int, int], int]


def find_right(chunks: Chunks, start: int, end: int) -> int:
    """Return the group that is the direct object right of a trigger that ends before ``end``."""
    if end < len(chunks.words) and chunks.words[end] in PREPOSITIONS and chunks.words[end] != "of":
        return -1
    return _noun_phrase(chunks, end)


def find_next(chunks: Chunks, start: int, end: int) -> int:
    """Return the subject of the main clause after a fronted participle ("Funded by A, B runs ...")."""
    if start > 2:
        return -1
    for here in range(end, min(len(chunks.words) - 1, end + 14)):
        if chunks.words[here] == ",":
            return _noun_phrase(chunks, here + 1)
    return -1


def _noun_phrase(chunks: Chunks, at: int) -> int:
    """Return the group in the noun phrase that starts at ``at``, skipping determiners and adjectives."""
    for here in range(at, min(len(chunks.words), at + MAX_RIGHT)):
        if chunks.groups[here]:
            return _possessed(chunks, here)
        if chunks.words[here] in ("us", "them"):
            return here
        word = chunks.words[here]
        if word in _OBJECT_STOP or (word in PREPOSITIONS and word not in ("of", "in") and here > at):
            return -1
        if word == "in" and here == at:
            return -1
        if here - at > 6:
            return -1
    return -1


def _possessed(chunks: Chunks, at: int) -> int:
    """Return what the group at ``at`` possesses if that is a group too ("the council's committee")."""
    if at + 2 < len(chunks.words) and chunks.words[at + 1] in ("'s", "'"):
        for here in range(at + 2, min(len(chunks.words), at + 5)):
            if chunks.groups[here]:
                return here
            if chunks.words[here] in _OBJECT_STOP or chunks.words[here] in PREPOSITIONS:
                break
    return at


def find_modifier(chunks: Chunks, start: int, end: int) -> int:
    """Return the group that directly modifies a noun trigger ("PCT and council partnerships")."""
    for here in range(start - 1, max(-1, start - 4), -1):
        if chunks.groups[here]:
            return here
        if (
            chunks.words[here] in FINITE
            or chunks.words[here] in PREPOSITIONS
            or chunks.words[here] in ("and", ",", "'s", ".", "to")
        ):
            return -1
    return -1


def find_possessor(chunks: Chunks, start: int, end: int) -> int:
    """Return the group or pronoun that possesses a noun trigger ("the trust's", "their")."""
    for here in range(start - 1, max(-1, start - 6), -1):
        word = chunks.words[here]
        if word in ("their", "its", "our"):
            return here
        if word in ("'s", "'") and here and chunks.groups[here - 1]:
            return here - 1
        if word in FINITE or word in STRONG or word == ",":
            return -1
    return -1


def preposition_finder(preposition: str, reach: int = MAX_RIGHT) -> Finder:
    """Return a finder of the group after a preposition right of the trigger.

    Args:
        preposition: the word, or several joined by ``+`` ("between+across+of").
        reach: tokens that may stand between the trigger and the preposition.
    """
    wanted = frozenset(preposition.split("+"))

    def find(chunks: Chunks, start: int, end: int) -> int:
        # the preposition may be the trigger's own last word
        for here in range(end - 1, min(len(chunks.words), end + reach)):
            word = chunks.words[here]
            if word in wanted:
                found = _noun_phrase(chunks, here + 1)
                if found >= 0:
                    return found
            if word in STRONG or word in SUBORDINATORS or word in ("which", "who", "."):
                return -1
        return -1

    return find


def find_distant_pair(chunks: Chunks, start: int, end: int) -> tuple[int, int]:
    """Return the two groups of "between A in the north and (their) B", or (-1, -1)."""
    one = preposition_finder("between")(chunks, start, end)
    if one < 0:
        return -1, -1
    for here in range(one + 1, min(len(chunks.words), one + 8)):
        if chunks.words[here] == "and":
            return one, _noun_phrase(chunks, here + 1)
        if chunks.words[here] in STRONG or chunks.words[here] in FINITE:
            break
    return -1, -1


def find_attributor(chunks: Chunks, start: int, end: int) -> int:
    """Return who says what the trigger stands in: "X said that ...", "..., said X", "according to X"."""
    words = chunks.words
    for here, word in enumerate(words):
        if word in SAYING:
            before = find_adjacent(chunks, here, here + 1)
            if before >= 0 and not start <= before < end:
                return before
            if here + 1 < len(words) and is_slot(chunks, here + 1) and here > end:
                return here + 1
        if word == "according" and here + 2 < len(words):
            return _noun_phrase(chunks, here + 2)
    return -1


def find_under(chunks: Chunks, start: int, end: int) -> int:
    """Return the law or body under which something must be done: "Under the Act, ..."."""
    for here in range(start - 1, -1, -1):
        if chunks.words[here] == "under":
            return _noun_phrase(chunks, here + 1)
    return -1


def find_nearest_left(chunks: Chunks, start: int) -> int:
    """Return the last group before ``start`` in its clause, or -1."""
    first = clause_start(chunks, start)
    return next((here for here in range(start - 1, first - 1, -1) if chunks.groups[here]), -1)


def find_nearest_right(chunks: Chunks, end: int) -> int:
    """Return the first group from ``end`` on in its clause, or -1."""
    for here in range(end, min(len(chunks.words), end + 14)):
        if chunks.groups[here]:
            return here
        if chunks.words[here] in STRONG or chunks.words[here] in SUBORDINATORS:
            break
    return -1


FINDERS: dict[str, Finder] = {
    "left": find_subject,
    "right": find_right,
    "modifier": find_modifier,
    "possessor": find_possessor,
    "next": find_next,
    "adjacent": find_adjacent,
    "attributor": find_attributor,
    "under-left": find_under,
}


def finder_named(name: str) -> Finder:
    """Return the finder of a slot's place: a key of ``FINDERS`` or a preposition."""
    return FINDERS.get(name) or preposition_finder(name)
