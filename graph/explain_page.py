"""Write an explanation as one HTML page that works offline, runs no script, can be filtered and printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.explain_words import (
    KINDS,
    LEGEND,
    SENTENCE_KINDS,
    describe_finding,
    describe_kind,
    describe_link,
    describe_mention,
    describe_status,
    list_statuses,
    summarise_explanation,
)
from graph.explanation import ExplainedSentence, Explanation, Subject
from graph.pages import PAGE, render_template, replace_page, show_controls
from graph.records import Mention
from graph.vocabulary import STATUSES

_WORDS: dict[str, Any] = {
    "describe_finding": describe_finding,
    "describe_kind": describe_kind,
    "describe_link": describe_link,
    "describe_mention": describe_mention,
    "describe_status": describe_status,
}


def write_explanation(explanation: Explanation, path: Path, *, only: str = "") -> None:
    """Write the page, whole or not at all.

    Args:
        explanation: of one document.
        path: file to write.
        only: one of ``PARTS``, what the page shows first; the reader can choose another.

    Raises:
        StoreError: the file cannot be written.
    """
    replace_page(path, draw_explanation(explanation, only=only))


def draw_explanation(explanation: Explanation, *, only: str = "") -> str:
    """Return the page; arguments as for ``write_explanation``."""
    address = explanation.document.url or ""
    page = render_template(
        "explain.html.j2",
        style=(PAGE / "explain.css").read_text(encoding="utf-8"),
        document=explanation.document,
        address=address if address.startswith(("http://", "https://")) else "",
        explanation=explanation,
        summary=summarise_explanation(explanation),
        notes=_choose_notes(explanation.sentences),
        parts=_count_parts(explanation),
        only=only or "all",
        statuses=list(zip(STATUSES, list_statuses(), strict=True)),
        kinds=KINDS,
        sentence_kinds=SENTENCE_KINDS,
        legend=LEGEND,
        **_WORDS,
    )
    return show_controls(page)


def _count_parts(explanation: Explanation) -> list[tuple[str, str, int]]:
    """Return what a reader can choose to see: its key, its words, and of how many sentences or bodies."""
    return [
        ("all", "all sentences", len(explanation.sentences)),
        ("relations", "with relations", explanation.related),
        ("misses", "possible misses", explanation.misses),
        ("bodies", "bodies and others", len(explanation.subjects)),
    ]


def _choose_notes(sentences: tuple[ExplainedSentence, ...]) -> list[list[tuple[Mention, Subject]]]:
    """Return, for each sentence, the mentions to explain beside it: each wording of an entity once."""
    notes = []
    for sentence in sentences:
        wordings = {(s.number, describe_mention(m, s)): (m, s) for m, s in reversed(sentence.mentions)}
        notes.append(list(reversed(wordings.values())))
    return notes
