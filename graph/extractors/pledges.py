"""Read lists of pledges and proposals: whose they are, where each item starts with its verb."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from graph.extractors.chunks import FINITE
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Entity, Sentence

_GRAMMAR = load_words("grammar")
_INTRODUCES = make_regex(r":\s*$|\b(?:will|would|by|are|include|includes)\s*$")
_PROMISE = make_regex(r"\b(?:will|would|shall|should|plan|propose|promise|pledge|commit)", re.IGNORECASE)
_FIRST_WORDS = make_regex(r"[^A-Za-z]*(?:and |also )?([A-Za-z]+)[^A-Za-z]+([A-Za-z']+)")
_OPENERS = _GRAMMAR["openers"]
_PLEDGES = _GRAMMAR["pledges"]
LEAST_PLEDGES = 3
"""List items that start with a verb from which a text that names a party is read as its manifesto."""
LIST_LENGTH = 15
"""Sentences that one introduction can govern."""


def carry_subjects(
    sentences: Sequence[Sentence], we: Sequence[str], spoken: Sequence[tuple[str, ...]], party: str
) -> tuple[tuple[tuple[str, ...], ...], tuple[bool, ...]]:
    """Hand the subject of "We will:" down to the items of its list; in a manifesto, that is the party."""
    carried: list[tuple[str, ...]] = []
    promised: list[bool] = []
    subject: tuple[str, ...] = ()
    promise, left = False, 0
    for sentence in sentences:
        item = _opens_with_verb(sentence, introduced=left > 1)
        left = left - 1 if item else left - 3
        listed = item and (left > 0 or (bool(party) and sentence.kind == "item"))
        carried.append(((party,) if party else subject) if listed else ())
        promised.append((listed and promise) or (bool(party) and sentence.kind == "item"))
        if _INTRODUCES.search(sentence.view.rstrip()):
            first_person = re.search(r"\b[Ww]e\b", sentence.view)
            own = we[sentence.index] if first_person else ""
            subject = (own,) if own else spoken[sentence.index][:1]
            promise, left = bool(_PROMISE.search(sentence.view)), LIST_LENGTH
    return tuple(carried), tuple(promised)


def _opens_with_verb(sentence: Sentence, *, introduced: bool = False) -> bool:
    """Say whether a sentence starts with its verb ("Abolish ..."); after "We will:" any word may be it."""
    first = _FIRST_WORDS.match(sentence.view)
    if first is None or first[2].lower() in FINITE:
        return False
    word = first[1].lower()
    return word in _PLEDGES or ((introduced or word.endswith("ing")) and word not in _OPENERS)


def find_pledging_party(
    sentences: Sequence[Sentence], we: Sequence[str], by_id: Mapping[str, Entity], counts: Counter[str]
) -> str:
    """Return the party whose manifesto a list of pledges is, or the empty string."""
    pledges = sum(1 for s in sentences if s.kind == "item" and _opens_with_verb(s))
    parties = [i for i, e in by_id.items() if e.type == "PoliticalParty" and e.kind == "named"]
    if pledges < LEAST_PLEDGES or not parties:
        return ""
    speaking = Counter(i for i in we if i in parties)
    return max(parties, key=lambda i: (speaking[i], counts[i], i))
