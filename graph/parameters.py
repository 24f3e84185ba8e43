"""Parameters of the named questions: what is given as text becomes a term, and its place in a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from graph.errors import QueryError
from graph.lookup import find_body, find_document, find_place
from graph.search.index import SearchIndex, make_index
from graph.terms import write_date, write_text
from graph.vocabulary import CG, STATUSES

ANY = "any"
"""The default of a parameter that may be left open."""

SENTENCES = "sentences"
"""The type of the parameter that is words; in the query, the evidence that has them."""

MOST_SENTENCES = 10_000
"""More sentences do not fit into a query; which of them are wanted, a limit or another word tells."""

ROWS = "rows"
"""The type of the parameter that says how many rows to give at most; 0 is all."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for.

    Attributes:
        name: as in ``name=value`` and as the variable of the query.
        type: a key of ``PARAMETER_TYPES``.
        help: what to give, in a few words.
        default: what stands in when it is not given; None when it must be.
    """

    name: str
    type: str
    help: str
    default: str | None = None


class Filling:
    """A query of a question, and what goes where it has ``UNDEF``.

    All of it is put in at once: a value that reads like the place of another parameter stays text.

    Args:
        store: an opened graph, in which names are looked up.
        query: with the places of its parameters.
        index: of the graph, which finds names at once.
    """

    def __init__(self, store: Store, query: str, *, index: SearchIndex | None = None) -> None:
        self._store = store
        self._query = query
        self._index = index
        self._written: dict[Parameter, str] = {}

    def put(self, parameter: Parameter, value: str) -> None:
        """Take in the value of a parameter; words (``is_last``) come after the number of rows.

        Args:
            parameter: of the question.
            value: as a person writes it; ``any`` leaves a parameter open whose default that is. A number of
                rows becomes a limit of one more, so that it shows whether there are more.

        Raises:
            QueryError: the value names nothing, or is none of its type.
        """
        if value == ANY and parameter.default == ANY:
            return
        terms: Sequence[NamedNode | Literal]
        if parameter.type == SENTENCES:
            index = self._index or make_index(self._store)
            found = _find_sentences(parameter.name, index, value, self._find_limit())
            terms = [NamedNode(iri) for iri in found]
        else:
            terms = [_read_value(self._store, parameter, value, self._index)]
        self._written[parameter] = _write_place(parameter, terms)

    def write(self) -> str:
        """Write the query with all that was taken in."""
        return _fill(self._query, self._written)

    def _find_limit(self) -> int | None:
        """Return how many rows the query finds at most; None for all."""
        limits = {parameter: text for parameter, text in self._written.items() if parameter.type == ROWS}
        found = re.search(r"LIMIT\s+(\d+)", _fill(self._query, limits))
        return int(found[1]) if found else None


def is_last(parameter: Parameter) -> bool:
    """Tell whether a parameter is put into the query after others: words, of which a limit tells how many."""
    return parameter.type == SENTENCES


def _find_sentences(name: str, index: SearchIndex, words: str, limit: int | None) -> list[str]:
    """Find the best sentences, as many as there are rows to be: every one gives a row."""
    most = min(limit or MOST_SENTENCES + 1, MOST_SENTENCES + 1)
    found = [iri for iri, _ in index.match_sentences(words, most)]
    if len(found) > MOST_SENTENCES:
        raise QueryError(
            f"{name}: more than {MOST_SENTENCES:,} sentences have {words!r}; add a word, or give a limit"
        )
    return found


def find_placeholder(parameter: Parameter) -> re.Pattern[str]:
    """Return the pattern of the place in a query where the value goes."""
    if parameter.type == ROWS:
        return re.compile(rf"LIMIT\s+{parameter.default}\b")
    return re.compile(rf"VALUES\s+\?{parameter.name}\s*\{{\s*UNDEF\s*\}}")


def _write_place(parameter: Parameter, terms: Sequence[NamedNode | Literal]) -> str:
    """Write what stands in the place of a parameter; the engine itself writes terms, escapes and all."""
    if parameter.type == ROWS:
        return f"LIMIT {int(terms[0].value) + 1}" if int(terms[0].value) else ""
    return f"VALUES ?{parameter.name} {{ {' '.join(map(str, terms))} }}"


def _fill(query: str, written: Mapping[Parameter, str]) -> str:
    """Put what was written for parameters in their places, in one pass over the query."""
    if not written:
        return query
    texts = list(written.values())
    places = "|".join(f"({find_placeholder(parameter).pattern})" for parameter in written)
    return re.sub(places, lambda place: texts[(place.lastindex or 0) - 1], query)


def _read_value(
    store: Store, parameter: Parameter, value: str, index: SearchIndex | None
) -> NamedNode | Literal:
    try:
        return PARAMETER_TYPES[parameter.type](store, value.strip(), index)
    except QueryError as error:
        raise QueryError(f"{parameter.name}: {error}") from error


def _read_date(_: Store, value: str, __: SearchIndex | None) -> Literal:
    date = write_date(value)
    if date is None:
        raise QueryError(f"{value!r} is no date; write a year, a month or a day: 2006, 2006-10 or 2006-10-01")
    return date


def _read_integer(_: Store, value: str, __: SearchIndex | None) -> Literal:
    if not re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
        raise QueryError(f"{value!r} is no whole number; write it in digits alone")
    return Literal(int(value))


def _read_rows(_: Store, value: str, __: SearchIndex | None) -> Literal:
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
        raise QueryError(f"{value!r} is no number of rows; write how many at most, or 0 for all")
    return Literal(int(value))


def _read_text(_: Store, value: str, __: SearchIndex | None) -> Literal:
    return write_text(value)


def _read_status(_: Store, value: str, __: SearchIndex | None) -> NamedNode:
    if value.lower() not in STATUSES:
        raise QueryError(f"{value!r} is no status; choose one of {', '.join(STATUSES)}")
    return NamedNode(CG + value.capitalize())


PARAMETER_TYPES: dict[str, Callable[[Store, str, SearchIndex | None], NamedNode | Literal]] = {
    "organisation": find_body,
    "place": find_place,
    "document": find_document,
    "date": _read_date,
    "integer": _read_integer,
    ROWS: _read_rows,
    SENTENCES: _read_text,
    "text": _read_text,
    "status": _read_status,
}
"""How the value of each type of parameter is read."""
