r"""Read what a person types into a search field, and write it as an FTS5 expression.

``pooled budgets`` both words, in any form ("pool", "budgeting"); ``"pooled budgets"`` these words in this
order and form; ``budget*`` words that begin so; ``-grant`` not this word; ``trust OR council`` either. All
else is text: brackets, colons, ``NEAR`` and quotes without an end mean nothing to the engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

_PIECE = re.compile(r'(?P<minus>-?)"(?P<quoted>[^"]*)"(?P<star>\*?)|(?P<word>[^\s"]+)')
_MOST_CHARACTERS = 10_000
"""What is longer than any sentence is cut, so that a pasted book costs no more than a page."""


class Term(NamedTuple):
    """A word in any form; if ``exact``, words as written; if ``prefix``, how a word begins."""

    text: str
    exact: bool = False
    prefix: bool = False


class Wanted(NamedTuple):
    """What is searched for: one term of each group, and none of ``without``."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()


def read_words(text: str, fold: Callable[[str], str] = str) -> Wanted:
    """Read what was typed; no text is an error.

    Args:
        text: as typed.
        fold: brings a term to the form in which the index holds it; a term that folds to nothing is left out.

    >>> read_words('pool* "joint working" -grant').groups
    ((Term(text='pool', exact=False, prefix=True),), (Term(text='joint working', exact=True, prefix=False),))
    """
    groups: list[tuple[Term, ...]] = []
    without: list[Term] = []
    either = False
    for piece in _PIECE.finditer(clean_text(text)):
        if piece["word"] == "OR":
            either = bool(groups)
            continue
        minus, term = _read_term(piece, fold)
        if not any(map(_is_letter, term.text)):
            continue
        if minus:
            without.append(term)
        elif either:
            groups[-1] += (term,)
        else:
            groups.append((term,))
        either = False
    return Wanted(tuple(groups), tuple(without))


def clean_text(text: str) -> str:
    """Take out what SQLite cannot hold: zero characters and half surrogates."""
    shown = text[:_MOST_CHARACTERS].replace("\0", " ")
    return shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def write_match(groups: Iterable[Iterable[Term]]) -> str:
    """Write groups as an FTS5 expression in which every word is a string, so that none is an operator."""
    return " AND ".join(f"({' OR '.join(map(_write_term, group))})" for group in groups)


def _read_term(piece: re.Match[str], fold: Callable[[str], str]) -> tuple[bool, Term]:
    if piece["word"] is None:
        quoted = piece["quoted"]
        return bool(piece["minus"]), Term(fold(quoted), exact=True, prefix=bool(piece["star"]))
    word = piece["word"]
    minus = word.startswith("-")
    bare = word.removeprefix("-")
    return minus, Term(fold(bare.rstrip("*")), prefix=bare.endswith("*"))


def _is_letter(character: str) -> bool:
    """Whether a character is part of a word to FTS5's tokeniser ``unicode61``."""
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co"


def _write_term(term: Term) -> str:
    return '"' + term.text.replace('"', '""') + '"' + "*" * term.prefix
