"""Find who holds which post where: "X, chief executive of Y", "Y director X", "Health Minister X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.extractors.posts_context import Context, name_above
from graph.extractors.posts_growth import read_posts
from graph.extractors.posts_leads import read_lead_post
from graph.extractors.posts_shared import share_post
from graph.extractors.posts_ties import Post
from graph.extractors.posts_verbs import read_post_verbs
from graph.extractors.slots import PERSON, Slotted, slot_sentences
from graph.patterns import make_regex
from graph.records import Document, Mention, Relation, Sentence, merge_relations, quote_evidence

_PRONOUN = make_regex(r"\b(?:[Hh]e|[Ss]he|I|my)\b")


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
    slotted = slot_sentences(sentences, [m for m in mentions if m.kind != "collective"])
    context = Context(slotted, mentions)
    relations = []
    for number, sentence in enumerate(slotted):
        if not (PERSON in sentence.text or _PRONOUN.search(sentence.text) or name_above(slotted, number)):
            continue
        for post in (*read_posts(sentence), *read_post_verbs(sentence)):
            complete = context.complete(post, number)
            if complete.person and complete.organisation and _is_membership(complete):
                complete = context.complete(replace(complete, organisation=None, left=False), number)
            if complete.person and complete.organisation and not _is_membership(complete):
                shared = (complete, *share_post(sentence, complete))
                relations += [_relate(document, sentence, each) for each in shared]
        relations += _read_lead(document, slotted, number, context)
    return list(merge_relations(relations))


def _read_lead(
    document: Document, slotted: Sequence[Slotted], number: int, context: Context
) -> Iterator[Relation]:
    """Relate a person to the post that the sentence before tells of."""
    found = read_lead_post(slotted, number)
    if not found:
        return
    post, person = found
    told = context.complete(replace(post, person=person, rule="sentence before", confidence=0.6), number - 1)
    if told.organisation and not _is_membership(told):
        start = slotted[number - 1].sentence.start + told.start
        evidence = quote_evidence(document.text, start, person.end)
        yield replace(_relate(document, slotted[number - 1], told), evidence=(evidence,))


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
    offset = sentence.sentence.start
    start, end = post.start + offset, post.end + offset
    for mention in (post.person, post.organisation):
        if offset <= mention.start < sentence.sentence.end:
            start, end = min(start, mention.start), max(end, mention.end)
    evidence = quote_evidence(document.text, start, end)
    return Relation(
        post.person.entity,
        "postHolderAt",
        post.organisation.entity,
        post.status,
        (evidence,),
        post.role,
        post.confidence,
        f"post: {post.rule}",
    )
