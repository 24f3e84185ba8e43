"""Arguments and options that several commands share, and how they print."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from graph.commands.model_options import Model
from graph.errors import CaregraphError
from graph.terminal import STANDARD, keep_line, measure_width, show_progress, tell, whole, write_result

if TYPE_CHECKING:  # both would slow down the start of every command
    from graph.extraction_file import Line
    from graph.records import Extraction, Skipped
    from graph.results import Answer

DONE, ANSWER_IS_NO, COULD_NOT_RUN = 0, 1, 2
"""Exit codes."""

MOST_BYTES = 1 << 24
"""Bytes of a file that is to hold a query."""

MOST_REASONS = 3
"""How many documents are named, with why, when none could be read."""

RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")


class ExampleCommand(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *args: Any, examples: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, a line each, never wrapped."""
        with formatter.section("Example" if len(self.examples) == 1 else "Examples"):
            for example in self.examples:
                formatter.write(f"  {example}\n")


documents_argument = click.argument("documents", nargs=-1, required=True, metavar="DOCUMENTS...")
out_argument = click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(RESULT_FORMATS),
    default="table",
    show_default=True,
    help="How to print; ttl and nt are for CONSTRUCT and DESCRIBE.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Processes to use.  [default: one for each processor]",
)
seconds_option = click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    metavar="N",
    default=60,
    show_default=True,
    help="Time that a document may take, and again for each 100,000 bytes.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")


def print_answer(answer: Answer, form: str, *, quiet: bool) -> int:
    """Print the answer to a query; the exit code of an ASK whose answer is no is 1."""
    from graph.render import render_result

    write_result(render_result(answer, form, width=measure_width()))
    if answer.more:
        tell(f"{len(answer)} rows of more; give limit=0 for all of them", quiet=quiet)
    elif form == "table" and answer.kind != "boolean":
        tell(f"{len(answer)} {'row' if len(answer) == 1 else 'rows'}", quiet=quiet)
    return ANSWER_IS_NO if answer.boolean is False else DONE


def print_questions() -> int:
    """Print the named questions with their parameters, optional ones in brackets."""
    from graph.questions import list_questions
    from graph.render import draw_table

    rows = []
    for question in list_questions():
        given = [
            p.name + "=" if p.default is None else f"[{p.name}={p.default}]" for p in question.parameters
        ]
        rows.append((question.name, question.text, " ".join(given)))
    write_result(draw_table(("question", "asks", "parameters"), rows, width=measure_width()))
    return DONE


def print_findings(findings: Iterable[object], all_is_well: str, *, todo: str, quiet: bool) -> int:
    """Print what a check found, a line each, say what to do, and return the exit code."""
    lines = [str(finding) for finding in findings]
    for line in lines:
        write_result(keep_line(line) + "\n")
    tell(f"{len(lines)} found; {todo}" if lines else all_is_well, quiet=quiet)
    return ANSWER_IS_NO if lines else DONE


def tell_skipped(skipped: Iterable[Skipped]) -> None:
    """Say which files could not be read, and why."""
    for file in skipped:
        tell(f"skipped {file.name}: {file.reason}")


def write_lines(found: Iterable[Line | Skipped], stream: IO[str]) -> None:
    """Write what was found, a line each document, as it is found, and say what was passed over.

    Raises:
        CaregraphError: no document could be read.
    """
    from graph.records import Skipped

    first: list[Skipped] = []  # said in the error, should there be nothing else
    written = False
    for item in found:
        if not isinstance(item, Skipped):
            with whole():
                write_result(item.text + "\n", stream)
                stream.flush()
            written = True
        elif not written and len(first) < MOST_REASONS:
            first.append(item)
        else:
            tell_skipped([item])
        if written and first:
            tell_skipped(first)
            first.clear()
    if not written:
        reasons = "; ".join(f"{file.name}: {file.reason}" for file in first)
        raise CaregraphError(f"no document could be read ({reasons or 'no files given'})")


def read_extractions(documents: Iterable[str], *, model: Model, quiet: bool) -> list[Extraction]:
    """Return what was found in each document, and say what was passed over."""
    from graph.pipeline import extract_documents
    from graph.records import Extraction, Skipped

    with show_progress("Extracting", quiet=quiet) as progress, model(quiet) as find_further:
        found = list(extract_documents(documents, progress=progress, find_further=find_further))
    tell_skipped(item for item in found if isinstance(item, Skipped))
    return [item for item in found if isinstance(item, Extraction)]


def compare_with_bars(scores: Mapping[str, float], bars: Iterable[str]) -> int:
    """Say which scores are under their bars, and return the exit code.

    Args:
        scores: by measure, in 0..1.
        bars: as ``measure=score``.

    Raises:
        CaregraphError: a bar names no measure, or is no number.
    """
    code = DONE
    for measure, text in read_parameters(bars).items():
        if measure not in scores or not re.fullmatch(r"[01](\.\d+)?", text):
            raise CaregraphError(f"{measure}={text}: write one of {', '.join(scores)}, and a number in 0..1")
        if scores[measure] < float(text):
            tell(f"{measure}: {scores[measure]:.3f} is under the bar of {text}")
            code = ANSWER_IS_NO
    return code


def _read_text(path: str) -> str:
    """Return the text of a UTF-8 file, or of standard input when ``path`` is ``-``.

    Raises:
        CaregraphError: it is not UTF-8, or longer than any query.
    """
    with nullcontext(sys.stdin.buffer) if path == STANDARD else Path(path).open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)  # a device gives without end
    if len(content) > MOST_BYTES:
        raise CaregraphError(f"{path}: has more than {MOST_BYTES:,} bytes; give a file that holds one query")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaregraphError(f"{path}: is not UTF-8 text; save it as UTF-8 and try again") from error


def choose_query(sparql: str | None, file: str | None) -> str:
    """Return the text of the query: given as it is, or in a file, or on standard input.

    Raises:
        CaregraphError: none is given, or two are.
    """
    if (sparql is None) == (file is None):
        raise CaregraphError(
            "give a query, or a file with one: caregraph query OUT -f FILE (- is standard input)"
        )
    if file is None and sparql != "-":
        return sparql or ""
    return _read_text(file or STANDARD)


def read_parameters(pairs: Iterable[str]) -> dict[str, str]:
    """Read ``name=value`` arguments.

    Raises:
        CaregraphError: one has no name.

    >>> read_parameters(["body=Torbay Care Trust", "date=2007-04"])
    {'body': 'Torbay Care Trust', 'date': '2007-04'}
    """
    parameters = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise CaregraphError(f"{pair!r} is no parameter; write name=value, with quotes around spaces")
        parameters[name] = value
    return parameters
