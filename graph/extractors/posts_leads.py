"""Read a post told one sentence before the name, as news does: "the minister says. Ann Lee was ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.extractors.people_names import SPEECH
from graph.extractors.posts_growth import read_posts
from graph.extractors.posts_ties import Post
from graph.extractors.slots import PERSON, Slotted
from graph.patterns import make_regex
from graph.records import Mention

_SPEAKS = make_regex(
    rf"\W*{PERSON}+\s+(?:(?:has|also|later)\s+)?(?:{SPEECH}|was\s+speaking|is\s+speaking|made)\b"
)
_DEFINITE = make_regex(
    r"(?:\bthe|'s?)\s+(?:(?:new|outgoing|acting|current|former)\s+)?$|^\W*$", re.IGNORECASE
)
_TELLS = make_regex(
    r"\s+(?:says?|said|has|have|had|is|was|remains|will|told|warns|warned|insists|insisted|admitted|admits|claims|"
    r"claimed|called|calls|announced|wants|believes|pledged|promised|vowed|defended|urged|urges)\b"
)


def read_lead_post(slotted: Sequence[Slotted], number: int) -> tuple[Post, Mention] | None:
    """Return the post of the sentence before, and the person whose name first comes here.

    Args:
        slotted: the sentences of the document.
        number: of the sentence that begins with the name.
    """
    sentence = slotted[number]
    if number == 0 or not _SPEAKS.match(sentence.text):
        return None
    person, before = sentence.first(PERSON), slotted[number - 1]
    if person is None or " " not in person.name or PERSON in before.text:
        return None
    if any(m.entity == person.entity for s in slotted[:number] for m in s.mentions.values()):
        return None
    told = [
        post
        for post in read_posts(before)
        if post.person is None
        and _is_subject(before.text, post)
        and not re.match(r".*s$", post.role.split()[-1])
    ]
    return (told[0], person) if len(told) == 1 else None


def _is_subject(text: str, post: Post) -> bool:
    definite = post.left or _DEFINITE.search(text, 0, post.role_start)
    return bool(definite) and bool(_TELLS.match(text, post.end))
