"""Find who published and who wrote what: ``published`` and ``authorOf``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extractors.post_context import find_first_body
from graph.extractors.references import read_reference
from graph.extractors.slots import ORGANISATION, PERSON, TITLE, Slotted, slot_sentences
from graph.extractors.titles import BYLINE, KINDS, titled_sentence
from graph.extractors.wordlists import load_words
from graph.records import Document, Mention, Relation, Sentence, merge_relations, quote_evidence

_WORDS = load_words("publications")
_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PER = f"(?<!{PERSON}){PERSON}++"
_TTL = rf"[\"']?(?<!{TITLE}){TITLE}++[\"']?"
_ORGS = rf"(?:the\s+)?(?P<who>{_ORG}(?:(?:,\s+|,?\s+and\s+|\s*&\s*|\s+\()(?:the\s+)?{_ORG}\)?)*)"
_PEOPLE = rf"(?P<who>{_PER}(?:(?:,\s+|,?\s+and\s+|\s*&\s*){_PER})*)"
_KIND = rf"(?:{KINDS}|white\s+paper|green\s+paper)"
_PUBLISH = "|".join(sorted(_WORDS["published"], key=len, reverse=True)).replace(
    "brought-out", r"brought\s+out"
)
_WROTE = "|".join(sorted(_WORDS["wrote"]))
_FILL = r"(?:[\w'-]+,?\s+)"
_WHAT = rf"(?P<what>{_TTL})"


def _compile(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_PUBLISHED = _compile(
    rf"(?P<who>{_ORG})(?:'s?)?\s+(?:{_FILL}{{0,4}}?{_KIND}(?:\s+(?:on|of|about|into)\s+{_FILL}{{1,5}}?)?[,:]?\s*(?:called\s+|entitled\s+|titled\s+|\()?)?{_WHAT}",
    rf"(?P<who>{_ORG})'s?\s+{_FILL}{{0,3}}?\(?{_WHAT}",
    rf"(?P<who>{_ORG})(?:\s+\({_ORG}\))?,?\s+(?:(?:has|have|had|also|is|was|which|who|recently|today|yesterday|jointly|to|will|last\s+\w+)\s+){{0,4}}"
    rf"(?:{_PUBLISH}|publishing|issuing|launching|releasing|set\s+out\s+in|sets\s+out\s+in)\b[^.;{ORGANISATION}{TITLE}]{{0,90}}?{_WHAT}",
    rf"{_WHAT}[,)]?\s+(?:\(\d{{4}}\),?\s+)?(?:(?:which|that|was|is|were|has|been|had|first|jointly|also|recently|to\s+be|it)\s+){{0,4}}"
    rf"(?:{_PUBLISH}|published)\b[^.;{ORGANISATION}]{{0,50}}?\bby\s+{_ORGS}",
    rf"{_WHAT},?\s+(?:an?|the|which\s+is\s+an?)\s+[^.;{ORGANISATION}{TITLE}]{{0,60}}?\b(?:{_KIND})\b[^.;{ORGANISATION}{TITLE}]{{0,40}}?\b(?:by|from|for|of)\s+{_ORGS}",
    rf"{_WHAT}\s+\((?:the\s+)?(?P<who>{_ORG})(?:,?\s+\w*\s*\d{{4}})?\)",
    rf"\b(?:{_KIND})\b[^.;{ORGANISATION}{TITLE}]{{0,40}}?\b(?:by|from)\s+{_ORGS},?\s+(?:called\s+|entitled\s+|titled\s+|\()?{_WHAT}",
    rf"\bin\s+(?:[^.;{ORGANISATION}{TITLE}]{{0,40}}\s)?{_WHAT}(?:\s+\(?\d{{4}}\)?)?,\s+(?:the\s+)?(?P<who>{_ORG})\s+(?:has\s+|had\s+|also\s+)?"
    r"(?:said|says|set|sets|proposed|proposes|argued|argues|recommended|recommends|promised|promises|outlined|outlines|described|describes|called|calls|"
    r"committed|announced|announces|stated|states|identified|found|warned|estimated|concluded|noted|asked|pledged|reported)\b",
)
_ITS = re.compile(rf"\b(?:its|their|our)\s+{_FILL}{{0,4}}?{_WHAT}", re.IGNORECASE)
_WROTE_IT = _compile(
    rf"{_PEOPLE}(?:'s?)\s+{_FILL}{{0,4}}?(?:{_KIND})?[,:]?\s*(?:called\s+|entitled\s+|titled\s+|on\s+{_FILL}{{1,4}})?{_WHAT}",
    rf"{_PEOPLE}(?:,?\s+(?:who|has|had|also|recently|co-)\s*){{0,3}}\s+(?:{_WROTE})\s+[^.;{TITLE}]{{0,60}}?{_WHAT}",
    rf"{_PEOPLE},?\s+(?:(?:the|an?|lead|principal|main|co|joint|one\s+of\s+the)[\s-]+){{0,3}}(?:co-)?(?:authors?|editors?)\s+of\s+[^.;{TITLE}]{{0,50}}?{_WHAT}",
    rf"{_WHAT}[,)]?\s+(?:\(\d{{4}}\),?\s+)?(?:(?:which|was|is|edited|written|authored|co-authored|reviewed|compiled)\s+){{0,3}}by\s+{_PEOPLE}",
    rf"\b(?:{_KIND})\b[^.;{PERSON}{TITLE}]{{0,40}}?\bby\s+{_PEOPLE},?\s+(?:called\s+|entitled\s+|titled\s+|\()?{_WHAT}",
    rf"\bin\s+(?:his|her|their)\s+[^.;{TITLE}{PERSON}]{{0,90}}?{_WHAT},?\s+(?:hon\.|[^.;{PERSON}{ORGANISATION}]){{0,80}}?{_PEOPLE}",
)
_SIGNED_BY = re.compile(
    r"\s*(?:Authors?|Publisher|Published\s+by|Publication|Source|Produced\s+by|By)\s*:\s+", re.IGNORECASE
)
_COMMAND = re.compile(
    r"presented\s+to\s+parliament\s+by\s+(?:the\s+)?(?:[\w\s,]{0,120})(?:secretar|minister|chancellor|command)",
    re.IGNORECASE,
)


def find_publication_relations(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> list[Relation]:
    """Find ``published`` and ``authorOf`` relations.

    Args:
        document: the source.
        sentences: its sentences.
        mentions: organisations, people and publications, their ``entity`` set.

    Returns:
        Asserted relations body or person -> publication.
    """
    wanted = [m for m in mentions if m.type not in ("Legislation", "Programme", "Place")]
    if not any(m.type == "Publication" for m in wanted):
        return []
    slotted = slot_sentences(sentences, wanted)
    relations: list[Relation] = []
    for number, sentence in enumerate(slotted):
        if TITLE in sentence.text:
            found = list(_from_reference(sentence)) or [
                *_from_prose(sentence),
                *_from_its(slotted, number),
                *_from_list(sentence),
            ]
            found += _from_next_line(slotted, number)
            relations += [_relate(document, *parts) for parts in found]
    relations += [
        _relate(document, *parts)
        for parts in [*_from_byline(sentences, slotted), *_from_command(slotted, mentions)]
    ]
    return list(merge_relations(relations))


_Found = tuple[Mention, str, Mention, int, int, str, float]


def _relate(
    document: Document,
    who: Mention,
    predicate: str,
    what: Mention,
    start: int,
    end: int,
    rule: str,
    sure: float,
) -> Relation:
    evidence = quote_evidence(document.text, start, end)
    return Relation(
        who.entity,
        predicate,
        what.entity,
        "asserted",
        (evidence,),
        confidence=sure,
        found_by=f"publication: {rule}",
    )


def _slots(sentence: Slotted, slot: str, start: int, end: int) -> list[Mention]:
    """Return the mentions shown by ``slot`` between two offsets into the view."""
    return [
        m for at, m in sorted(sentence.mentions.items()) if start <= at < end and sentence.text[at] == slot
    ]


def _from_reference(sentence: Slotted) -> Iterator[_Found]:
    """Read authors and publishers off an entry of a reference list."""
    entry = read_reference(sentence.sentence)
    titles = _slots(sentence, TITLE, *entry.title) if entry else []
    if not entry or not titles:
        return
    start, end = sentence.sentence.start, sentence.sentence.end
    for person in _slots(sentence, PERSON, 0, entry.title[0]):
        yield person, "authorOf", titles[0], start, end, "reference", 0.95
    for body in _slots(sentence, ORGANISATION, *entry.imprint) + _slots(sentence, ORGANISATION, *entry.body):
        if body.kind == "named":
            yield body, "published", titles[0], start, end, "reference", 0.9


def _from_prose(sentence: Slotted) -> Iterator[_Found]:
    """Match the wordings of publishing and writing."""
    offset = sentence.sentence.start
    for predicate, patterns, slot in (
        ("published", _PUBLISHED, ORGANISATION),
        ("authorOf", _WROTE_IT, PERSON),
    ):
        if slot not in sentence.text:
            continue
        for number, pattern in enumerate(patterns):
            for found in pattern.finditer(sentence.text):
                what = _slots(sentence, TITLE, *found.span("what"))
                for who in _slots(sentence, slot, *found.span("who")):
                    if what and who.kind in ("named", "other") and not who.plural:
                        yield (
                            who,
                            predicate,
                            what[0],
                            offset + found.start(),
                            offset + found.end(),
                            f"wording {number + 1}",
                            0.8,
                        )


def _from_its(slotted: Sequence[Slotted], number: int) -> Iterator[_Found]:
    """Read "its Recovery Plan" as published by the body spoken of."""
    sentence = slotted[number]
    for found in _ITS.finditer(sentence.text):
        what = _slots(sentence, TITLE, *found.span("what"))
        body = find_first_body(slotted, number, found.start())
        if what and body:
            offset = sentence.sentence.start
            yield body, "published", what[0], offset + found.start(), offset + found.end(), "its title", 0.65


def _from_list(sentence: Slotted) -> Iterator[_Found]:
    """Read "Body guide to joint working" as an item of a list of links."""
    bodies, titles = _slots(sentence, ORGANISATION, 0, 1 << 30), _slots(sentence, TITLE, 0, 1 << 30)
    if len(bodies) == 1 and titles and titles[0].found_by == "title: listed":
        yield (
            bodies[0],
            "published",
            titles[0],
            sentence.sentence.start,
            sentence.sentence.end,
            "list of links",
            0.7,
        )


def _from_next_line(slotted: Sequence[Slotted], number: int) -> Iterator[_Found]:
    """Read "Author: Body" under a title."""
    sentence = slotted[number]
    titles = _slots(sentence, TITLE, 0, 1 << 30)
    for line in slotted[number + 1 : number + 4]:
        if not titles or not _SIGNED_BY.match(line.text):
            break
        start, end = sentence.sentence.start, line.sentence.end
        for who in _slots(line, ORGANISATION, 0, 1 << 30):
            yield who, "published", titles[0], start, end, "line under the title", 0.85
        for who in _slots(line, PERSON, 0, 1 << 30):
            yield who, "authorOf", titles[0], start, end, "line under the title", 0.9


def _from_byline(sentences: Sequence[Sentence], slotted: Sequence[Slotted]) -> Iterator[_Found]:
    """Read "By Ann Lee" under the document's own title."""
    signed = titled_sentence(sentences)
    lines = {s.sentence.index: s for s in slotted}
    if not signed or signed[0].index not in lines or signed[1].index not in lines:
        return
    titles = _slots(lines[signed[0].index], TITLE, 0, 1 << 30)
    signature = BYLINE.search(signed[1].view)
    line = lines[signed[1].index]
    people = _slots(line, PERSON, signature.start(), signature.end()) if signature else []
    for person in people if titles else ():
        yield person, "authorOf", titles[0], line.sentence.start, line.sentence.end, "byline", 0.75


def _from_command(slotted: Sequence[Slotted], mentions: Sequence[Mention]) -> Iterator[_Found]:
    """Read "Presented to Parliament by the Secretary of State" on a title page as published by the government."""
    government = next((m for m in mentions if m.type == "Government" and m.kind == "named"), None)
    for number, sentence in enumerate(slotted[:12]):
        if government and _COMMAND.search(sentence.sentence.view):
            above = [m for s in slotted[: number + 1] for m in _slots(s, TITLE, 0, 1 << 30)]
            if above:
                yield (
                    government,
                    "published",
                    above[0],
                    sentence.sentence.start,
                    sentence.sentence.end,
                    "command paper",
                    0.85,
                )
            return
