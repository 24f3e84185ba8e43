"""Put other sentences before the sentences that the relation model learns from, and pronouns into them.

Few passages have two sentences with a claim across them, and in documents two claims in five are made across
sentences. So a body that begins a sentence is now and then turned into "it" or "they", after a sentence of
another passage that begins with a body of its type; and a sentence that stands alone gets one that has
nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from graph.extractors.windows import IMPLIED, Line
from graph.records import Mention, Sentence
from graph.vocabulary import OTHER_TYPES
from training.passages import Example

PRONOUN, STRANGER, ALONE = 0.2, 0.7, 0.1
"""Share of sentences that get a pronoun where one can stand, of those without a sentence before them that get
a strange one, and of those with one that lose it."""
LEADING = 4
"""Words before a body from which it does not begin its sentence."""
_MANY = "collective"


class Contexts:
    """Chooses what stands before a sentence.

    Args:
        examples: all that the model learns from.
        random: seeded.
    """

    def __init__(self, examples: Sequence[Example], random: Random) -> None:
        self._examples, self._random = examples, random
        self._by_sort: dict[tuple[str, str], list[Example]] = {}
        for example in examples:
            for first in example.mentions[:1]:
                self._by_sort.setdefault((first.type, first.kind), []).append(example)

    def vary(self, example: Example) -> Example:
        """Return an example as it is, with a pronoun, with a strange sentence before it, or without any."""
        chance = self._random.random()
        if chance < PRONOUN:
            changed = self._put_pronoun(example)
            if changed:
                return changed
        if example.before:
            if chance > 1 - ALONE and not _reaches_back(example):
                return replace(example, before=None)
            return example
        if self._random.random() < STRANGER:
            return replace(example, before=self._strange(self._random.choice(self._examples), ""))
        return example

    def _put_pronoun(self, example: Example) -> Example | None:
        """Turn the body that begins a sentence into a pronoun that goes back to a sentence before."""
        mention = find_topic(example)
        if mention is None or _reaches_back(example):
            return None
        other = self._random.choice(self._by_sort[mention.type, mention.kind])
        if other is example:
            return None
        sentence, mentions = replace_topic(example.sentence, example.mentions, mention)
        before = self._strange(other, other.mentions[0].entity, mention.entity)
        return Example(sentence, mentions, example.claims, before)

    def _strange(self, example: Example, body: str, entity: str = "") -> Line:
        """Return a line of another passage, its entities renamed; ``body`` in it becomes ``entity``."""
        mentions = [
            replace(m, entity=entity if body and m.entity == body else f"{m.entity}~")
            for m in example.mentions
        ]
        return example.sentence, mentions


def _reaches_back(example: Example) -> bool:
    """Say whether a claim is on a body that the sentence itself does not name."""
    named = {IMPLIED, *(m.entity for m in example.mentions)}
    return any(not named.issuperset((subject, target)) for subject, _, target, _ in example.claims)


def find_topic(example: Example) -> Mention | None:
    """Return the mention that begins a sentence, if a claim is on it and no other names its body."""
    if not example.mentions:
        return None
    first = example.mentions[0]
    claimed = {end for claim in example.claims for end in (claim[0], claim[2])}
    leading = example.sentence.view[: first.start - example.sentence.start]
    once = sum(m.entity == first.entity for m in example.mentions) == 1
    fits = first.type not in OTHER_TYPES and first.kind != "unnamed" and first.entity in claimed
    return first if fits and once and len(leading.split()) < LEADING else None


def replace_topic(
    sentence: Sentence, mentions: Sequence[Mention], topic: Mention
) -> tuple[Sentence, tuple[Mention, ...]]:
    """Put "it", "its", "they" or "their" in the place of a mention and its article."""
    view = sentence.view
    head, tail = view[: topic.start - sentence.start], view[topic.end - sentence.start :]
    article = head.lower().endswith("the ")
    head = head[:-4] if article else head
    owning = tail.startswith(("'s ", "' "))
    tail = tail[tail.index(" ") :] if owning else tail
    word = ("their" if owning else "they") if topic.kind == _MANY else ("its" if owning else "it")
    word = word if head.strip() else word.capitalize()
    changed = head + word + tail
    shift = len(changed) - len(view)
    moved = tuple(
        replace(m, start=m.start + shift, end=m.end + shift) for m in mentions if m.start > topic.start
    )
    return replace(sentence, view=changed, end=sentence.end + shift), moved
