"""Commands whose answer may be no: validate and verify."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.options import ExampleCommand, out_argument, print_findings, quiet_option


@click.command(cls=ExampleCommand, examples=("caregraph validate out",))
@out_argument
@quiet_option
def validate(out: Path, quiet: bool) -> int:
    """Check a built graph against the SHACL shapes.

    The exit code is 1 when something violates them.
    """
    from graph.store import read_master
    from graph.validate import validate_quads

    return print_findings(validate_quads(read_master(out)).violations, "conforms to the shapes", quiet=quiet)


@click.command(cls=ExampleCommand, examples=("caregraph verify out --sources minutes/",))
@out_argument
@click.option(
    "--sources",
    type=click.Path(exists=True, path_type=Path),
    help="Where the documents are now, if they moved.",
)
@quiet_option
def verify(out: Path, sources: Path | None, quiet: bool) -> int:
    """Read the documents again and check every quote.

    The exit code is 1 when one does not hold.
    """
    from graph.pipeline import verify_build

    report = verify_build(out, sources=sources)
    return print_findings(report.problems, f"{report.quotes} quotes hold", quiet=quiet)
