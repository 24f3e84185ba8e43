"""Named questions: SPARQL files that anyone can add to, with typed parameters.

A question is a file ``NAME.rq``. Its first comment line is the question in English; then comes one line
a parameter: ``# param body: organisation "the body's name or code"``. With a default it is optional:
``# param date: date = 2006-10-01 "the day"``; the default ``any`` leaves it open. In the query the
parameter is ``VALUES ?body { UNDEF }``, so that the file runs as it is in any SPARQL client, for all
bodies; an answer puts the term there. Text from a user becomes a term, and never a part of a query.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from graph.errors import OntologyError, QueryError
from graph.lookup import find_body, find_document, find_place
from graph.paths import QUESTIONS
from graph.query import run_query
from graph.results import Answer
from graph.search.index import SearchIndex
from graph.terms import write_date
from graph.vocabulary import CG, STATUSES

ANY = "any"
"""The default of a parameter that may be left open."""

_PARAMETER = re.compile(r'# param (?P<name>\w+): (?P<type>\w+)(?: = (?P<default>.+?))? "(?P<help>.+)"')


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


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: ``text`` in English, and its query with ``VALUES ?name { UNDEF }`` for parameters."""

    name: str
    text: str
    parameters: tuple[Parameter, ...]
    query: str


def list_questions(folder: Path = QUESTIONS) -> tuple[Question, ...]:
    """Read all questions of a folder, by name.

    Raises:
        OntologyError: a file has no question in its first line, or a parameter is wrong.
    """
    return tuple(parse_question(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.rq")))


def parse_question(name: str, text: str) -> Question:
    """Read a question off the text of its file.

    Raises:
        OntologyError: the header is wrong; the message says how it is right.
    """
    lines = text.splitlines()
    english = lines[0].removeprefix("# ").strip() if lines else ""
    if not lines or not lines[0].startswith("# ") or not english:
        raise OntologyError(f"{name}.rq", "the first line must be the question in English, after '# '")
    parameters = [_parse_parameter(name, line) for line in lines[1:] if line.startswith("# param")]
    for parameter in parameters:
        if not _placeholder(parameter.name).search(text):
            raise OntologyError(
                f"{name}.rq", f"has no 'VALUES ?{parameter.name} {{ UNDEF }}' for its parameter to go to"
            )
    return Question(name, english, tuple(parameters), text)


def find_question(name: str, folder: Path = QUESTIONS) -> Question:
    """Find a question by name.

    Raises:
        QueryError: there is none of that name; the message suggests some.
    """
    questions = {question.name: question for question in list_questions(folder)}
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name, questions, 3)
    hint = f"did you mean {' or '.join(near)}?" if near else "list them with: caregraph ask OUT"
    raise QueryError(f"no question is called {name!r}; {hint}")


def answer_question(
    store: Store,
    name: str,
    parameters: Mapping[str, str] | None = None,
    *,
    folder: Path = QUESTIONS,
    index: SearchIndex | None = None,
) -> Answer:
    """Answer a named question.

    Args:
        store: an opened graph.
        name: of the question.
        parameters: values by name, as a person writes them ("Torbay Care Trust", "2007-04").
        folder: where the questions are.
        index: where to search for words; made for this question if not given.

    Raises:
        QueryError: question or parameter unknown, a parameter missing, or a value that names nothing.
    """
    question = find_question(name, folder)
    given = dict(parameters or {})
    text = question.query
    for parameter in question.parameters:
        value = given.pop(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"{name} needs {parameter.name}=...: {parameter.help}")
        text = bind_parameter(store, text, parameter, value)
    if given:
        known = ", ".join(parameter.name for parameter in question.parameters) or "none"
        raise QueryError(f"{name} has no parameter {min(given)!r}; its parameters: {known}")
    return run_query(store, text, index=index)


def bind_parameter(store: Store, text: str, parameter: Parameter, value: str) -> str:
    """Put the value of a parameter into the query of a question.

    Args:
        store: an opened graph, in which names are looked up.
        text: the query, with other parameters put in or not.
        parameter: of the question.
        value: as a person writes it; ``any`` leaves a parameter open whose default that is.

    Raises:
        QueryError: the value names nothing, or is none of its type.
    """
    if value == ANY and parameter.default == ANY:
        return text
    return _bind(text, parameter.name, _read_value(store, parameter, value))


def _parse_parameter(question: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line.rstrip())
    if match is None:
        raise OntologyError(
            f"{question}.rq", f'{line!r} is no parameter; write: # param name: type "what to give"'
        )
    if match["type"] not in PARAMETER_TYPES:
        raise OntologyError(
            f"{question}.rq", f"unknown type {match['type']!r}; choose one of {', '.join(PARAMETER_TYPES)}"
        )
    return Parameter(match["name"], match["type"], match["help"], match["default"])


def _placeholder(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}")


def _bind(text: str, name: str, term: NamedNode | Literal) -> str:
    """Put a term where the query has ``UNDEF``; the engine itself writes it, escapes and all."""
    return _placeholder(name).sub(lambda _: f"VALUES ?{name} {{ {term} }}", text)


def _read_value(store: Store, parameter: Parameter, value: str) -> NamedNode | Literal:
    try:
        return PARAMETER_TYPES[parameter.type](store, value.strip())
    except QueryError as error:
        raise QueryError(f"{parameter.name}: {error}") from error


def _read_date(_: Store, value: str) -> Literal:
    date = write_date(value)
    if date is None:
        raise QueryError(f"{value!r} is no date; write a year, a month or a day: 2006, 2006-10 or 2006-10-01")
    return date


def _read_integer(_: Store, value: str) -> Literal:
    if not re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
        raise QueryError(f"{value!r} is no whole number")
    return Literal(int(value))


def _read_text(_: Store, value: str) -> Literal:
    return Literal(value)


def _read_status(_: Store, value: str) -> NamedNode:
    if value.lower() not in STATUSES:
        raise QueryError(f"{value!r} is no status; choose one of {', '.join(STATUSES)}")
    return NamedNode(CG + value.capitalize())


PARAMETER_TYPES: dict[str, Callable[[Store, str], NamedNode | Literal]] = {
    "organisation": find_body,
    "place": find_place,
    "document": find_document,
    "date": _read_date,
    "integer": _read_integer,
    "text": _read_text,
    "status": _read_status,
}
"""How the value of each type of parameter is read."""
