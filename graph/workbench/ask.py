"""The pages of the named questions."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.questions import Question, find_question, list_questions
from graph.results import Answer
from graph.workbench.asking import Form, Outcome, answer_form, can_look_back, read_form, write_heading
from graph.workbench.dates import AS_OF
from graph.workbench.paging import read_page
from graph.workbench.rendering import render, tag_response
from graph.workbench.site import opened_of
from graph.workbench.tables import Sorting, chart_answer, make_cells, sort_rows, write_csv
from graph.workbench.view import View, open_view

PER_PAGE = 100
OURS = frozenset({"sort", "order", "page", "format", AS_OF})
"""Parameters of an address that are no parameters of a question."""


def show_questions(request: Request) -> Response:
    """List the named questions."""
    return render(request, "questions.html.j2", questions=list_questions())


async def show_question(request: Request) -> Response:
    """Show the form of a question and, where it is filled in, its answer as a table or as CSV."""
    question = await run_in_threadpool(find_question, request.path_params["name"])
    view = open_view(request)
    given = {name: value for name, value in request.query_params.items() if name not in OURS}
    index = opened_of(request).index
    form = await run_in_threadpool(read_form, view, question, given, index)
    outcome = await answer_form(request, view, form) if form.query else Outcome(None)
    if outcome.answer is not None and request.query_params.get("format") == "csv":
        return tag_response(request, await run_in_threadpool(_send_csv, question, outcome.answer))
    return await run_in_threadpool(_show, request, view, question, form, outcome)


def _show(request: Request, view: View, question: Question, form: Form, outcome: Outcome) -> Response:
    answer = outcome.answer
    sorting = Sorting(request.query_params.get("sort", ""), request.query_params.get("order") == "down")
    rows = sort_rows(answer, sorting) if answer is not None else []
    page = read_page(request, len(rows), PER_PAGE)
    column, bars = chart_answer(answer) if answer is not None else ("", [])
    wrong = any(field.problem for field in form.fields)
    return render(
        request,
        "question.html.j2",
        status=422 if wrong else outcome.status,
        question=question,
        heading=write_heading(question, form),
        form=form,
        answer=answer,
        rows=[make_cells(view, row) for row in rows[page.offset : page.offset + PER_PAGE]],
        total=len(rows),
        more=outcome.more,
        problem=outcome.problem,
        page=page,
        sorting=sorting,
        column=column,
        bars=bars,
        asked={field.parameter.name: field.value for field in form.fields},
        looks_back=can_look_back(request),
    )


def _send_csv(question: Question, answer: Answer) -> Response:
    headers = {"content-disposition": f'attachment; filename="{question.name}.csv"'}
    return Response(write_csv(answer), media_type="text/csv; charset=utf-8; header=present", headers=headers)


ROUTES = [Route("/questions", show_questions), Route("/questions/{name}", show_question)]
