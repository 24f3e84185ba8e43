"""Show the relation model a sentence in which each mention is one piece that tells its type.

Names say little about a relation and much about the text that a model was trained on; types say
what it needs. So "Torbay Care Trust" is read as one piece, "a named CareTrust".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.extractors.wordpieces import CLOSING, OPENING, WordPieces
from graph.records import Mention, Sentence
from graph.vocabulary import OTHER_TYPES

IMPLIED = "@"
"""Stands for a body that the sentence does not name: the government behind a passive, who says "we"."""
LONGEST = 160
"""Word pieces of a sentence that the model reads; what follows is cut off."""
MOST_BETWEEN = 4
"""Mentions between two from which all numbers are one."""
GAPS = 2 * MOST_BETWEEN + 4
"""How many numbers ``gap_between`` has."""
MOST_PAIRS = 60
"""Pairs of mentions that are judged in a window; those farthest apart are left."""
_SIGNS = {"collective": "+", "unnamed": "?"}


@dataclass(frozen=True, slots=True)
class Window:
    """What the model reads at once.

    Attributes:
        pieces: numbers of word pieces and of marks.
        places: index into ``pieces`` of each mention; the first is that of ``IMPLIED``.
        entities: entity id of each mention, beside ``places``.
        types: type of each mention's entity, beside ``places``.
    """

    pieces: tuple[int, ...]
    places: tuple[int, ...]
    entities: tuple[str, ...]
    types: tuple[str, ...]

    def pairs(self) -> list[tuple[int, int]]:
        """Return the numbers of the mentions that may be related, two by two, the near ones first."""
        count = len(self.places)
        chosen = [
            (one, two)
            for one in range(count)
            for two in range(one + 1, count)
            if self.entities[one] != self.entities[two] and _can_relate(self.types[one], self.types[two])
        ]
        return sorted(chosen, key=lambda pair: (pair[0] > 0 and pair[1] - pair[0], pair))[:MOST_PAIRS]


def gap_between(one: int, two: int) -> int:
    """Number how many mentions stand between two, and which comes first; 0 is the implied body.

    >>> gap_between(1, 2), gap_between(2, 1), gap_between(0, 2), gap_between(2, 0)
    (6, 4, 5, 11)
    """
    if one == 0:
        return MOST_BETWEEN + 1
    if two == 0:
        return 2 * MOST_BETWEEN + 3
    return max(-MOST_BETWEEN - 1, min(MOST_BETWEEN + 1, two - one)) + MOST_BETWEEN + 1


def _can_relate(one: str, two: str) -> bool:
    """Say whether entities of two types can be related: one is a body, or they are an author and a title."""
    return not (one in OTHER_TYPES and two in OTHER_TYPES) or {one, two} == {"Person", "Publication"}


class WindowReader:
    """Makes windows with the pieces of one model."""

    def __init__(self, words: WordPieces) -> None:
        self._words = words
        self._open, self._close = words.number(OPENING), words.number(CLOSING)

    def read(self, sentence: Sentence, mentions: Sequence[Mention]) -> Window:
        """Make the window of a sentence.

        Args:
            sentence: of the document.
            mentions: in it, of all kinds, in text order; one inside another is passed over.
        """
        pieces, places, entities, types = [self._open], [0], [IMPLIED], [IMPLIED]
        start = sentence.start
        for mention in mentions:
            if mention.start < start:
                continue
            pieces += self._words.encode(
                sentence.view[start - sentence.start : mention.start - sentence.start]
            )
            if len(pieces) >= LONGEST:
                break
            places.append(len(pieces))
            entities.append(mention.entity)
            types.append(mention.type)
            pieces.append(self._words.number(mark_of(mention.type, mention.kind)))
            start = mention.end
        pieces += self._words.encode(sentence.view[start - sentence.start :])
        return Window((*pieces[:LONGEST], self._close), tuple(places), tuple(entities), tuple(types))


def mark_of(type_: str, kind: str) -> str:
    """Return the piece that stands for a mention: its type, ``+`` for a class, ``?`` for an unnamed body.

    >>> mark_of("CareTrust", "collective")
    '[CareTrust+]'
    """
    return f"[{type_}{_SIGNS.get(kind, '')}]"
