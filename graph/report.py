"""Write the report of a build: what was found, per document and in all, and what may need a look.

Counts of entities and statements, names that the register does not settle, possible misses (sentences
that gave no statement and may hide one, the likeliest first), files that were passed over, and what the
shapes forbid. One page that needs nothing else and runs no script; the same input gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.findings import Findings
from graph.misses import Miss
from graph.pages import PAGE, read_legend, render_template, replace_page, show_controls
from graph.records import Skipped
from graph.tally import Counts, Tally, count_document
from graph.vocabulary import CG, ID, STATUSES

MOST = 1000
"""Documents, misses, names, files and violations that are listed; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many there are of all that the report lists."""

    documents: int
    misses: int
    names: int
    skipped: int
    violations: int


@dataclass(frozen=True, slots=True)
class DescribedDocument:
    """One document, and the tables of what was found in it."""

    document: Findings
    counts: Counts


@dataclass(frozen=True, slots=True)
class FoundMiss:
    """A sentence that may hide a statement, and the document that it stands in."""

    document: str
    miss: Miss


def write_report(
    *,
    tally: Tally,
    skipped: Sequence[Skipped],
    violations: Sequence[str],
    path: Path,
    names: Mapping[str, str] | None = None,
    most: int = MOST,
) -> None:
    """Write the report as one HTML file, whole or not at all.

    Args:
        tally: of every document that was read.
        skipped: the files that were not, with the reason.
        violations: what the shapes forbid, a line each.
        path: file to write.
        names: of the bodies of the register by id, to show candidates by name.
        most: how much of each list is shown.

    Raises:
        StoreError: the file cannot be written.
    """
    page = render_template(
        "report.html.j2",
        style=(PAGE / "report.css").read_text(encoding="utf-8"),
        statuses={status: read_legend()["statuses"][status] for status in STATUSES},
        total=tally.count_all(),
        sizes=Sizes(
            tally.count_documents(),
            tally.count_misses(),
            tally.count_unresolved(),
            len(skipped),
            len(violations),
        ),
        findings=[DescribedDocument(item, count_document(item)) for item in tally.list_documents(most)],
        misses=[FoundMiss(document, miss) for document, miss in tally.list_misses(most)],
        unresolved=list(tally.list_unresolved(names or {}, most)),
        skipped=skipped[:most],
        violations=[shorten_iris(violation) for violation in violations[:most]],
    )
    replace_page(path, show_controls(page))


def shorten_iris(line: str) -> str:
    """Write the addresses of our own terms and nodes short, as a person would say them.

    >>> shorten_iris("<https://w3id.org/caregraph/id/claim/1> at <https://w3id.org/caregraph/ontology#status>")
    'claim/1 at status'
    """
    return re.sub(rf"<(?:{re.escape(ID)}|{re.escape(CG)})([^>]*)>", r"\1", line)
