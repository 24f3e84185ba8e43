"""Share a post among people and bodies that stand side by side: "A and B, joint chairs of Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.extractors.posts_ties import Post
from graph.extractors.slots import ORGANISATION, PERSON, Slotted
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Mention, Span

_HEADS = frozenset(word.lower() for word in load_words("titles")["heads"])
_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PER = f"(?<!{PERSON}){PERSON}++"
_AND = r"(?:,\s+|,?\s+and\s+|\s*&\s*)"
_PEOPLE_BEFORE = make_regex(rf"(?:{_PER}{_AND})+$")
_PEOPLE_AFTER = make_regex(rf"(?:{_AND}{_PER})+")
_SUCCEEDS = make_regex(
    rf"(?P<other>{_PER})[^.;:{PERSON}]{{0,40}}?\b(?:succeed\w*|replac\w+|t[ao]ok?\w*\s+over\s+from)(?:\s+by)?\s+$",
    re.IGNORECASE,
)
_SUCCESSOR = make_regex(
    rf"(?P<other>{_PER}),?\s+(?:who\s+(?:is|was)\s+)?$",
)
_SUCCESSOR_AFTER = make_regex(r"'s?\s+(?:\w+\s+)?(?:successor|predecessor|replacement)\s+as\b")
_BODY_BEFORE = make_regex(
    rf"(?P<other>{_ORG})(?:\s+\({_ORG}\))?(?:'s?)?(?:\s+and\s+|\s*&\s*)(?:(?:the|interim|acting|also)\s+)*$"
)
_BODY_AFTER = make_regex(rf"(?:\s+\({_ORG}\))?\s+and\s+(?:the\s+)?(?P<other>{_ORG})(?=\s*(?:[,.);]|$))")
_BETWEEN = make_regex(r"\b(?:between|both)\b")


def share_post(sentence: Slotted, post: Post) -> Iterator[Post]:
    """Yield the further posts that the words of one imply.

    Args:
        sentence: where the post stands.
        post: complete; its person and body need not stand in the sentence.
    """
    person, body = _span_of(sentence, post.person), _span_of(sentence, post.organisation)
    if person:
        for other in (*_people_beside(sentence, post, person), *_succession(sentence, person)):
            yield replace(post, person=other, rule=f"{post.rule}, shared", confidence=0.75)
    if body:
        beside = _body_beside(sentence, post, body)
        if beside is not None:
            yield replace(post, organisation=beside, rule=f"{post.rule}, shared", confidence=0.7)


def _span_of(sentence: Slotted, mention: Mention | None) -> Span | None:
    """Find the slot of a mention in the view."""
    for at, shown in sentence.mentions.items():
        if shown is mention:
            end = at
            while end < len(sentence.text) and sentence.text[end] == sentence.text[at]:
                end += 1
            return at, end
    return None


def _people_beside(sentence: Slotted, post: Post, person: Span) -> Iterator[Mention]:
    words = re.findall(r"[\w-]+", post.role.lower())
    plural = any({word.removesuffix("s"), word.removesuffix("es")} & _HEADS - {word} for word in words)
    if not (plural or words[:1] in (["joint"], ["co-chair"]) or "co-" in post.role.lower()):
        return
    if person[0] < post.role_start:
        beside = _PEOPLE_BEFORE.search(sentence.text, 0, person[0])
    else:
        beside = _PEOPLE_AFTER.match(sentence.text, person[1]) if plural else None
    if beside:
        for at in sorted(sentence.mentions):
            if beside.start() <= at < beside.end() and sentence.text[at] == PERSON:
                yield sentence.mentions[at]


def _succession(sentence: Slotted, person: Span) -> Iterator[Mention]:
    """Yield who held the post before or after: "A succeeded B as chair", "A, B's successor as chair"."""
    found = _SUCCEEDS.search(sentence.text, 0, person[0])
    if not found and _SUCCESSOR_AFTER.match(sentence.text, person[1]):
        found = _SUCCESSOR.search(sentence.text, 0, person[0])
    if found:
        yield sentence.mentions[found.start("other")]


def _body_beside(sentence: Slotted, post: Post, body: Span) -> Mention | None:
    """Find the second body of "chief executive of A and B" and "A and B chief executive X"."""
    if post.left:
        found = _BODY_BEFORE.search(sentence.text, 0, body[0])
    else:
        found = _BODY_AFTER.match(sentence.text, body[1]) if body[0] > post.role_start else None
    if not found or _BETWEEN.search(sentence.text, max(0, found.start() - 40), found.start()):
        return None
    other = sentence.mentions.get(found.start("other"))
    same = other and post.organisation and other.type == post.organisation.type and other.kind == "named"
    return other if same else None
