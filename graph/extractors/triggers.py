"""Compile the trigger language of ``ontology/frames.toml`` into patterns over the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

_GROUP = r"(?:<g>|we|they|it|he|she|i|minister|chancellor|secretary|premier|treasury|whitehall)"
_FREE = r"""(?: (?!<g>)[\w'"%\u00a3-]+)"""
_NOT_ADJECTIVES = (
    "by|from|with|to|in|on|at|for|of|and|that|which|who|outside|near|against|after|before|into|over|under|"
    "than|because|when|but|if|as|since|while|where"
)
_ADJECTIVE = rf"""(?: (?!<g>|(?:{_NOT_ADJECTIVES}) )[\w'"%\u00a3-]+)"""
_AMOUNT = (
    r"(?: (?:the |a |an )?(?:\w+ )?(?:range|number|group|network|series|variety|majority|mix|lot|all|most|"
    r"some|many|each|thousands|hundreds|dozens) of)?(?: \w+ and(?! <g>))?"
    r"(?: (?:the |our |some )?(?:chairs?|leaders?|leads|representatives|officials|members|colleagues|heads|"
    r"executives|staff|managers|people|experts|bosses|directors|areas|parts|sections|construction) "
    r"(?:of|from|in|at|within|across)(?: some)?)?"
)
_MACROS = {
    "BE": "(?:is|are|was|were|be|been|being|'s|'re)",
    "HAVE": "(?:has|have|had|having|'ve|'s)",
    "DET": "(?:the|a|an|its|their|our|his|her|this|that|these|those|any|some|all|both)",
}
_COMMON = frozenset(
    "to of for with by from in on at and or the a an be been is are was were have has had "
    "as into up out over".split()
)


@cache
def _compile_once(source: str) -> re.Pattern[str]:
    return re.compile(source)


@dataclass(frozen=True, slots=True)
class Wording:
    """A compiled trigger.

    Attributes:
        source: of its pattern, compiled when a sentence first needs it: most texts use few of the triggers.
        anchors: words, or stems with ``*``, of which one must occur: the trigger is looked up by them.
        required: for each further fixed token, the words of which one must occur.
    """

    source: str
    anchors: tuple[str, ...]
    required: tuple[frozenset[str], ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The wording as a pattern over ``Chunks.text``."""
        return _compile_once(self.source)

    def fits(self, words: Set[str]) -> bool:
        """Say whether a sentence with these words can match: all fixed tokens have a word in it."""
        return not any(needed.isdisjoint(words) for needed in self.required)


class TriggerCompiler:
    """Turns the trigger language into regular expressions."""

    def __init__(self, irregular: Mapping[str, tuple[str, ...]], words: Mapping[str, str]) -> None:
        self._irregular = irregular
        self._words = words
        self._known: dict[str, tuple[str, tuple[str, ...]]] = {}

    def compile(self, trigger: str) -> Wording:
        """Compile one trigger.

        Raises:
            ValueError: if it is not of the language, or has no fixed word.
        """
        parts: list[str] = []
        fixed: list[tuple[str, ...]] = []
        for token in trigger.split():
            if token not in self._known:
                self._known[token] = self._read(token)
            part, forms = self._known[token]
            parts.append(part)
            if forms:
                fixed.append(forms)
        if not fixed:
            raise ValueError(f"trigger {trigger!r} has no word of its own")
        anchors = max(fixed, key=_rarity)
        others = (forms for forms in fixed if forms is not anchors and not any("*" in f for f in forms))
        return Wording("".join(parts) + r"(?= )", anchors, tuple(frozenset(f) for f in others))

    def _read(self, token: str) -> tuple[str, tuple[str, ...]]:
        """Return the pattern of a token, and the words of which one must occur if it must."""
        bare = token.removesuffix("?")
        forms = self._forms(bare)
        return self._part(bare, forms, optional=bare != token), forms if bare == token else ()

    def _part(self, token: str, forms: tuple[str, ...], *, optional: bool) -> str:
        if token == "..":
            return _FREE + "{0,3}?"
        if token == "...":
            return r"""(?: (?!<g>)[\w'"%,\u00a3-]+){0,8}?"""
        if token in ("{S}", "{O}", "{J}"):
            return f"{_AMOUNT}{_ADJECTIVE}{{0,3}}? (?P<{token[1]}>{_GROUP})"
        if token == "{P}":
            return r"(?: \w+){0,1}? (?P<O>its|their|our|<g>)(?: 's)?"
        if token == "ADV":
            return r"(?: \w+ly| not| also| often| now| still| always| already| both| all){0,2}"
        body = (
            _MACROS.get(token) or "(?:" + "|".join(re.escape(f).replace(r"\*", r"\w*") for f in forms) + ")"
        )
        return f"(?: {body})?" if optional else f" {body}"

    def _forms(self, token: str) -> tuple[str, ...]:
        if token in _MACROS or token in ("..", "...", "ADV") or token.startswith("{"):
            return ()
        found: list[str] = []
        for part in token.split("|"):
            kind, colon, stem = part.partition(":")
            if not colon or part == ":":
                found += self._words[part[1:]].split() if part.startswith("@") else [part]
            elif kind in ("verb", "part", "ing", "base"):
                found += self._inflect(kind, stem)
            else:
                raise ValueError(f"no form {kind!r} in trigger word {part!r}")
        return tuple(dict.fromkeys(found))

    def _inflect(self, kind: str, stem: str) -> list[str]:
        """Return the forms of a verb, or of each verb of a word list named with ``@``."""
        if stem.startswith("@"):
            return [form for verb in self._words[stem[1:]].split() for form in self._inflect(kind, verb)]
        base, third, past, participle, gerund = self._irregular.get(stem) or _regular(stem)
        return {
            "verb": [base, third, past, participle, gerund],
            "part": [participle],
            "ing": [gerund],
            "base": [base, third],
        }[kind]


def _regular(stem: str) -> tuple[str, str, str, str, str]:
    """Inflect a regular English verb.

    >>> _regular("fund"), _regular("merge")[4], _regular("tally")[2]
    (('fund', 'funds', 'funded', 'funded', 'funding'), 'merging', 'tallied')
    """
    if stem.endswith("e"):
        return stem, stem + "s", stem + "d", stem + "d", stem[:-1] + "ing"
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return stem, stem[:-1] + "ies", stem[:-1] + "ied", stem[:-1] + "ied", stem + "ing"
    third = stem + ("es" if stem.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return stem, third, stem + "ed", stem + "ed", stem + "ing"


def _rarity(forms: tuple[str, ...]) -> tuple[bool, int]:
    """Order tokens by how seldom they will occur: not the commonest words, long rather than short."""
    return not _COMMON.issuperset(forms), len(min(forms, key=len))
