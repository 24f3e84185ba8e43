"""Put right what is misspelt in a name, and say how alike two words are.

The likeness is that of Jaro and Winkler (Winkler, "String Comparator Metrics and Enhanced Decision Rules in
the Fellegi-Sunter Model of Record Linkage", 1990), computed by RapidFuzz. It alone would take "Milton" for
"Hilton" and "Derby" for "Derbyshire": so a word that is known is never a slip for another that is known, and
a slip is one letter too many, too few, wrong or out of place (Damerau, 1964).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from graph.likeness.lore import Lore
from graph.likeness.wording import Wording, fold_word, load_wordlists, read_wording

LEAST = 0.9
"""Likeness from which two words may be one, as Cohen, Ravikumar and Fienberg have it."""

_SHORTEST_SLIP = 6
_LONG = 10
"""Letters of words in which two slips are as sure as one in others, where first and last letter are right."""

_SHORTEST_PLACE = 8
"""Letters: places of fewer are too often one letter away from others ("Marston", "Marton")."""


@lru_cache(maxsize=65536)
def read_name(name: str, lore: Lore) -> Wording:
    """Read a name as words, common words that are misspelt put right.

    Args:
        name: as written.
        lore: which words are known.
    """
    wording = read_wording(name)
    right = {word: _correct_word(word, lore) for word in wording.words}
    slips = tuple(sorted((word, written) for written, word in right.items() if word != written))
    return replace(wording, words=tuple(sorted(set(right.values()))), slips=slips) if slips else wording


def compare_words(one: str, other: str, lore: Lore) -> float:
    """Return how alike two words are, in 0..1; 0 unless they may be one word.

    Args:
        one: a word of one name.
        other: a word of another name.
        lore: which words are known.
    """
    if one == other:
        return 1.0
    return measure_slip(one, other) if _is_slip(one, other) and _may_be_slip(one, other, lore) else 0.0


def measure_slip(one: str, other: str) -> float:
    """Return the likeness of two spellings; 0 below ``LEAST``."""
    return float(JaroWinkler.similarity(one, other, score_cutoff=LEAST))


def _correct_word(word: str, lore: Lore) -> str:
    """Return the one common word that a word is a slip for; else the word itself."""
    if lore.is_known(word):
        return word
    near = _common_words().get(word[0], [])
    meant = {right for known, right in near if _is_slip(word, known)} or {
        right for known, right in near if _is_double_slip(word, known)
    }
    return meant.pop() if len(meant) == 1 else word


@lru_cache(maxsize=1)
def _common_words() -> dict[str, list[tuple[str, str]]]:
    """Return the common words by their first letters, each with its singular."""
    words: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for word in sorted(load_wordlists().apart):
        words[word[0]].append((word, fold_word(word)))
    return words


def _is_slip(one: str, other: str) -> bool:
    """Say whether two words begin alike and are one letter apart, or have two letters in the wrong order."""
    if one[0] != other[0] or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return min(len(one), len(other)) >= _SHORTEST_SLIP or sorted(one) == sorted(other)


def _is_double_slip(one: str, other: str) -> bool:
    """Say whether two long words begin and end alike and are two letters apart."""
    return (
        min(len(one), len(other)) >= _LONG
        and (one[0], one[-1]) == (other[0], other[-1])
        and OSA.distance(one, other, score_cutoff=2) <= 2
    )


def _may_be_slip(one: str, other: str, lore: Lore) -> bool:
    known = [word for word in (one, other) if lore.is_known(word)]
    if known:  # a common word that is misspelt has been put right: these are places
        return len(known) == 1 and len(known[0]) >= _SHORTEST_PLACE
    # of two unknown words, neither is the right spelling: only what the ear does not hear
    return _undouble(one) == _undouble(other) or (
        sorted(one) == sorted(other) and len(one) >= _SHORTEST_PLACE
    )


def _undouble(word: str) -> str:
    """Write doubled letters once: "Llewellyn" and "Llewelyn" are "Lewelyn"."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or word[at - 1] != letter)
