"""What the register teaches about names: which words are common, which are places, whose name a name is.

Words are weighed by the names of the register and not by those that are compared. So the likeness of two
names is the same in every corpus, and never changes because a third name came.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.iris import register_iri
from graph.likeness.wording import load_wordlists, read_wording
from graph.register import Register, ship_register

_SHORTEST = 3  # letters; what is shorter is a number, an initial or a letter that tells two bodies apart
_FEW_BODIES = 2


@dataclass(frozen=True, slots=True, eq=False)
class Lore:
    """What is known beforehand about the words of names.

    Attributes:
        register: the bodies that are known.
        frequency: how many bodies of the register have a word in a name.
        places: words of the names of places.
        bodies: IRIs of the bodies of the register whose name has just these words.
    """

    register: Register
    frequency: dict[str, int]
    places: frozenset[str]
    bodies: dict[tuple[str, ...], frozenset[str]]

    def weigh(self, word: str) -> float:
        """Return the inverse document frequency of a word: of 1 name in N, ln N."""
        return math.log((len(self.register) + 1) / max(1, self.frequency.get(word, 1)))

    def is_known(self, word: str) -> bool:
        """Say whether a word has a meaning of its own, so that it is there for a reason."""
        return (
            len(word) < _SHORTEST
            or word in self.frequency
            or word in self.places
            or word in load_wordlists().apart
            or any(map(str.isdigit, word))
        )

    def is_distinctive(self, word: str) -> bool:
        """Say whether a word can make a name one body's: a place, or a word that few names have."""
        return word in self.places or not (
            word in load_wordlists().apart or self.frequency.get(word, 0) > _FEW_BODIES
        )

    def name_difference(self, word: str) -> str:
        """Say in what two names differ of which one has a word and the other has not; nothing if unknown."""
        listed = load_wordlists().apart.get(word)
        if listed:
            return listed
        if word in self.places:
            return "the area"
        if any(map(str.isdigit, word)) or len(word) < _SHORTEST:
            return "a number"
        return "a known word" if word in self.frequency else ""

    def known_as(self, names: Iterable[str]) -> frozenset[str]:
        """Return the IRIs of the bodies that the register calls by any of some names, in any spelling."""
        found: set[str] = set()
        for name in names:
            listed = self.register.lookup(name)
            found.update(map(register_iri, listed.ids if listed else ()))
            found |= self.bodies.get(read_wording(name).words, frozenset())
        return frozenset(found)


def learn_lore(register: Register) -> Lore:
    """Count the words of all names of a register."""
    frequency: Counter[str] = Counter()
    places: set[str] = set()
    bodies: dict[tuple[str, ...], set[str]] = defaultdict(set)
    common = load_wordlists().apart
    for body in register:
        words = set()
        for name in (body.name, *body.names):
            wording = read_wording(name)
            words |= {*wording.words, *wording.optional}
            bodies[wording.words].add(register_iri(body.id))
        frequency.update(words)
        places |= {
            w for area in (body.area, body.region) for w in read_wording(area).words if w not in common
        }
    return Lore(
        register, dict(frequency), frozenset(places), {words: frozenset(ids) for words, ids in bodies.items()}
    )


@lru_cache(maxsize=2)
def load_lore() -> Lore:
    """Learn from the register that ships with caregraph, once for a process."""
    return learn_lore(ship_register())
