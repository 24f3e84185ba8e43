"""Grow a post out of its noun: modifiers, complements, the organisation and the person next to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.extractors.posts_ties import DETERMINERS, Post, tie_post
from graph.extractors.slots import ORGANISATION, PERSON, Slotted
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex

_WORDS = load_words("titles")
_BARRIERS: frozenset[str] = _WORDS["barriers"]
_DROPPED: frozenset[str] = _WORDS["dropped"]
_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PER = f"(?<!{PERSON}){PERSON}++"
HEADS = frozenset(word.lower() for word in _WORDS["heads"])

_ANY_HEAD = "|".join(sorted(map(re.escape, HEADS), key=len, reverse=True))
_HEAD = make_regex(
    rf"(?<![\w'-])(?:\w+-){{0,2}}(?:{_ANY_HEAD})(?:[\s-](?:general|designate|elect|emeritus|"
    rf"of\s+staff))?(?![\w-])(?!'s?\b)(?![\s-]+(?:{_ANY_HEAD})\b)(?!\s+(?-i:[A-Z]\w+'s))",
    re.IGNORECASE,
)
_WIDER = make_regex(r"'s?\s+\w|\s+\w+'\s+\w")
_MODIFIER = make_regex(r"(?<![\w'/&-])(\w[\w'/&-]*)\s+$")
_WHEN = rf"(?:(?:{'|'.join(sorted(map(re.escape, _DROPPED), key=len, reverse=True))})\s+)*"
_LEFT_BODY = make_regex(
    rf"(?P<org>{_ORG})(?:\s+{_ORG})?(?:\s+\({_ORG}\))?(?:'s?|,\s+whose)?\s+{_WHEN}$", re.IGNORECASE
)
_STOP = (
    r"(?!(?:said|says|told|tells|will|would|has|had|have|is|was|are|were|who|that|which|called|urged|"
    r"warned|added|described|"
    r"argued|believes|wrote|writes|announced|joined|met|at|from|with)\b)"
    rf"(?!(?:{_ANY_HEAD})\b)"
)
_SORT = (
    r"(?:(?:[\w'-]+\s+){0,2}?(?:charity|charities|think[\s-]tank|thinktank|union|group|organisation|"
    r"organization|company|provider|body|"
    r"watchdog|regulator|firm|association|website|magazine|newspaper|foundation|consultancy|network|"
    r"campaign|quango|agency|institute)\s+)?"
)
_RIGHT_BODY = make_regex(
    rf"(?P<complement>(?:,?\s+(?:of|for|in|on)|\s+to)\b(?:\s+{_STOP}[\w&'/-]+(?:,(?!\s+to\b))??){{0,9}}?)??"
    rf"(?P<link>\s*,\s*|\s(?:(?:working|based|employed)\s+)?(?:of|at|for|with|from|in|to|on|within)\s+|\s*\(\s*|\s+)(?:(?:the|our|its|her|"
    rf"his)\s+)?{_WHEN}{_SORT}"
    rf"(?P<org>{_ORG})(?:\s+\({_ORG}\))?(?:'s?\s+(?P<inner>{_ORG}))?",
    re.IGNORECASE,
)
_AT_BODY = make_regex(rf"\s+(?:at|with)\s+(?:the\s+)?{_ORG}(?!'s?\s)", re.IGNORECASE)
_OF_BODY = make_regex(rf"\s+(?:of|on)\s+(?:the\s+)?{_ORG}", re.IGNORECASE)
_COMPLEMENT = make_regex(
    rf"\s+(?:of|for|on)\s+(?:the\s+)?{_STOP}[\w&'/-]+(?:(?:\s+|,\s+)(?:(?:and|of|for|"
    rf"the)\s+)*{_STOP}[\w&'/-]+){{0,7}}?"
    rf"(?=\s*[,():.\u2013]|\s+{_PER}|\s*$)",
    re.IGNORECASE,
)
_LIST = make_regex(
    r"\s+(?:of|for)\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+)?(?:,\s+[\w-]+(?:\s+[\w-]+)?){1,3},?\s+and\s+[\w-]+(?:\s+[\w-]+)?(?=\s*[,()]|\s*$)",
    re.IGNORECASE,
)
_STATE = make_regex(r"\s+of\s+state(?=\s+for)", re.IGNORECASE)
_TOGETHER = make_regex(
    rf"\s*(?:,|,?\s+and|,?\s+as\s+well\s+as|\s&|\s*/|,?\s+but\s+also)\s+{DETERMINERS}$", re.IGNORECASE
)
_TRAILING = make_regex(
    r"(?:[\s,(:]+|\b(?:of|at|for|with|from|in|to|on|within|the|our|its|her|his|and)\b)+$", re.IGNORECASE
)


def read_posts(sentence: Slotted) -> list[Post]:
    """Grow every post noun of a sentence; posts side by side share their person."""
    posts: list[Post] = []
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
    body = sentence.mentions.get(before.start("org")) if before else None
    of_party = body and body.type == "PoliticalParty" and _OF_BODY.match(text, end)  # "Labour leader of Y"
    if before and not of_party and not _AT_BODY.match(text, end):
        post = Post(before.start(), end, role_start, "", body, left=True)
        complement = _complement_end(text, end)
        yield _name_role(text, tie_post(sentence, post, [end, complement]), complement)
        return
    after = _RIGHT_BODY.match(text, end)
    if after and not _WIDER.match(text, after.end()):
        group = "inner" if after["inner"] else "org"
        body = sentence.mentions.get(after.start(group))
        first = before.start() if before else role_start
        tied = tie_post(sentence, Post(first, after.end(), role_start, "", body), [after.end()])
        loose = after["link"].strip() in (",", "(", "")
        lined = sentence.sentence.kind != "prose" and not text[:role_start].strip(PERSON + " ")
        if not loose or lined or (tied.person and after["link"].strip()):
            yield _name_role(text, tied, after.end("complement") if after["complement"] else end)
            return
    tied = tie_post(sentence, Post(role_start, end, role_start, ""), [end, _complement_end(text, end)])
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


def _share(text: str, posts: list[Post]) -> list[Post]:
    """Share person and organisation between posts side by side: "chair and chief executive of Y"."""
    for i in range(1, len(posts)):
        first, second = posts[i - 1], posts[i]
        if not _together(text, first, second):
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
        if not _together(text, first, second):
            continue
        if first.person is None and second.person:
            posts[i - 1] = replace(
                first, person=second.person, status=second.status, rule="coordination", confidence=0.8
            )
        plain = text[first.end : second.start].strip() in ("and", ",", "&", ", and")
        if first.organisation is None and second.organisation and not second.left and plain:
            posts[i - 1] = replace(posts[i - 1], organisation=second.organisation)
    return posts


def _together(text: str, first: Post, second: Post) -> bool:
    """Say whether nothing but "and" or a comma stands between two posts."""
    return first.end < second.start and bool(_TOGETHER.match(text[first.end : second.start]))
