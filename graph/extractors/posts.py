"""Find who holds which post where: "X, chief executive of Y", "Y director X", "Health Minister X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.extractors.posts_context import Context, is_signature
from graph.extractors.posts_growth import read_posts
from graph.extractors.posts_ties import Post
from graph.extractors.posts_verbs import read_post_verbs
from graph.extractors.slots import PERSON, Slotted, slot_sentences
from graph.records import Document, Mention, Relation, Sentence, merge_relations, quote_evidence

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|I|my)\b")


def find_posts(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> list[Relation]:
    """Find ``postHolderAt`` relations.

    Args:
        document: the source.
        sentences: its sentences.
        mentions: organisations and people, their ``entity`` set.

    Returns:
        Relations person -> organisation with role, status and the words that say so as evidence.
    """
    slotted = slot_sentences(sentences, mentions)
    context = Context(slotted, mentions)
    relations = []
    for number, sentence in enumerate(slotted):
        if not (
            PERSON in sentence.text or _PRONOUN.search(sentence.text) or is_signature(slotted, number - 1)
        ):
            continue
        for post in (*read_posts(sentence), *read_post_verbs(sentence)):
            complete = context.complete(post, number)
            if complete.person and complete.organisation and not _is_membership(complete):
                relations.append(_relate(document, sentence, complete))
    return list(merge_relations(relations))


def _is_membership(post: Post) -> bool:
    """Say whether the words speak of a member and no post: "a member of Y", "Labour councillor X"."""
    assert post.organisation is not None
    seat = post.role.lower().split()[-1:] in (["councillor"], ["member"])
    return (seat and post.organisation.type == "PoliticalParty") or (
        post.role.lower() == "member" and not post.left
    )


def _relate(document: Document, sentence: Slotted, post: Post) -> Relation:
    assert post.person is not None
    assert post.organisation is not None
    offset, person = sentence.sentence.start, post.person
    start, end = post.start + offset, post.end + offset
    if offset <= person.start < sentence.sentence.end:
        start, end = min(start, person.start), max(end, person.end)
    evidence = quote_evidence(document.text, start, end)
    return Relation(
        person.entity,
        "postHolderAt",
        post.organisation.entity,
        post.status,
        (evidence,),
        post.role,
        post.confidence,
        f"post: {post.rule}",
    )
