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
MOST_BEFORE = 70
"""Word pieces of the sentence before that it reads as well; what precedes them is cut off."""
MOST_BETWEEN = 4
"""Mentions between two from which all numbers are one."""
GAPS = 2 * MOST_BETWEEN + 4
"""How many numbers ``gap_between`` has."""
MOST_PAIRS = 60
"""Pairs of mentions that are judged in a window; those farthest apart are left."""
_SIGNS = {"collective": "+", "unnamed": "?"}


Line = tuple[Sentence, Sequence[Mention]]
"""A sentence, and the mentions in it of all kinds, in text order."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the model reads at once: a sentence, after the one before it.

    Attributes:
        pieces: numbers of word pieces and of marks.
        places: index into ``pieces`` of each mention; the first is that of ``IMPLIED``.
        entities: entity id of each mention, beside ``places``.
        types: type of each mention's entity, beside ``places``.
        own: number of the first mention of the sentence itself; those between are of the one before.
    """

    pieces: tuple[int, ...]
    places: tuple[int, ...]
    entities: tuple[str, ...]
    types: tuple[str, ...]
    own: int = 1

    def pairs(self) -> list[tuple[int, int]]:
        """Return the numbers of the mentions that may be related, two by two, the near ones first.

        One of the two stands in the sentence itself.
        """
        count = len(self.places)
        chosen = [
            (one, two)
            for one in range(count)
            for two in range(max(one + 1, self.own), count)
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

    def read(self, sentence: Sentence, mentions: Sequence[Mention], before: Line | None = None) -> Window:
        """Make the window of a sentence.

        Args:
            sentence: of the document.
            mentions: in it, of all kinds, in text order; one inside another is passed over.
            before: the sentence that precedes it, with its mentions; its end is read.
        """
        earlier, first = self._encode(*before) if before else ([], [])
        cut = max(0, len(earlier) - MOST_BEFORE)
        start = 1 - cut
        pieces = [self._open, *earlier[cut:], *([self._close] if before else [])]
        places = [(start + place, mention) for place, mention in first if place >= cut]
        own = 1 + len(places)
        line, second = self._encode(sentence, mentions)
        places += [(len(pieces) + place, mention) for place, mention in second if place < LONGEST - 1]
        return Window(
            (*pieces, *line[: LONGEST - 1], self._close),
            (0, *(place for place, _ in places)),
            (IMPLIED, *(mention.entity for _, mention in places)),
            (IMPLIED, *(mention.type for _, mention in places)),
            own,
        )

    def _encode(
        self, sentence: Sentence, mentions: Sequence[Mention]
    ) -> tuple[list[int], list[tuple[int, Mention]]]:
        """Return the pieces of a sentence, and where the mark of each mention stands among them."""
        pieces: list[int] = []
        places: list[tuple[int, Mention]] = []
        start = sentence.start
        for mention in mentions:
            if mention.start < start:
                continue
            text = sentence.view[start - sentence.start : mention.start - sentence.start]
            pieces += self._words.encode(text)
            places.append((len(pieces), mention))
            pieces.append(self._words.number(mark_of(mention.type, mention.kind)))
            start = mention.end
        return pieces + self._words.encode(sentence.view[start - sentence.start :]), places


def mark_of(type_: str, kind: str) -> str:
    """Return the piece that stands for a mention: its type, ``+`` for a class, ``?`` for an unnamed body.

    >>> mark_of("CareTrust", "collective")
    '[CareTrust+]'
    """
    return f"[{type_}{_SIGNS.get(kind, '')}]"
