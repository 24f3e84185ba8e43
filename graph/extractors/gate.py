"""Tell at once what cannot hold a relation, before anything else is done with it.

One automaton over all names and triggers reads the folded text. A text that names no body can state only who
wrote what; one that names nobody can state nothing. The gate lets through what may hold something, too
much rather than too little, so that what is found does not depend on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import ahocorasick_rs

from graph.extractors.folded import Folded, count_capitals, fold_words
from graph.extractors.gate_conditions import Condition, always
from graph.extractors.gate_triggers import Trigger, list_people, list_rules, list_wordings
from graph.extractors.lexicon import Lexicon
from graph.extractors.wordlists import load_words

_SAMPLE = 20_000
"""Characters that tell whether a text has capitals."""
_FOLLOWED_BY_YEAR = re.compile(r"\((?:19|20)\d\d[a-z]?\)")
_INITIAL = re.compile(r"[A-Z](?:(?=[^a-z])|(?:van|von|de|der|la)\s?[A-Z]|$)")
_AUTHOR = re.compile(
    r"(?:[A-Z]\.?[\s-]?){1,3}\s?(?:(?:van|von|de|der|la|Le|Mc|Mac|O['\u2019])\s?)?[A-Z][a-z]"
)
_AUTHOR_ENDS = re.compile(
    r"(?:[A-Z]\.?\s?-?){1,3}(?:\s*[,(.:;&]|,?\s+(?:and|et|eds?|editors?)\b|\s*(?:19|20)\d\d)"
)
_PARTICLES = "|".join(sorted(load_words("people")["particles"]))
_TURN = re.compile(
    rf"\b(?:[A-Z]{{1,2}}|[A-Z][a-z]|{_PARTICLES})\.?\s+(?:[\w.'\u2019-]+\s+){{0,3}}[A-Z][\w'\u2019-]+"
    r"(?:\s+\([^)]{2,60}\)){0,2}\s*:"
)


class Triggers:
    """Words to look for, each with what must stand around it."""

    def __init__(self, triggers: Iterable[Trigger]) -> None:
        needs: dict[bytes, list[Condition]] = {}
        for word, condition in triggers:
            key = fold_words(word.lower())
            if key.strip():
                needs.setdefault(key, []).append(condition)
        free = {key for key, conditions in needs.items() if always in conditions}
        keys = [key for key in needs if key in free or not _holds_other(key, free)]
        self._needs = [[always] if key in free else needs[key] for key in keys]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(keys)

    def stand_in(self, text: Folded) -> bool:
        """Say whether one of the words stands in a text as it must."""
        return any(
            holds(text, start, end)
            for number, start, end in self._automaton.find_matches_as_indexes(text.key, overlapping=True)
            for holds in self._needs[number]
        )


def _holds_other(key: bytes, free: set[bytes]) -> bool:
    """Say whether a name holds a word that counts anywhere, and so need not be looked for itself."""
    return any(b" %b " % word in free for word in key.split())


class Gate:
    """The gate of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        wordings = (wording for found in lexicon.wordings.values() for wording in found)
        named = list_wordings(wordings, lexicon.modifiers, lexicon.head_words)
        self._bodies = Triggers([*list_rules(), *named])
        self._people = Triggers(list_people())

    def may_name_bodies(self, text: Folded) -> bool:
        """Say whether a text may name a body, or speak of one."""
        return text.odd or self._bodies.stand_in(text)

    def may_name_people(self, text: Folded) -> bool:
        """Say whether a text may name a person."""
        return (
            text.odd
            or count_capitals(text.text[:_SAMPLE]) * 100 < len(text.text[:_SAMPLE])
            or _may_cite(text)
            or _may_quote(text)
            or self._people.stand_in(text)
        )


def _may_cite(text: Folded) -> bool:
    """Say whether a text may hold an entry of a reference list with its authors."""
    if "19" not in text.text and "20" not in text.text:
        return False
    return text.foreign or bool(
        _FOLLOWED_BY_YEAR.search(text.text)
        or any(_may_be_author(text.text, found.start()) for found in _INITIAL.finditer(text.text))
    )


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
