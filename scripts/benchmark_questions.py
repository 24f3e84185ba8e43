"""Ask every named question of a large graph on disk, and print how long each takes as a Markdown table.

    .venv/bin/python scripts/benchmark_questions.py FOLDER...

``benchmark_graphs.py`` makes the folders. Each question is asked about the body that is in most claims,
about an ordinary one, and about all bodies where the parameter may be left out, by name, as people do: the
time holds the look-up of the name, the query and its answer as JSON. Rows are as many as a question gives
by default; with ``--all``, all of them, with the time that a thousand rows take. Half of the times are at
most p50, and 95 in 100 at most p95: on the clock, and of the processor alone, which other work on the
machine lengthens less. The first answer of each case is left out of them, since it reads the disk; a last
line has the same over all cases, and how long the slowest first answer took.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.lookup import label_node
from graph.query import run_query
from graph.questions import Question, answer_question, list_questions
from graph.search_index import open_index
from graph.store import open_store

RUNS = 20
LONGEST = 10.0
"""Seconds after which a question is not asked again."""

GIVEN = {
    "date": "2006",
    "place": "Torbay",
    "integer": "2",
    "sentences": "hospital discharge",
    "status": "asserted",
}
COLUMNS = ("question", "asked about", "rows", "p50", "p95", "p50 of the processor", "p95 of the processor")
"""Of the table; times on the clock where nothing else is said."""

MOST_NAMED = """SELECT ?body (COUNT(*) AS ?claims) WHERE {
  { ?claim cg:subject ?body } UNION { ?claim cg:object ?body }
  FILTER EXISTS { GRAPH cgg:register { ?body a ?class } }
  FILTER(STRSTARTS(STR(?body), STR(cgi:organisation)))
} GROUP BY ?body"""

Case = tuple[Question, str, dict[str, str]]
"""A question, what it is asked about, and its parameters."""


def main(arguments: list[str]) -> int:
    """Measure and print a table for each folder."""
    parser = argparse.ArgumentParser(description="Measure the named questions.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--all", action="store_true", help="ask for all rows")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these questions alone")
    options = parser.parse_args(arguments)
    for folder in options.folders:
        columns = (*COLUMNS, "a thousand rows") if options.all else COLUMNS
        print(f"\n{folder}\n\n| {' | '.join(columns)} |\n|{' --- |' * len(columns)}", flush=True)
        for cells in measure(folder, options.only, everything=options.all):
            print(f"| {' | '.join(cells)} |", flush=True)
    return 0


def measure(folder: Path, only: list[str], *, everything: bool) -> Iterator[list[str]]:
    """Yield the cells of the row of each case."""
    store, index = open_store(folder), open_index(folder)
    everything_timed: list[float] = []
    everything_worked: list[float] = []
    firsts: list[float] = []
    for question, about, parameters in list_cases(store):
        if only and question.name not in only:
            continue
        if everything and any(parameter.type == "rows" for parameter in question.parameters):
            parameters = {**parameters, "limit": "0"}
        times: list[float] = []
        worked: list[float] = []
        while len(times) <= RUNS and sum(times) < LONGEST:
            started, work = time.perf_counter(), time.process_time()
            answer = answer_question(store, question.name, parameters, index=index)
            times.append(time.perf_counter() - started)
            worked.append(time.process_time() - work)
        rows = f"{len(answer):,}{' of more' if answer.more else ''}"
        firsts.append(times[0])
        times, worked = times[1:] or times, worked[1:] or worked
        everything_timed += times
        everything_worked += worked
        cells = [question.name, about, rows, *tell_shares(times), *tell_shares(worked)]
        processor = statistics.median(worked)
        thousand = tell_time(processor / len(answer) * 1000) if len(answer) >= 100 else "-"
        yield [*cells, thousand] if everything else cells
    if firsts:
        slowest = f"slowest first answer {tell_time(max(firsts))}"
        yield ["all", slowest, "", *tell_shares(everything_timed), *tell_shares(everything_worked)]


def tell_shares(times: list[float]) -> tuple[str, str]:
    """Write the times under which half and 95 in 100 of the answers stay."""
    ordered = sorted(times)
    return tell_time(statistics.median(ordered)), tell_time(ordered[math.ceil(len(ordered) * 0.95) - 1])


def tell_time(seconds: float) -> str:
    """Write a time in milliseconds."""
    return f"{seconds * 1000:,.1f} ms" if seconds < 0.01 else f"{seconds * 1000:,.0f} ms"


def list_cases(store: Store) -> Iterator[Case]:
    """Yield each question with each body that it is asked about."""
    much, ordinary = choose_bodies(store)
    document = next(
        store.quads_for_pattern(None, NamedNode("http://purl.org/dc/terms/identifier"), None, None)
    )
    given = {**GIVEN, "document": document.object.value, "organisation": ordinary}  # type: ignore[union-attr]
    for question in list_questions():
        first = question.parameters[0] if question.parameters else None
        others = {p.name: given[p.type] for p in question.parameters[1:] if p.default is None}
        if first is None or first.type == "rows":
            yield question, "everything", {}
        elif first.type != "organisation":
            yield question, given[first.type], {first.name: given[first.type], **others}
        else:
            yield question, "the most named body", {first.name: much, **others}
            others |= {"other": much} if "other" in others else {}
            yield question, "an ordinary body", {first.name: ordinary, **others}
            if first.default is not None:
                yield question, "all bodies", {}


def choose_bodies(store: Store) -> tuple[str, str]:
    """Return the names of the body that is in most claims and of the one in the middle."""
    claims = {row[0]: int(str(row[1])) for row in run_query(store, MOST_NAMED)}
    ordered = sorted(claims, key=lambda body: (-claims[body], str(body)))
    middle = ordered[len(ordered) // 2]
    return tuple(label_node(store, NamedNode(str(body))) for body in (ordered[0], middle))  # type: ignore[return-value] # two


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
