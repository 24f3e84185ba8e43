"""Write the blocks of a page or a Word file as one text that reads as it was laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACES = re.compile(r"[ \t\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # where a word may or may not be broken
_BREAKS = re.compile(r" *\n[ \n]*")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def clean_characters(text: str) -> str:
    r"""Drop what no text holds: control characters, and halves of characters that lack the other half.

    >>> clean_characters("a\x00b\r\nc\ud800")
    'ab\nc\ufffd'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNWANTED.sub("", text)


def collapse_space(text: str) -> str:
    r"""Make each run of white space one space, or one line break if it holds one; soft hyphens go.

    >>> collapse_space("  Torbay \t Care \n\n Trust ")
    'Torbay Care\nTrust'
    """
    return _BREAKS.sub("\n", _SPACES.sub(" ", _UNSEEN.sub("", text))).strip(" \n")


def join_blocks(blocks: Iterable[str]) -> str:
    r"""Join blocks by blank lines; those that show nothing go.

    >>> join_blocks(["Title", "  ", "Text"])
    'Title\n\nText\n'
    """
    shown = [block for block in blocks if block.strip()]
    return "\n\n".join(shown) + "\n" if shown else ""
