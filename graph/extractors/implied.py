"""Find the body that a sentence leaves unnamed: who says "we", what "it" goes back to, who governs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.antecedents import Antecedents, Gap
from graph.extractors.discourse import Discourse
from graph.patterns import make_regex

_FIRST = make_regex(r"\b(?:we|us|our|ours|i|my)\b", re.IGNORECASE)
_LEADING = make_regex(
    r"\W*(?:(?:and|but|so|yet|also|then|now|however|instead|later|today|meanwhile"
    r"|(?:in|since|by|from) (?:\w+ )?\d{4})\W+)?(?:it|its|they|their|both)\b",
    re.IGNORECASE,
)
GOVERNED = frozenset(
    ("directs", "funds", "reorganises", "delegatesTo", "recommendsTo", "commissionsFrom", "published")
)
"""What governments do: where a text names no agent, the government that it names is meant."""
_STUDIED = frozenset(("studies", "published"))
CHANCES = {"list": 0.8, "speaker": 0.8, "author": 0.6, "government": 0.8}
"""How often a body that has one of these parts in the text is the one that is meant: measured on articles."""
LEAST = 0.25
"""Chance under which nobody can tell who is meant."""


def find_implied(gap: Gap, discourse: Discourse, antecedents: Antecedents) -> tuple[str, str, float]:
    """Return the entity id of the body that a claim implies, how it was found, and how sure that is.

    Who has a part in the text that asks for it is meant: the subject of a list, the speaker of "we", the
    author of a study, the government. Else the likeliest body of the text before is.

    Args:
        gap: the claim, and which of its bodies is missing.
        discourse: of the document.
        antecedents: as loaded.

    Returns:
        The id, ``list``, ``speaker``, ``author``, ``government`` or ``text before``, and the chance in 0..1;
        an empty id when nobody can tell.
    """
    for how, candidate in _by_part(gap, discourse):
        if candidate and candidate not in gap.named:
            return candidate, how, CHANCES[how]
    ranked = antecedents.rank(gap, discourse)
    if not ranked or ranked[0][0] < LEAST:
        return "", "", 0.0
    return ranked[0][1], "text before", ranked[0][0]


def _by_part(gap: Gap, discourse: Discourse) -> Iterator[tuple[str, str]]:
    """Yield who is meant because of the part that they have in the text, the surest first."""
    index, view = gap.sentence.index, gap.sentence.view
    if gap.subject and discourse.carried[index]:
        yield "list", discourse.carried[index][0]
    if _FIRST.search(view):
        yield "speaker", discourse.we[index]
    if _LEADING.match(view):
        return
    if gap.subject and gap.predicate in _STUDIED:
        yield "author", discourse.author
    if gap.predicate in GOVERNED if gap.subject else gap.predicate == "postHolderAt":
        yield "government", discourse.government
