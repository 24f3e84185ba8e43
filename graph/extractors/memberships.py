"""Find people's memberships and mandates: on a board, of a party, on behalf of a body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extractors.slots import ORGANISATION, PERSON, PLACE, Slotted, slot_sentences
from graph.patterns import make_regex
from graph.records import Document, Mention, Relation, Sentence, merge_relations, quote_evidence

_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PER = f"(?<!{PERSON}){PERSON}++"
_WHO, _BODY = rf"(?P<who>{_PER})", rf"(?P<body>{_ORG})"
_NO = f"[^.;:{ORGANISATION}{PERSON}]"
_SEAT = (
    r"(?:MPs?|MSPs?|AMs?|MLAs?|MEPs?|MS|peers?|councillors?|backbenchers?|candidates?|"
    r"assembly\s+members?|activists?|politicians?|members?|senators?|congress(?:wo)?man)"
)

_ON_BOARD = make_regex(
    rf"{_WHO}{_NO}{{0,60}}?\b(?:sits?|sat|sitting|serves?|served|serving|is|was|joins?|joined|is\s+also|"
    rf"elected|appointed)\s+(?:on|on\s+to|onto|to\s+serve\s+on)\s+"
    rf"(?:the\s+|its\s+|our\s+)?(?:{_ORG}'s?\s+)?{_BODY}",
    re.IGNORECASE,
)
_MEMBER_OF = make_regex(
    rf"{_WHO}(?:,(?:\s+{_NO}{{1,50}}?\s+and)?|,?\s+(?:who\s+)?(?:is|was|remains|became|has\s+been|"
    rf"had\s+been|as))\s+(?:(?:not|never|"
    rf"no\s+longer|now|also|then|still|formerly|previously|himself|herself)\s+)?"
    rf"(?:an?\s+|the\s+|one\s+of\s+the\s+)?(?:(?:founding|founder|former|active|lifelong|life|longstanding|"
    rf"long-standing|leading|senior|lay|current|new|fellow|independent)\s+)*"
    rf"(?:members?)\s+of\s+(?:the\s+)?[\"']?(?:{_ORG}'s?\s+)?{_BODY}",
    re.IGNORECASE,
)
_BELONGS = make_regex(
    rf"{_WHO},?\s+(?:who\s+)?(?:(?:both|all|also|still|no\s+longer)\s+)?(?:belongs?|belonged)\s+to\s+(?:the\s+)?{_BODY}",
    re.IGNORECASE,
)
_INCLUDE = make_regex(
    rf"\bmembers\s+of\s+(?:the\s+)?{_BODY}\s+(?:include|included|are|were)\s+{_WHO}", re.IGNORECASE
)
_LABEL = make_regex(r"\)?(?:\s+(?:MP|MSP|AM|MS|MLA|TD))?(?:\s*\([^()]{2,60}\))?\s*\(")
_PARTY_BEFORE = make_regex(
    rf"{_BODY}(?:'s)?\s+(?:[\w-]+\s+)?{_SEAT}(?:\s+(?:for|in|"
    rf"and)\s+(?:[\w{PLACE}-]+\s*){{1,4}})?,?\s+(?:\w+\s+)?{_WHO}",
    re.IGNORECASE,
)
_PARTY_AFTER = make_regex(
    rf"{_WHO}(?:,|\s+\(|,?\s+(?:who\s+)?(?:is|was|became))\s*(?:(?:the|an?|then|now|former|"
    rf"local)\s+)*{_BODY}\s+(?:[\w-]+\s+)?{_SEAT}\b",
    re.IGNORECASE,
)
_FOR = make_regex(
    rf"{_WHO},?\s+(?:\(?(?:speaking|writing|signing|acting|who\s+was|signed)\s+)?(?:on\s+behalf\s+of|"
    rf"representing|who\s+represents?|who\s+represented|represents)\s+"
    rf"(?:the\s+|all\s+)?{_BODY}",
    re.IGNORECASE,
)
_WORDINGS: tuple[tuple[str, str, re.Pattern[str], float], ...] = (
    ("memberOf", "on a board", _ON_BOARD, 0.75),
    ("memberOf", "member of", _MEMBER_OF, 0.75),
    ("memberOf", "belongs to", _BELONGS, 0.75),
    ("memberOf", "members include", _INCLUDE, 0.75),
    ("memberOf", "of a party", _PARTY_BEFORE, 0.75),
    ("memberOf", "of a party", _PARTY_AFTER, 0.75),
    ("represents", "on behalf of", _FOR, 0.75),
)
_DENIED = make_regex(r"\b(?:not|no\s+longer|never|n't)\b", re.IGNORECASE)
_PLANNED = make_regex(r"\b(?:candidates?|will|would|could|may|hopes\s+to|wants\s+to)\b", re.IGNORECASE)


def find_memberships(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> list[Relation]:
    """Find ``memberOf`` and ``represents`` with a person as their subject.

    Args:
        document: the source.
        sentences: its sentences.
        mentions: organisations and people, their ``entity`` set.

    Returns:
        Relations person -> organisation.
    """
    relations = list(_read_labels(document, mentions))
    for sentence in slot_sentences(sentences, mentions):
        if PERSON in sentence.text and ORGANISATION in sentence.text:
            relations += list(_read(document, sentence))
    return list(merge_relations(relations))


def _read_labels(document: Document, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Read the party in brackets behind a name: "Ann Lee (Leeds) (Lab)"."""
    ordered = sorted(mentions, key=lambda m: m.start)
    for at, party in enumerate(ordered):
        if party.type != "PoliticalParty" or document.text[party.end : party.end + 1] not in (")", "/"):
            continue
        person = next((m for m in reversed(ordered[max(0, at - 4) : at]) if m.type == "Person"), None)
        if person and _LABEL.fullmatch(document.text, person.end, party.start):
            evidence = quote_evidence(document.text, person.start, party.end)
            yield Relation(
                person.entity,
                "memberOf",
                party.entity,
                "asserted",
                (evidence,),
                confidence=0.9,
                found_by="person: party label",
            )


def _read(document: Document, sentence: Slotted) -> Iterator[Relation]:
    for predicate, rule, pattern, confidence in _WORDINGS:
        for found in pattern.finditer(sentence.text):
            body, person = sentence.mentions[found.start("body")], sentence.mentions[found.start("who")]
            if (rule == "of a party") != (body.type == "PoliticalParty") and rule in (
                "of a party",
                "on a board",
            ):
                continue
            status = (
                "negated"
                if _DENIED.search(found[0])
                else "proposed"
                if _PLANNED.search(found[0])
                else "asserted"
            )
            start, end = sentence.sentence.start + found.start(), sentence.sentence.start + found.end()
            evidence = quote_evidence(document.text, start, end)
            yield Relation(
                person.entity,
                predicate,
                body.entity,
                status,
                (evidence,),
                confidence=confidence,
                found_by=f"person: {rule}",
            )
