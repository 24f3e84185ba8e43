"""Grow a name in capitals to the left of its last word: "Health and Social Care" before "Act"."""

from __future__ import annotations

import re

from graph.patterns import make_regex

_TOKEN = make_regex(r"(?<![\w'/&-])([\w][\w'/&.-]*,?|&|\([^()]{2,60}\))\s+$")
_JOINERS = frozenset("of and for the to in on a an with & etc. by from at".split())
_STARTERS = frozenset(
    "The This That These Those Our Their Its His Her A An In On Under Since Following Despite Section By "
    "For And But When While As If "
    "Although Through With From Of To At New Draft Clause Schedule Part Both Unlike Where What Any Each "
    "Every Some After Before "
    "Last Today's Yesterday's Labour's Britain's Government's Whatever Why How However Moreover Last Nor "
    "Or So Then Yet".split()
)


def grow_capitals(view: str, start: int, *, limit: int = 12) -> int:
    """Find where the name that goes on at ``start`` begins.

    Args:
        view: text of a sentence.
        start: offset of the last word of the name.
        limit: longest name, in words.

    Returns:
        Offset of its first capitalised word; ``start`` itself when nothing belongs to it.

    >>> view = "Under the Health and Social Care Act 2012"
    >>> view[grow_capitals(view, view.index("Act")):]
    'Health and Social Care Act 2012'
    """
    at = first = start
    for _ in range(limit):
        token = _TOKEN.search(view, max(0, at - 64), at)
        if token is None:
            break
        word = token[1]
        capital = word[0].isupper() or word[0] == "("
        if (not capital and word.lower() not in _JOINERS) or (word.endswith(",") and not capital):
            break
        at = token.start()
        if capital and word not in _STARTERS:
            first = at
        elif capital:
            break
    return first


def is_followed_by_name(view: str, end: int) -> bool:
    """Say whether a capitalised word goes on where a name ends, so that it is another name's part."""
    return bool(re.match(r"\s+[A-Z][a-z]", view[end : end + 4]))
