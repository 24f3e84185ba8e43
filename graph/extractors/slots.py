"""Blank out mentions with slot characters, so that a pattern can ask for "an organisation" or "a person".

Each character of a mention becomes one private-use character, so the masked sentence is as long as
the sentence and offsets stay true. Where mentions overlap, the longest one shows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Mention, Sentence, Span
from graph.vocabulary import ORGANISATION_KINDS

ORGANISATION = "\ue000"
PERSON = "\ue001"
PLACE = "\ue002"
TITLE = "\ue003"
SLOTS = f"{ORGANISATION}{PERSON}{PLACE}{TITLE}"

_WORDS = load_words("people")
_ADDRESS = "|".join(sorted(_WORDS["titles"], key=len, reverse=True))
_BEFORE_PERSON = make_regex(
    rf"(?:\b(?:the\s+)?(?:{_ADDRESS}|mr|mrs|ms|dr|sir|dame|prof|professor)\b\.?\s+)+$"
)
_SUFFIX = "|".join(sorted(_WORDS["suffixes"], key=len, reverse=True))
_AFTER_PERSON = make_regex(
    rf"(?:,?\s+(?:{_SUFFIX})\b)*(?:\s*\((?:Lab|Con|LD|Lib Dem|SNP|Green|PC|DUP|SF|SDLP|UUP|Ind|Labour|"
    r"Conservative|Liberal Democrats?)(?:/Co-op)?\))?"
)


@dataclass(frozen=True, slots=True)
class Slotted:
    """A sentence with its mentions blanked out.

    Attributes:
        text: the masked view.
        mentions: the mention that shows, by the offset of its slot into the view.
    """

    sentence: Sentence
    text: str
    mentions: dict[int, Mention] = field(hash=False)

    def organisation(self, start: int) -> Mention:
        """Return the mention whose slot starts at ``start``, an offset into the view."""
        return self.mentions[start]

    def first(self, slot: str) -> Mention | None:
        """Return the first mention shown by ``slot``, if any."""
        at = self.text.find(slot)
        return self.mentions[at] if at >= 0 else None


def slot_of(mention: Mention) -> str:
    """Say which slot character stands for a mention."""
    if mention.kind in ORGANISATION_KINDS:
        return ORGANISATION
    return {"Person": PERSON, "Place": PLACE}.get(mention.type, TITLE)


def slot_sentences(sentences: Sequence[Sentence], mentions: Iterable[Mention]) -> list[Slotted]:
    """Mask every sentence that is not furniture.

    Args:
        sentences: in text order.
        mentions: of all kinds, in any order; those that cross a sentence's end are left out.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    starts = [m.start for m in ordered]
    slotted = []
    for sentence in sentences:
        if sentence.kind == "furniture":
            continue
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        slotted.append(_slot_sentence(sentence, [m for m in ordered[low:high] if m.end <= sentence.end]))
    return slotted


def _slot_sentence(sentence: Sentence, mentions: list[Mention]) -> Slotted:
    text, shown = sentence.view, {}
    taken = bytearray(len(text))
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        start, end = mention.start - sentence.start, mention.end - sentence.start
        if any(taken[start:end]):
            continue
        if mention.type == "Person":
            start, end = _widen_person(text, start, end)
        taken[start:end] = b"\1" * (end - start)
        shown[start] = mention
        text = text[:start] + slot_of(mention) * (end - start) + text[end:]
    return Slotted(sentence, text, shown)


def _widen_person(text: str, start: int, end: int) -> Span:
    """Take in "Dr" before and "MP (Lab)" after the name."""
    before = _BEFORE_PERSON.search(text, max(0, start - 40), start)
    after = _AFTER_PERSON.match(text, end)
    return (before.start() if before else start), (after.end() if after else end)
