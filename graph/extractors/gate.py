"""Tell at once what cannot hold a relation, before anything else is done with it.

One automaton over all names and triggers reads the folded text. A text that names no body can state only who
wrote what; one that names nobody can state nothing. The gate lets through what may hold something, too
much rather than too little, so that what is found does not depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase

import ahocorasick_rs

from graph.extractors.folded import Folded, count_capitals, fold_words
from graph.extractors.gate_conditions import Condition, always
from graph.extractors.gate_triggers import Trigger, list_people, list_rules, list_wordings
from graph.extractors.lexicon import Lexicon
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex

_SAMPLE = 20_000
"""Characters that tell whether a text has capitals."""
_FOLLOWED_BY_YEAR = make_regex(r"\((?:19|20)\d\d[a-z]?\)")
_SHAPES = bytes(
    ord("A") if chr(byte) in ascii_uppercase else ord("a") if chr(byte) in ascii_lowercase else ord(" ")
    for byte in range(256)
)
_INITIAL = make_regex(rb"A(?=[^a]|aaa? ?A)")
"""A capital before anything but small letters, or before a particle that is stuck to it ("Jvan Dyk")."""
_AUTHOR = make_regex(
    r"(?:[A-Z]\.?[\s-]?){1,3}\s?(?:(?:van|von|de|der|la|Le|Mc|Mac|O['\u2019])\s?)?[A-Z][a-z]"
)
_AUTHOR_ENDS = make_regex(
    r"(?:[A-Z]\.?\s?-?){1,3}(?:\s*[,(.:;&]|,?\s+(?:and|et|eds?|editors?)\b|\s*(?:19|20)\d\d)"
)
_PARTICLES = "|".join(sorted(load_words("people")["particles"]))
_TURN = make_regex(
    rf"\b(?:[A-Z]{{1,2}}|[A-Z][a-z]|{_PARTICLES})\.?\s+(?:[\w.'\u2019-]+\s+){{0,3}}[A-Z][\w'\u2019-]+"
    r"(?:\s+\([^)]{2,60}\)){0,2}\s*:"
)


Hit = tuple[int, int, int]
"""Number of a word, and where it stands in the folded text."""


class Gate:
    """The gate of a lexicon, built for the first document after ``patience``: some cost less than it."""

    def __init__(self, lexicon: Lexicon, *, patience: int = 3) -> None:
        self._lexicon = lexicon
        self._patience = patience

    def is_ready(self) -> bool:
        """Say whether the gate is worth building by now; call it once for each document."""
        self._patience -= self._patience > 0
        return not self._patience

    def may_name_bodies(self, text: Folded) -> bool:
        """Say whether a text may name a body, or speak of one."""
        return text.odd or self._holds(self._scan(text), text, self._triggers.bodies)

    def may_name_people(self, text: Folded) -> bool:
        """Say whether a text may name a person."""
        first = text.text[:_SAMPLE]
        return (
            text.odd
            or count_capitals(first) * 100 < len(first)
            or _may_cite(text)
            or _may_quote(text)
            or self._holds(self._scan(text), text, self._triggers.people)
        )

    @cached_property
    def _triggers(self) -> Triggers:
        lexicon = self._lexicon
        wordings = (wording for found in lexicon.wordings.values() for wording in found)
        named = list_wordings(wordings, lexicon.modifiers, lexicon.head_words)
        return Triggers.build([*list_rules(), *named], list_people())

    def _scan(self, text: Folded) -> Sequence[Hit]:
        if text.hits is None:
            text.hits = self._triggers.automaton.find_matches_as_indexes(text.key, overlapping=True)
        return text.hits

    @staticmethod
    def _holds(hits: Sequence[Hit], text: Folded, needs: Sequence[Sequence[Condition]]) -> bool:
        for number, start, end in hits:
            for holds in needs[number]:
                if holds(text, start, end):
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Triggers:
    """All words to look for, in one automaton.

    Attributes:
        automaton: over the words.
        bodies: what must stand around each, for a body; nothing where it is none of a body's.
        people: the same for a person.
    """

    automaton: ahocorasick_rs.BytesAhoCorasick
    bodies: list[list[Condition]]
    people: list[list[Condition]]

    @classmethod
    def build(cls, bodies: Iterable[Trigger], people: Iterable[Trigger]) -> Triggers:
        """Build the automaton; a name that holds a word which counts anywhere need not be looked for."""
        named, called = _by_word(bodies), _by_word(people)
        free = {key for key, conditions in named.items() if always in conditions}
        for key in free:
            named[key] = [always]
        keys = [key for key in {**named, **called} if key in free or not _holds_other(key, free)]
        automaton = ahocorasick_rs.BytesAhoCorasick(keys)
        return cls(automaton, [named.get(key, []) for key in keys], [called.get(key, []) for key in keys])


def _by_word(triggers: Iterable[Trigger]) -> dict[bytes, list[Condition]]:
    needs: dict[bytes, list[Condition]] = {}
    for word, condition in triggers:
        key = fold_words(word.lower())
        if key.strip():
            needs.setdefault(key, []).append(condition)
    return needs


def _holds_other(key: bytes, free: set[bytes]) -> bool:
    return any(b" %b " % word in free for word in key.split())


def _may_cite(text: Folded) -> bool:
    """Say whether a text may hold an entry of a reference list with its authors."""
    if "19" not in text.text and "20" not in text.text:
        return False
    return text.foreign or bool(
        _FOLLOWED_BY_YEAR.search(text.text)
        or any(_may_be_author(text.text, at) for at in _find_initials(text.text))
    )


def _find_initials(text: str) -> Iterator[int]:
    """Yield where initials may stand; the shape of the words tells it sooner than the words."""
    shape = text.encode("latin-1", "replace").translate(_SHAPES) + b" "
    return (found.start() for found in _INITIAL.finditer(shape))


def _may_be_author(text: str, at: int) -> bool:
    """Say whether initials stand beside a surname, and an author may end with them."""
    before = text[max(0, at - 8) : at]
    if before and not (before[-1].isspace() or before[-1] in "])"):
        return False
    last = before.rstrip()[-1:]
    surname_first = (last.isalpha() or last == ",") and _AUTHOR_ENDS.match(text, at)
    return bool(surname_first or _AUTHOR.match(text, at))


def _may_quote(text: Folded) -> bool:
    """Say whether a text may tell who speaks by initials and a colon; given names are triggers anyway."""
    return ":" in text.text and (text.foreign or bool(_TURN.search(text.text)))
