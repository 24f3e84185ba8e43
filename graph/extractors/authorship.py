"""Find who published and who wrote what: ``published`` and ``authorOf``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extractors.authorship_lines import (
    Authorship,
    read_byline,
    read_command_paper,
    read_lines_below,
    read_listed_title,
    read_reference_line,
    read_surnames,
    slots_between,
)
from graph.extractors.posts_context import find_first_body
from graph.extractors.slots import ORGANISATION, PERSON, TITLE, Slotted, slot_sentences
from graph.extractors.titles import KINDS
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
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


def _compile(pattern: str) -> re.Pattern[str]:
    return make_regex(pattern, re.IGNORECASE)


_PUBLISHED = {
    "body's report": _compile(
        rf"(?P<who>{_ORG})(?:'s?)?\s+(?:{_FILL}{{0,4}}?{_KIND}(?:\s+(?:on|of|about|"
        rf"into|published|issued|released|launched|out|from)\s+{_FILL}{{0,5}}?)?[,:]?\s*(?:[\u2013\u2014-]\s+)?(?:called\s+|entitled\s+|titled\s+|\()?)?{_WHAT}"
    ),
    "body's title": _compile(rf"(?P<who>{_ORG})'s?\s+{_FILL}{{0,3}}?\(?{_WHAT}"),
    "body published": _compile(
        rf"(?P<who>{_ORG})(?:\s+\({_ORG}\))?,?\s+(?:(?:has|have|had|also|is|was|which|who|recently|today|"
        rf"yesterday|jointly|to|will|last\s+\w+|in\s+(?:\w+\s+)?\d{{4}})\s+){{0,4}}"
        rf"(?:{_PUBLISH}|publishing|issuing|launching|releasing|set\s+out\s+in|"
        rf"sets\s+out\s+in)\b[^.;{ORGANISATION}{TITLE}]{{0,90}}?{_WHAT}"
    ),
    "published by": _compile(
        rf"{_WHAT}[,)]?\s+(?:\(\d{{4}}\),?\s+)?(?:(?:which|that|was|is|were|has|been|had|first|jointly|also|"
        rf"recently|to\s+be|it)\s+){{0,4}}"
        rf"(?:{_PUBLISH}|published)\b[^.;{ORGANISATION}]{{0,50}}?\bby\s+{_ORGS}"
    ),
    "title, a report by": _compile(
        rf"{_WHAT},?\s+(?:an?|the|"
        rf"which\s+is\s+an?)\s+[^.;{ORGANISATION}{TITLE}]{{0,60}}?\b(?:{_KIND})\b[^.;{ORGANISATION}{TITLE}]{{0,40}}?\b(?:by|from|for|of)\s+{_ORGS}"
    ),
    "title, which body published": _compile(
        rf"{_WHAT},?\s+(?:which|that)\s+(?:the\s+)?(?P<who>{_ORG})\s+(?:has\s+|had\s+|"
        rf"jointly\s+)?(?:{_PUBLISH})\b"
    ),
    "title (body)": _compile(rf"{_WHAT}\s+\((?:the\s+)?(?P<who>{_ORG})(?:,?\s+\w*\s*\d{{4}})?\)"),
    "report by body, title": _compile(
        rf"\b(?:{_KIND})\b[^.;{ORGANISATION}{TITLE}]{{0,40}}?\b(?:by|from)\s+{_ORGS},?\s+(?:[\u2013\u2014-]\s+)?(?:called\s+|"
        rf"entitled\s+|titled\s+|\()?{_WHAT}"
    ),
    "title, body's report": _compile(
        rf"{_WHAT}(?:,\s+|\s+\()(?:the\s+)?(?P<who>{_ORG})(?:'s?)?\s+{_FILL}{{0,4}}?\(?(?:{_KIND})\b"
    ),
    "report title by body": _compile(
        rf"\b(?:{_KIND})\b[\s,:(\u2013\u2014-]{{1,4}}(?:called\s+|entitled\s+)?{_WHAT}[\s,)\u2013\u2014-]{{1,4}}(?:\(\d{{4}}\),?\s+)?"
        rf"(?:(?:was|is|which)\s+)*(?:produced\s+|written\s+|issued\s+)?(?:by|from)\s+{_ORGS}"
    ),
    "title report from body": _compile(rf"{_WHAT}\s+(?:{_KIND})\s+(?:by|from|of)\s+{_ORGS}"),
    "available from": _compile(
        rf"{_WHAT},?\s+(?:is|are|can\s+be)\s+(?:available|obtained|downloaded|ordered)\s+from\s+{_ORGS}"
    ),
    "body's plans in title": _compile(
        rf"(?P<who>{_ORG})(?:'s?)?\s+{_FILL}{{0,6}}?(?:set\s+out|outlined|described|contained|foreshadowed|published|"
        rf"explained|announced|made)\s+in\s+{_FILL}{{0,4}}?(?:(?:{_KIND})\s*,?\s*(?:called\s+|entitled\s+)?)?{_WHAT}"
    ),
    "body said in title": _compile(
        rf"(?P<who>{_ORG})(?:\s+\({_ORG}\))?,?\s+(?:(?:has|have|had|also|is|are|was)\s+)*(?:outlin|propos|announc|promis|"
        rf"describ|recommend|argu|commit|pledg|stat|not|warn|conclud|report|say|said|writ|wrote|in\b)\w*"
        rf"(?:\b[^.;{ORGANISATION}{TITLE}]{{0,80}}?\bin)?\s+(?:(?:the|its|their|a|an|our)\s+{_FILL}{{0,4}}?(?:{_KIND})\s*,?\s*"
        rf"(?:called\s+|entitled\s+)?)?{_WHAT}(?=[\s,.;)(]|$)"
    ),
    "in title, body said": _compile(
        rf"\bin\s+(?:[^.;{ORGANISATION}{TITLE}]{{0,40}}\s)?{_WHAT}(?:\s+\(?\d{{4}}\)?)?,\s+(?:the\s+)?(?P<who>{_ORG})\s+(?:has\s+|had\s+|also\s+)?"
        r"(?:said|says|set|sets|proposed|proposes|argued|argues|recommended|recommends|promised|promises|"
        r"outlined|outlines|described|describes|called|calls|"
        r"committed|announced|announces|stated|states|identified|found|warned|estimated|concluded|noted|"
        r"asked|"
        r"pledged|reported)\b"
    ),
}
_ITS = make_regex(rf"\b(?:its|their|our)\s+{_FILL}{{0,4}}?{_WHAT}", re.IGNORECASE)
_WROTE_IT = {
    "person's report": _compile(
        rf"{_PEOPLE}(?:'s?)\s+{_FILL}{{0,4}}?(?:{_KIND})?[,:]?\s*(?:called\s+|entitled\s+|titled\s+|"
        rf"on\s+{_FILL}{{1,4}})?{_WHAT}"
    ),
    "person wrote": _compile(
        rf"{_PEOPLE}(?:,\s+(?:of|at|from)\s+(?:the\s+)?{_ORG},)?(?:,?\s+(?:who|has|had|also|recently|"
        rf"co-)\s*){{0,3}}\s+(?:{_WROTE})\s+[^.;{TITLE}]{{0,60}}?{_WHAT}"
    ),
    "author of": _compile(
        rf"{_PEOPLE},?\s+(?:(?:the|an?|lead|principal|main|co|joint|"
        rf"one\s+of\s+the)[\s-]+){{0,3}}(?:co-)?(?:authors?|editors?)\s+of\s+[^.;{TITLE}]{{0,50}}?{_WHAT}"
    ),
    "by person": _compile(
        rf"{_WHAT}[,)]?\s+(?:\(\d{{4}}\),?\s+)?(?:(?:which|was|is|edited|written|authored|co-authored|"
        rf"reviewed|"
        rf"compiled)\s+){{0,3}}by\s+{_PEOPLE}"
    ),
    "report by person": _compile(
        rf"\b(?:{_KIND})\b[^.;{PERSON}{TITLE}]{{0,40}}?\bby\s+{_PEOPLE},?\s+(?:called\s+|entitled\s+|"
        rf"titled\s+|"
        rf"\()?{_WHAT}"
    ),
    "in his report, person": _compile(
        rf"\bin\s+(?:his|her|their)\s+[^.;{TITLE}{PERSON}]{{0,90}}?{_WHAT},?\s+(?:hon\.|"
        rf"[^.;{PERSON}{ORGANISATION}]){{0,80}}?{_PEOPLE}"
    ),
}
_OF_PERSON = make_regex(rf"{PERSON},?\s+(?:of|at|from|with)\s+(?:the\s+)?$")
_PLANNED = make_regex(
    r"\b(?:will|would|plans?\s+to|planned|to\s+be|should|is\s+to|are\s+to)\b", re.IGNORECASE
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
        Relations body or person -> publication.
    """
    wanted = [m for m in mentions if m.type not in ("Legislation", "Programme", "Place")]
    if not any(m.type == "Publication" for m in wanted):
        return []
    slotted = slot_sentences(sentences, wanted)
    found: list[Authorship] = []
    for number, sentence in enumerate(slotted):
        if TITLE in sentence.text:
            found += list(read_reference_line(sentence)) or [
                *_read_prose(sentence),
                *_read_its(slotted, number),
                *read_listed_title(sentence),
            ]
            found += read_lines_below(slotted, number)
    found += list(read_surnames(slotted, mentions))
    found += [*read_byline(sentences, slotted), *read_command_paper(slotted, mentions)]
    return list(merge_relations(_relate(document, authorship) for authorship in found))


def _relate(document: Document, found: Authorship) -> Relation:
    return Relation(
        found.who.entity,
        found.predicate,
        found.what.entity,
        found.status,
        (quote_evidence(document.text, *found.span),),
        confidence=found.confidence,
        found_by=f"publication: {found.rule}",
    )


def _read_prose(sentence: Slotted) -> Iterator[Authorship]:
    """Match the wordings of publishing and writing."""
    offset = sentence.sentence.start
    wordings = [("published", _PUBLISHED, ORGANISATION), ("authorOf", _WROTE_IT, PERSON)]
    for predicate, patterns, slot in wordings:
        for rule, pattern in patterns.items() if slot in sentence.text else ():
            for found in pattern.finditer(sentence.text):
                what = slots_between(sentence, TITLE, found.span("what"))
                span = (offset + found.start(), offset + found.end())
                status = "proposed" if _PLANNED.search(found[0]) else "asserted"
                if predicate == "published" and _OF_PERSON.search(sentence.text, 0, found.start("who")):
                    continue
                for who in slots_between(sentence, slot, found.span("who")):
                    if what and who.kind in ("named", "other") and not who.plural:
                        yield Authorship(who, predicate, what[0], span, rule, 0.8, status)


def _read_its(slotted: Sequence[Slotted], number: int) -> Iterator[Authorship]:
    """Read "its Recovery Plan" as published by the body spoken of."""
    sentence = slotted[number]
    for found in _ITS.finditer(sentence.text):
        what = slots_between(sentence, TITLE, found.span("what"))
        body = find_first_body(slotted, number, found.start())
        if what and body:
            span = (sentence.sentence.start + found.start(), sentence.sentence.start + found.end())
            yield Authorship(body, "published", what[0], span, "its title", 0.65)
