"""Find the body that a sentence leaves unnamed: who says "we", what "it" goes back to, who governs."""

from __future__ import annotations

import re

from graph.extractors.discourse import Discourse
from graph.records import Sentence

_FIRST = re.compile(r"\b(?:we|us|our|ours|i|my)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"\W*(?:(?:and|but|so|yet|also|then|now|however|instead|later|today|meanwhile"
    r"|(?:in|since|by|from) (?:\w+ )?\d{4})\W+)?(?:it|its|they|their|both)\b",
    re.IGNORECASE,
)
"""A pronoun that begins a sentence: three in four go back to the first body of the sentence before."""
_THIRD = re.compile(r"\b(?:it|its|they|their|them)\b", re.IGNORECASE)
GOVERNED = frozenset(
    ("directs", "funds", "reorganises", "delegatesTo", "recommendsTo", "commissionsFrom", "published")
)
"""What governments do: where a text names no agent, the government that it names is meant."""
_STUDIED = frozenset(("studies", "published"))
REACH = 2
"""Sentences that a pronoun goes back."""


def find_implied(
    predicate: str, sentence: Sentence, discourse: Discourse, *, subject: bool
) -> tuple[str, str]:
    """Return the entity id of the body that a claim implies, and how it was found; empty when unknown.

    Args:
        predicate: of the claim.
        sentence: that makes it.
        discourse: of the document.
        subject: whether the subject is implied, or the object.

    Returns:
        The id, and ``list`` (of what introduces it), ``speaker``, ``pronoun``, ``author`` or ``government``.
    """
    index = sentence.index
    if subject and discourse.carried[index]:
        return discourse.carried[index][0], "list"
    if _FIRST.search(sentence.view) and discourse.we[index]:
        return discourse.we[index], "speaker"
    before = [ids for ids in discourse.spoken[max(0, index - REACH) : index] if ids]
    if before and _LEADING.match(sentence.view):
        return before[-1][0], "pronoun"
    if subject and predicate in _STUDIED and discourse.author:
        return discourse.author, "author"
    governed = predicate in GOVERNED if subject else predicate == "postHolderAt"
    if governed and discourse.government:
        return discourse.government, "government"
    if len(set().union(*before)) == 1 and _THIRD.search(sentence.view):
        return before[-1][0], "pronoun"
    return "", ""
