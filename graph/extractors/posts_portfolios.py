"""Find what a minister is for, so that no body is found inside "Health and Community Care"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Span

_WORDS = load_words("titles")
_WORD = rf"(?:{'|'.join(sorted(map(re.escape, _WORDS['portfolios']), key=len, reverse=True))})\b"
_PORTFOLIO = make_regex(
    r"\b(?:minister|secretary|under-secretary|ministers|members?|commissioner|lead|spokes(?:man|woman|"
    r"person)|holder)"
    rf"(?:\s+of\s+state)?\s+(?:for|of|on)\s+(?P<what>{_WORD}(?:(?:,\s+|\s+and\s+|\s*&\s*|"
    rf"\s+){_WORD})*)(?!\s+(?:trust|council|board|"
    r"authority|committee|association|foundation|department|agency|commission|service\s+trust)\b)",
    re.IGNORECASE,
)
_GATE = make_regex(
    r"(?:minister|secretary|members?|commissioner|lead|spokes\w+|holder)(?:\s+of\s+state)?\s+(?:for|of|on)\s",
    re.IGNORECASE,
)


def portfolio_spans(view: str) -> Iterator[Span]:
    """Yield the spans of portfolios in a sentence's view.

    >>> view = "The Minister for Health and Community Care agreed."
    >>> [view[a:b] for a, b in portfolio_spans(view)]
    ['Health and Community Care']
    """
    if _GATE.search(view):
        for found in _PORTFOLIO.finditer(view):
            yield found.span("what")
