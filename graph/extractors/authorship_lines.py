"""Read publishers and authors off the shape of a page: references, title pages, bylines, lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extractors.references import read_reference
from graph.extractors.slots import ORGANISATION, PERSON, TITLE, Slotted
from graph.extractors.titles import BYLINE, titled_sentence
from graph.patterns import make_regex
from graph.records import Mention, Sentence, Span

_SIGNED_BY = make_regex(
    r"\s*(?:Authors?|Publisher|Published\s+by|Publication|Source|Produced\s+by|By)\s*:\s+", re.IGNORECASE
)
_COMMAND = make_regex(
    r"presented\s+to\s+parliament\s+by\s+(?:the\s+)?(?:[\w\s,]{0,120})(?:secretar|minister|chancellor|"
    r"command)",
    re.IGNORECASE,
)
_INQUIRY = make_regex(r"^[A-Z]\w+ (?:Inquiry|Commission|Committee)$", re.IGNORECASE)
_ALL: Span = (0, 1 << 30)


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who published or wrote what, where the document says so, and how sure the rule is.

    Attributes:
        span: of the document, end exclusive.
        confidence: in 0..1.
    """

    who: Mention
    predicate: str
    what: Mention
    span: Span
    rule: str
    confidence: float
    status: str = "asserted"


def slots_between(sentence: Slotted, slot: str, span: Span = _ALL) -> list[Mention]:
    """Return the mentions that ``slot`` shows between two offsets into the view, in order."""
    shown = sorted(sentence.mentions.items())
    return [mention for at, mention in shown if span[0] <= at < span[1] and sentence.text[at] == slot]


def read_reference_line(sentence: Slotted) -> Iterator[Authorship]:
    """Read authors and publishers off an entry of a reference list."""
    entry = read_reference(sentence.sentence)
    titles = slots_between(sentence, TITLE, entry.title) if entry else []
    if not entry or not titles:
        return
    line = (sentence.sentence.start, sentence.sentence.end)
    for person in slots_between(sentence, PERSON, (0, entry.title[0])):
        yield Authorship(person, "authorOf", titles[0], line, "reference", 0.95)
    for part in (entry.imprint, entry.body):
        for body in slots_between(sentence, ORGANISATION, part):
            if body.kind == "named":
                yield Authorship(body, "published", titles[0], line, "reference", 0.9)


def read_listed_title(sentence: Slotted) -> Iterator[Authorship]:
    """Read "Body guide to joint working" as an item of a list of links."""
    bodies, titles = slots_between(sentence, ORGANISATION), slots_between(sentence, TITLE)
    if len(bodies) == 1 and titles and titles[0].found_by == "title: listed":
        line = (sentence.sentence.start, sentence.sentence.end)
        yield Authorship(bodies[0], "published", titles[0], line, "list of links", 0.7)


def read_lines_below(slotted: Sequence[Slotted], number: int) -> Iterator[Authorship]:
    """Read "Author: Body" in the lines under a title."""
    titles = slots_between(slotted[number], TITLE)
    for line in slotted[number + 1 : number + 4]:
        if not titles or not _SIGNED_BY.match(line.text):
            break
        lines = (slotted[number].sentence.start, line.sentence.end)
        for body in slots_between(line, ORGANISATION):
            yield Authorship(body, "published", titles[0], lines, "line under the title", 0.85)
        for person in slots_between(line, PERSON):
            yield Authorship(person, "authorOf", titles[0], lines, "line under the title", 0.9)


def read_byline(sentences: Sequence[Sentence], slotted: Sequence[Slotted]) -> Iterator[Authorship]:
    """Read "By Ann Lee" under the document's own title."""
    signed = titled_sentence(sentences)
    lines = {line.sentence.index: line for line in slotted}
    if not signed or signed[0].index not in lines or signed[1].index not in lines:
        return
    titles = slots_between(lines[signed[0].index], TITLE)
    line = lines[signed[1].index]
    signature = BYLINE.search(signed[1].view)
    if titles and signature:
        for person in slots_between(line, PERSON, signature.span()):
            whole = (line.sentence.start, line.sentence.end)
            yield Authorship(person, "authorOf", titles[0], whole, "byline", 0.75)


def read_command_paper(slotted: Sequence[Slotted], mentions: Sequence[Mention]) -> Iterator[Authorship]:
    """Read "Presented to Parliament by the Secretary of State" as published by the government."""
    government = next((m for m in mentions if m.type == "Government" and m.kind == "named"), None)
    for number, line in enumerate(slotted[:12]):
        if government and _COMMAND.search(line.sentence.view):
            above = [m for s in slotted[: number + 1] for m in slots_between(s, TITLE)]
            if above:
                span = (line.sentence.start, line.sentence.end)
                yield Authorship(government, "published", above[0], span, "command paper", 0.85)
            return


def read_surnames(slotted: Sequence[Slotted], mentions: Sequence[Mention]) -> Iterator[Authorship]:
    """Read "the Lee review" as written by Ann Lee, whom the document names, or as the Lee Inquiry's."""
    people = {m.name.split()[-1]: m for m in reversed(mentions) if m.type == "Person"}
    inquiries = {m.name.split()[0]: m for m in reversed(mentions) if _INQUIRY.search(m.name)}
    for sentence in slotted:
        for title in slots_between(sentence, TITLE):
            surname, _, kind = title.name.partition(" ")
            if kind.lower() not in ("report", "review"):
                continue
            span = (title.start, title.end)
            if surname in people:
                yield Authorship(people[surname], "authorOf", title, span, "by its surname", 0.7)
            if surname in inquiries:
                yield Authorship(inquiries[surname], "published", title, span, "by its inquiry", 0.6)
