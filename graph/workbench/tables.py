"""Answers as tables: cells that lead to the pages of what they name, sorted, and bars for numbers."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from graph.export.table_files import guard_cell
from graph.results import Answer, Row
from graph.terms import OA, XSD
from graph.vocabulary import CG, STATUSES
from graph.workbench.dates import write_day
from graph.workbench.rendering import address_node
from graph.workbench.view import View, kind_of

BARS = 30
"""Rows that a chart shows."""
_PLAIN = frozenset({"step", "from", "until", "date", "start"})  # numbers that are no counts
_NUMBER = re.compile(r"[+-]?(\d{1,300}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?|[+-]?INF|NaN", re.ASCII)
_DATES = ("date", "gYearMonth", "gYear")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, where it leads (an address here, or empty), and its kind.

    Attributes:
        kind: ``number``, ``status``, ``sentence``, or empty.
        status: the status that it names; else empty.
        source: for a sentence, where it stands in its document; else empty.
    """

    text: str
    address: str = ""
    kind: str = ""
    status: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: what is counted, how many, and that as a share of the most."""

    label: str
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a table is sorted: the column, empty for the order of the answer, and whether downwards."""

    column: str = ""
    down: bool = False


def sort_rows(answer: Answer, sorting: Sorting) -> list[Row]:
    """Sort the rows of an answer by a column; empty cells come last."""
    rows = list(answer.rows)
    if sorting.column not in answer.columns:
        return rows
    place = answer.columns.index(sorting.column)
    filled = [row for row in rows if row.terms[place] is not None]
    numbers = all(_is_number(row.terms[place]) for row in filled)
    filled.sort(
        key=lambda row: (
            float(_text(row.terms[place])) if numbers else 0.0,
            _text(row.terms[place]).casefold(),
        ),
        reverse=sorting.down,
    )
    return [*filled, *(row for row in rows if row.terms[place] is None)]


def make_cells(view: View, row: Row) -> list[Cell]:
    """Make the cells of a row."""
    return [_make_cell(view, term) for term in row.terms]


def chart_answer(answer: Answer) -> tuple[str, list[Bar]]:
    """Chart the first column of counts, the largest first; no bars where there is none.

    Returns:
        The name of the column, and the bars.
    """
    rows = [row for row in answer.rows if row.terms]
    for place, column in enumerate(answer.columns):
        terms = [row.terms[place] for row in rows]
        counted = all(_is_count(term) for term in terms)
        if column in _PLAIN or len(rows) < 2 or not counted:
            continue
        pairs = [(_label_row(row, place), int(_text(row.terms[place]))) for row in rows]
        pairs.sort(key=lambda pair: -pair[1])
        most = max(1, pairs[0][1])
        return column, [Bar(label, number, max(0, number) / most) for label, number in pairs[:BARS]]
    return "", []


def write_csv(answer: Answer) -> str:
    """Write an answer as CSV (RFC 4180), terms as plain texts.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_guard(term) for term in row.terms])
    return stream.getvalue()


def _guard(term: object) -> str:
    return _text(term) if _is_number(term) else guard_cell(_text(term))


def _make_cell(view: View, term: object) -> Cell:
    text = _text(term)
    if isinstance(term, NamedNode):
        name = view.name(text).name if kind_of(text) else text
        return Cell(name, address_node(text, view.as_of.text))
    if _is_number(term):
        return Cell(text, kind="number")
    if isinstance(term, Literal) and term.datatype.value.removeprefix(XSD) in _DATES:
        return Cell(write_day(text))
    if text in STATUSES:
        return Cell(text, kind="status", status=text)
    named = _find_named(view, text)
    if named:
        return Cell(text, address_node(named, view.as_of.text))
    source = _find_sentence(view, text) if len(text) > 20 else ""
    return Cell(write_day(text), kind="sentence" if source else "", source=source)


def _find_named(view: View, text: str) -> str:
    """Find the one node that has a text as its name or title; nothing where there are several."""
    nodes = [iri for iri in view.called(text) if kind_of(iri) not in ("", "role")]
    return nodes[0] if len(nodes) == 1 else ""


def _find_sentence(view: View, text: str) -> str:
    """Find where a sentence stands in its document: the address of a claim that rests on it."""
    quotes = view.store.quads_for_pattern(None, NamedNode(OA + "exact"), Literal(text), DefaultGraph())
    for quote in quotes:
        claims = view.refer(CG + "evidence", _text(quote.subject))
        if claims:
            return address_node(min(claims), view.as_of.text)
    return ""


def _label_row(row: Row, skipped: int) -> str:
    texts = [_text(term) for place, term in enumerate(row.terms) if place != skipped]
    return next((text for text in texts if text), "")


def _is_number(term: object) -> bool:
    """Tell whether a term is a number by its type and by its text: a graph may come from other hands."""
    numeric = ("integer", "decimal", "double", "float")
    typed = isinstance(term, Literal) and term.datatype.value.removeprefix(XSD) in numeric
    return typed and bool(_NUMBER.fullmatch(_text(term)))


def _is_count(term: object) -> bool:
    whole = isinstance(term, Literal) and term.datatype.value == XSD + "integer"
    return whole and _is_number(term) and _text(term).lstrip("+-").isdecimal()


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else "" if term is None else str(term)
