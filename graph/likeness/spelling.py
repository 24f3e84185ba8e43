"""Say whether two words are one word, spelt in two ways, and how alike they are.

The likeness is that of Jaro and Winkler (Winkler, "String Comparator Metrics and Enhanced Decision Rules in
the Fellegi-Sunter Model of Record Linkage", 1990), computed by RapidFuzz. It alone would take "Milton" for
"Hilton" and "Derby" for "Derbyshire": so a word that is known is never a slip for another that is known, and
a slip is one letter too many, too few, wrong or out of place (Damerau, 1964).
"""

from __future__ import annotations

from rapidfuzz.distance import OSA, JaroWinkler

from graph.likeness.lore import Lore

LEAST = 0.93
"""Likeness from which two words may be one (Cohen and others take 0.9, of names of people)."""

_SHORTEST_SLIP = 5
_SHORTEST_PLACE = 8
"""Letters: places of fewer are too often one letter away from others ("Marston", "Marton")."""


def compare_words(one: str, other: str, lore: Lore) -> float:
    """Return how alike two words are, in 0..1; 0 unless they may be one word.

    Args:
        one: a word of one name.
        other: a word of another name.
        lore: which words are known.
    """
    if one == other:
        return 1.0
    if one[0] != other[0] or min(len(one), len(other)) < _SHORTEST_SLIP:
        return 0.0
    if OSA.distance(one, other, score_cutoff=1) > 1 or not _may_be_slip(one, other, lore):
        return 0.0
    return float(JaroWinkler.similarity(one, other, score_cutoff=LEAST))


def _may_be_slip(one: str, other: str, lore: Lore) -> bool:
    known = [word for word in (one, other) if lore.is_known(word)]
    if len(known) == 2:
        return False
    if not known:  # of two unknown words, neither is the right spelling: only what the ear does not hear
        return _undouble(one) == _undouble(other) or (
            sorted(one) == sorted(other) and len(one) >= _SHORTEST_PLACE
        )
    return not lore.is_distinctive(known[0]) or len(known[0]) >= _SHORTEST_PLACE


def _undouble(word: str) -> str:
    """Write doubled letters once: "Llewellyn" and "Llewelyn" are "Lewelyn"."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or word[at - 1] != letter)
