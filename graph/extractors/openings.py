"""Tell where a name begins among the capitals before its head: not with "Minutes of", "Merge" or "2."."""

from __future__ import annotations

from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading, fold_key
from graph.extractors.words import GENERIC, JOINS, STARTERS, WEAK_HEADS
from graph.patterns import make_regex
from graph.records import Span

_WITH = make_regex(r" with (?:the )?")
_OPENED = make_regex(r"(?P<word>[A-Z][a-z-]+) (?:of|for|from|with|by) (?:the )?(?=[A-Z])")
_NOT_OPENED = frozenset(
    "friends league bank isle city county borough church order orders sisters house university royal doctors "
    "nurses "
    "homes help action citizens people parents women children age save office guild sons daughters keep "
    "voice voices partners families hands care health cities towns places students".split()
)
"""Words before "of" or "for" that begin a name, even at the start of a sentence."""
_PARTS = frozenset("executive body vice-president act membership minutes chief branch history".split())
"""Words before "of" that are no part of a name anywhere ("Chief Executive of ...")."""
_ORDERS = frozenset(
    "merge split ask put neither keep tell email join what box scrap abolish thank lobby visit ring make let "
    "give bring stop help fund force back".split()
)
"""Words that a sentence opens with before a name: what is to be done to the body."""
_NUMBERS = frozenset("two three four five six seven".split())
_PERSON_OF = make_regex(r"(?P<name>[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][\w'-]+) of the (?=[A-Z])")


def is_before_name(reading: Reading, span: Span, head: str) -> bool:
    """Say whether the first word of a chain is no part of the name: a starter, an order, a number.

    Args:
        reading: the document.
        span: of the chain of words before the head.
        head: as the text has it.
    """
    begin, start = span
    word = reading.text[begin:start].split(" ", 1)[0]
    bare = word.lower().rstrip(".,")
    following = reading.text[begin + len(word) + 1 : start].split(" ", 1)[0]
    counts = bare in _NUMBERS and word.istitle() and not reading.opens_sentence(begin)
    if counts and following.endswith("s") and following.lower() not in GENERIC:
        return False
    if bare in STARTERS or word.lower() in JOINS:
        return True
    if bare in _ORDERS and reading.opens_sentence(begin):
        return "Campaign" not in head and "Group" not in head
    return bare.isdigit() and head[0].isupper() and not following.endswith("s")


def end_of_other(reading: Reading, lexicon: Lexicon, span: Span) -> int:
    """Return where the name starts after what is only beside it ("Minutes of the ..."), or 0.

    Args:
        reading: the document.
        lexicon: for heads, places and names.
        span: of the chain of words before the head.
    """
    text, (begin, start) = reading.text, span
    opened = _OPENED.match(text, begin, start + 1)
    if opened and opened.end() <= start:
        word = opened["word"].lower()
        plain = word not in lexicon.head_words and word not in _NOT_OPENED and word not in lexicon.places
        if word in _PARTS or (plain and reading.opens_sentence(begin)):
            return opened.end()
    person = _PERSON_OF.match(text, begin, start + 1)
    if (
        person
        and person.end() <= start
        and not any(
            word in lexicon.head_words or word in GENERIC or word in lexicon.places
            for word in fold_key(person["name"]).split()
        )
    ):
        return person.end()
    joint = _WITH.search(text, begin, start)
    if joint and " " in text[begin : joint.start()] and is_body(text[begin : joint.start()], lexicon):
        return joint.end()
    return 0


def is_body(left: str, lexicon: Lexicon) -> bool:
    """Say whether the first conjunct is a body by itself ("Oxfam and ...", "Leeds Council and ...")."""
    key = fold_key(left).strip()
    if lexicon.has_name(key) or (left.isupper() and " " not in left and len(left) > 1):
        return True
    words = key.split()
    if words == ["police"]:
        return False
    if lexicon.starts_name(words, range(2, len(words))):
        return True
    return any(word in lexicon.head_words and word not in WEAK_HEADS for word in words)
