"""Find which area a particular body serves: ``servesArea``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extractors.slots import ORGANISATION, PLACE, Slotted, slot_sentences
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Document, Mention, Relation, Sentence, merge_relations, quote_evidence

_LOCAL = frozenset(
    "PrimaryCareTrust CareTrust ChildrensTrust StrategicHealthAuthority HealthAuthority PrimaryCareGroup "
    "NHSTrust FoundationTrust "
    "ClinicalCommissioningGroup IntegratedCareBoard HealthBoard GeneralPractice Hospital LocalAuthority "
    "CountyCouncil UnitaryAuthority "
    "LondonBoroughCouncil MetropolitanBoroughCouncil DistrictCouncil ScottishCouncil WelshCouncil "
    "SocialServicesDepartment "
    "HousingAuthority Partnership".split()
)
_PROVIDERS = _LOCAL | frozenset(
    "Charity Company Organisation ArmsLengthBody ResearchUnit Regulator AuditBody RepresentativeBody".split()
)
_NATIONS = frozenset(name.removeprefix("the ") for name in load_words("places")["nations"])
_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PLC = f"(?<!{PLACE}){PLACE}++"
_WHO = rf"(?P<who>{_ORG})(?:\s+\((?:{_ORG}|[\w&]+)\))?"
_OF = r"(?:both\s+|all\s+of\s+|parts\s+of\s+|most\s+of\s+|much\s+of\s+|the\s+whole\s+of\s+|the\s+)*"
_WHERE = rf"{_OF}(?P<where>{_PLC}(?:(?:,\s*|,?\s+and\s+|\s*&\s*|\s*/\s*)(?:the\s+|in\s+)?{_PLC})*)"
_GAP = f"[^.;:{ORGANISATION}{PLACE}]"
_NEAR = f"[^.;:,{ORGANISATION}{PLACE}]"
_BUT = r"(?:(?:and|but|meanwhile|elsewhere|similarly|while|also),?\s+)?"
_PLACED = frozenset({"body in area", "body, in area", "in area, the body", "area's body", "area where body"})
_SERVE = (
    r"(?:covers?|covered|covering|serves?|served|serving|takes\s+in|"
    r"responsible\s+for\s+(?:\w+\s+){0,8}?(?:in|across|throughout|for))"
)
_PROVIDE = (
    r"(?:provides?|provided|providing|runs?|ran|running|delivers?|delivered|delivering|commissions?|"
    r"commissioned|commissioning|commissioner|"
    r"responsible|manages?|managed|operates?|operated|operating|guided?|guides|offers?|offered|(?:has|"
    r"have|had)\s+(?:\w+\s+){0,2}?(?:practices|hospitals|sites|branches|homes|services|offices|clinics|"
    r"surgeries)|looks\s+after|cares?\s+for|"
    r"takes?\s+over|took\s+over|buys|bought|treats|treated)"
)
_WORDINGS: tuple[tuple[str, re.Pattern[str], frozenset[str], float], ...] = (
    (
        "serves",
        make_regex(rf"{_WHO}{_GAP}{{0,60}}?\b{_SERVE}\s+{_GAP}{{0,60}}?{_WHERE}", re.IGNORECASE),
        _PROVIDERS,
        0.85,
    ),
    (
        "provides in",
        make_regex(
            rf"{_WHO}{_GAP}{{0,70}}?\b{_PROVIDE}\b{_NEAR}{{0,110}}?\b(?:in|across|throughout|within|"
            rf"around)\s+{_WHERE}",
            re.IGNORECASE,
        ),
        _PROVIDERS,
        0.65,
    ),
    (
        "body in area",
        make_regex(rf"{_WHO},?\s+(?:in|covering|serving|across)\s+(?:nearby\s+)?{_WHERE}", re.IGNORECASE),
        _LOCAL | {"Company"},
        0.7,
    ),
    (
        "body, in area",
        make_regex(rf"{_WHO},\s+(?:in|covering|serving|across)\s+{_WHERE}(?=\s*[,.;)])", re.IGNORECASE),
        _PROVIDERS,
        0.6,
    ),
    (
        "in area, the body",
        make_regex(rf"^\W*{_BUT}in\s+{_WHERE},\s+(?:the\s+|its\s+)?(?:\w+\s+)?{_WHO}", re.IGNORECASE),
        _LOCAL,
        0.6,
    ),
    (
        "area's body",
        make_regex(
            rf"(?P<where>{_PLC})'s?\s+(?:(?:main|own|local|only|former|largest|biggest|two|three)\s+)*{_WHO}",
            re.IGNORECASE,
        ),
        _LOCAL,
        0.6,
    ),
    (
        "area where body",
        make_regex(rf"\bin\s+{_WHERE},?\s+where\s+(?:the\s+|its\s+)?(?:\w+\s+)?{_WHO}", re.IGNORECASE),
        _LOCAL,
        0.6,
    ),
    (
        "area body",
        make_regex(rf"(?P<where>{_PLC})\s+(?P<who>{_ORG})", re.IGNORECASE),
        frozenset({"Hospital", "GeneralPractice", "Company"}),
        0.6,
    ),
    (
        "regional office",
        make_regex(
            rf"\b(?:director|manager|lead|head|officer|organiser|secretary|team|office)\s+(?:for|of|"
            rf"at)\s+(?:the\s+)?{_WHO}\s+in\s+{_WHERE}",
            re.IGNORECASE,
        ),
        _LOCAL | _PROVIDERS | {"TradeUnion"},
        0.6,
    ),
    (
        "body for area",
        make_regex(
            rf"{_WHO},?\s+(?:(?:is|was|became|as)\s+)?(?:the|an?)\s+[\w\s-]{{0,40}}?(?:board|authority|trust|group|"
            rf"commissioner|provider|council|body|hospital|regulator)\s+for\s+(?:people\s+in\s+)?{_WHERE}",
            re.IGNORECASE,
        ),
        _PROVIDERS,
        0.75,
    ),
    (
        "run by",
        make_regex(
            rf"\b(?:services?|care|hospitals?|homes?|practices?|clinics?)\s+(?:in|across|for|throughout)\s+{_WHERE}"
            rf"(?:,?\s+(?:which|that|is|are|was|were|will|be|being|now|currently|has|have|been)){{0,4}},?\s+"
            rf"(?:provided|run|delivered|managed|commissioned|operated)\s+by\s+(?:the\s+)?{_WHO}",
            re.IGNORECASE,
        ),
        _PROVIDERS,
        0.75,
    ),
)
_BY_VERB = frozenset({"serves", "provides in", "run by", "body for area"})
_PLANNED = make_regex(
    r"\b(?:will|would|could|may|might|should|plans?\s+to|hopes\s+to|set\s+to|proposed|bid|bidder|to\s+be)\b",
    re.IGNORECASE,
)
_DENIED = make_regex(r"\b(?:not|no\s+longer|never)\b|n't\b", re.IGNORECASE)


def find_service_areas(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> list[Relation]:
    """Find ``servesArea`` relations of particular bodies, never of classes of bodies.

    Args:
        document: the source.
        sentences: its sentences.
        mentions: organisations and places, their ``entity`` set.

    Returns:
        Relations body -> place. That a body's own name holds the area is not enough.
    """
    relations: list[Relation] = []
    for kinds in (
        ("named",),
        ("named", "unnamed"),
    ):  # an unnamed body in between hides the named one before it
        wanted = [m for m in mentions if m.type == "Place" or m.kind in kinds]
        for sentence in slot_sentences(sentences, wanted):
            if PLACE in sentence.text and ORGANISATION in sentence.text:
                relations += list(_read(document, sentence))
    return list(merge_relations(relations))


def _read(document: Document, sentence: Slotted) -> Iterator[Relation]:
    for rule, pattern, types, confidence in _WORDINGS:
        for found in pattern.finditer(sentence.text):
            body = sentence.mentions.get(found.start("who"))
            if body is None or body.type not in types or (rule == "area body" and not body.definite):
                continue
            status = (
                "negated"
                if _DENIED.search(found[0])
                else "proposed"
                if _PLANNED.search(found[0])
                else "asserted"
            )
            start, end = sentence.sentence.start + found.start(), sentence.sentence.start + found.end()
            for at, place in sorted(sentence.mentions.items()):
                inside = found.start("where") <= at < found.end("where") and place.type == "Place"
                if rule in _PLACED and place.name in _NATIONS and body.type in _LOCAL:
                    continue  # "the health board in Wales" tells where, not whom it serves
                if inside and (rule in _BY_VERB or place.name not in body.name):
                    evidence = quote_evidence(document.text, start, end)
                    yield Relation(
                        body.entity,
                        "servesArea",
                        place.entity,
                        status,
                        (evidence,),
                        confidence=confidence,
                        found_by=f"area: {rule}",
                    )
