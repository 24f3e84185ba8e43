"""Commands that make something else of documents or of a built graph: extract, explain, draw."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands.model_options import Model, model_options
from graph.commands.options import (
    ExampleCommand,
    documents_argument,
    out_argument,
    quiet_option,
    seconds_option,
    workers_option,
    write_lines,
)
from graph.commands.spark_options import extract_by_cluster, spark_options
from graph.terminal import (
    STANDARD,
    measure_width,
    open_output,
    show_progress,
    shows_colour,
    stoppable,
    tell,
    write_result,
)

if TYPE_CHECKING:  # would slow down the start of every command
    from graph.scale.spark import SparkOptions


@click.command(
    cls=ExampleCommand,
    examples=(
        "caregraph extract minutes/ -o findings.jsonl",
        "caregraph extract notes.parquet --engine spark --master spark://host:7077 -o parts",
    ),
)
@documents_argument
@click.option(
    "-o", "--output", "file", default=STANDARD, metavar="FILE", help="File to write, else standard output."
)
@workers_option
@seconds_option
@model_options
@spark_options
@quiet_option
def extract(
    documents: tuple[str, ...],
    file: str,
    model: Model,
    cluster: SparkOptions | None,
    *,
    workers: int | None,
    seconds: float,
    quiet: bool,
) -> None:
    """Read documents and write what was found in each, as JSON lines.

    On a Spark cluster, FILE is a folder: parts of the graph (N-Quads), of a table of claims (Parquet) and of
    the findings (JSON lines).
    """
    if cluster is not None:
        extract_by_cluster(documents, file, model, cluster, quiet=quiet)
        return
    from graph.extraction_file import make_line
    from graph.workers import make_from_paths

    kept = "the lines so far are whole" if file == STANDARD else f"{file} is as it was"
    shown = file == STANDARD and sys.stdout.isatty()  # the lines show how far it is
    with (
        stoppable(kept),
        show_progress("Extracting", quiet=quiet or shown) as progress,
        open_output(file) as stream,
        model(quiet) as find_further,
        closing(
            make_from_paths(
                documents,
                make_line,
                workers=workers,
                seconds=seconds,
                progress=progress,
                find_further=find_further,
            )
        ) as found,
    ):
        write_lines(found, stream)


@click.command(
    cls=ExampleCommand,
    examples=("caregraph explain minutes.pdf --only misses", "caregraph explain minutes.pdf -o minutes.html"),
)
@click.argument("document", metavar="DOC")
@click.option(
    "--only",
    type=click.Choice(["relations", "misses", "bodies"]),
    default=None,
    help="Show the sentences with relations, those with possible misses, or a list of the bodies.",
)
@click.option("-o", "--output", "file", metavar="FILE", help="HTML file to write; else it prints.")
@quiet_option
def explain(document: str, only: str | None, file: str | None, quiet: bool) -> None:
    """Show what was seen in one document, sentence by sentence.

    Each name is marked, with what it stands for in the register and why. Below a sentence stand its relations
    and what found each; sentences that name two bodies and gave no relation are pointed out. DOC is
    a file (.txt .md .html .pdf .docx), or - for standard input.
    """
    from graph.explain_page import write_explanation
    from graph.explain_text import render_explanation
    from graph.pipeline import explain_document

    explanation = explain_document(document)
    if file is None:
        width, colour = measure_width(), shows_colour()
        write_result(
            render_explanation(explanation, only=only or "", width=width, colour=colour, legend=not quiet),
            safe=True,
        )
    else:
        write_explanation(explanation, Path(file), only=only or "")
        tell(f"wrote {file}", quiet=quiet)


@click.command(
    cls=ExampleCommand,
    examples=(
        'caregraph draw out -o devon.html --title "Who works with whom in Devon"',
        "caregraph draw out -o slide.png --most 60",
        "caregraph draw out -o devon.gexf",
    ),
)
@out_argument
@click.option(
    "-o",
    "--output",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File to write.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "graphml", "gexf", "png", "svg"]),
    help="Format of the file.  [default: what its ending says]",
)
@click.option(
    "--title", default="Who works with whom", show_default=True, help="Title of the page or picture."
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    metavar="N",
    default=150,
    show_default=True,
    help="Bodies on a picture (png, svg): the N most connected.",
)
@quiet_option
def draw(out: Path, file: Path, form: str | None, title: str, *, most: int, quiet: bool) -> None:
    """Draw the network as a page, as a picture, or as a file for other programs.

    html is one page that works offline. svg and png are a picture for slides and reports. graphml and gexf
    hold all bodies and statements with their sentences, for Cytoscape, Gephi and the like.
    """
    from graph.drawing_file import choose_format, write_drawing
    from graph.knowledge import KnowledgeGraph

    chosen = form or choose_format(file)
    write_drawing(KnowledgeGraph.open(out).draw(), file, chosen, title=title, most=most)
    tell(f"wrote {file}", quiet=quiet)
