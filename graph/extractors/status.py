"""Tell what a clause asserts from what it only proposes or denies.

The status belongs to the clause around the trigger, not to the sentence: cues count when they
govern the trigger, that is, stand before it in its clause or in a clause that embeds it, or
follow it as its predicate ("integration ... is far from complete"). The cues are data:
``[status]`` of ``ontology/frames.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.extractors.chunks import FINITE, Chunks
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex

_BOUNDARIES = frozenset(
    (
        ";",
        "\u2014",
        "\u2013",
        "but",
        "while",
        "whereas",
        "although",
        "though",
        "because",
        "which",
        "who",
        "yet",
    )
)
_FRONTED = frozenset(
    "although though while whereas as since despite when where after before following "
    "with in to by for from under at on "
    "through during given having".split()
)
_PLEDGES = load_words("grammar")["pledges"]
_NOUN_GOES_ON = FINITE | frozenset("of for from between among by with to in and , :".split())
"""What follows a word such as "support" or "reform" where it is a noun."""
_DENIALS = frozenset(("not", "never", "n't", "no"))
_REFUSED = make_regex(r" (?:will|would|shall|should|could|can) (?:not|never) ")
_AUXILIARIES = FINITE - load_words("grammar")["saying"]
SCOPE = 28
"""Tokens to the left of a trigger in which a cue can still govern it."""
NEGATION_SCOPE = 12
PREDICATE_SCOPE = 16


@dataclass(frozen=True, slots=True)
class StatusCues:
    """Compiled cues, each matched on the words of a clause with a space on both sides."""

    exempt: re.Pattern[str]
    negated: re.Pattern[str]
    negated_after: re.Pattern[str]
    proposed: re.Pattern[str]
    proposed_after: re.Pattern[str]
    wanted_after: re.Pattern[str]
    factive: re.Pattern[str]
    conditional: re.Pattern[str]
    feared: re.Pattern[str]
    feared_after: re.Pattern[str]


def compile_cues(table: Mapping[str, Sequence[str]]) -> StatusCues:
    """Compile the ``[status]`` table: lists of words and of ``*``-stems by cue class."""
    return StatusCues(**{name: _alternatives(table[name]) for name in StatusCues.__dataclass_fields__})


def _alternatives(wordings: Sequence[str]) -> re.Pattern[str]:
    escaped = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", " ") for w in wordings)
    parts = sorted((w.replace(r" \.\.", r"(?: \S+){0,6}?") for w in escaped), key=len, reverse=True)
    return make_regex(rf" (?:{'|'.join(parts)})(?= )")


def scope_start(chunks: Chunks, start: int) -> int:
    """Return the first token whose cues can govern a trigger at ``start``."""
    first = max(0, start - SCOPE)
    for here in range(start - 1, first - 1, -1):
        word = chunks.words[here]
        if word in _BOUNDARIES or (word == "that" and here and chunks.groups[here - 1]):
            return here + 1
        if word == "," and _fronted_clause(chunks, here):
            return here + 1
    return first


def _fronted_clause(chunks: Chunks, comma: int) -> bool:
    """Say whether the comma ends a clause such as "Although the trust refused,"."""
    for here in range(comma - 1, max(-1, comma - 22), -1):
        if chunks.words[here] in _FRONTED:
            return here == 0 or chunks.words[here - 1] in (",", '"', "and", "but", ".", "that")
        if chunks.words[here] in (",", ";"):
            break
    return False


def status_of(chunks: Chunks, start: int, end: int, cues: StatusCues, *, event: bool = False) -> str:
    """Return the status of what the trigger at tokens ``start:end`` (end exclusive) states.

    Args:
        chunks: the sentence.
        start: first token of the trigger.
        end: token after the trigger.
        cues: compiled cue lists.
        event: whether the trigger is a noun for something that happens ("merger"), so that a
            future verb after it makes it proposed; a standing relation ("partnership") stays.
    """
    first = scope_start(chunks, start)
    # "are to be reconfigured": an auxiliary that is part of the trigger is a cue itself
    last = end if chunks.words[start] in _AUXILIARIES or chunks.words[start] in ("not", "to") else start
    before = f" {' '.join(chunks.words[first:last])} "
    before = cues.exempt.sub(" ", before)
    after = f" {' '.join(_predicate(chunks, end))} "
    if cues.feared.search(before) or cues.feared_after.search(after):
        return "asserted"
    denying = [*chunks.words[first:start], *(w for w in chunks.words[start:last] if w in _DENIALS)]
    near = cues.exempt.sub(" ", f" {' '.join(denying)} ")
    near = f" {' '.join(near.split()[-NEGATION_SCOPE:])} "
    if cues.negated.search(near) or cues.negated_after.search(after):
        return "negated"
    if (
        _proposed_before(before, cues)
        or chunks.sentence.view.rstrip().endswith("?")
        or _conditional(chunks, cues)
        or _is_order(chunks, start)
    ):
        return "proposed"
    if event and _REFUSED.search(after):
        return "negated"
    if cues.wanted_after.search(after) or (event and cues.proposed_after.search(after)):
        return "proposed"
    return "asserted"


def _proposed_before(before: str, cues: StatusCues) -> bool:
    """Say whether the last cue before the trigger proposes it; a later factive cue overrides."""
    proposed = max((m.start() for m in cues.proposed.finditer(before)), default=-1)
    factive = max((m.start() for m in cues.factive.finditer(before)), default=-1)
    return proposed >= 0 and proposed > factive


def _is_order(chunks: Chunks, start: int) -> bool:
    """Say whether a sentence starts with the trigger as an imperative: a bullet such as "Merge the two"."""
    words = chunks.words
    return (
        words[start] in _PLEDGES
        and start + 1 < len(words)
        and words[start + 1] not in _NOUN_GOES_ON
        and not any(chunks.groups[:start])
        and not any(word[0].isalpha() for word in words[:start])
    )


def _conditional(chunks: Chunks, cues: StatusCues) -> bool:
    return bool(cues.conditional.match(f" {' '.join(chunks.words[:3])} "))


def _predicate(chunks: Chunks, end: int) -> list[str]:
    """Return the words of the predicate that follows a noun trigger in its clause."""
    words = chunks.words[end : end + PREDICATE_SCOPE]
    for number, word in enumerate(words):
        if word in (";", ".", "\u2013", "\u2014", "but", "while", "although") or word == ",":
            return words[:number]
    return words


def has_finite_verb(words: Sequence[str]) -> bool:
    """Say whether any of the words is an auxiliary or a modal."""
    return any(word in FINITE for word in words)
