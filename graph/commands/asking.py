"""Commands that ask a built graph: query, ask, show."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.options import (
    ExampleCommand,
    choose_query,
    format_option,
    out_argument,
    print_answer,
    print_questions,
    quiet_option,
    read_parameters,
)
from graph.terminal import measure_width, write_result


@click.command(
    cls=ExampleCommand,
    examples=(
        'caregraph query out "SELECT ?a ?b WHERE { ?a cg:poolsBudgetWith ?b }"',
        "caregraph query out -f question.rq --format csv",
    ),
)
@out_argument
@click.argument("sparql", required=False)
@click.option("-f", "--file", metavar="FILE", help="Read the query from a file; - is standard input.")
@format_option
@quiet_option
def query(out: Path, sparql: str | None, file: str | None, form: str, quiet: bool) -> int:
    """Ask a built graph in SPARQL.

    The usual prefixes (cg: cgi: org: skos: dcterms: prov: oa: ...) are known. An ASK that is
    answered with no has the exit code 1.
    """
    from graph.query import run_query
    from graph.search_index import open_graph

    store, index, _hold = open_graph(out)
    answer = run_query(store, choose_query(sparql, file), index=index)
    return print_answer(answer, form, quiet=quiet)


@click.command(
    cls=ExampleCommand,
    examples=("caregraph ask out", 'caregraph ask out partners body="Torbay Care Trust"'),
)
@out_argument
@click.argument("question", required=False)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@format_option
@quiet_option
def ask(out: Path, question: str | None, parameters: tuple[str, ...], form: str, quiet: bool) -> int:
    """Ask a built graph one of the named questions.

    Without QUESTION, it lists them, with their parameters. A table has 200 rows at most, unless limit=N says
    otherwise (0: all); the other formats have all.
    """
    from graph.questions import answer_question
    from graph.search_index import open_graph

    if question is None:
        return print_questions()
    given = read_parameters(parameters)
    store, index, _hold = open_graph(out)
    answer = answer_question(store, question, given, index=index, whole=form != "table")
    return print_answer(answer, form, quiet=quiet)


@click.command(cls=ExampleCommand, examples=('caregraph show out "Audit Commission"',))
@out_argument
@click.argument("body")
@quiet_option
def show(out: Path, body: str, quiet: bool) -> None:
    """Show all that is known of one body, sentence by sentence.

    BODY is any of its names, acronyms or codes.
    """
    from graph.show import describe_body, render_body
    from graph.store import open_store

    write_result(render_body(describe_body(open_store(out), body), width=measure_width()))
