"""Grow a post out of its noun: modifiers, complements, the organisation and the person next to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.extractors.slots import ORGANISATION, PERSON, Slotted
from graph.extractors.wordlists import load_words
from graph.records import Mention

_WORDS = load_words("titles")
_BARRIERS: frozenset[str] = _WORDS["barriers"]
_DROPPED: frozenset[str] = _WORDS["dropped"]
_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PER = f"(?<!{PERSON}){PERSON}++"
HEADS = frozenset(word.lower() for word in _WORDS["heads"])

_ANY_HEAD = "|".join(sorted(map(re.escape, HEADS), key=len, reverse=True))
_HEAD = re.compile(
    rf"(?<![\w'-])(?:\w+-){{0,2}}(?:{_ANY_HEAD})(?:[\s-](?:general|designate|elect|emeritus|of\s+staff))?(?![\w-])(?!'s?\b)(?![\s-]+(?:{_ANY_HEAD})\b)",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"(?<![\w'/&-])(\w[\w'/&-]*)\s+$")
_WHEN = rf"(?:(?:{'|'.join(sorted(map(re.escape, _DROPPED), key=len, reverse=True))})\s+)*"
_LEFT_BODY = re.compile(rf"(?P<org>{_ORG})(?:\s+{_ORG})?(?:\s+\({_ORG}\))?(?:'s?)?\s+{_WHEN}$", re.IGNORECASE)
_STOP = (
    r"(?!(?:said|says|told|tells|will|would|has|had|have|is|was|are|were|who|that|which|called|urged|warned|added|described|"
    r"argued|believes|wrote|writes|announced|joined|met|at|from|with)\b)"
    rf"(?!(?:{_ANY_HEAD})\b)"
)
_SORT = (
    r"(?:(?:[\w-]+\s+){0,2}?(?:charity|charities|think[\s-]tank|thinktank|union|group|organisation|organization|company|provider|body|"
    r"watchdog|regulator|firm|association|website|magazine|newspaper|foundation|consultancy|network|campaign|quango|agency|institute)\s+)?"
)
_RIGHT_BODY = re.compile(
    rf"(?P<complement>,?\s+(?:of|for|in|on|to)\b(?:\s+{_STOP}[\w&'/-]+,??){{0,9}}?)??"
    rf"(?P<link>\s*,\s*|\s(?:of|at|for|with|from|in|to|on|within)\s+|\s*\(\s*|\s+)(?:(?:the|our|its|her|his)\s+)?{_WHEN}{_SORT}"
    rf"(?P<org>{_ORG})(?:\s+\({_ORG}\))?(?:'s?\s+(?P<inner>{_ORG}))?",
    re.IGNORECASE,
)
_AT_BODY = re.compile(rf"\s+(?:at|with)\s+(?:the\s+)?{_ORG}(?!'s?\s)", re.IGNORECASE)
_COMPLEMENT = re.compile(
    rf"\s+(?:of|for|on)\s+(?:the\s+)?{_STOP}[\w&'/-]+(?:(?:\s+|,\s+)(?:(?:and|of|for|the)\s+)*{_STOP}[\w&'/-]+){{0,7}}?"
    rf"(?=\s*[,():.\u2013]|\s+{_PER}|\s*$)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\s+(?:of|for)\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+)?(?:,\s+[\w-]+(?:\s+[\w-]+)?){1,3},?\s+and\s+[\w-]+(?:\s+[\w-]+)?(?=\s*[,()]|\s*$)",
    re.IGNORECASE,
)
_STATE = re.compile(r"\s+of\s+state(?=\s+for)", re.IGNORECASE)
_FRIEND = r"(?:(?:my|the)\s+(?:right\s+)?hon(?:\.|ourable)\s+(?:and\s+\w+\s+)?(?:friend|member|gentleman|lady)[^()]{0,90}\(\s*)?"
_PERSON_RIGHT = re.compile(
    rf"(?P<mark>(?:\s+(?:when|until|from|since|between|during|at\s+the\s+time)\b[^,.;:()]{{2,60}})?\s*[,(]|\s+[\u2013\u2014-](?=\s))?\s*{_FRIEND}(?P<person>{_PER})",
    re.IGNORECASE,
)
_TIME = r"(?:(?:until|till|from|since|in|for)\s+(?:[\w-]+\s+){1,3}?)?"
_DETERMINERS = (
    r"(?:(?:the|an?|its|their|our|his|her|my|one\s+of\s+(?:the|its|our)|both|now|then|also|who\s+(?:is|was|has\s+been)|himself|herself|"
    rf"(?:{'|'.join(sorted(map(re.escape, _DROPPED), key=len, reverse=True))}))\s+)*"
)
_APPOSED = re.compile(
    rf"(?:\s*\)?\s*,\s*(?:aged\s+)?(?:\d\d,\s+)?|\s*\(\s*|\s+[\u2013\u2014-]\s+|\s*:\s*){_DETERMINERS}{_TIME}{_DETERMINERS}$",
    re.IGNORECASE,
)


def _pattern_of(words: str) -> str:
    """Turn "spent * as" into a pattern; the star stands for one to three words."""
    return re.escape(words).replace(r"\*", r"(?:[\w-]+\s+){0,2}[\w-]+").replace(r"\ ", r"\s+")


_LINKS = {
    status: re.compile(
        r"(?:\s*,[^,.;:]{1,60})?(?:'s\s+(?:\w+\s+){0,2}|[\s,]+)(?:(?:now|also|currently|then|recently|later|previously|formerly|today|who|both|"
        r"himself|herself)\s+)*(?:"
        + "|".join(sorted((_pattern_of(w) for w in words), key=len, reverse=True))
        + rf")(?:\s+{_DETERMINERS}{_TIME}{_DETERMINERS}|\s+)$",
        re.IGNORECASE,
    )
    for status, words in _WORDS["links"].items()
}
_JOINED = re.compile(
    rf"[\s,]+(?:\w+\s+){{0,2}}?(?:joined|joins|joining|works?\s+(?:for|at|with)|worked\s+(?:for|at|with)|working\s+(?:for|at|with)|left|leaves|"
    rf"leaving|serves?|served|ran|runs|moved\s+to|returned\s+to|of|at|from)\s+(?:the\s+)?(?P<org>{_ORG})\s+(?:\w+\s+){{0,3}}?as\s+{_DETERMINERS}$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"\s*(?:,|,?\s+and|,?\s+as\s+well\s+as|\s&|\s*/|,?\s+but\s+also)\s+{_DETERMINERS}$", re.IGNORECASE
)
_TRAILING = re.compile(
    r"(?:[\s,(:]+|\b(?:of|at|for|with|from|in|to|on|within|the|our|its|her|his|and)\b)+$", re.IGNORECASE
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


def read_posts(sentence: Slotted) -> list[Post]:
    """Grow every post noun of a sentence; posts side by side share their person."""
    posts = []
    for head in _HEAD.finditer(sentence.text):
        posts += _grow(sentence, head.start(), head.end())
    return _share(sentence.text, posts)


def _grow(sentence: Slotted, start: int, end: int) -> Iterator[Post]:
    """Yield the best reading of one post noun, if it is one."""
    text = sentence.text
    role_start = _grow_left(text, start)
    if role_start is None:
        return
    before = _LEFT_BODY.search(text, max(0, role_start - 160), role_start)
    if before and not _AT_BODY.match(text, end):
        post = Post(
            before.start(), end, role_start, "", sentence.mentions.get(before.start("org")), left=True
        )
        complement = _complement_end(text, end)
        yield _name_role(text, _tie(sentence, post, [end, complement]), complement)
        return
    after = _RIGHT_BODY.match(text, end)
    if after and not (text[after.end() :].startswith("'s ") or text[after.end() :].startswith("' ")):
        group = "inner" if after["inner"] else "org"
        body = sentence.mentions.get(after.start(group))
        first = before.start() if before else role_start
        tied = _tie(sentence, Post(first, after.end(), role_start, "", body), [after.end()])
        loose = after["link"].strip() in (",", "(", "")
        lined = sentence.sentence.kind != "prose" and not text[:role_start].strip(PERSON + " ")
        if not loose or lined or (tied.person and after["link"].strip()):
            yield _name_role(text, tied, after.end("complement") if after["complement"] else end)
            return
    tied = _tie(sentence, Post(role_start, end, role_start, ""), [end, _complement_end(text, end)])
    yield _name_role(text, tied, tied.end)


def _grow_left(text: str, start: int) -> int | None:
    """Find where the title starts; None for "a council director's" and the like."""
    at, role_start = start, start
    for _ in range(8):
        word = _MODIFIER.search(text, max(0, at - 40), at)
        if word is None or word[1].lower() in _BARRIERS:
            break
        joiner = word[1].lower() in ("and", "&")
        before = _MODIFIER.search(text, max(0, word.start() - 40), word.start())
        if joiner and (before is None or before[1].lower() in _BARRIERS | HEADS):
            break
        at = word.start()
        role_start = role_start if joiner or word[1].lower() in _DROPPED else at
    return role_start


def _complement_end(text: str, end: int) -> int:
    state = _STATE.match(text, end)
    end = state.end() if state else end
    complement = _LIST.match(text, end) or _COMPLEMENT.match(text, end)
    return complement.end() if complement else end


def _name_role(text: str, post: Post, end: int) -> Post:
    """Set the words of the title: from its first word to ``end``, less what ties it to the body."""
    return replace(post, role=" ".join(_TRAILING.sub("", text[post.role_start : end]).split()))


def _tie(sentence: Slotted, post: Post, ends: list[int]) -> Post:
    """Tie a post to the person right after it, before it, or after a comma; the surest first."""
    text = sentence.text
    right = [(end, found) for end in ends if (found := _PERSON_RIGHT.match(text, end))]
    for end, found in right:
        if not found["mark"]:
            person = sentence.mentions[found.start("person")]
            return replace(post, end=max(post.end, end), person=person, rule="prenominal", confidence=0.9)
    tied = _tie_left(sentence, post)
    if tied.person is None and right:
        end, found = right[0]
        person = sentence.mentions[found.start("person")]
        return replace(post, end=max(post.end, end), person=person, rule="title, name", confidence=0.85)
    return replace(tied, end=max(tied.end, ends[-1]))


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
    if _APPOSED.match(gap) or (bare and post.organisation and not post.left):
        return replace(post, person=person, rule="apposition", confidence=0.9)
    joined = _JOINED.match(gap)
    if joined:
        body = sentence.mentions[last + 1 + joined.start("org")]
        return replace(
            post, person=person, organisation=post.organisation or body, rule="verb", confidence=0.85
        )
    if ORGANISATION in gap or len(gap) > 140:
        return post
    for status, pattern in _LINKS.items():
        if pattern.match(gap):
            return replace(post, person=person, status=status, rule="verb", confidence=0.85)
    return post


def _share(text: str, posts: list[Post]) -> list[Post]:
    """Share person and organisation between posts side by side: "chair and chief executive of Y"."""
    for i in range(1, len(posts)):
        first, second = posts[i - 1], posts[i]
        if first.end > second.start or not _TOGETHER.match(text[first.end : second.start] or "x"):
            continue
        if second.person is None and first.person and first.rule != "prenominal":
            posts[i] = replace(
                second, person=first.person, status=first.status, rule="coordination", confidence=0.8
            )
        if (
            second.organisation is None
            and first.left
            and not re.search(r"\b(?:former|ex)\b", text[first.end : second.start])
        ):
            posts[i] = replace(posts[i], organisation=first.organisation)
    for i in range(len(posts) - 1, 0, -1):
        first, second = posts[i - 1], posts[i]
        if first.end > second.start or not _TOGETHER.match(text[first.end : second.start] or "x"):
            continue
        if first.person is None and second.person:
            posts[i - 1] = replace(
                first, person=second.person, status=second.status, rule="coordination", confidence=0.8
            )
        if first.organisation is None and second.organisation and not second.left:
            posts[i - 1] = replace(posts[i - 1], organisation=second.organisation)
    return posts
