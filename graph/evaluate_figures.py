"""The figures of an evaluation: counts, and precision, recall and F1 of them."""

from __future__ import annotations

from dataclasses import dataclass

MEASURES = ("mentions", "overlap", "typed", "entities", "relations", "pairs", "families", "links")


DIGITS = 4
"""Decimal places of a share."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts behind one precision and recall: of the system, of the gold, and of each what the other has."""

    system: int = 0
    gold: int = 0
    matched_system: int = 0
    matched: int = 0

    def __add__(self, other: Figure) -> Figure:
        """Add the counts of other documents."""
        return Figure(
            self.system + other.system,
            self.gold + other.gold,
            self.matched_system + other.matched_system,
            self.matched + other.matched,
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right, in 0..1; 0 where nothing was found."""
        return round(share(self.matched_system, self.system), DIGITS)

    @property
    def recall(self) -> float:
        """The share of what is right that was found, in 0..1; 0 where there is nothing to find."""
        return round(share(self.matched, self.gold), DIGITS)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in 0..1."""
        precision, recall = share(self.matched_system, self.system), share(self.matched, self.gold)
        return round(share(2 * precision * recall, precision + recall), DIGITS)


def share(part: float, whole: float) -> float:
    """Return the part of the whole, in 0..1; 0 where there is no whole."""
    return part / whole if whole else 0.0
