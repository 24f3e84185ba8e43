"""Index the names of the register: every way to write a body, and how sure each one is.

One rule decides between bodies that share a name: the surest use wins ("preferred" before a variant made
by rule); bodies that share it equally surely and never stood side by side keep it, to be told apart by
date; otherwise it is ambiguous for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from graph.names import VariantRule, find_stem, fold_case_kept, needs_capitals
from graph.register_files import Organisation

PREFERRED, SAFE, ACRONYM, DERIVED, AMBIGUOUS = "preferred", "safe", "acronym", "derived", "ambiguous"
USES = (PREFERRED, SAFE, ACRONYM, DERIVED, AMBIGUOUS)
"""Uses of names, surest first."""

Rules = dict[str, list[VariantRule]]


class Name(NamedTuple):
    """One way to write a body's name.

    Attributes:
        text: folded, in lower case unless ``exact``.
        ids: the bodies, by id; several where they share it at different times or it is ambiguous.
        use: one of ``USES``.
        exact: whether it counts only with its capitals ("NICE", "Mind", "Kent").
    """

    text: str
    ids: tuple[str, ...]
    use: str
    exact: bool


def index_names(organisations: Iterable[Organisation], rules: Rules) -> dict[str, Name]:
    """Index every name by its text, variants by rule included."""
    claims: dict[str, dict[str, tuple[str, Organisation]]] = {}
    for body in organisations:
        for text, use in _list_names(body, rules):
            exact = needs_capitals(text)
            claims.setdefault(text if exact else text.lower(), {}).setdefault(body.id, (use, body))
    return {text: _settle(text, claim) for text, claim in claims.items()}


def derive_names(names: Iterable[str], end: str, rules: Iterable[VariantRule]) -> Iterator[tuple[str, str]]:
    """Yield (folded name, use) for every variant that the rules make of some names of one body.

    Args:
        names: as written.
        end: last day of the body, as ISO date; empty when it is still there.
        rules: those for its type.
    """
    rules = [rule for rule in rules if not (rule.since and end and end < rule.since)]
    for name in names:
        folded = fold_case_kept(name)
        for rule in rules:
            stem = find_stem(folded, rule)
            if stem:
                for before, after in rule.safe:
                    yield before + stem + after, DERIVED
                for before, after in rule.ambiguous:
                    yield before + stem + after, AMBIGUOUS


def _list_names(body: Organisation, rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield (folded name, use); the first use of a name holds, so a listed ambiguity wins."""
    for name in body.ambiguous:
        yield fold_case_kept(name), AMBIGUOUS
    yield fold_case_kept(body.name), PREFERRED
    for name in body.names:
        yield fold_case_kept(name), SAFE
    for name in body.acronyms:
        yield fold_case_kept(name), ACRONYM
    yield from derive_names((body.name, *body.names), body.end, rules.get(body.type, ()))


def _settle(text: str, claim: dict[str, tuple[str, Organisation]]) -> Name:
    use = min((use for use, _ in claim.values()), key=USES.index)
    best = {identifier: body for identifier, (used, body) in claim.items() if used == use}
    if use != AMBIGUOUS and any(coexist(a, b) for a, b in combinations(best.values(), 2)):
        use = AMBIGUOUS
    return Name(text, tuple(sorted(best)), use, needs_capitals(text))


def coexist(a: Organisation, b: Organisation) -> bool:
    """Say whether two bodies may have stood side by side; one that replaced the other did not."""
    if b.id in a.successors + a.predecessors or a.id in b.successors + b.predecessors:
        return False
    return (not a.end or b.start < a.end) and (not b.end or a.start < b.end)
