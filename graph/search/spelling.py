"""Find the word that was meant where one letter is wrong, missing, too many, or two are turned round.

Two words are one slip apart if they become equal when each loses at most one letter, so the index holds
every word with each of its letters left out, and nothing is compared with the whole vocabulary. Source:
W. Garbe, SymSpell (symmetric delete), https://github.com/wolfgarbe/SymSpell.
"""

from __future__ import annotations

import difflib
import sqlite3
from typing import Literal

_SHORTEST = 4
"""Shorter words are one slip apart from too many others."""


def list_spellings(word: str) -> set[str]:
    """List a word and what is left of it without one letter; none for numbers and short words.

    >>> sorted(list_spellings("kent"))
    ['ent', 'ken', 'kent', 'ket', 'knt']
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return set()
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def correct_word(connection: sqlite3.Connection, word: str, among: Literal["names", "sentences"]) -> str:
    """Return the likeliest word of an index for one that it may not hold, or that word where there is none.

    Args:
        connection: to the index.
        word: folded, in lower case.
        among: whose words.
    """
    known = connection.execute(f"SELECT 1 FROM words WHERE word = ? AND {among} > 0", (word,)).fetchone()
    forms = sorted(list_spellings(word))
    if known or not forms:
        return word
    rows = connection.execute(
        f"SELECT DISTINCT word, {among} FROM spellings JOIN words USING (word) "
        f"WHERE form IN ({','.join('?' * len(forms))}) AND {among} > 0",
        forms,
    ).fetchall()
    return max(rows, key=lambda row: (_compare(word, row[0]), row[1], row[0]), default=(word,))[0]


def _compare(typed: str, word: str) -> float:
    return difflib.SequenceMatcher(None, typed, word, autojunk=False).ratio()
