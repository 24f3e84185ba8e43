"""Fold names, so that the ways in which prose writes one name come to one string.

"St. Helens & Knowsley", "St Helens and Knowsley" and "the St Helens and Knowsley" are one name; so are
"Stoke-on-Trent" and "Stoke on Trent". Lower case is kept apart from folding proper, since an
acronym ("NICE") is another word without its capitals.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.patterns import make_regex

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"),
        **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014", " "),
        "&": " and ",
    }
)
_SAINT = make_regex(r"\b([Ss][Tt])\.(?=\s)")
_ARTICLES = ("the ", "The ", "THE ")
_CAPITAL = make_regex(r"[A-Z]")
SHORT = 8
"""Most characters of an acronym."""


def fold_case_kept(name: str) -> str:
    r"""Fold everything but capitals: dashes, apostrophes, ampersands, spaces, the article, "St.".

    >>> fold_case_kept("The  St. Helens &\nKnowsley Trust")
    'St Helens and Knowsley Trust'
    """
    folded = name
    if not (name.isascii() and name.replace(" ", "").isalpha()):  # most names are plain words
        folded = name.translate(_CHARACTERS)
        folded = _SAINT.sub(r"\1", folded) if "." in folded else folded
    folded = " ".join(folded.split()).replace(", and ", " and ")
    return folded[4:] if folded.startswith(_ARTICLES) else folded


def fold(name: str) -> str:
    """Fold a name for comparison without regard to capitals.

    >>> fold("Stoke\u2010on\u2010Trent City Council")
    'stoke on trent city council'
    """
    return fold_case_kept(name).lower()


def needs_capitals(name: str) -> bool:
    """Say whether a name is another word, or none, without its capitals.

    So are single words ("Mind", "Reform", "NICE") and names that open as acronyms do ("C&I").

    >>> needs_capitals("Mind"), needs_capitals("Age UK"), needs_capitals("D of H")
    (True, False, True)
    """
    words = name.split()
    return len(words) == 1 or (len(name) <= SHORT and all(len(word) < 3 for word in words))


def is_acronym(name: str) -> bool:
    """Say whether a name is written as an acronym: one short word with at least two capitals.

    >>> is_acronym("DoH"), is_acronym("Ofsted"), is_acronym("Social Care")
    (True, False, False)
    """
    return len(name) <= SHORT and " " not in name and len(_CAPITAL.findall(name)) > 1


class VariantRule(NamedTuple):
    """How the names of one form vary in prose.

    Attributes:
        before: what stands before the place or person that the body is named after.
        after: what stands after it.
        safe: variants that name the body by themselves, as (before, after).
        ambiguous: variants that need context, likewise.
        since: ISO date; only bodies that still existed on it are so named; or empty.
    """

    before: str
    after: str
    safe: tuple[tuple[str, str], ...]
    ambiguous: tuple[tuple[str, str], ...] = ()
    since: str = ""


class Variants(NamedTuple):
    """How names vary: rules by type of body, short forms by place, and a pattern that finds those places."""

    rules: dict[str, list[VariantRule]]
    short: dict[str, list[str]]
    places: re.Pattern[str]


def make_variants(rules: dict[str, list[VariantRule]], short: dict[str, list[str]]) -> Variants:
    """Make the table of how names vary."""
    return Variants(rules, short, re.compile("|".join(map(re.escape, short)) or r"(?!)"))


def split_form(form: str) -> tuple[str, str]:
    """Split a form of names at its ``{}``.

    >>> split_form("NHS {} CCG")
    ('NHS ', ' CCG')
    """
    before, _, after = form.partition("{}")
    return before, after


def find_stem(name: str, rule: VariantRule) -> str:
    """Return what a name of the rule's form is named after, or nothing if it has another form.

    Args:
        name: folded with its capitals kept.
        rule: the rule to try.

    >>> find_stem("Hull Primary Care Trust", VariantRule("", " Primary Care Trust", ()))
    'Hull'
    """
    if not (name.endswith(rule.after) and name.startswith(rule.before)):
        return ""
    return name[len(rule.before) : len(name) - len(rule.after)]


def respell(name: str, variants: Variants) -> list[str]:
    """List other spellings of a folded name: no apostrophes, no commas, places cut short.

    >>> respell("South Staffordshire PCT", make_variants({}, {"Staffordshire": ["Staffs"]}))
    ['South Staffs PCT']
    """
    spellings = [name.replace(mark, "") for mark in "'," if mark in name]
    if variants.places.search(name):
        for place, forms in variants.short.items():
            if place in name:
                spellings += [name.replace(place, form) for form in forms]
    return spellings
