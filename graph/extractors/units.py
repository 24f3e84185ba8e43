"""Find units that carry their parent's name: "the BMA's GP committee", "NHS England board"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from graph.patterns import make_regex
from graph.records import Document, Entity, Mention, Relation, Sentence, quote_evidence
from graph.vocabulary import ORGANISATION_KINDS

CONFIDENCE = 0.7
_UNIT = make_regex(
    r"(?:['\u2019]s?)?\s+(?:[\w&-]+\s+){0,3}?(?:boards?|committees?|councils?|offices?|units?|teams?|department|division|"
    r"directorate|branch|group|network|section|faculty|school|institute|secretariat|executive|panel|hospital)$",
    re.IGNORECASE,
)
_PARENTS = frozenset(
    "LocalAuthority CountyCouncil UnitaryAuthority LondonBoroughCouncil DistrictCouncil".split()
)
_WHOLE = make_regex(r"\b(?:County|City|Borough|District|Parish|Town|Metropolitan)\s+Council$|\bHealth Board$")


def find_units(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], entities: Sequence[Entity]
) -> Iterator[Relation]:
    """Yield ``partOf`` from a unit to the body whose name, or whose mention right before it, it carries.

    Args:
        document: the document.
        sentences: all of them, in order.
        mentions: resolved, in text order.
        entities: of the document.
    """
    known = {entity.id: entity for entity in entities}
    named = [m for m in mentions if m.kind in ORGANISATION_KINDS and (not m.plural or _is_department(m))]
    surfaces = {s: e.id for e in entities if e.kind == "named" for s in (*e.surfaces, e.name)}
    starts = [sentence.start for sentence in sentences]
    for number, mention in enumerate(named):
        parent = _parent_in_name(mention, surfaces) or _parent_before(document, named, number)
        if parent and parent != mention.entity and (known[parent].kind == "named" or _is_department(mention)):
            sentence = sentences[bisect_right(starts, mention.start) - 1]
            evidence = quote_evidence(document.text, sentence.start, sentence.end)
            yield Relation(
                mention.entity, "partOf", parent, "asserted", (evidence,), "", CONFIDENCE, "unit's name"
            )


def _is_department(mention: Mention) -> bool:
    """Say whether departments of any council are meant ("local authority social services departments")."""
    return mention.type == "SocialServicesDepartment" and "department" in mention.text.lower()


def _parent_in_name(mention: Mention, surfaces: dict[str, str]) -> str:
    """Return the body whose surface starts the mention ("NHS England" of "NHS England board")."""
    text = mention.text
    if mention.kind != "named" or mention.definite or _WHOLE.search(text):
        return ""
    for cut in (m.start() for m in re.finditer(r"['\u2019]s\s|\s", text)):
        parent = surfaces.get(text[:cut])
        if parent and parent != mention.entity and _UNIT.fullmatch(text, cut):
            return parent
    return ""


def _parent_before(document: Document, named: Sequence[Mention], number: int) -> str:
    """Return the body mentioned right before a unit: "the BMA's GP committee" as two mentions."""
    if not number or not _UNIT.fullmatch(" " + named[number].text):
        return ""
    before, unit = named[number - 1], named[number]
    gap = document.text[before.end : unit.start]
    if gap in (" ", "'s ", "\u2019s ", "' ", "\u2019 ") and not (unit.definite and unit.type in _PARENTS):
        return before.entity
    return ""
