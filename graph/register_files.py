"""Read the files of the register: one record a body, checked line by line.

All files have the same columns, those of ``Organisation``; lists are parted by ``|``, and a code is
``scheme=value``.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from graph.errors import RegisterError
from graph.names import VariantRule, Variants, make_variants, split_form
from graph.vocabulary import ORGANISATION_TYPES

CONFIDENCES = ("verified", "single-source", "from-memory")
CODE_SCHEMES = ("ods", "ons", "gss", "register", "wikidata")
VARIANTS = "variants.toml"

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Organisation:
    """One body of the register. Links are ids of other bodies of the register.

    Attributes:
        id: stable, with a prefix for the group (``ct:TAL``).
        type: local name of a leaf class of the ontology.
        name: the official name.
        names: other names that are safe without context, rule-made variants aside.
        ambiguous: names and acronyms that need context: places, words, shared acronyms.
        acronyms: acronyms that are safe, in their capitals.
        codes: (scheme, value); the schemes are ods, ons, gss, register and wikidata.
        start: first day as ISO date, month or year; empty when unknown.
        end: last day, likewise; empty when it is still there or unknown.
        predecessors: the bodies that it replaced.
        successors: the bodies that replaced it.
        parent: the body that it is part of, or empty.
        within: bodies whose area holds its area (strategic health authorities, county council).
        area: the place that it serves.
        region: the region of England, or the nation.
        nation: the nation or nations that it serves.
        councils: councils whose areas it covers.
        council_relation: how the areas compare: exact, covers, part, cross, or empty.
        source: where the facts are from.
        licence: of the sources.
        confidence: of name and existence: verified, single-source or from-memory.
        unverified: fields that rest on recall; ``all`` for the whole row.
        notes: for a reader.
    """

    id: str
    type: str
    name: str
    names: tuple[str, ...]
    ambiguous: tuple[str, ...]
    acronyms: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    start: str
    end: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    parent: str
    within: tuple[str, ...]
    area: str
    region: str
    nation: str
    councils: tuple[str, ...]
    council_relation: str
    source: str
    licence: str
    confidence: str
    unverified: tuple[str, ...]
    notes: str

    def existed_on(self, date: str) -> bool:
        """Say whether the body may have existed on an ISO date, or in that month or year."""
        return self.start <= f"{date}-99" and (not self.end or f"{self.end}-99" >= date)


COLUMNS = tuple(field.name for field in fields(Organisation))


def read_organisations(folder: Path) -> dict[str, Organisation]:
    """Read every ``*.csv`` of a folder into records by id, in the order of the ids.

    Raises:
        RegisterError: a file, a line or a link is wrong.
    """
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise RegisterError(str(folder), 0, "no register here: expected *.csv files; give another folder")
    organisations: dict[str, Organisation] = {}
    places: dict[str, tuple[Path, int]] = {}
    for path in paths:
        for line, organisation in _read_file(path):
            if organisation.id in places:
                raise RegisterError(str(path), line, f"id {organisation.id} is taken; give each body one row")
            organisations[organisation.id] = organisation
            places[organisation.id] = (path, line)
    _check_links(organisations, places)
    return dict(sorted(organisations.items()))


def _read_file(path: Path) -> Iterator[tuple[int, Organisation]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            if tuple(next(rows, ())) != COLUMNS:
                raise RegisterError(str(path), 1, f"the columns must be {','.join(COLUMNS)}")
            for row in rows:
                yield rows.line_num, _make_organisation(path, rows.line_num, row)
    except OSError as error:
        raise _refuse_unread(path, error) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(str(path), 0, f"not CSV in UTF-8 ({error}); save it as that") from error


def _make_organisation(path: Path, line: int, row: list[str]) -> Organisation:
    if len(row) != len(COLUMNS):
        raise RegisterError(str(path), line, f"{len(row)} fields where {len(COLUMNS)} are due; quote commas")
    values: list[Any] = list(row)
    for column in _LISTS:
        values[column] = tuple(row[column].split("|")) if row[column] else ()
    values[_CODES] = tuple(_parse_code(path, line, code) for code in values[_CODES])
    organisation = Organisation(*values)
    reason = _find_fault(organisation)
    if reason:
        raise RegisterError(str(path), line, reason)
    return organisation


def _parse_code(path: Path, line: int, code: str) -> tuple[str, str]:
    scheme, _, value = code.partition("=")
    if scheme not in CODE_SCHEMES or not value:
        schemes = ", ".join(CODE_SCHEMES)
        raise RegisterError(str(path), line, f"code {code!r} must be scheme=value, scheme one of {schemes}")
    return scheme, value


def _find_fault(body: Organisation) -> str:
    if not body.id or not body.name:
        return "a body needs an id and a name"
    if body.type not in _TYPES:
        return f"{body.id}: type {body.type!r} is no leaf class of the ontology (graph/vocabulary.py)"
    if body.confidence not in CONFIDENCES:
        return f"{body.id}: confidence {body.confidence!r} must be one of {', '.join(CONFIDENCES)}"
    for date in (body.start, body.end):
        if date and not _DATE.fullmatch(date):
            return f"{body.id}: date {date!r} must be YYYY, YYYY-MM or YYYY-MM-DD"
    return ""


def _check_links(organisations: dict[str, Organisation], places: dict[str, tuple[Path, int]]) -> None:
    known = organisations.keys()
    for body in organisations.values():
        links = {*body.predecessors, *body.successors, *body.within, *body.councils, body.parent or body.id}
        if not links <= known:
            path, line = places[body.id]
            missing = ", ".join(sorted(links - known))
            raise RegisterError(str(path), line, f"{body.id} links to {missing}, which has no row")


def read_variants(folder: Path) -> Variants:
    """Read how names vary from ``variants.toml`` of a folder; no file, no variants.

    Raises:
        RegisterError: the file is no TOML, or a rule has a key or a type that is not known.
    """
    path = folder / VARIANTS
    if not path.exists():
        return make_variants({}, {})
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _refuse_unread(path, error) from error
    except (ValueError, RecursionError) as error:
        raise RegisterError(str(path), 0, f"not TOML in UTF-8 ({error}); mend it") from error
    rules: dict[str, list[VariantRule]] = {}
    entries, short = tables.get("rule", []), tables.get("short", {})
    if not (isinstance(entries, list) and isinstance(short, dict) and all(map(_is_texts, short.values()))):
        raise RegisterError(str(path), 0, "write [[rule]] tables, and a table [short] of lists of names")
    for number, entry in enumerate(entries, 1):
        try:
            made = _make_rules(**entry)
        except (TypeError, ValueError) as error:
            raise RegisterError(str(path), 0, f"rule {number}: {error}") from error
        for kind in entry["types"]:
            rules.setdefault(kind, []).extend(made)
    return make_variants(rules, short)


def _refuse_unread(path: Path, error: OSError) -> RegisterError:
    return RegisterError(str(path), 0, f"cannot be opened ({error.strerror}); see that it may be read")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _make_rules(
    *,
    types: list[str],
    forms: list[str],
    safe: list[str] | None = None,
    ambiguous: list[str] | None = None,
    since: str = "",
) -> list[VariantRule]:
    safe, ambiguous = safe or [], ambiguous or []
    if not (all(map(_is_texts, (types, forms, safe, ambiguous))) and isinstance(since, str)):
        raise ValueError("types, forms, safe and ambiguous are lists of strings, since is a string")
    unknown = [kind for kind in types if kind not in _TYPES]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no leaf class of the ontology (graph/vocabulary.py)")
    split = tuple(split_form(form) for form in safe), tuple(split_form(form) for form in ambiguous)
    return [VariantRule(*split_form(form), *split, since) for form in forms]


_CODES = COLUMNS.index("codes")
_LISTS = [number for number, field in enumerate(fields(Organisation)) if "tuple" in str(field.type)]
_TYPES = frozenset(ORGANISATION_TYPES)
