"""Split text into the word pieces that the relation model was trained on (WordPiece, Devlin et al. 2019)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"\w+|[^\w\s]")
LONGEST_WORD = 40
"""Letters from which a word is noise (an address, a key) and one unknown piece."""
UNKNOWN, OPENING, CLOSING = "[UNK]", "[CLS]", "[SEP]"


class WordPieces:
    """A vocabulary of word pieces, numbered from 0; ``##`` starts a piece inside a word.

    >>> WordPieces(["[UNK]", "fund", "##ed", "a"]).encode("Funded a zoo")
    [1, 2, 3, 0]
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._unknown = self._numbers[UNKNOWN]
        self._split = lru_cache(maxsize=20_000)(self._split_word)

    def number(self, piece: str) -> int:
        """Return the number of one piece.

        Raises:
            KeyError: no such piece.
        """
        return self._numbers[piece]

    def encode(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text, without regard to case and accents."""
        plain = text if text.isascii() else _without_accents(text)
        numbers: list[int] = []
        for word in _WORD.findall(plain.lower()):
            numbers += self._split(word)
        return numbers

    def _split_word(self, word: str) -> tuple[int, ...]:
        """Take the longest known piece from the left, again and again; all must be known."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._numbers.get(("##" if start else "") + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return (self._unknown,)
        return tuple(found)


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
