"""Find what fills the slots of a frame around its trigger, without a parser.

Each finder looks from the trigger (a half-open range of tokens) and returns the token of the
group or pronoun that fills the slot, or -1. They read the closed word classes only: clause
boundaries, prepositions, auxiliaries, relative pronouns, control verbs.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.extractors.chunks import FINITE, GROUP, PREPOSITIONS, Chunks

PRONOUNS = frozenset("we they it our their its us them he she i".split())
# Whoever holds these offices acts for the government that the document names.
OFFICES = frozenset("minister chancellor secretary premier whitehall downing treasury".split())
_STRONG = frozenset((";", ":", "\u2013", "\u2014", "\u2026", "?", "!"))
_SUBORDINATORS = frozenset(
    "because although though while whereas but unless since whether if when where so yet however and-so until".split()
)
_RELATIVES = frozenset("which who whom that whose".split())
# After these a to-infinitive's subject is their object: "urged the PCTs to work with".
_CONTROL = frozenset(
    "ask asks asked asking urge urges urged urging require requires required requiring tell tells told telling allow allows allowed "
    "allowing enable enables enabled enabling encourage encourages encouraged encouraging force forces forced forcing help helps "
    "helped helping want wants wanted expect expects expected invite invites invited order orders ordered instruct "
    "instructs instructed advise advises advised get gets getting let lets persuade persuaded press presses pressed "
    "permit permits permitted for oblige obliges obliged direct directs directed on upon call calls called calling".split()
)
MAX_LEFT = 40
MAX_RIGHT = 9
_OBJECT_STOP = (
    FINITE | _RELATIVES | _SUBORDINATORS | _STRONG | frozenset((",", "(", ")", '"', "and", "or", "to", "."))
)

Finder = Callable[[Chunks, int, int], int]


def is_slot(chunks: Chunks, at: int) -> bool:
    """Say whether a token can fill a slot: a group, or a pronoun that may stand for one."""
    return chunks.words[at] == GROUP or chunks.words[at] in PRONOUNS or chunks.words[at] in OFFICES


def clause_start(chunks: Chunks, at: int) -> int:
    """Return the first token of the clause that holds token ``at``."""
    here = at
    while here > 0 and at - here < MAX_LEFT:
        word = chunks.words[here - 1]
        if word in _STRONG or word in _SUBORDINATORS or word == ")" or _conjunction_as(chunks, here - 1):
            break
        here -= 1
    return here


def _conjunction_as(chunks: Chunks, at: int) -> bool:
    """Say whether the word is the "as" that starts a clause ("as the government publishes")."""
    words = chunks.words
    if (
        words[at] != "as"
        or at + 1 >= len(words)
        or (at and words[at - 1] in ("well", "such", "same", "far", "long", "soon"))
    ):
        return False
    return words[at + 1] in ("the", "they", "we", "it", "ministers") or chunks.groups[at + 1] is not None


def find_close_subject(chunks: Chunks, start: int, end: int) -> int:
    """Return the subject of the verb at ``start`` if it is adjacent, relative or controlled, else -1."""
    words = chunks.words
    at = start - 1
    while at >= 0 and _verbal(words[at]):
        at -= 1
    if at < 0:
        return -1
    if is_slot(chunks, at) and words[at] not in _POSSESSIVES and not _purpose(chunks, at, start):
        return at
    if words[at] in _RELATIVES:
        return _antecedent(chunks, at)
    return _controlled(chunks, at)


def find_subject(chunks: Chunks, start: int, end: int) -> int:
    """Return the subject of the verb at ``start``: the close one, else the one that opens the clause."""
    close = find_close_subject(chunks, start, end)
    at = start - 1
    while at >= 0 and _verbal(chunks.words[at]):
        at -= 1
    if close >= 0 or at < 0:
        return close
    if chunks.words[at] == "but":  # "A wanted ... but was told": the verbs share their subject
        at -= 1
    return _clause_initial(chunks, clause_start(chunks, at + 1), at)


def find_adjacent(chunks: Chunks, start: int, end: int) -> int:
    """Return the group right before a participle, through auxiliaries and adverbs only ("A, B, funded by")."""
    at = start - 1
    while at >= 0 and (_verbal(chunks.words[at]) or chunks.words[at] == ","):
        at -= 1
    if at >= 0 and chunks.words[at] in _RELATIVES:
        return _antecedent(chunks, at)
    if at >= 0 and is_slot(chunks, at) and chunks.words[at] not in _POSSESSIVES:
        return at
    shared = at > 0 and chunks.words[at] in ("but", "and") and any(w in _BE for w in chunks.words[at + 1 : start])
    return _clause_initial(chunks, clause_start(chunks, at), at - 1) if shared else -1


_POSSESSIVES = frozenset(("our", "their", "its"))


def _purpose(chunks: Chunks, at: int, start: int) -> bool:
    """Say whether "to" after the group starts a purpose of something else ("money from A to help")."""
    return "to" in chunks.words[at + 1 : start] and _head_before(chunks, at, 0) in (
        "from",
        "by",
        "with",
        "in",
        "at",
    )


def _controlled(chunks: Chunks, at: int) -> int:
    """Return the subject of an infinitive under a control verb: "require A to promote", or -1."""
    for here in range(at, max(0, at - 6), -1):
        if chunks.words[here] == "to" and is_slot(chunks, here - 1):
            return here - 1 if _head_before(chunks, here - 1, 0) in _CONTROL else -1
    return -1


def _verbal(word: str) -> bool:
    """Say whether a word may stand between a subject and its verb."""
    return word in FINITE or word in _BETWEEN or (word.endswith("ly") and len(word) > 4)


_BETWEEN = frozenset(
    "not never to also often always now currently then still already all both each no longer usually sometimes normally "
    "have been being be just only even soon recently formerly previously eventually again too together jointly well "
    "seek seeks seeking sought try tries trying tried begin begins began begun start starts started continue continues "
    "continued continuing need needs needed want wants wanted plan plans planned planning hope hopes hoped agree agrees "
    "agreed aim aims aimed intend intends intended fail fails failed able unable likely unlikely going expected required due set ready willing "
    "allowed forced urged asked told encouraged made choose chose decided decide help helps helped helping manage managed "
    "refuse refused propose proposes proposed prepare preparing prepared committed commit".split()
)


def _antecedent(chunks: Chunks, at: int) -> int:
    """Return the group that a relative pronoun at ``at`` stands for."""
    for here in range(at - 1, max(-1, at - 6), -1):
        if chunks.groups[here]:
            return here
        if chunks.words[here] in _STRONG:
            break
    return -1


def _clause_initial(chunks: Chunks, first: int, last: int) -> int:
    """Return the first group of the clause that is no object and hangs on no preposition."""
    fallback = -1
    for here in range(first, last + 1):
        if not is_slot(chunks, here) or chunks.words[here] in ("our", "their", "its", "us", "them"):
            continue
        if (
            chunks.words[here] == "it"
            and chunks.words[here + 1 : here + 2]
            and chunks.words[here + 1] in _EXPLETIVE
        ):
            continue
        before = _head_before(chunks, here, first)
        if before == "" or before in ("and", ",", "that", '"', "'", "then", "said", "says"):
            return here
        if before == "of" or before in _CONTROL:
            return here
        if fallback < 0 and before not in PREPOSITIONS:
            fallback = here
    return fallback


_EXPLETIVE = frozenset(
    "is was comes came seems seemed appears appeared follows followed emerged would has takes".split()
)


def _head_before(chunks: Chunks, at: int, first: int) -> str:
    """Return the word before the noun phrase that the group at ``at`` ends or modifies."""
    here = at - 1
    while here >= first and chunks.words[here] in _DETERMINERS:
        here -= 1
    return chunks.words[here] if here >= first else ""


_DETERMINERS = frozenset(
    "the a an this these those some many most all both each every local other new former two three four five several "
    "its their our his her no any only just".split()
)


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
        if here - at > 4:
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
        if word in FINITE or word in _STRONG or word == ",":
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
            if word in _STRONG or word in _SUBORDINATORS or word in ("which", "who", "."):
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
        if chunks.words[here] in _STRONG or chunks.words[here] in FINITE:
            break
    return -1, -1


_BE = frozenset("is are was were be been being".split())


def is_passive(chunks: Chunks, start: int) -> bool:
    """Say whether the verb at ``start`` is a participle after a form of "be"."""
    word = chunks.words[start]
    if word.endswith("ing") or word in FINITE:
        return False
    at = start - 1
    while at >= 0 and (
        chunks.words[at].endswith("ly")
        or chunks.words[at] in ("not", "also", "now", "already", "recently", "still")
    ):
        at -= 1
    return at >= 0 and chunks.words[at] in _BE and word.endswith(("ed", "en", "n", "t", "d"))


_SAYING = frozenset(
    "said says say saying argues argued argue warns warned believes believed adds added insists insisted claims claimed told suggests suggested "
    "concludes concluded stated states maintains maintained recommends recommended thinks stresses stressed".split()
)


def find_attributor(chunks: Chunks, start: int, end: int) -> int:
    """Return who says what the trigger stands in: "X said that ...", "..., said X", "according to X"."""
    words = chunks.words
    for here, word in enumerate(words):
        if word in _SAYING:
            before = find_adjacent(chunks, here, here + 1)
            if before >= 0 and not before < start <= here:
                return before
            if here + 1 < len(words) and is_slot(chunks, here + 1) and here > end:
                return here + 1
        if word == "according" and here + 2 < len(words):
            return _noun_phrase(chunks, here + 2)
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
        if chunks.words[here] in _STRONG or chunks.words[here] in _SUBORDINATORS:
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
}


def finder_named(name: str) -> Finder:
    """Return the finder of a slot's place: a key of ``FINDERS`` or a preposition."""
    return FINDERS.get(name) or preposition_finder(name)
