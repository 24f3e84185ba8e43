"""Load the wordings by which organisations are named into one automaton.

The wordings come from ``ontology/organisations.toml`` and from the register. One pass of the
automaton over a document finds them all; what each may mean there is for the rules to say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, takewhile
from pathlib import Path
from typing import Any

import ahocorasick_rs

from graph.errors import OntologyError
from graph.extractors.entries import WRONG, check_kinds, read_texts, reading_entry
from graph.extractors.reading import fold_key
from graph.extractors.register_wordings import TWO_CAPITALS, read_register
from graph.extractors.wordings import Anaphor, Collective, Head, Known, Opposition, PluralHead, Registered
from graph.extractors.wordings import Wording as Wording
from graph.paths import ONTOLOGY
from graph.patterns import make_regex
from graph.register import Register
from graph.vocabulary import ORGANISATION_TYPES

ORGANISATIONS = ONTOLOGY / "organisations.toml"

_BRACES = make_regex(r"\{([^{}]*)\}")
_SPACE = make_regex(" ")
_FLAGS = "of only_of start lower prefix places article"
MOST_ALTERNATIVES = 1000
"""Wordings that one with braces may stand for."""


PATIENCE = 50_000
"""Characters that are read word by word, which is slower, before the automaton is worth building."""


@dataclass(slots=True)
class Lexicon:
    """Every wording by its key, and the automaton over the keys, built when there is text enough for it."""

    wordings: dict[str, list[Wording]] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    head_words: set[str] = field(default_factory=set)
    modifiers: frozenset[str] = frozenset()
    oppositions: tuple[Opposition, ...] = ()
    longest_place: int = 0
    _keys: list[str] = field(default_factory=list)
    _reach: dict[str, int] = field(default_factory=dict)
    _patience: int = PATIENCE
    _automaton: Any = None

    def add(self, wordings: Sequence[Wording]) -> None:
        """Add wordings, each under its key; all are folded at once, since there are twenty thousand."""
        if not wordings:
            return
        keys = fold_key("\n".join([wording[0] for wording in wordings])).split("\n")
        for key, wording in zip(keys, wordings, strict=True):
            if key in self.wordings:
                self.wordings[key].append(wording)
            else:
                self.wordings[key] = [wording]

    def build(self) -> None:
        """Take in that no wording will be added any more."""
        self._keys = list(self.wordings)
        self.longest_place = max(map(len, self.places), default=0)
        for key in self._keys:
            first = key.partition(" ")[0]
            if len(key) > self._reach.get(first, -1):
                self._reach[first] = len(key)

    def scan(self, key: str) -> Iterator[tuple[int, int, list[Wording]]]:
        """Yield (start, end, wordings) for every wording in the key of a reading, overlaps included.

        The one that ends first comes first; of those that end together, the longest.
        """
        self._patience -= len(key)
        if self._patience > 0:
            yield from self._scan_words(key)
            return
        if self._automaton is None:
            patterns = [f" {key} " for key in self._keys]
            self._automaton = ahocorasick_rs.AhoCorasick(patterns, store_patterns=False)
        for pattern, start, end in self._automaton.find_matches_as_indexes(key, overlapping=True):
            yield start + 1, end - 1, self.wordings[self._keys[pattern]]

    def _scan_words(self, key: str) -> list[tuple[int, int, list[Wording]]]:
        """Do what the automaton does, by looking up what lies between two spaces."""
        spaces = [found.start() for found in _SPACE.finditer(key)]
        matches = []
        for number, (space, after) in enumerate(pairwise(spaces), start=1):
            reach = self._reach.get(key[space + 1 : after])
            while reach is not None and number < len(spaces) and spaces[number] <= space + 1 + reach:
                end = spaces[number]
                if (found := self.wordings.get(key[space + 1 : end])) is not None:
                    matches.append((space + 1, end, found))
                number += 1
        return sorted(matches, key=lambda match: (match[1], match[0]))

    def has_collective(self, key: str) -> bool:
        """Say whether a key is a wording of a collective."""
        return any(isinstance(wording.entry, Collective) for wording in self.wordings.get(key, ()))

    def starts_name(self, words: Sequence[str], sizes: range) -> bool:
        """Say whether some of the first words of a key, as many as one of the sizes, are a name."""
        reach = self._reach.get(words[0], 0) if words else 0
        begun = takewhile(lambda key: len(key) <= reach, accumulate(words, lambda key, word: f"{key} {word}"))
        return any(self.has_name(key) for size, key in enumerate(begun, start=1) if size in sizes)

    def has_name(self, key: str) -> bool:
        """Say whether a key is the name of a body, by the register or as generally known."""
        return any(
            isinstance(w.entry, Known) or (isinstance(w.entry, Registered) and w.entry.use != "ambiguous")
            for w in self.wordings.get(key, ())
        )


def expand_braces(wording: str) -> list[str]:
    """Write out alternatives.

    Raises:
        ValueError: they are too many.

    >>> expand_braces("{a|b|}c")
    ['ac', 'bc', 'c']
    """
    written = [wording]
    while any(map(_BRACES.search, written)):
        written = [chosen for one in written for chosen in _choose_first(one)]
        if len(written) > MOST_ALTERNATIVES:
            raise ValueError(f"{wording!r} stands for over {MOST_ALTERNATIVES:,}; write it as several")
    return [full.strip() for full in written]


def _choose_first(wording: str) -> list[str]:
    """Write out the first alternatives of a wording."""
    found = _BRACES.search(wording)
    if not found:
        return [wording]
    return [wording[: found.start()] + choice + wording[found.end() :] for choice in found[1].split("|")]


def load_lexicon(register: Register, path: Path = ORGANISATIONS) -> Lexicon:
    """Load the wordings of the data file and the names of the register.

    Raises:
        OntologyError: the file cannot be read, or names a type that the ontology lacks.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        lexicon = Lexicon()
        wordings = tuple(_read_wordings(tables))
        for wording in wordings:
            _check_type(wording, path)
        lexicon.add(wordings)
        lexicon.modifiers = frozenset(tables["modifiers"]["words"].split())
        lexicon.oppositions = tuple(
            Opposition(row["from"], row["until"], row["name"]) for row in tables.get("opposition", ())
        )
    except (OSError, *WRONG) as error:
        raise OntologyError(str(path), f"cannot be read as wordings of organisations: {error}") from error
    lexicon.head_words = {
        key.split(" ")[-1]
        for key, found in lexicon.wordings.items()
        if any(isinstance(w.entry, Head) for w in found)
    }
    lexicon.add(tuple(read_register(register, lexicon.head_words, lexicon.places)))
    lexicon.build()
    return lexicon


def _check_type(wording: Wording, path: Path) -> None:
    entry = wording.entry
    types = entry.types if isinstance(entry, Anaphor) else {entry.type}
    unknown = sorted(types - set(ORGANISATION_TYPES))
    if unknown:
        raise OntologyError(
            str(path),
            f'"{wording.written}" has the type {unknown[0]}, which the ontology lacks',
            "give it one of ORGANISATION_TYPES in graph/vocabulary.py",
        )


def _read_wordings(tables: dict[str, Any]) -> Iterator[Wording]:
    for kind, read in _ROWS.items():
        for number, row in enumerate(tables.get(kind, []) if kind == "names" else tables[kind], start=1):
            with reading_entry(f"[[{kind}]] number {number}"):
                check_kinds(
                    row, {str: "name type types nation not_before", bool: f"site bare in_name {_FLAGS}"}
                )
                found = list(read(row))
            yield from found


def _read_collective(row: Mapping[str, Any]) -> Iterator[Wording]:
    barred = frozenset(row.get("not_before", "").split())
    collective = Collective(row["name"], row["type"], row.get("site", False), barred)
    for field_name in ("plural", "singular", "short", "short_singular"):
        for written in (w for template in read_texts(row, field_name) for w in expand_braces(template)):
            acronym = " " not in written and bool(TWO_CAPITALS.search(written))
            plural, short = not field_name.endswith("singular"), field_name.startswith("short")
            yield Wording(written, collective, plural, acronym, short)


def _read_plural_head(row: Mapping[str, Any]) -> Iterator[Wording]:
    return (Wording(written, PluralHead(row["type"])) for written in read_texts(row, "words"))


def _read_head(row: Mapping[str, Any]) -> Iterator[Wording]:
    head = Head(row["type"], **{flag: row.get(flag, False) for flag in _FLAGS.split()})
    return (Wording(written, head) for written in read_texts(row, "words"))


def _read_name(row: Mapping[str, Any]) -> Iterator[Wording]:
    known = Known(row["name"], row["type"], row.get("nation", ""))
    also = read_texts(row, "also")
    for written in dict.fromkeys(also if row.get("bare") is False else [row["name"], *also]):
        yield Wording(written, known, acronym=written.isupper())


def _read_anaphor(row: Mapping[str, Any]) -> Iterator[Wording]:
    for noun in read_texts(row, "nouns"):
        yield Wording(noun, Anaphor(noun, frozenset(row["types"].split()), row.get("in_name", False)))


def _read_name_list(row: Mapping[str, Any]) -> Iterator[Wording]:
    """Yield the names of a list of one type ("Bank of Barset | BoB"), which keep their capitals."""
    for item in read_texts(row, "list"):
        names = item.split(" | ")
        known = Known(names[0], row["type"], wary=row.get("wary", False))
        yield from (Wording(written, known, acronym=True) for written in names)


_ROWS = {
    "collective": _read_collective,
    "plural_head": _read_plural_head,
    "head": _read_head,
    "name": _read_name,
    "names": _read_name_list,
    "anaphor": _read_anaphor,
}
