"""A body among those that documents relate it to: a still picture, drawn on the server as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graph.vocabulary import STATUSES
from graph.workbench.briefs import Brief
from graph.workbench.claims import word_relation
from graph.workbench.view import Named, View

MOST = 30
"""Neighbours shown; the others are counted."""
WIDTH, ROW, MIDDLE = 900, 46, 450
_LETTERS = 36  # of a name on a line


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A body beside the one shown.

    Attributes:
        named: who it is.
        claims: how many claims relate the two.
        status: the firmest status of these.
        words: the relations in words, from the side of the body shown, the commonest first.
    """

    named: Named
    claims: int
    status: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a neighbour stands in the picture: the line to it, and its words."""

    neighbour: Neighbour
    label: str
    note: str
    x: float
    y: float
    anchor: str
    from_x: float
    from_y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture: height, where the body itself stands, the lines of its name, its neighbours."""

    height: int
    centre: float
    title: tuple[str, ...]
    spots: tuple[Spot, ...]


def find_neighbours(view: View, iri: str, briefs: Iterable[Brief]) -> tuple[list[Neighbour], int]:
    """Find those with whom most claims relate a node, facts before all else, and count all of them."""
    by_other: dict[str, list[Brief]] = {}
    for brief in briefs:
        if brief.other != iri:
            by_other.setdefault(brief.other, []).append(brief)
    ranked = sorted(
        by_other.items(),
        key=lambda pair: (all(b.status != "asserted" for b in pair[1]), -len(pair[1]), pair[0]),
    )
    return [_make_neighbour(view, other, found) for other, found in ranked[:MOST]], len(by_other)


def word_briefs(briefs: Iterable[Brief]) -> tuple[str, ...]:
    """Say how a node is related to another, from its side: facts first, then the commonest."""
    counted = Counter((brief.status, brief.predicate, brief.backward) for brief in briefs)
    ordered = sorted(counted, key=lambda key: (STATUSES.index(key[0]), -counted[key], key))
    marks = {"asserted": "", "proposed": " (proposed)", "negated": " (denied)"}
    words = (word_relation(name, backward=side) + marks[status] for status, name, side in ordered)
    return tuple(dict.fromkeys(words))


def draw_neighbours(name: str, neighbours: Iterable[Neighbour]) -> Picture:
    """Draw a body with its neighbours in two columns, so that every name can be read."""
    found = list(neighbours)
    columns = (found[1::2], found[0::2])
    height = max(3, max(map(len, columns))) * ROW + 20
    spots = []
    for column, anchor in zip(columns, ("end", "start"), strict=True):
        top = (height - len(column) * ROW) / 2
        for number, neighbour in enumerate(column):
            right = anchor == "start"
            spots.append(
                Spot(
                    neighbour=neighbour,
                    label=cut_name(neighbour.named.name),
                    note=cut_name(", ".join(neighbour.words), _LETTERS + 4),
                    x=MIDDLE + 150 if right else MIDDLE - 150,
                    y=top + number * ROW + ROW / 2,
                    anchor=anchor,
                    from_x=MIDDLE + 62 if right else MIDDLE - 62,
                    from_y=height / 2,
                )
            )
    return Picture(height, height / 2, tuple(fold_name(name)), tuple(spots))


def cut_name(name: str, letters: int = _LETTERS) -> str:
    """Cut a name that is too long for its place.

    >>> cut_name("Department of Health", 10)
    'Departmen…'
    """
    words = " ".join(name.split())
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def fold_name(name: str, letters: int = 15, lines: int = 3) -> list[str]:
    """Fold a name to a few short lines."""
    folded: list[str] = []
    for word in name.split():
        if folded and len(folded[-1]) + 1 + len(word) <= letters:
            folded[-1] += f" {word}"
        else:
            folded.append(word)
    kept = folded[:lines]
    if len(folded) > lines:
        kept[-1] += "…"
    return [cut_name(line, letters + 2) for line in kept]


def _make_neighbour(view: View, iri: str, briefs: list[Brief]) -> Neighbour:
    statuses = {brief.status for brief in briefs}
    status = next(status for status in STATUSES if status in statuses)
    return Neighbour(view.name(iri), len(briefs), status, word_briefs(briefs))
