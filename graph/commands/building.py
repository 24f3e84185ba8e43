"""Commands that make a built graph and keep it up to date: build, add, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graph.commands.model_options import Model, model_options
from graph.commands.options import (
    ExampleCommand,
    documents_argument,
    out_argument,
    quiet_option,
    seconds_option,
    tell_skipped,
    workers_option,
)
from graph.terminal import show_progress, stoppable, tell

RESUME = "the graph is as it was, or as it was to be; run the command again to go on from here"
"""What is said when a person stops a build: the second is so in its last moments (``docs/crash.md``)."""


@click.command(cls=ExampleCommand, examples=("caregraph build minutes/ report.pdf -o out",))
@documents_argument
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="Folder to write.",
)
@click.option(
    "--also", type=click.Choice(["trig", "ttl"]), multiple=True, help="Write the graph in this format too."
)
@workers_option
@seconds_option
@model_options
@quiet_option
def build(
    documents: tuple[str, ...], out: Path, also: tuple[str, ...], model: Model, quiet: bool, **running: Any
) -> None:
    """Read documents and build the graph, its page and a report.

    DOCUMENTS are files (.txt .md .html .pdf .docx), folders, or - for standard input. Building into the same
    folder again extracts only what is new or has changed, and takes out what is not among DOCUMENTS.
    """
    from graph.pipeline import build_graph

    with (
        stoppable(RESUME),
        show_progress("Building", quiet=quiet) as progress,
        model(quiet) as find_further,
    ):
        report = build_graph(
            documents, out, formats=also, progress=progress, find_further=find_further, **running
        )
    tell_skipped(report.skipped)
    tell(report.summary, quiet=quiet)


@click.command(cls=ExampleCommand, examples=("caregraph add out minutes/june.pdf",))
@out_argument
@documents_argument
@workers_option
@seconds_option
@model_options
@quiet_option
def add(out: Path, documents: tuple[str, ...], model: Model, quiet: bool, **running: Any) -> None:
    """Add documents to a built graph; those that it has are read again only if they have changed.

    OUT becomes what a build of its documents and of DOCUMENTS gives. A document that is not where it was is
    taken out, with a line that says so. DOCUMENTS are files, folders, or - for standard input.
    """
    from graph.pipeline import add_documents

    with stoppable(RESUME), show_progress("Adding", quiet=quiet) as progress, model(quiet) as find_further:
        report = add_documents(out, documents, progress=progress, find_further=find_further, **running)
    tell_skipped(report.skipped)
    tell(report.summary, quiet=quiet)


@click.command(
    cls=ExampleCommand, examples=("caregraph remove out june.pdf", "caregraph remove out minutes/2007")
)
@out_argument
@click.argument("names", nargs=-1, required=True, metavar="NAMES...")
@workers_option
@seconds_option
@model_options
@quiet_option
def remove(out: Path, names: tuple[str, ...], model: Model, quiet: bool, **running: Any) -> None:
    """Remove documents from a built graph, with all that only they say.

    OUT becomes what a build of its other documents gives; one that has changed is read again. NAMES are names
    of documents, as the graph has them, or paths of files, or of folders for all documents in them. The files
    themselves stay.
    """
    from graph.pipeline import remove_documents

    with stoppable(RESUME), show_progress("Removing", quiet=quiet) as progress, model(quiet) as find_further:
        report = remove_documents(out, names, progress=progress, find_further=find_further, **running)
    tell_skipped(report.skipped)
    tell(report.summary, quiet=quiet)
