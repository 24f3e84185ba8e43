"""Write an explanation for the terminal: each sentence with its marks, and under it what was made of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from graph.explain_words import (
    LEGEND,
    SENTENCE_KINDS,
    describe_finding,
    describe_kind,
    describe_link,
    describe_mention,
    describe_status,
    list_numbers,
    list_statuses,
    summarise_explanation,
)
from graph.explanation import Claim, ExplainedSentence, Explanation, Subject
from graph.render import make_safe

_UNFOLDED = 1_000_000  # columns
_NARROWEST = 24
_SIGNS = {"asserted": "●", "proposed": "○", "negated": "✗"}
_STYLES = {"asserted": "green", "proposed": "yellow", "negated": "red"}
_MARK, _NOTE, _MISS, _STRONG = "bold cyan", "dim", "bold magenta", "bold"
_MARKED = (
    "[name #3]",
    "The third body, person, publication, law, programme or place that the document mentions. It is "
    "explained where it first appears, and again where other words stand for it.",
)
_GUTTER = 5
"""Columns for the number of a sentence."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to be folded: its text, what stands before it, and the columns kept free for that."""

    text: Text
    label: str = ""
    indent: int = 0


def render_explanation(
    explanation: Explanation,
    *,
    only: str = "",
    width: int | None = None,
    colour: bool = False,
    legend: bool = True,
) -> str:
    """Write an explanation as text that is safe to print.

    Args:
        explanation: of one document.
        only: one of ``PARTS``, or empty for all.
        width: columns to fold lines to; None for lines as long as they get.
        colour: whether to colour what the signs and words tell anyway.
        legend: whether to end with what the marks mean.
    """
    lines = [*_write_head(explanation, legend=legend)]
    if only == "bodies":
        lines += _write_bodies(explanation)
    else:
        lines += _write_sentences(explanation, only)
    lines = [*lines, _Line(Text()), *_write_legend()] if legend else lines
    console = Console(
        file=io.StringIO(),
        width=width or _UNFOLDED,
        color_system="standard" if colour else None,
        force_terminal=colour,
        force_jupyter=False,
        no_color=False,
        legacy_windows=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as captured:
        for line in lines:
            _print_line(console, line, width)
    return captured.get()


def _print_line(console: Console, line: _Line, width: int | None) -> None:
    """Print a line, folded, so that what follows stands under its text and not under its label."""
    room = max(_NARROWEST, (width or _UNFOLDED) - line.indent)
    folded = line.text.wrap(console, room) if width else [line.text]
    for number, part in enumerate(folded):
        part.rstrip()
        lead = line.label.ljust(line.indent) if not number else " " * line.indent
        whole = Text(lead if part.plain else lead.rstrip()) + part
        console.print(whole, soft_wrap=True)


def _write_head(explanation: Explanation, *, legend: bool) -> Iterator[_Line]:
    document = explanation.document
    if document.title:
        yield _Line(Text(make_safe(document.title), _STRONG))
    yield _Line(Text(make_safe(", ".join(filter(None, (document.name, document.date))))))
    for summary in summarise_explanation(explanation):
        yield _Line(Text(make_safe(summary)))
    if legend:
        yield _Line(Text("What the marks mean stands at the end.", _NOTE))


def _write_sentences(explanation: Explanation, only: str) -> Iterator[_Line]:
    """Write the sentences, or those with relations, or possible misses by rank; a name is explained once."""
    explained: set[tuple[int, str]] = set()
    chosen = explanation.ranked if only == "misses" else list(explanation.sentences)
    if only == "relations":
        chosen = [sentence for sentence in chosen if sentence.claims]
    for sentence in chosen:
        yield _Line(Text())
        yield from _write_sentence(sentence, explained)
    if not chosen:
        yield _Line(Text())
        yield _Line(Text("No sentence gave a relation." if only == "relations" else "No possible miss."))


def _write_sentence(sentence: ExplainedSentence, explained: set[tuple[int, str]]) -> Iterator[_Line]:
    kind = sentence.sentence.kind
    text = Text(style={"heading": _STRONG, "furniture": _NOTE}.get(kind, ""))
    for piece in sentence.pieces:
        if piece.subject:
            text.append(f"[{make_safe(piece.text)} #{piece.subject.number}]", _MARK)
        else:
            text.append(make_safe(piece.text))
    yield _Line(text, str(sentence.number), _GUTTER)
    if kind in SENTENCE_KINDS and kind != "heading":
        yield _note(SENTENCE_KINDS[kind])
    for mention, subject in sentence.mentions:
        words = describe_mention(mention, subject)
        if (subject.number, words) not in explained:
            first = subject.number not in {number for number, _ in explained}
            explained.add((subject.number, words))
            facts = [words, f"seen by “{mention.found_by}”" if mention.found_by else ""]
            if first:
                facts[1:1] = [describe_kind(subject), describe_link(subject)]
            yield _note("; ".join(filter(None, facts)), f"#{subject.number}")
    for claim in sentence.claims:
        yield from _write_claim(claim)
    if sentence.miss:
        miss = Text("possible miss: ", _MISS).append(make_safe(sentence.miss), "default")
        yield _Line(miss, " " * _GUTTER + "!", _GUTTER + 2)


def _write_claim(claim: Claim) -> Iterator[_Line]:
    style = _STYLES[claim.relation.status]
    text = Text()
    text.append(make_safe(_name(claim.subject)), _STRONG).append(f" — {make_safe(claim.words)} → ")
    text.append(make_safe(_name(claim.object)), _STRONG).append(
        f"  {make_safe(describe_status(claim))}", style
    )
    yield _Line(text, " " * _GUTTER + _SIGNS[claim.relation.status], _GUTTER + 2)
    facts = [describe_finding(claim)]
    if claim.unnamed:
        facts.append("not named here: " + " and ".join(_name(subject) for subject in claim.unnamed))
    if claim.elsewhere:
        facts.append(f"also in {list_numbers(claim.elsewhere)}")
    yield _Line(Text(make_safe("; ".join(facts)), _NOTE), "", _GUTTER + 2)


def _write_bodies(explanation: Explanation) -> Iterator[_Line]:
    yield _Line(Text())
    for subject in explanation.subjects:
        facts = [describe_kind(subject), describe_link(subject), list_numbers(subject.sentences)]
        yield _Line(Text(make_safe(subject.entity.name), _STRONG), f"#{subject.number}", _GUTTER)
        yield _Line(Text(make_safe("; ".join(filter(None, facts)))), "", _GUTTER)


def _write_legend() -> Iterator[_Line]:
    yield _Line(Text("What the marks mean", _STRONG))
    signs = zip(_SIGNS.values(), list_statuses(), strict=True)
    for sign, (status, note) in signs:
        yield _Line(Text(note[0].upper() + note[1:] + "."), f"  {sign} {status}", 20)
    for term, meaning in (_MARKED, *LEGEND):
        yield _Line(Text(meaning), f"  {term}", 20)


def _note(text: str, label: str = "") -> _Line:
    indent = _GUTTER + len(label) + 1 if label else _GUTTER
    return _Line(Text(make_safe(text), _NOTE), " " * _GUTTER + label, indent)


def _name(subject: Subject) -> str:
    return f"{subject.entity.name} #{subject.number}"
