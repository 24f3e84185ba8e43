"""What must stand around a trigger for a rule to find anything there: a capital, a word before or after.

Each condition is told a folded text and where the trigger stands in it, the spaces on both sides included.
It may hold where no rule finds anything, and must hold wherever one does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from graph.extractors.folded import Folded, fold_words
from graph.extractors.wordlists import load_words
from graph.extractors.words import JOINS
from graph.patterns import make_regex

Condition = Callable[[Folded, int, int], bool]

_SMALL_A = ord("a")
_PARTICLES = frozenset(word.encode() for word in load_words("people")["particles"])
_JOINS = "|".join(sorted(map(re.escape, JOINS)))
_PARTICLE = "|".join(sorted(load_words("people")["particles"]))
_PAIR = make_regex(rb" [A-Z][^ ]* (?:(?:%b) ){0,2}[A-Z]" % _PARTICLE.encode())
_SHORT = r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Revd|Cllr|Hon|Rt|Lt|Col|Capt|Sgt|Gov|Sen|Rep|[A-Z])\."
_PAIR_AS_WRITTEN = make_regex(
    rf"(?:[A-Z][\w'\u2019-]*|{_SHORT})\s+(?:(?:{_PARTICLE})\s+){{0,2}}[A-Z]|[A-Z]\.[A-Z]"
)
_CAPITAL_BEFORE = make_regex(rb" [A-Z0-9][^ ]*(?: [^ ]+){0,5}$")
_APPOSED = make_regex(rb" [A-Z][^ ]*(?: [^ ]+){0,4} (?:an?|the) (?:[^ ]+ ){0,9}$")
_NEAR = 170


def always(text: Folded, start: int, end: int) -> bool:
    """Hold anywhere."""
    return True


def capital(text: Folded, start: int, end: int) -> bool:
    """Hold where the trigger begins with a capital or a digit."""
    return text.cased[start + 1] < _SMALL_A or text.caseless


def written(name: str) -> Condition:
    """Hold where the trigger is written with these very capitals."""
    exact = fold_words(name)

    def holds(text: Folded, start: int, end: int) -> bool:
        return text.cased[start:end] == exact or text.caseless

    return holds


def said_as_word(name: str) -> Condition:
    """Hold where the trigger has these very capitals, or only its first, as "Adass" has."""
    exact = fold_words(name)

    def holds(text: Folded, start: int, end: int) -> bool:
        found = text.cased[start:end]
        return found == exact or (len(found) > 6 and found.istitle()) or text.caseless

    return holds


def before_capital(text: Folded, start: int, end: int) -> bool:
    """Hold where a word with a capital follows."""
    return text.cased[end : end + 1].isupper() or text.foreign


def opens_name(word: str, *, dot: str = "") -> Condition:
    """Hold where a word, with its capital and perhaps a dot, is followed by what a name may go on with."""
    exact = fold_words(word)

    def holds(text: Folded, start: int, end: int) -> bool:
        if text.foreign or text.cased[start:end] != exact:
            return text.foreign
        return text.holds(_compile_opening(word, dot))

    return holds


@cache
def _compile_opening(word: str, dot: str) -> re.Pattern[str]:
    """Compile the beginning of a name; most of a thousand are never met."""
    return re.compile(rf"{re.escape(word)}(?:[-\u2010-\u2012\u2212]\w+)*{dot}\s+(?:[A-Z]|(?:{_PARTICLE})\s)")


def before_names(text: Folded, start: int, end: int) -> bool:
    """Hold where two words follow that a name of a person may hold."""
    if text.cased[end : end + 1] not in _OPENING:
        return text.foreign
    two = text.cased[end : end + 90].split(b" ", 2)[:2]
    return text.foreign or (len(two) == 2 and all(map(_may_be_name, two)))


_OPENING = frozenset(bytes([byte]) for byte in range(ord("A"), _SMALL_A)) | {word[:1] for word in _PARTICLES}


def _may_be_name(word: bytes) -> bool:
    return word[:1].isupper() or word in _PARTICLES


def capital_near(text: Folded, start: int, end: int) -> bool:
    """Hold where two words with capitals stand side by side not far away."""
    near = _PAIR.search(text.cased, max(0, start - _NEAR), end + _NEAR)
    return text.foreign or bool(near and text.holds(_PAIR_AS_WRITTEN))


def after_capital(text: Folded, start: int, end: int) -> bool:
    """Hold where a name stands right before."""
    return text.foreign or bool(_CAPITAL_BEFORE.search(text.cased[max(0, start - 120) : start]))


def follows_name(head: str) -> Condition:
    """Hold where a word with a capital stands right before a head of names, or small words stand between."""

    def holds(text: Folded, start: int, end: int) -> bool:
        return text.foreign or (after_capital(text, start, end) and text.holds(_compile_head(head)))

    return holds


@cache
def _compile_head(head: str) -> re.Pattern[str]:
    words = r"[\W_]+".join(re.escape(word.decode()) for word in fold_words(head).split())
    return re.compile(
        rf"(?:[A-Z0-9](?:\S*[\w',\u2019])?|St\.|[A-Z]\.)\s+(?:(?:{_JOINS})\s+){{0,2}}[\"'(\[]*(?i:{words})\b"
    )


def beside_name(text: Folded, start: int, end: int) -> bool:
    """Hold where a name follows ("the company Acorn"), or stands before an article ("Acorn, a company")."""
    return before_capital(text, start, end) or bool(
        _APPOSED.search(text.cased[max(0, start - 250) : start + 1])
    )


def after(words: Iterable[str]) -> Condition:
    """Hold where one of these words stands right before."""
    known = frozenset(word.encode() for word in words)

    def holds(text: Folded, start: int, end: int) -> bool:
        return text.foreign or text.key[text.key.rfind(b" ", 0, start) + 1 : start] in known

    return holds


def before(pattern: bytes) -> Condition:
    """Hold where what follows, in small letters, matches a pattern."""
    follows = re.compile(pattern)

    def holds(text: Folded, start: int, end: int) -> bool:
        return text.foreign or bool(follows.match(text.key, end))

    return holds


def anywhere(pattern: bytes, least: int = 1) -> Condition:
    """Hold where a pattern stands so often in the whole text, in small letters."""
    found = re.compile(pattern)

    def holds(text: Folded, start: int, end: int) -> bool:
        return text.foreign or sum(1 for _ in found.finditer(text.key)) >= least

    return holds


def either(*conditions: Condition) -> Condition:
    """Hold where one of the conditions does."""

    def holds(text: Folded, start: int, end: int) -> bool:
        for condition in conditions:  # noqa: SIM110 - for each word of each text, where any() takes twice as long
            if condition(text, start, end):
                return True
        return False

    return holds


def both(first: Condition, second: Condition) -> Condition:
    """Hold where two conditions do."""
    return lambda text, start, end: first(text, start, end) and second(text, start, end)
