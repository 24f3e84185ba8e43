"""Give names their capitals back in texts that were scraped without any."""

from __future__ import annotations

from itertools import pairwise

from graph.extractors.wordlists import load_words
from graph.patterns import make_regex

_WORDS = load_words("people")
_POSTS = load_words("titles")
_GIVEN = {name.lower() for name in _WORDS["given"] - _WORDS["weak"]}
_ADDRESS = {word.lower() for word in _WORDS["titles"] | _WORDS["peerages"]}
_COMMON = {word.lower() for word in _WORDS["common_surnames"]}
_NO_SURNAME = {word.lower() for word in _WORDS["never"] | _POSTS["barriers"] | _POSTS["heads"]} - _COMMON
_WORD = make_regex(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SAMPLE = 20_000


def lacks_capitals(text: str) -> bool:
    """Say whether a text has hardly any capitals; its first 20,000 characters decide.

    >>> lacks_capitals("health secretary john reid said that care should be free for all")
    True
    """
    sample = text[:_SAMPLE]
    return sum(map(str.isupper, sample)) * 100 < sum(map(str.islower, sample))


def capitalise_names(view: str) -> str:
    """Capitalise a given name or a form of address, and the surname after it; the length stays.

    >>> capitalise_names("health secretary john reid said that mr reid will go")
    'health secretary John Reid said that Mr Reid will go'
    """
    characters = list(view)
    for word, following in pairwise(_WORD.finditer(view)):
        first, last = word[0].lower(), following[0].lower()
        if following.start() - word.end() > 2 or last in _NO_SURNAME or view[word.end()] in ",;:":
            continue
        if first in _ADDRESS or first in _GIVEN:
            characters[word.start()] = view[word.start()].upper()
            characters[following.start()] = view[following.start()].upper()
    return "".join(characters)
