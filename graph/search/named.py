"""Find what a name names, and complete names while they are typed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

from graph.facts.nodes import CODE
from graph.iris import fold_name
from graph.search.records import Completion, Hits, Mark, NameHit
from graph.search.spelling import correct_word
from graph.search.words import Term, Wanted, clean_text, read_words, write_match

_SCORES = (0.8, 0.7, 0.5, 0.4, 0.3)  # by standing
_STEP = 1 << 40  # more than there are names: one step comes before all names without it
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")


class Search(NamedTuple):
    """What is searched for: ``loose`` finds, and what ``whole`` finds too comes first."""

    whole: Wanted
    loose: Wanted
    suggestion: str = ""


def search_names(
    connection: sqlite3.Connection, text: str, kinds: Collection[str], limit: int, offset: int
) -> Hits[NameHit]:
    """Search for a page of names; arguments as in ``SearchIndex.search_names``.

    The last word may be the beginning of one, since people stop typing, but not in capitals, as codes are;
    where no name has the words, the others may be too; where none has those, the likeliest spelling is meant.
    """
    typed = read_words(text, fold_name)
    meant = _correct(connection, typed)
    searches = (
        Search(typed, typed if _ends_in_capitals(text) else _begin(typed, typed.groups[-1:])),
        Search(typed, _begin(typed, typed.groups)),
        Search(meant, _begin(meant, meant.groups[-1:]), _spell(meant)),
    )
    search = next((search for search in searches if _count(connection, search.loose, ())), None)
    if search is None:
        return Hits(0, ())
    total = _count(connection, search.loose, kinds)
    rows = find_names(connection, search, kinds, limit, offset)
    words = [term for group in search.loose.groups for term in group]
    return Hits(total, tuple(_make_hit(connection, *row[:2], words) for row in rows), search.suggestion)


def find_names(
    connection: sqlite3.Connection, search: Search, kinds: Collection[str], limit: int, offset: int
) -> list[tuple[int, int, bool]]:
    """Find one page of things, best first: thing, best name found, whether the name was typed in full.

    Names in full come first, then those with whole words, then the others.
    """
    if not search.loose.groups:
        return []
    condition, values = _write_condition(search.loose, kinds)
    held = "id IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)"
    sql = (
        f"SELECT thing, MIN(id - (folded = ?) * {_STEP} - ({held}) * {_STEP}) AS best FROM names "
        f"WHERE {held} AND {condition} GROUP BY thing ORDER BY best LIMIT ? OFFSET ?"
    )
    whole, loose = write_match(search.whole.groups), write_match(search.loose.groups)
    arguments = (_spell(search.whole), whole, loose, *values, limit, offset)
    rows = connection.execute(sql, arguments)
    return [(thing, best % _STEP, best < -_STEP) for thing, best in rows]


def match_names(connection: sqlite3.Connection, text: str, limit: int) -> list[tuple[str, float]]:
    """Find the IRIs of what is named, with scores in 0..1, best first.

    1 for a whole name, less for less plain ones, a little more for what documents name.
    """
    wanted = read_words(text, fold_name)
    found = find_names(connection, Search(wanted, wanted), (), limit, 0)
    sql = "SELECT iri, standing, documents > 0 FROM names JOIN things ON things.id = thing WHERE names.id = ?"
    rows = [(*connection.execute(sql, (name,)).fetchone(), whole) for _, name, whole in found]
    return [(iri, 1.0 if whole else _SCORES[standing] + known / 20) for iri, standing, known, whole in rows]


def find_called(connection: sqlite3.Connection, name: str) -> list[tuple[str, int]]:
    """Find the IRIs of what has that very name, in any capitals, each with the standing of the name."""
    sql = "SELECT DISTINCT iri, standing FROM names JOIN things ON things.id = thing WHERE folded = ?"
    return list(connection.execute(sql, (fold_name(clean_text(name)),)))


def complete_names(
    connection: sqlite3.Connection, prefix: str, kinds: Collection[str], limit: int
) -> list[Completion]:
    """Complete a name; arguments as in ``SearchIndex.complete_names``.

    Names are numbered in the order in which they are wanted, and the index gives them in that order, so that
    only as many are read as are shown.
    """
    found: dict[int, int] = {}
    for thing, name in _yield_names(connection, prefix, kinds):
        found.setdefault(thing, name)
        if len(found) == limit:
            break
    sql = (
        "SELECT things.iri, things.name, names.name, kind, type FROM names "
        "JOIN things ON things.id = thing WHERE names.id = ?"
    )
    return [Completion(*connection.execute(sql, (name,)).fetchone()) for name in found.values()]


def _yield_names(
    connection: sqlite3.Connection, prefix: str, kinds: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Yield things and their names: those so called, those that begin so, those with words that begin so."""
    folded = fold_name(clean_text(prefix))
    words = re.findall(r"[^\W_]+", folded)
    if not words:
        return
    condition, values = _write_condition(Wanted(()), kinds)
    code = "1" if prefix.strip() != folded else "0"  # a code that is typed as codes are, in capitals
    yield from connection.execute(
        f"SELECT thing, id FROM names WHERE folded = ? AND (standing < {CODE} OR {code}) AND {condition} "
        "ORDER BY id",
        (folded, *values),
    )
    phrase = '"' + " ".join(words) + '"*'
    every = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
    for match in ("^ " + phrase, every):
        yield from connection.execute(
            "SELECT thing, names.id FROM name_words JOIN names ON names.id = name_words.rowid "
            f"WHERE name_words MATCH ? AND {condition} ORDER BY name_words.rowid",
            (match, *values),
        )


def _write_condition(wanted: Wanted, kinds: Collection[str]) -> tuple[str, tuple[str, ...]]:
    conditions, values = ["1"], []
    if wanted.without:
        conditions.append("+names.id NOT IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)")
        values.append(write_match([wanted.without]))
    if kinds:
        conditions.append(
            f"(SELECT kind FROM things WHERE things.id = thing) IN ({','.join('?' * len(kinds))})"
        )
        values += sorted(kinds)
    return " AND ".join(conditions), tuple(values)


def _count(connection: sqlite3.Connection, wanted: Wanted, kinds: Collection[str]) -> int:
    if not wanted.groups:
        return 0
    condition, values = _write_condition(wanted, kinds)
    sql = (
        "SELECT COUNT(DISTINCT thing) FROM names WHERE id IN "
        f"(SELECT rowid FROM name_words WHERE name_words MATCH ?) AND {condition}"
    )
    return int(connection.execute(sql, (write_match(wanted.groups), *values)).fetchone()[0])


def _begin(wanted: Wanted, groups: tuple[tuple[Term, ...], ...]) -> Wanted:
    """Let the words of some groups be the beginnings of words."""
    begun = [
        tuple(term._replace(prefix=True) for term in group) if group in groups else group
        for group in wanted.groups
    ]
    return Wanted(tuple(begun), wanted.without)


def _spell(wanted: Wanted) -> str:
    return " ".join(group[0].text for group in wanted.groups)


def _correct(connection: sqlite3.Connection, wanted: Wanted) -> Wanted:
    def correct(term: Term) -> Term:
        words = (correct_word(connection, word, "names") for word in term.text.split())
        return Term(" ".join(words), term.exact, term.prefix)

    return Wanted(tuple(tuple(map(correct, group)) for group in wanted.groups), wanted.without)


def _make_hit(connection: sqlite3.Connection, thing: int, name: int, words: list[Term]) -> NameHit:
    matched = connection.execute("SELECT name FROM names WHERE id = ?", (name,)).fetchone()[0]
    iri, preferred, kind, label, type_iri, documents, registered = connection.execute(
        "SELECT iri, name, kind, type, type_iri, documents, registered FROM things WHERE id = ?", (thing,)
    ).fetchone()
    marks = _mark_name(matched, words)
    return NameHit(iri, preferred, matched, marks, kind, label, type_iri, documents, bool(registered))


def _mark_name(name: str, words: list[Term]) -> tuple[Mark, ...]:
    whole = {word for term in words for word in term.text.split()}
    begun = tuple(term.text.split()[-1] for term in words if term.prefix)
    return tuple(
        match.span()
        for match in _WORD.finditer(name)
        if (folded := fold_name(match[0])) in whole or (begun and folded.startswith(begun))
    )


def _ends_in_capitals(text: str) -> bool:
    return any(map(str.isupper, text.split()[-1:]))
