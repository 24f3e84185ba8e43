"""Which body of a text is most present where a description stands: named of late, often, in a title.

What fits a description is sorted as the text goes on, and not looked for among all bodies each time: a list
of ten thousand bodies may hold as many descriptions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.extractors.reading import fold_key
from graph.records import Mention

_OFTEN = 8
"""Mentions beyond which a body is no more present."""

Level = tuple[int, bool]
"""How often a body is named, up to ``_OFTEN``, and whether in a heading."""


@dataclass(slots=True)
class Body:
    """A body that the text has named: how often, and where last (number of the sentence)."""

    name: str
    type: str
    count: int
    last: int
    heading: bool

    @property
    def level(self) -> Level:
        """Return what counts beside where it was named last."""
        return min(self.count, _OFTEN), self.heading

    def salience(self, number: int) -> float:
        """Score how present a body is at a sentence: recent, frequent, in the title."""
        return 1.0 / (1 + number - self.last) + 0.08 * min(self.count, _OFTEN) + 0.1 * self.heading


@dataclass(slots=True)
class _Ranking:
    """Of the bodies that fit one description, that which was named last at each level, with the sentence.

    The others of the level stay behind it wherever the text goes: it is at least as recent and as frequent.

    Attributes:
        read: how much of what was noted is taken in.
    """

    read: int = 0
    fitting: dict[str, bool] = field(default_factory=dict)
    levels: dict[Level, tuple[int, str]] = field(default_factory=dict)


class Presence:
    """The bodies of a text: those that it has named so far, and those that are to come.

    Attributes:
        has_names: whether it names any body.
        has_hospitals: whether it names a hospital.
        ombudsman: that which was named last for the first time; the noun as long as there is none.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Take in the mentions of a text, in its order; the definite ones name nobody."""
        named = (m for m in mentions if m.kind == "named" and not m.definite)
        first = {m.name or m.text: m for m in reversed(list(named))}
        self._first = sorted(first.values(), key=lambda m: m.start)
        self._starts = [m.start for m in self._first]
        self.has_names = bool(self._first)
        self.has_hospitals = any(m.type == "Hospital" for m in self._first)
        self.ombudsman = "ombudsman"
        self._bodies: dict[str, Body] = {}
        self._noted: list[tuple[int, str, Level]] = []
        self._rankings: dict[tuple[frozenset[str], str, str], _Ranking] = {}

    def note(self, mention: Mention, number: int, *, heading: bool) -> None:
        """Take in that a sentence names a body.

        Args:
            mention: of the body.
            number: of the sentence; never less than the last time.
            heading: whether it is a heading or the first of all.
        """
        name = mention.name or mention.text
        body = self._bodies.get(name)
        if body is None:
            body = self._bodies[name] = Body(name, mention.type, 0, number, heading)
            if name.endswith("mbudsman"):
                self.ombudsman = name
        body.count += 1
        body.last = number
        body.heading = body.heading or heading
        self._noted.append((number, name, body.level))

    def find(
        self, types: frozenset[str], word: str, number: int, *, only: str = "", since: int = -1
    ) -> Body | None:
        """Find the most present body that fits a description.

        Args:
            types: that the description may stand for.
            word: that may stand in the name instead; empty for none.
            number: of the sentence that it stands in.
            only: a type that the body must have.
            since: number of the first sentence that may have named it last.
        """
        ranking = self._rankings.setdefault((types, word, only), _Ranking())
        for last, name, level in self._noted[ranking.read :]:
            body = self._bodies[name]
            if name not in ranking.fitting:
                right = not only or body.type == only
                ranking.fitting[name] = right and _fits(name, body.type, types, word)
            if ranking.fitting[name]:
                ranking.levels[level] = max(ranking.levels.get(level, (last, name)), (last, name))
        ranking.read = len(self._noted)
        likely = (self._bodies[name] for last, name in ranking.levels.values() if last >= since)
        return max(likely, key=lambda body: (body.salience(number), body.last, body.name), default=None)

    def find_coming(self, start: int, reach: int, types: frozenset[str], word: str) -> Mention | None:
        """Find the one body that fits a description and is first named after it.

        Args:
            start: of the description; an offset into the text.
            reach: characters within which it is named.
            types: that the description may stand for.
            word: that may stand in the name instead; empty for none.

        Returns:
            Its first mention; None where no body fits, or several do.
        """
        low, high = bisect_right(self._starts, start), bisect_left(self._starts, start + reach)
        coming = [m for m in self._first[low:high] if _fits(m.name or m.text, m.type, types, word)]
        return coming[0] if len(coming) == 1 else None


def _fits(name: str, kind: str, types: frozenset[str], word: str) -> bool:
    if kind in types:
        return True
    if not word or kind in ("Government", "HealthService", "Publisher"):
        return False
    words = fold_key(name).split()
    noun = word.split(" ")[-1]
    if word.count(" ") > 1:
        return fold_key(name).endswith(word)
    return words[-1] == noun or any(a == noun and b in ("of", "for", "on", "in") for a, b in pairwise(words))
