"""Find sentences: those that hold the words as written before those that hold other forms of them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph.search.records import Hits, Mark, SaidClaim, SentenceHit
from graph.search.spelling import correct_word
from graph.search.words import Term, Wanted, read_words, write_match

WRITTEN = "words_as_written"
FORMS = "words_in_any_form"

Groups = Sequence[tuple[Term, ...]]


class Found(NamedTuple):
    """A sentence: its number in the index, whether it has the words as written, its score (best lowest)."""

    number: int
    written: bool
    rank: float


def find_sentences(connection: sqlite3.Connection, wanted: Wanted, limit: int, offset: int) -> list[Found]:
    """Find one page of sentences, best first; of equals, in the order of the store."""
    if not wanted.groups:
        return []
    condition, values = _write_condition((), wanted.without)
    sql = (
        f"SELECT rowid, 1, rank FROM {WRITTEN} WHERE {WRITTEN} MATCH ? AND {condition} "
        f"ORDER BY rank, rowid LIMIT ? OFFSET ?"
    )
    as_written = write_match(wanted.groups)
    found = [Found(*row) for row in connection.execute(sql, (as_written, *values, limit, offset))]
    plain = _find_plain(wanted)
    if len(found) == limit or not plain:
        return found
    before = _count(connection, WRITTEN, as_written, condition, values)
    condition, values = _write_condition(_find_strict(wanted), wanted.without)
    sql = (
        f"SELECT rowid, 0, rank FROM {FORMS} WHERE {FORMS} MATCH ? AND {condition} "
        f"AND +rowid NOT IN (SELECT rowid FROM {WRITTEN} WHERE {WRITTEN} MATCH ?) "
        f"ORDER BY rank, rowid LIMIT ? OFFSET ?"
    )
    rest = (limit - len(found), max(offset - before, 0))
    rows = connection.execute(sql, (write_match(plain), *values, as_written, *rest))
    return found + [Found(*row) for row in rows]


def count_sentences(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """Count all that ``find_sentences`` finds."""
    if not wanted.groups:
        return 0
    plain = _find_plain(wanted)
    condition, values = _write_condition(_find_strict(wanted) if plain else (), wanted.without)
    table = FORMS if plain else WRITTEN
    return _count(connection, table, write_match(plain or wanted.groups), condition, values)


def match_sentences(connection: sqlite3.Connection, text: str, limit: int) -> list[tuple[str, float]]:
    """Find the IRIs of sentences with scores in 0..1, best first: above 0.5 for the words as written."""
    found = find_sentences(connection, read_words(text), limit, 0)
    numbers = json.dumps([one.number for one in found])
    sql = "SELECT id, iri FROM quotes WHERE id IN (SELECT value FROM json_each(?))"
    iris = dict(connection.execute(sql, (numbers,)).fetchall())
    return [(iris[one.number], (one.written - one.rank / (1 - one.rank)) / 2) for one in found]


def suggest_words(connection: sqlite3.Connection, wanted: Wanted) -> str:
    """Suggest words that sentences hold for those that none does; nothing where there are none."""
    typed = [group[0].text for group in wanted.groups]
    meant = [correct_word(connection, word.lower(), "sentences") for word in typed]
    return " ".join(meant) if any(a.lower() != b for a, b in zip(typed, meant, strict=True)) else ""


def search_sentences(connection: sqlite3.Connection, text: str, limit: int, offset: int) -> Hits[SentenceHit]:
    """Search for a page of sentences; arguments as in ``SearchIndex.search_sentences``."""
    wanted = read_words(text)
    total = count_sentences(connection, wanted)
    if not total:
        return Hits(0, (), suggest_words(connection, wanted))
    numbers = [found.number for found in find_sentences(connection, wanted, limit, offset)]
    places = ",".join("?" * len(numbers))
    rows = connection.execute(
        "SELECT quotes.id, quotes.iri, sentence, things.iri, name, date FROM quotes "
        f"JOIN things ON things.id = document WHERE quotes.id IN ({places})",
        numbers,
    ).fetchall()
    marks = _mark_sentences(connection, wanted, {row[0]: row[2] for row in rows})
    claims = _read_claims(connection, numbers)
    hits = {
        number: SentenceHit(iri, sentence, marks[number], document, title, date, tuple(claims[number]))
        for number, iri, sentence, document, title, date in rows
    }
    return Hits(total, tuple(hits[number] for number in numbers))


def _find_strict(wanted: Wanted) -> list[tuple[Term, ...]]:
    """Return the groups with a phrase or the beginning of a word, which have one form only."""
    return [group for group in wanted.groups if any(term.exact or term.prefix for term in group)]


def _find_plain(wanted: Wanted) -> list[tuple[Term, ...]]:
    """Return the groups that any form of their words satisfies."""
    return [group for group in wanted.groups if not any(term.exact or term.prefix for term in group)]


def _write_condition(strict: Groups, without: tuple[Term, ...]) -> tuple[str, tuple[str, ...]]:
    """Write what must hold beside a match, and its values; ``+`` keeps SQLite from matching row by row."""
    conditions, values = ["1"], []
    if strict:
        conditions.append(f"+rowid IN (SELECT rowid FROM {WRITTEN} WHERE {WRITTEN} MATCH ?)")
        values.append(write_match(strict))
    if without:
        conditions.append(f"+rowid NOT IN (SELECT rowid FROM {WRITTEN} WHERE {WRITTEN} MATCH ?)")
        values.append(write_match([without]))
    return " AND ".join(conditions), tuple(values)


def _count(
    connection: sqlite3.Connection, table: str, match: str, condition: str, values: Sequence[str]
) -> int:
    sql = f"SELECT COUNT(*) FROM {table} WHERE {table} MATCH ? AND {condition}"
    return int(connection.execute(sql, (match, *values)).fetchone()[0])


def _mark_sentences(
    connection: sqlite3.Connection, wanted: Wanted, sentences: dict[int, str]
) -> dict[int, tuple[Mark, ...]]:
    """Find where the words stand, as the tokenisers of the index see them."""
    held = set("".join(sentences.values()))
    begin, end = [mark for mark in map(chr, range(0xE000, 0xF8FF)) if mark not in held][:2]
    strict = [term for group in wanted.groups for term in group if term.exact or term.prefix]
    plain = [term for group in wanted.groups for term in group if not (term.exact or term.prefix)]
    marks: dict[int, set[int]] = {number: set() for number in sentences}
    for table, terms in ((WRITTEN, strict), (FORMS, plain)):
        if terms:
            sql = (
                f"SELECT rowid, highlight({table}, 0, ?, ?) FROM {table} "
                f"WHERE {table} MATCH ? AND rowid IN ({','.join('?' * len(sentences))})"
            )
            for number, marked in connection.execute(sql, (begin, end, write_match([terms]), *sentences)):
                marks[number] |= _list_marked(marked, begin, end)
    return {number: _join_marked(marked) for number, marked in marks.items()}


def _list_marked(text: str, begin: str, end: str) -> set[int]:
    """Return the offsets of marked characters in the text without its marks."""
    marked: set[int] = set()
    place, inside = 0, False
    for character in text:
        if character in (begin, end):
            inside = character == begin
        else:
            if inside:
                marked.add(place)
            place += 1
    return marked


def _join_marked(offsets: Iterable[int]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for offset in sorted(offsets):
        if marks and marks[-1][1] == offset:
            marks[-1] = (marks[-1][0], offset + 1)
        else:
            marks.append((offset, offset + 1))
    return tuple(marks)


def _read_claims(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[SaidClaim]]:
    claims: dict[int, list[SaidClaim]] = defaultdict(list)
    rows = connection.execute(
        "SELECT quote, claims.iri, s.iri, s.name, relations.iri, label, o.iri, o.name, status, role, "
        "confidence FROM claims JOIN things s ON s.id = subject JOIN things o ON o.id = object "
        f"JOIN relations ON relations.id = relation WHERE quote IN ({','.join('?' * len(numbers))}) "
        "ORDER BY quote, claims.iri",
        numbers,
    )
    for number, *fields in rows:
        claims[number].append(SaidClaim(*fields))
    return claims
