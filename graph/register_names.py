"""Index the names of the register: every way to write a body, and how sure each one is.

Bodies that share a name but never stood side by side all keep it, to be told apart by date. Of those that
did, the one whose use of it is surest wins ("preferred" before a variant made by rule); where two are
equally sure, the name is ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from graph.names import SHORT, Variants, find_stem, fold_case_kept, needs_capitals, respell
from graph.register_files import Organisation

PREFERRED, SAFE, ACRONYM, DERIVED, AMBIGUOUS = "preferred", "safe", "acronym", "derived", "ambiguous"
USES = (PREFERRED, SAFE, ACRONYM, DERIVED, AMBIGUOUS)
"""Uses of names, surest first."""


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


def index_names(organisations: dict[str, Organisation], variants: Variants) -> dict[str, Name]:
    """Index every name by its text, variants by rule included.

    Args:
        organisations: by id.
        variants: how names vary.
    """
    names: dict[str, Name] = {}
    shared: dict[str, list[Name]] = {}
    for body in organisations.values():
        ids = (body.id,)
        for text, use in _list_names(body, variants):
            exact = " " not in text or (len(text) <= SHORT and needs_capitals(text))
            key = text if exact else text.lower()
            known = names.get(key)
            if known is None:
                names[key] = Name(key, ids, use, exact)
            elif known.ids is not ids:
                shared.setdefault(key, [known]).append(Name(key, ids, use, exact))
    for key, claims in shared.items():
        names[key] = _settle(claims, organisations)
    return names


def derive_names(names: Iterable[str], type_: str, end: str, variants: Variants) -> list[tuple[str, str]]:
    """List (folded name, use) for every variant of some names of one body.

    Args:
        names: as written.
        type_: of the body.
        end: last day of the body, as ISO date; empty when it is still there.
        variants: how names vary.
    """
    return _derive_names([fold_case_kept(name) for name in names], type_, end, variants)


def _derive_names(names: Iterable[str], type_: str, end: str, variants: Variants) -> list[tuple[str, str]]:
    """Do what ``derive_names`` does, of names that are folded."""
    rules = [r for r in variants.rules.get(type_, ()) if not (r.since and end and end < r.since)]
    derived: list[tuple[str, str]] = []
    for folded in names:
        for rule in rules:
            stem = find_stem(folded, rule)
            if stem:
                derived += [(before + stem + after, DERIVED) for before, after in rule.safe]
                derived += [(before + stem + after, AMBIGUOUS) for before, after in rule.ambiguous]
        for spelling in respell(folded, variants):
            derived.append((spelling, DERIVED))
            for rule in rules:
                stem = find_stem(spelling, rule)
                derived += [(before + stem + after, DERIVED) for before, after in rule.safe if stem]
    return derived


def _list_names(body: Organisation, variants: Variants) -> list[tuple[str, str]]:
    """List (folded name, use); the first use of a name holds, so a listed ambiguity wins."""
    listed = [(fold_case_kept(name), AMBIGUOUS) for name in body.ambiguous]
    names = [fold_case_kept(name) for name in (body.name, *body.names)]
    listed.append((names[0], PREFERRED))
    listed += [(name, SAFE) for name in names[1:]]
    listed += [(fold_case_kept(name), ACRONYM) for name in body.acronyms]
    return listed + _derive_names(names, body.type, body.end, variants)


def _settle(claims: list[Name], organisations: dict[str, Organisation]) -> Name:
    """Decide what a name means that several bodies claim; the first claim of each is its surest."""
    uses = {name.ids[0]: name.use for name in reversed(claims)}
    use = min(uses.values(), key=USES.index)
    kept = sorted(identifier for identifier, used in uses.items() if used == use)
    if use != AMBIGUOUS:
        pairs = combinations((organisations[identifier] for identifier in kept), 2)
        if any(coexist(a, b) for a, b in pairs):
            use = AMBIGUOUS
        for identifier in sorted(uses, key=lambda identifier: (USES.index(uses[identifier]), identifier)):
            rivals = [organisations[other] for other in kept if other != identifier]
            if uses[identifier] != AMBIGUOUS and not any(
                coexist(organisations[identifier], r) for r in rivals
            ):
                kept = sorted({*kept, identifier})
    return Name(claims[0].text, tuple(kept), use, claims[0].exact)


def coexist(a: Organisation, b: Organisation) -> bool:
    """Say whether two bodies may have stood side by side; one that replaced the other did not."""
    if b.id in a.successors + a.predecessors or a.id in b.successors + b.predecessors:
        return False
    return (not a.end or b.start < a.end) and (not b.end or a.start < b.end)
