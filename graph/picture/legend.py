"""The words on a picture: its legend, and what each body and line says to a pointer that rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.pages import label_type, read_legend, write_line
from graph.picture.labels import measure_text
from graph.picture.shapes import COLORS, DASHES, trace_shape

TEXT = 14.0
"""Size of the letters; the other lengths, too, are in units of the picture."""

ROW = 26.0
BODY, LINE = 20.0, 42.0
"""Room for a shape and for a line, before its words."""

SPACE = 26.0
GREY = "#51606d"

KINDS = {"collective": "Ring: a group as a whole", "unnamed": "Hollow: a body without its name"}

TOLD = 6
"""Statements that a line tells; of the rest it says how many there are."""

LONGEST = 300
"""Characters of a sentence that a line tells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the legend: a shape (``path``) or a line (``dashes``), its words, and where it is."""

    words: str
    color: str
    path: str = ""
    kind: str = ""
    dashes: str = ""
    arrow: bool = False
    x: float = 0.0
    y: float = 0.0

    @property
    def room(self) -> float:
        """Return the room for the shape or the line."""
        return LINE if self.dashes else BODY


@dataclass(frozen=True, slots=True)
class Legend:
    """The entries, and where they begin: the lower edge of the picture proper."""

    entries: tuple[Entry, ...]
    top: float


def list_legend(
    nodes: Sequence[dict[str, Any]], edges: Sequence[dict[str, Any]], size: tuple[float, float], margin: float
) -> Legend:
    """Return what the shapes and lines that are on a picture mean, in rows at its foot."""
    rows: list[list[Entry]] = []
    x = size[0]
    for entry in _list_families(nodes) + _list_kinds(nodes) + _list_lines(edges):
        width = entry.room + measure_text(entry.words, TEXT)
        if x + width > size[0] - margin:
            rows.append([])
            x = margin
        rows[-1].append(replace(entry, x=round(x, 1)))
        x += width + SPACE
    top = size[1] - margin / 2 - ROW * len(rows)
    entries = [
        replace(entry, y=round(top + ROW * (n + 0.5), 1)) for n, row in enumerate(rows) for entry in row
    ]
    return Legend(tuple(entries), top)


def is_symmetric(predicate: str) -> bool:
    """Say whether a relation holds both ways, so that its line has no arrow."""
    return bool(read_legend()["relations"].get(predicate, {}).get("symmetric", False))


def tell_extent(shown: tuple[int, int], total: tuple[int, int], *, unnamed: int = 0) -> str:
    """Say how many bodies and statements there are, how many are shown, and how many names had no room.

    >>> tell_extent((150, 210), (179, 225), unnamed=9)
    'Showing 150 of 179 bodies, the most connected, and 210 of 225 statements. No room for 9 of the names.'
    >>> tell_extent((2, 1), (2, 1))
    '2 bodies, 1 statement.'
    """
    bodies = f"{total[0]:,} {'body' if total[0] == 1 else 'bodies'}"
    statements = f"{total[1]:,} {'statement' if total[1] == 1 else 'statements'}"
    told = f"{bodies}, {statements}."
    if shown[0] < total[0]:
        told = f"Showing {shown[0]:,} of {bodies}, the most connected, and {shown[1]:,} of {statements}."
    return f"{told} No room for {unnamed:,} of the names." if unnamed else told


def tell_body(node: dict[str, Any], neighbours: int) -> str:
    """Say what a body is, and to how many others it is linked."""
    words = [write_line(node["label"]), f"{tell_type(node)}, linked to {neighbours:,}"]
    codes = [f"{write_line(code['scheme'])} {write_line(code['code'])}" for code in node.get("codes", ())]
    return "\n".join([*words, *(["; ".join(codes)] if codes else [])])


def tell_type(node: dict[str, Any]) -> str:
    """Return the type of a body in words, as the page has it."""
    words = write_line(label_type(str(node.get("type", "Organisation"))))
    suffix = {"collective": ": the group as a whole", "unnamed": ", not named in the text"}
    return words + suffix.get(str(node.get("kind", "")), "")


def tell_statements(edges: Sequence[dict[str, Any]], nodes: Sequence[dict[str, Any]]) -> str:
    """Say what the statements of a line are, and quote the first."""
    lines = [_tell_statement(edge, nodes) for edge in edges[:TOLD]]
    if len(edges) > TOLD:
        lines.append(f"and {len(edges) - TOLD} more")
    quotes = [write_line(sentence[1]) for edge in edges for sentence in edge["sentences"][:1]]
    if quotes:
        lines.append(f"“{quotes[0] if len(quotes[0]) <= LONGEST else quotes[0][: LONGEST - 1] + '…'}”")
    return "\n".join(lines)


def _tell_statement(edge: dict[str, Any], nodes: Sequence[dict[str, Any]]) -> str:
    relation = read_legend()["relations"].get(edge["predicate"], {}).get("forward", edge["predicate"])
    status = read_legend()["statuses"].get(edge["status"], {}).get("name", edge["status"])
    subject, target = (nodes[edge[end]]["label"] for end in ("from", "to"))
    return write_line(f"{subject} {relation} {target} ({status.lower()})")


def _list_families(nodes: Iterable[dict[str, Any]]) -> list[Entry]:
    found = {node["family"] for node in nodes}
    families = [family for number, family in enumerate(read_legend()["families"]) if number in found]
    return [Entry(family["name"], family["color"], trace_shape(family["shape"], 7.0)) for family in families]


def _list_kinds(nodes: Iterable[dict[str, Any]]) -> list[Entry]:
    found = {node.get("kind") for node in nodes}
    paths = {"collective": trace_shape("dot", 5.0), "unnamed": trace_shape("dot", 6.5)}
    return [Entry(words, GREY, paths[kind], kind) for kind, words in KINDS.items() if kind in found]


def _list_lines(edges: Sequence[dict[str, Any]]) -> list[Entry]:
    found = {edge["status"] for edge in edges}
    statuses = [
        (status, about["name"]) for status, about in read_legend()["statuses"].items() if status in found
    ]
    entries = [Entry(name, COLORS[status], kind=status, dashes=DASHES[status]) for status, name in statuses]
    if any(not is_symmetric(edge["predicate"]) for edge in edges):
        entries.append(Entry("Arrow: from the one that acts", COLORS["asserted"], dashes="none", arrow=True))
    return entries
