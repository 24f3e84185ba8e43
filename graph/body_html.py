"""A body as HTML for notebooks: its facts, its timeline, and what documents say, by relation and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from graph.as_of import Era, Standing
from graph.html_tables import draw_html_table, isolate, join, make_link, mark_status
from graph.statements import Statement
from graph.vocabulary import STATUSES

PLACES = {"yes": "existed", "perhaps": "may have existed", "not yet": "did not exist yet"}
"""Whether a body existed, in words; what had ended "did not exist any more"."""


def mark_facts(facts: Mapping[str, Sequence[str]]) -> Markup:
    """Write facts as a list: a label and its values, addresses as links; none without values."""
    item = Markup("<li>{}: {}</li>")
    return Markup("<ul>{}</ul>").format(
        join(
            item.format(label, Markup("; ").join(make_link(value, value) for value in values))
            for label, values in facts.items()
            if values
        )
    )


def mark_timeline(eras: Sequence[Era]) -> Markup:
    """Write a line of predecessors and successors as a table; nothing where the body stands alone."""
    if len(eras) < 2:
        return Markup("")
    rows = [
        (
            Markup("<strong>{}</strong>").format(isolate(era.name)) if era.step == 0 else isolate(era.name),
            era.valid_from or "not known",
            era.valid_until or "now or not known",
        )
        for era in eras
    ]
    return Markup("<h4>Before and after it</h4>") + draw_html_table(("body", "from", "until"), rows)


def mark_standing(standing: Standing | None) -> Markup:
    """Write whether a body existed at a time, and who was in its place."""
    return Markup("") if standing is None else Markup("<p>{}</p>").format(write_standing(standing))


def write_standing(standing: Standing) -> str:
    """Write whether a body existed at a time, and who was in its place, as a sentence.

    >>> from graph.as_of import Existence
    >>> from graph.days import read_period
    >>> write_standing(Standing(read_period("2006-10"), Existence("no longer")))
    'As of 2006-10 it did not exist any more.'
    """
    existence = standing.existence
    answer = PLACES.get(existence.answer, "did not exist any more")
    reason = f" ({existence.reason})" if existence.reason else ""
    others = "; ".join(era.name for era in standing.bodies)
    instead = "" if existence.possible or not others else f" In its place there was: {others}."
    return f"As of {standing.date} it {answer}{reason}.{instead}"


def mark_statements(statements: Iterable[Statement]) -> Markup:
    """Write what documents say, the relations that hold first, then those proposed, then those denied."""
    ordered = sorted(statements, key=lambda said: (STATUSES.index(said.status), said.relation))
    parts = list(_mark_groups(ordered))
    return join(parts) if parts else Markup("<p>No document says anything of it.</p>")


def _mark_groups(statements: Iterable[Statement]) -> Iterator[Markup]:
    for (status, relation), group in groupby(statements, key=lambda said: (said.status, said.relation)):
        yield Markup("<h4>{} {}</h4>").format(isolate(relation), mark_status(status))
        rows = [
            (
                isolate(f"{said.other}, {said.role}" if said.role else said.other),
                isolate(said.sentence),
                make_link(said.address, f"{said.document}, {said.date}" if said.date else said.document),
            )
            for said in group
        ]
        yield draw_html_table(("whom or what", "sentence", "document"), rows)
