"""Commands whose answer may be no: validate, verify, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graph.commands.model_options import model_options
from graph.commands.options import (
    ExampleCommand,
    compare_with_bars,
    documents_argument,
    out_argument,
    print_findings,
    quiet_option,
    read_extractions,
)
from graph.terminal import tell, write_result

_AGAIN = "build it again: caregraph build DOCUMENTS -o"


@click.command(cls=ExampleCommand, examples=("caregraph validate out",))
@out_argument
@quiet_option
def validate(out: Path, quiet: bool) -> int:
    """Check a built graph against the SHACL shapes.

    The exit code is 1 when something violates them.
    """
    from graph.validate_build import validate_build

    violations = validate_build(out).violations
    return print_findings(violations, "conforms to the shapes", todo=f"{_AGAIN} {out}", quiet=quiet)


@click.command(cls=ExampleCommand, examples=("caregraph verify out --sources minutes/",))
@out_argument
@click.option(
    "--sources",
    type=click.Path(exists=True, path_type=Path),
    help="Where the documents are now, if they moved.",
)
@quiet_option
def verify(out: Path, sources: Path | None, quiet: bool) -> int:
    """Read the documents again and check every quote, and all that rests on them.

    The exit code is 1 when something does not hold.
    """
    from graph.pipeline import verify_build

    report = verify_build(out, sources=sources)
    for what in report.unchecked:
        tell(f"not checked: {what}")
    todo = f"bring the documents back as they were, or {_AGAIN} {out}"
    return print_findings(report.problems, f"{report.quotes} quotes hold", todo=todo, quiet=quiet)


@click.command(
    cls=ExampleCommand,
    examples=(
        "caregraph evaluate articles/ --gold gold/",
        "caregraph evaluate articles/ --gold gold/ --show errors --bar relations=0.45",
        "caregraph evaluate articles/ --gold gold/ --show calibration --show rules",
    ),
)
@documents_argument
@click.option(
    "--gold",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Gold files, one NAME.json for each document.",
)
@click.option(
    "--show",
    "details",
    type=click.Choice(["predicate", "document", "errors", "calibration", "omissions", "rules", "ablation"]),
    multiple=True,
    help="Also score each predicate or document; say what is wrong and why, whether confidence holds, what "
    "share of the misses the list of possible misses holds, how often each rule is right, or what is lost "
    "without each part (minutes).",
)
@click.option(
    "--bar", "bars", multiple=True, metavar="MEASURE=F1", help="Exit with 1 when a measure is lower."
)
@model_options
@quiet_option
def evaluate(
    documents: tuple[str, ...], gold: Path, details: tuple[str, ...], bars: tuple[str, ...], **run: Any
) -> int:
    """Score what is found in documents against gold files.

    Beside it stands the floor: every two bodies that share a sentence work together.
    """
    from graph.evaluate import evaluate_extractions, floor_extraction, render_scores
    from graph.evaluate_ablation import measure_ablations, render_ablations
    from graph.evaluate_calibration import (
        estimate_interval,
        judge_claims,
        measure_calibration,
        render_calibration,
    )
    from graph.evaluate_errors import explain_errors, render_errors
    from graph.evaluate_omissions import measure_omissions, render_omissions
    from graph.evaluate_rules import count_rules, render_rules
    from graph.extract import load_resources

    found = read_extractions(documents, **run)
    scores = evaluate_extractions(found, gold)
    floor = evaluate_extractions(map(floor_extraction, found), gold)
    write_result(render_scores(scores, floor, details=details))
    if "errors" in details:
        write_result("\n" + render_errors(explain_errors(found, gold)))
    if "calibration" in details:
        claims = judge_claims(found, gold)
        write_result("\n" + render_calibration(measure_calibration(claims), estimate_interval(claims)))
    if "omissions" in details:
        write_result("\n" + render_omissions(measure_omissions(found, gold)))
    if "rules" in details:
        write_result("\n" + render_rules(count_rules(found, gold), scores.figures["relations"].f1))
    if "ablation" in details:
        ablations = measure_ablations([e.document for e in found], gold, load_resources())
        write_result("\n" + render_ablations(list(ablations)))
    return compare_with_bars({name: figure.f1 for name, figure in scores.figures.items()}, bars)
