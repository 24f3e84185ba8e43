"""The command that writes a built graph for other programs: export."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.options import ExampleCommand, out_argument, quiet_option
from graph.terminal import STANDARD, open_bytes, tell


class ExportCommand(ExampleCommand):
    """A command whose help lists the formats before its examples."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the formats, a line each, then the examples."""
        from graph.export import FORMATS

        with formatter.section("Formats"):
            formatter.write_dl([(name, known.about) for name, known in FORMATS.items()])
        super().format_epilog(ctx, formatter)


@click.command(
    cls=ExportCommand,
    examples=(
        "caregraph export out -o graph.ttl",
        "caregraph export out --format csv -o tables",
        "caregraph export out --format dcat -o about.ttl",
    ),
)
@out_argument
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    help="One of the formats below.  [default: what the ending of FILE says; nq to standard output]",
)
@click.option(
    "-o",
    "--output",
    "file",
    default=STANDARD,
    metavar="FILE",
    help="File or folder to write, else standard output.",
)
@click.option(
    "--address", default="", metavar="URL", help="Where the graph is served, for its description (dcat)."
)
@quiet_option
def export(out: Path, form: str | None, file: str, address: str, quiet: bool) -> None:
    """Write a built graph for other programs.

    Formats of many files make a folder, or one file if its name ends in .zip. The same graph always gives
    the same bytes.
    """
    from graph.export import choose_format, export_graph, write_export

    if file == STANDARD:
        write_export(out, form or "nq", open_bytes(), address=address)
        return
    target = Path(file)
    export_graph(out, form or choose_format(target), target, address=address)
    tell(f"wrote {file}", quiet=quiet)
