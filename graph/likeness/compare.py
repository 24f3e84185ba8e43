"""Compare two names, or all names of two bodies: how alike they are, and what keeps them apart.

The likeness is SoftTFIDF with Jaro and Winkler's comparison of words (Cohen, Ravikumar and Fienberg, "A
Comparison of String Distance Metrics for Name-Matching Tasks", 2003), with two changes: a word that is a slip
for another weighs as much as that one, and each word is matched once, so that the order of the names does
not count.

A number cannot know that North Devon is not South Devon. So before it counts, knowledge decides: a word
that is known and that only one name has keeps two names apart, and so do the register and the kinds of body.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from graph.likeness.lore import Lore
from graph.likeness.nodes import Node
from graph.likeness.spelling import compare_words, measure_slip, read_name
from graph.likeness.wording import Wording, initials, load_wordlists
from graph.resolve import are_kin

THRESHOLD = 0.94
"""Least likeness of two names of one body: on the development half of ``tests/cases/name_pairs.txt``, the
middle of the gap between the most alike names of two bodies and the least alike of one."""

_FEWEST_COMMON = 4
"""Words that two names of common words only must share ("National Committee on Rural Care")."""

_FEWEST_NAMED = 2
"""Words that two names must share if one has a word more that says hardly anything."""

_OPTIONAL = 1.0
"""Weight of a word that a name may lack, about that of "NHS" in the register."""

_KIND = "the kind of body"  # as likeness.toml calls such words

_SHORT_FORM = 0.95
"""Likeness of a name and of one that a document gives as its other name."""

_SHORTEST_ACRONYM = 4
"""Letters of an acronym that is taken for a body's name; three letters stand for too many bodies."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of comparing two names.

    Attributes:
        score: likeness in 0..1; 0 where something keeps them apart.
        reason: why, in one line.
    """

    score: float
    reason: str

    @property
    def alike(self) -> bool:
        """Whether they are taken for one body's."""
        return self.score >= THRESHOLD


def compare_names(one: str, other: str, lore: Lore) -> Verdict:
    """Compare two names as they are written.

    Args:
        one: a name.
        other: another.
        lore: what the register teaches.

    Returns:
        The likeness, the same whichever name is first, and what speaks for it or keeps them apart.
    """
    first, second = sorted((read_name(one, lore), read_name(other, lore)), key=lambda wording: wording.name)
    matched = dict(_match_words(first, second, lore))
    taken = {word for word, _ in matched.values()}
    only_first = [word for word in first.words if word not in matched]
    only_second = [word for word in second.words if word not in taken]
    generic = _find_generic([*only_first, *only_second], [*matched, *taken])
    apart = _find_difference(only_first, only_second, generic, lore) or _find_emptiness(matched, lore)
    if apart:
        return Verdict(0.0, apart)
    score = _measure(first, second, matched, generic, lore)
    return Verdict(score, _explain(first, second, matched, [*only_first, *only_second]))


def _match_words(first: Wording, second: Wording, lore: Lore) -> Iterator[tuple[str, tuple[str, float]]]:
    """Yield each word of one name with its like in the other and how alike they are; each word once."""
    same = set(first.words) & set(second.words)
    mine, yours = dict(first.slips), dict(second.slips)
    for word in sorted(same):
        yield word, (word, measure_slip(mine.get(word, word), yours.get(word, word)))
    rest = [(w, v) for w in first.words if w not in same for v in second.words if v not in same]
    alike = sorted((-compare_words(w, v, lore), w, v) for w, v in rest)
    used: set[str] = set()
    for score, word, like in alike:
        if score and word not in used and like not in used:
            used |= {word, like}
            yield word, (like, -score)


def _find_generic(unmatched: list[str], matched: list[str]) -> frozenset[str]:
    """Return the words that only one name has and that hardly say of what kind it is, as no other does."""
    lists = load_wordlists()
    kind = any(lists.apart.get(w) == _KIND and w not in lists.generic for w in (*unmatched, *matched))
    return frozenset() if kind or len(set(matched)) < _FEWEST_NAMED else lists.generic.intersection(unmatched)


def _find_difference(first: list[str], second: list[str], generic: frozenset[str], lore: Lore) -> str:
    """Say what keeps two names apart that do not share some words; nothing if nothing does."""
    for word in sorted({*first, *second} - generic, key=lambda word: (lore.is_distinctive(word), word)):
        difference = lore.name_difference(word)
        if difference:
            return f"they differ in {difference}: {word}"
    if first and second:
        return f"each has a word of its own: {first[0]}, {second[0]}"
    return ""


def _find_emptiness(matched: dict[str, tuple[str, float]], lore: Lore) -> str:
    if any(lore.is_distinctive(word) for word in matched) or len(matched) >= _FEWEST_COMMON:
        return ""
    return "what they share could be any body's name"


def _measure(
    first: Wording,
    second: Wording,
    matched: dict[str, tuple[str, float]],
    generic: frozenset[str],
    lore: Lore,
) -> float:
    """Return SoftTFIDF: the cosine of the two names as vectors of weighed words, slips counting for less.

    Exact sums, since others depend on the order of words, and from Python 3.12 on they are rounded otherwise.
    """
    weights = {word: min(lore.weigh(word), lore.weigh(like)) for word, (like, _) in matched.items()}
    shared = math.fsum(weights[word] ** 2 * score for word, (_, score) in matched.items())
    both = len(set(first.optional) & set(second.optional)) * _OPTIONAL**2
    lengths = 1.0
    for wording, used in ((first, set(matched)), (second, {like for like, _ in matched.values()})):
        rest = [_OPTIONAL if w in generic else lore.weigh(w) for w in wording.words if w not in used]
        rest += [_OPTIONAL] * len(wording.optional)
        lengths *= math.fsum(weight**2 for weight in (*weights.values(), *rest))
    shared += both
    return round(min(1.0, shared / math.sqrt(lengths)), 4) if lengths else 0.0


def _explain(
    first: Wording, second: Wording, matched: dict[str, tuple[str, float]], unmatched: list[str]
) -> str:
    mine, yours = dict(first.slips), dict(second.slips)
    written = [(mine.get(word, word), yours.get(like, like)) for word, (like, _) in sorted(matched.items())]
    slips = [f"{word} and {like}" for word, like in written if word != like]
    missing = sorted({*unmatched, *(set(first.optional) ^ set(second.optional))})
    said = "the same words" if not unmatched else "nearly the same words"
    said += f", {', '.join(slips)} spelt alike" if slips else ""
    return said + (f"; only one has: {', '.join(missing)}" if missing else "")


def compare_nodes(one: Node, other: Node, lore: Lore) -> Verdict:
    """Compare two bodies by all their names: what keeps any main names apart keeps the bodies apart.

    Args:
        one: a body that documents name.
        other: another.
        lore: what the register teaches.
    """
    apart = _keep_apart(one, other, lore)
    if apart:
        return Verdict(0.0, apart)
    verdicts = [compare_names(a, b, lore) for a in one.names for b in other.names]
    best = max(verdicts, key=lambda verdict: (verdict.score, verdict.reason))
    return max(best, _compare_other_names(one, other, lore), key=lambda verdict: verdict.score)


def _keep_apart(one: Node, other: Node, lore: Lore) -> str:
    fit = any(are_fit(a, b) for a in one.types for b in other.types)
    if not (fit or _is_misspelt(one, lore) or _is_misspelt(other, lore)):
        return f"kinds of body: {one.types[0]}, {other.types[0]}"
    mine, yours = (node.candidates | lore.known_as(node.names) for node in (one, other))
    if len(mine) > 1 or len(yours) > 1:
        return "the register has several bodies of this name"
    return "the register keeps them apart" if mine and yours and mine != yours else ""


def _is_misspelt(node: Node, lore: Lore) -> bool:
    """Say whether all names of a body hold a slip; its type was read off these and may be wrong."""
    return all(read_name(name, lore).slips for name in node.names)


def are_fit(one: str, other: str) -> bool:
    """Say whether two types may be read off names of one body; a type that leaves all open fits any."""
    return "Organisation" in (one, other) or are_kin(one, other)


def _compare_other_names(one: Node, other: Node, lore: Lore) -> Verdict:
    """See whether a name of one is what a document calls the other beside its main name."""
    for name, node in ((name, node) for a, node in ((one, other), (other, one)) for name in a.names):
        wording = read_name(name, lore)
        for also in node.others:
            second = read_name(also, lore)
            if wording.acronym and wording.acronym == second.acronym and _stands_for(wording.acronym, node):
                return Verdict(_SHORT_FORM, f"a document gives {name} as the short form of {node.names[0]}")
            if second.words == wording.words and _names_by_itself(wording, lore):
                return Verdict(_SHORT_FORM, f"a document gives {also} as another name of {node.names[0]}")
    return Verdict(0.0, "no name of one is like a name of the other")


def _stands_for(acronym: str, node: Node) -> bool:
    """Say whether an acronym is long enough, and made of the initials of a body's main name."""
    full = (initials(name.lower().replace("-", " ").split()) for name in node.names)
    short = (
        initials(w for w in n.lower().split() if w not in {"the", "of", "and", "for", "&"})
        for n in node.names
    )
    return len(acronym) >= _SHORTEST_ACRONYM and acronym in {*full, *short}


def _names_by_itself(wording: Wording, lore: Lore) -> bool:
    return len(wording.words) > 1 and any(map(lore.is_distinctive, wording.words))
