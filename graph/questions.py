"""Named questions: SPARQL files that anyone can add to, with typed parameters.

A question is a file ``NAME.rq``. Its first comment line is the question in English; then comes one line
a parameter: ``# param body: organisation "the body's name or code"``. With a default it is optional:
``# param date: date = 2006-10-01 "the day"``; the default ``any`` leaves it open. In the query the
parameter is ``VALUES ?body { UNDEF }``, so that the file runs as it is in any SPARQL client, for all
bodies; an answer puts the term there. Text from a user becomes a term, and never a part of a query.
A parameter of the type ``rows``, ``# param limit: rows = 200 "..."``, is the number in ``LIMIT 200``: an
answer asks for one row more, and where that comes, cuts it off and says that there are more.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store

from graph.errors import OntologyError, QueryError, explain_system
from graph.parameters import PARAMETER_TYPES, ROWS, Filling, Parameter, find_placeholder, is_last
from graph.paths import QUESTIONS
from graph.query import run_query
from graph.results import Answer
from graph.search.index import SearchIndex

_PARAMETER = re.compile(r'# param (?P<name>\w+): (?P<type>\w+)(?: = (?P<default>.+?))? "(?P<help>.+)"')


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
    return tuple(parse_question(path.stem, _read_file(path)) for path in sorted(folder.glob("*.rq")))


def _read_file(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise OntologyError(path.name, "is not UTF-8", "save it as that") from error
    except OSError as error:
        raise OntologyError(path.name, "cannot be read", explain_system(error)) from error


def parse_question(name: str, text: str) -> Question:
    """Read a question off the text of its file.

    Raises:
        OntologyError: the header is wrong; the message says how it is right.
    """
    lines = text.splitlines()
    english = lines[0].removeprefix("# ").strip() if lines else ""
    if not lines or not lines[0].startswith("# ") or not english:
        reason = "the first line is no question in English after '# '"
        raise OntologyError(f"{name}.rq", reason, "write it there, or remove the file")
    parameters = [_parse_parameter(name, line) for line in lines[1:] if line.startswith("# param")]
    for parameter in parameters:
        if not find_placeholder(parameter).search(text):
            limit, values = f"LIMIT {parameter.default}", f"VALUES ?{parameter.name} {{ UNDEF }}"
            place = limit if parameter.type == ROWS else values
            reason = f"has no '{place}' for its parameter to go to"
            raise OntologyError(f"{name}.rq", reason, f"write it, or take out parameter {parameter.name}")
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
    whole: bool = False,
) -> Answer:
    """Answer a named question.

    Args:
        store: an opened graph.
        name: of the question.
        parameters: values by name, as a person writes them ("Torbay Care Trust", "2007-04").
        folder: where the questions are.
        index: where names and words are looked up; made for this question if words are and it is not given.
        whole: whether to give all rows where no number is wanted: for programs, which count and join them.

    Raises:
        QueryError: question or parameter unknown, a parameter missing, or a value that names nothing.
    """
    given = dict(parameters or {})
    if whole:
        limits = (p.name for p in find_question(name, folder).parameters if p.type == ROWS)
        given = {**dict.fromkeys(limits, "0"), **given}
    text, rows = write_question(store, name, given, folder=folder, index=index)
    return cut_rows(run_query(store, text, index=index), rows)


def write_question(
    store: Store,
    name: str,
    parameters: Mapping[str, str] | None = None,
    *,
    folder: Path = QUESTIONS,
    index: SearchIndex | None = None,
) -> tuple[str, int | None]:
    """Write a named question as a query, for ``answer_question`` and for engines elsewhere.

    Args:
        store: where the parameters are looked up.
        name: of the question.
        parameters: values by name, as a person writes them.
        folder: where the questions are.
        index: of the graph, which finds names at once.

    Returns:
        The query, and how many rows of its answer to give: it finds one more where there are more. None
        is all.

    Raises:
        QueryError: as ``answer_question`` does, but for what the engine finds wrong.
    """
    question = find_question(name, folder)
    given = dict(parameters or {})
    filling, rows = Filling(store, question.query, index=index), None
    for parameter in sorted(question.parameters, key=is_last):
        value = given.pop(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"{name} needs {parameter.name}=...: {parameter.help}")
        filling.put(parameter, value)
        rows = int(value.strip()) or None if parameter.type == ROWS else rows
    if given:
        known = ", ".join(parameter.name for parameter in question.parameters) or "none"
        raise QueryError(f"{name} has no parameter {min(given)!r}; its parameters: {known}")
    return filling.write(), rows


def cut_rows(answer: Answer, rows: int | None) -> Answer:
    """Leave out what is beyond the rows wanted, and say that there is more."""
    if rows is None:
        return answer
    content = json.loads(answer.payload)
    found = content["results"]["bindings"]
    if len(found) <= rows:
        return answer
    del found[rows:]
    return replace(answer, payload=json.dumps(content, ensure_ascii=False).encode(), more=True)


def _parse_parameter(question: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line.rstrip())
    if match is None:
        raise OntologyError(
            f"{question}.rq", f"{line!r} is no parameter", 'write: # param name: type "what to give"'
        )
    if match["type"] not in PARAMETER_TYPES:
        raise OntologyError(
            f"{question}.rq", f"unknown type {match['type']!r}", f"choose one of {', '.join(PARAMETER_TYPES)}"
        )
    if match["type"] == ROWS and not re.fullmatch(r"\d{1,9}", match["default"] or "", re.ASCII):
        raise OntologyError(f"{question}.rq", f"{match['name']} needs a number of rows", "write: rows = 200")
    return Parameter(match["name"], match["type"], match["help"], match["default"])
