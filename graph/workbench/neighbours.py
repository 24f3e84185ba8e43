"""A body among those that documents relate it to: a still picture, drawn on the server as SVG."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.vocabulary import CG
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


def find_neighbours(view: View, iri: str) -> tuple[list[Neighbour], int]:
    """Find those with whom most claims relate a node, and count all of them."""
    node = NamedNode(iri)
    pattern = f"""{{ ?claim cg:subject {node} ; cg:object ?other BIND(0 AS ?side) }} UNION
      {{ ?claim cg:object {node} ; cg:subject ?other BIND(1 AS ?side) }}
      ?claim cg:predicate ?predicate ; cg:status ?status ; prov:wasDerivedFrom ?paper .
      FILTER(?other != {node}) {view.as_of.limit()}"""
    counted = view.ask(
        f"""SELECT ?other (COUNT(DISTINCT ?claim) AS ?n) (MIN(IF(?status = cg:Asserted, 0, 1)) AS ?firm)
        WHERE {{ {pattern} }} GROUP BY ?other ORDER BY ?firm DESC(?n) ?other LIMIT {MOST}"""
    )
    whole = view.ask(f"SELECT (COUNT(DISTINCT ?other) AS ?n) WHERE {{ {pattern} }}")
    chosen = {str(row[0]): int(str(row[1])) for row in counted}
    values = " ".join(str(NamedNode(other)) for other in chosen)
    rows = view.ask(
        f"""SELECT ?other ?side ?predicate ?status (COUNT(DISTINCT ?claim) AS ?n)
        WHERE {{ VALUES ?other {{ {values} }} {pattern} }}
        GROUP BY ?other ?side ?predicate ?status ORDER BY ?other DESC(?n) ?predicate ?side"""
    )
    said: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        words = word_relation(str(row[2]).removeprefix(CG), backward=bool(row[1]))
        said.setdefault(str(row[0]), []).append((words, str(row[3]).removeprefix(CG).lower()))
    found = [_make_neighbour(view, other, claims, said[other]) for other, claims in chosen.items()]
    return found, int(str(whole[0][0]))


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


def _make_neighbour(view: View, iri: str, claims: int, said: list[tuple[str, str]]) -> Neighbour:
    statuses = [status for _, status in said]
    status = next(s for s in ("asserted", "proposed", "negated") if s in statuses)
    words = dict.fromkeys(
        text if found == "asserted" else f"{text} ({'proposed' if found == 'proposed' else 'denied'})"
        for text, found in sorted(said, key=lambda pair: pair[1] != status)
    )
    return Neighbour(view.name(iri), claims, status, tuple(words))
