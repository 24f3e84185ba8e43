"""The named questions as forms: what was filled in, what is wrong with it, and what is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from graph.endpoint.jobs import Job, JobError
from graph.endpoint.pool import WorkerPool
from graph.endpoint.routes import wait_until_gone
from graph.errors import QueryError
from graph.parameters import ANY, ROWS, Filling, Parameter, is_last
from graph.questions import Question
from graph.results import Answer
from graph.search.index import SearchIndex
from graph.vocabulary import STATUSES
from graph.workbench.claims import describe_status
from graph.workbench.complete import FIELDS
from graph.workbench.site import opened_of
from graph.workbench.view import View, kind_of

MOST_ROWS = 10_000
"""Rows that a page reads of an answer; the formats for programs have them all."""
MOST_COPIED = 1_000_000
"""Triples up to which a graph is copied as of a day, to ask it (some seconds)."""


_IRI = re.compile(r"\w+:\S")  # an address or a prefixed name, which is no words


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: the parameter, what was filled in, what is wrong with that, what can be chosen.

    Attributes:
        parameter: of the question.
        value: as it was filled in; the default where it was not.
        problem: what is wrong; empty for nothing.
        choices: value and words, where only some values are possible.
        completes: which names are suggested; a key of ``FIELDS``, or empty.
    """

    parameter: Parameter
    value: str
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    completes: str = ""

    @property
    def label(self) -> str:
        """Return the name of the parameter in words."""
        words = self.parameter.name.replace("_", " ")
        return words[0].upper() + words[1:]

    @property
    def required(self) -> bool:
        """Tell whether it must be filled in."""
        return self.parameter.default is None


@dataclass(frozen=True, slots=True)
class Form:
    """A question as it was filled in: its fields, and its query where nothing is wrong or missing.

    Attributes:
        rows: how many rows of the answer are wanted; None for as many as a page reads.
    """

    fields: tuple[Field, ...]
    query: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a query: its answer and whether it has more rows; or why not, with the status."""

    answer: Answer | None
    more: bool = False
    problem: str = ""
    status: int = 200


def read_form(
    view: View, question: Question, given: Mapping[str, str], index: SearchIndex | None = None
) -> Form:
    """Read what was filled in.

    Args:
        view: the graph, in which names are looked up, and the day that is set.
        question: that is asked.
        given: values by the name of the parameter; nothing at all for a form that nobody has filled in.
        index: of the graph, which finds names at once.
    """
    fields, filling, whole = [], Filling(view.store, question.query, index=index), True
    asked = any(parameter.name in given for parameter in question.parameters)
    for parameter in sorted(question.parameters, key=is_last):
        value = given.get(parameter.name, "").strip()
        if not value and parameter.type == "date" and not asked:
            value = view.as_of.text
        if not value and parameter.default is not None:
            value = parameter.default
        problem = ""
        try:
            if value:
                filling.put(parameter, _find_exact(view, parameter, value))
            elif asked:
                problem = f"needed: {parameter.help}"
        except QueryError as error:
            problem = str(error).removeprefix(f"{parameter.name}: ")
        whole = whole and bool(value) and not problem
        fields.append(_make_field(parameter, value, problem))
    fields.sort(key=lambda field: question.parameters.index(field.parameter))
    wanted = [field.value for field in fields if field.parameter.type == ROWS] if whole else []
    return Form(tuple(fields), filling.write() if whole else "", int(wanted[0]) or None if wanted else None)


def write_heading(question: Question, form: Form) -> str:
    """Write a question in words, with what was filled in for the names in capitals."""
    known = {
        field.parameter.name.upper(): field.value
        for field in form.fields
        if field.value and not field.problem and not _IRI.match(field.value)
    }
    return re.sub(r"\b[A-Z]{4,}\b", lambda word: known.get(word[0], word[0]), question.text)


async def answer_form(request: Request, view: View, form: Form) -> Outcome:
    """Answer the query of a form: by a worker, within the limits of the server.

    As of a day, the graph that documents had made by then answers: a worker copies it into its memory.
    """
    pool: WorkerPool = request.app.state.pool
    until = view.as_of.text if can_look_back(request) else ""
    try:
        reply = await pool.answer(
            Job(query=form.query, rows=min(form.rows or MOST_ROWS, MOST_ROWS), until=until),
            gone=wait_until_gone(request),
        )
    except JobError as error:
        return Outcome(None, problem=error.message, status=error.status)
    with reply.body as body:
        return Outcome(Answer("solutions", body.read()), more=reply.more)


def can_look_back(request: Request) -> bool:
    """Tell whether the graph is small enough to be copied as of a day."""
    return opened_of(request).index.statistics.triples <= MOST_COPIED


def _make_field(parameter: Parameter, value: str, problem: str) -> Field:
    choices: tuple[tuple[str, str], ...] = ()
    if parameter.type == "status":
        every = [(ANY, "any")] if parameter.default == ANY else []
        choices = (*every, *((status, describe_status(status)) for status in STATUSES))
    shown = "" if value == ANY and not choices else value
    completes = parameter.type if parameter.type in FIELDS else ""
    return Field(parameter, shown, problem, choices, completes)


def _find_exact(view: View, parameter: Parameter, value: str) -> str:
    """Return the IRI of what alone has exactly that name, which an index tells; else what was given."""
    kinds = FIELDS.get(parameter.type)
    if not kinds:
        return value
    fitting = [iri for iri in view.called(value) if kind_of(iri) in kinds]
    return fitting[0] if len(fitting) == 1 else value
