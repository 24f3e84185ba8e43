"""Find the words of a person's title in a sentence that gives them a post."""

from __future__ import annotations

from collections.abc import Sequence

from graph.extractors.posts_growth import read_posts
from graph.extractors.slots import slot_sentences
from graph.records import Mention, Sentence


def find_role(sentence: Sentence, mentions: Sequence[Mention], person: str) -> str:
    """Return the title that stands nearest to a person and is nobody else's; empty where there is none.

    Args:
        sentence: that says who holds the post.
        mentions: in it, of all kinds.
        person: entity id.
    """
    places = [m.start - sentence.start for m in mentions if m.entity == person]
    slotted = slot_sentences([sentence], [m for m in mentions if m.kind != "collective"])
    if not places or not slotted:
        return ""
    posts = [
        post
        for post in read_posts(slotted[0])
        if post.role and (post.person is None or post.person.entity == person)
    ]
    nearest = min(
        posts, key=lambda p: (min(abs(p.role_start - at) for at in places), p.role_start), default=None
    )
    return nearest.role if nearest else ""
