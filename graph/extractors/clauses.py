"""Read the clause around a verb: where it starts, who its subject is, whether it is passive.

No parser: the closed word classes of ``ontology/grammar.toml`` tell clause boundaries, relative
pronouns, control verbs and what may stand between a subject and its verb.
"""

from __future__ import annotations

from graph.extractors.chunks import FINITE, GROUP, PREPOSITIONS, Chunks
from graph.extractors.wordlists import load_words

_GRAMMAR = load_words("grammar")
PRONOUNS = _GRAMMAR["pronouns"]
# Whoever holds these offices acts for the government that the document names.
OFFICES = _GRAMMAR["offices"]
STRONG = frozenset((";", ":", "\u2013", "\u2014", "\u2026", "?", "!"))
SUBORDINATORS = _GRAMMAR["subordinators"]
RELATIVES = _GRAMMAR["relatives"]
# After these a to-infinitive's subject is their object: "urged the PCTs to work with".
SAYING = _GRAMMAR["saying"]
_CONTROL = _GRAMMAR["control"]
_POWERS = _GRAMMAR["powers"]
MAX_LEFT = 40

_BE = _GRAMMAR["be"]


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


def is_slot(chunks: Chunks, at: int) -> bool:
    """Say whether a token can fill a slot: a group, or a pronoun that may stand for one."""
    return chunks.words[at] == GROUP or chunks.words[at] in PRONOUNS or chunks.words[at] in OFFICES


def clause_start(chunks: Chunks, at: int) -> int:
    """Return the first token of the clause that holds token ``at``."""
    here = at
    while here > 0 and at - here < MAX_LEFT:
        word = chunks.words[here - 1]
        if word in STRONG or word in SUBORDINATORS or word == ")" or _conjunction_as(chunks, here - 1):
            break
        if word in SAYING and any(_is_subject(chunks, between) for between in range(here, at)):
            break  # "A said B must ...": B's clause
        if word == "that" and here < at and chunks.words[here] not in FINITE:
            break  # "A reported that B ..."
        here -= 1
    return here


def _is_subject(chunks: Chunks, at: int) -> bool:
    return is_slot(chunks, at) and chunks.words[at] not in _POSSESSIVES


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
    at = _before_verb(chunks, start)
    if at < 0:
        return -1
    if is_slot(chunks, at) and words[at] not in _POSSESSIVES and not _purpose(chunks, at, start):
        head = _head_before(chunks, at, 0)
        if head == "to" and words[start] in _WRITTEN:  # "A wrote to B asking it to act"
            return -1
        return -1 if head in ("into", "about", "against", "on", "over", "near") else at
    if words[at] in RELATIVES:
        return _antecedent(chunks, at)
    if words[at] == "for" and words[start].endswith("ing") and at and chunks.groups[at - 1]:
        return at - 1  # "thanked A for working with B"
    return _controlled(chunks, at)


_WRITTEN = frozenset(("asking", "calling", "inviting", "telling", "urging", "warning", "advising"))


def find_subject(chunks: Chunks, start: int, end: int) -> int:
    """Return the subject of the verb at ``start``: the close one, else the one that opens the clause."""
    close = find_close_subject(chunks, start, end)
    at = _before_verb(chunks, start)
    if close >= 0 or at < 0:
        return close
    if chunks.words[at] == "but":  # "A wanted ... but was told": the verbs share their subject
        at -= 1
    return _clause_initial(chunks, clause_start(chunks, at + 1), at)


def find_adjacent(chunks: Chunks, start: int, end: int) -> int:
    """Return the group right before a participle, through auxiliaries and adverbs only ("A, funded by")."""
    at = _before_verb(chunks, start)
    while at >= 0 and chunks.words[at] in (",", "("):
        at = _before_verb(chunks, at)
    if at >= 0 and chunks.words[at] in RELATIVES:
        return _antecedent(chunks, at)
    if at >= 0 and is_slot(chunks, at) and chunks.words[at] not in _POSSESSIVES:
        return at
    shared = (
        at > 0 and chunks.words[at] in ("but", "and") and any(w in _BE for w in chunks.words[at + 1 : start])
    )
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
    """Return the subject of an infinitive: "require A to promote", "give A the power to buy", or -1."""
    words = chunks.words
    if words[at] in _POWERS:
        return next((here for here in range(at - 1, max(-1, at - 6), -1) if chunks.groups[here]), -1)
    for here in range(at, max(0, at - 6), -1):
        if words[here] == "to" and is_slot(chunks, here - 1):
            return here - 1 if _head_before(chunks, here - 1, 0) in _CONTROL else -1
    return -1


def _before_verb(chunks: Chunks, start: int) -> int:
    """Return the last token before a verb and its auxiliaries, adverbs and bracketed asides, or -1."""
    words, at = chunks.words, start - 1
    while at >= 0 and (_verbal(words[at]) or words[at] == ")"):
        if words[at] == ")":
            opening = max((here for here in range(at) if words[here] == "("), default=-1)
            if opening < 0:
                break
            at = opening
        at -= 1
    return at


def _verbal(word: str) -> bool:
    """Say whether a word may stand between a subject and its verb."""
    return word in FINITE or word in _BETWEEN or (word.endswith("ly") and len(word) > 4)


_BETWEEN = _GRAMMAR["verbal"]


def _antecedent(chunks: Chunks, at: int) -> int:
    """Return the group that a relative pronoun at ``at`` stands for."""
    for here in range(at - 1, max(-1, at - 6), -1):
        if chunks.groups[here]:
            return here
        if chunks.words[here] in STRONG:
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


_EXPLETIVE = _GRAMMAR["after_expletive"]


def _head_before(chunks: Chunks, at: int, first: int) -> str:
    """Return the word before the noun phrase that the group at ``at`` ends or modifies."""
    here = at - 1
    while here >= first and chunks.words[here] in _DETERMINERS:
        here -= 1
    return chunks.words[here] if here >= first else ""


_DETERMINERS = _GRAMMAR["determiners"]
