"""Tie a post to the person who holds it: right after it, before it by comma or verb, or after a comma."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.extractors.slots import ORGANISATION, PERSON, PLACE, Slotted
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Mention

_WORDS = load_words("titles")
_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PER = f"(?<!{PERSON}){PERSON}++"
_DROPPED = "|".join(sorted(map(re.escape, _WORDS["dropped"]), key=len, reverse=True))
_FRIEND = (
    r"(?:(?:my|the)\s+(?:right\s+)?hon(?:\.|ourable)\s+(?:and\s+\w+\s+)?(?:friend|member|gentleman|"
    r"lady)[^()]{0,90}\(\s*)?"
)
_PERSON_RIGHT = make_regex(
    rf"(?:\s*\((?:[\w&]+\s?){{1,4}}\)(?=\s+{PERSON}))?(?P<mark>(?:\s+(?:when|until|from|since|between|"
    rf"during|at\s+the\s+time)\b[^,.;:()]{{2,60}})?\s*[,(:]|"
    rf"\s+[\u2013\u2014-](?=\s))?\s*(?:the\s+)?(?:{_ORG}\s+(?:MP|MSP|AM|MLA|peer|councillor)\s+)?{_FRIEND}(?P<person>{_PER})",
    re.IGNORECASE,
)
_IS_PERSON = make_regex(
    rf"\s+(?:is|was|will\s+be|remains|became)(?:\s+(?:now|currently|still|then))?\s+(?P<person>{_PER})(?!'s?\s)",
    re.IGNORECASE,
)
_BODY_OF_PERSON = make_regex(
    rf"\)?,?\s+(?:of|at|from)\s+(?:the\s+)?(?P<org>{_ORG})(?!'s?\s)|\),\s+(?:the\s+)?(?P<next>{_ORG})",
    re.IGNORECASE,
)
_ITS = make_regex(r"(?:\b(?:its|their)|(?:^|[.;]\s+)the)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MADE = make_regex(
    r"\b(?:appoint|nam|elect|mak|made|re-elect|confirm|promot)(?:s|ed|ing|e|es)?\s+$", re.IGNORECASE
)
_TIME = r"(?:(?:until|till|from|since|in|for)\s+(?:[\w-]+\s+){1,3}?)?"
DETERMINERS = (
    r"(?:(?:the|an?|its|their|our|his|her|my|one\s+of\s+(?:the|its|our)|both|now|then|also|who\s+(?:is|"
    r"was|has\s+been)|himself|herself|"
    rf"{PLACE}+'s?|(?:{_DROPPED}))\s+)*"
)
_WHERE = make_regex(
    rf"(?P<org>{_ORG})(?:,?\s+where\s+|'s?\s+|[^.;:{ORGANISATION}{PERSON}]{{0,40}},\s+with\s+)$"
)
_OTHER_POST = make_regex(
    rf",\s+(?!who\b)[^,.;:(){ORGANISATION}{PERSON}]{{2,60}}\s+and\s+{DETERMINERS}$", re.IGNORECASE
)
_APPOSED = make_regex(
    rf"(?:\s*\)?\s*,\s*(?:aged\s+)?(?:\d\d,\s+)?|\s*\(\s*|\s+[\u2013\u2014-]\s+|"
    rf"\s*:\s*){DETERMINERS}{_TIME}{DETERMINERS}$",
    re.IGNORECASE,
)


def _pattern_of(words: str) -> str:
    """Turn "spent * as" into a pattern; the star stands for one to three words."""
    return re.escape(words).replace(r"\*", r"(?:[\w-]+\s+){0,2}[\w-]+").replace(r"\ ", r"\s+")


_LINKS = {
    status: make_regex(
        r"(?:\s*,[^,.;:]{1,60}|\s*\([^()]{2,40}\))?(?:\s+(?:is|was)\s+an?\s+[^,.;:]{2,60}?(?=\s+who\b))?(?:'s\s+(?:\w+\s+){0,2}|[\s,]+)(?:(?:now|also|currently|then|recently|"
        r"later|previously|formerly|today|who|both|"
        r"himself|herself)\s+)*(?:"
        + "|".join(sorted((_pattern_of(w) for w in words), key=len, reverse=True))
        + rf")(?:\s+{DETERMINERS}{_TIME}{DETERMINERS}|\s+)$",
        re.IGNORECASE,
    )
    for status, words in _WORDS["links"].items()
}
_JOINED = make_regex(
    rf"[\s,]+(?:\w+\s+){{0,2}}?(?:joined|joins|joining|works?\s+(?:for|at|with)|worked\s+(?:for|at|with)|"
    rf"working\s+(?:for|at|with)|left|leaves|"
    rf"leaving|serves?|served|ran|runs|moved\s+to|returned\s+to|of|at|"
    rf"from)\s+(?:the\s+)?(?P<org>{_ORG})\s+(?:\w+\s+){{0,3}}?as\s+{DETERMINERS}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a sentence, grown as far as its words allow; offsets into the view.

    Attributes:
        start: where it starts, the organisation before it taken in.
        end: where it ends, the organisation after it taken in.
        role_start: where the words of the title start.
        role: the words of the title.
        left: whether the organisation stands before the title.
        status: ``asserted``, ``proposed`` or ``negated``.
        rule: how person and post are tied ("apposition", "prenominal", ...).
    """

    start: int
    end: int
    role_start: int
    role: str
    organisation: Mention | None = None
    person: Mention | None = None
    left: bool = False
    status: str = "asserted"
    rule: str = ""
    confidence: float = 0.0


def tie_post(sentence: Slotted, post: Post, ends: list[int]) -> Post:
    """Tie a post to the person right after it, before it, or after a comma; the surest first."""
    text = sentence.text
    right = [(end, found) for end in ends if (found := _PERSON_RIGHT.match(text, end))]
    signed = _tie_signature(sentence, post)
    if signed:
        return signed
    for end, found in right:
        if not found["mark"]:
            person = sentence.mentions[found.start("person")]
            post = _add_body_of_person(sentence, post, found.end())
            return replace(post, end=max(post.end, end), person=person, rule="prenominal", confidence=0.9)
    tied = _tie_left(sentence, post)
    known = post.organisation or _ITS.search(text, 0, post.role_start)
    if known and not right:
        right = [(end, found) for end in ends if (found := _IS_PERSON.match(text, end))]
    if tied.person is None and right:
        end, found = right[0]
        person = sentence.mentions[found.start("person")]
        post = _add_body_of_person(sentence, post, found.end())
        return replace(post, end=max(post.end, end), person=person, rule="title, name", confidence=0.85)
    return replace(tied, end=max(tied.end, ends[-1]))


def _add_body_of_person(sentence: Slotted, post: Post, end: int) -> Post:
    """Take the body of "Chief Inspector X, of Y" when the title names none."""
    found = None if post.organisation else _BODY_OF_PERSON.match(sentence.text, end)
    if not found:
        return post
    body = sentence.mentions[found.start("org") if found["org"] else found.start("next")]
    department = body.type == "GovernmentDepartment"
    return replace(post, organisation=body) if found["org"] or department else post


def _tie_signature(sentence: Slotted, post: Post) -> Post | None:
    """Tie "Ann Lee Chair, Body" as it stands under a letter: a name, at once a title in capitals, a body."""
    text = sentence.text
    before = text[: post.role_start].rstrip()
    if post.left or not before.endswith(PERSON) or not text[post.role_start].isupper():
        return None
    last = len(before.rstrip(PERSON))
    person = sentence.mentions.get(last)
    if person is None or post.organisation is None or _MADE.search(text, 0, last):
        return None
    return replace(post, person=person, rule="signature", confidence=0.85)


def _tie_left(sentence: Slotted, post: Post) -> Post:
    """Tie a post to the person before it by apposition or by a verb."""
    text = sentence.text
    last = text.rfind(PERSON, 0, post.start)
    if last < 0:
        return post
    gap = text[last + 1 : post.start]
    first = last
    while first and text[first - 1] == PERSON:
        first -= 1
    person = sentence.mentions[first]
    bare = not gap.strip() and (
        sentence.sentence.kind not in ("prose", "item") or text[post.role_start].isupper()
    )
    where = None if post.organisation else _WHERE.search(text, 0, first)
    if where:
        post = replace(post, organisation=sentence.mentions[where.start("org")])
    other = post.organisation and not post.left and _OTHER_POST.match(gap)
    if _APPOSED.match(gap) or other or (bare and post.organisation and not post.left):
        return replace(post, person=person, rule="apposition", confidence=0.9)
    joined = _JOINED.match(gap)
    if joined:
        body = sentence.mentions[last + 1 + joined.start("org")]
        return replace(
            post, person=person, organisation=post.organisation or body, rule="verb", confidence=0.85
        )
    if ORGANISATION in gap or len(gap) > 140:
        return post
    if not gap.strip() and post.organisation is None and _MADE.search(text, 0, first):
        return replace(post, person=person, rule="verb", confidence=0.85)
    for status, pattern in _LINKS.items():
        if pattern.match(gap):
            return replace(post, person=person, status=status, rule="verb", confidence=0.85)
    return post
