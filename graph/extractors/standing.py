"""Keep definite descriptions of one body that the text never names: "the Board", "the Inspectorate".

Minutes, letters and notes speak of the body that they are about by its noun with a capital. In lower case a
noun that no body of the document fits is mostly a class or no body, and is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.patterns import make_regex
from graph.records import Document, Mention

_CAPITAL = {
    "department": "GovernmentDepartment", "inspectorate": "Regulator", "regulator": "Regulator",
    "trust": "NHSTrust", "commission": "Regulator", "university": "University",
    "corporation": "LocalAuthority", "college": "ProfessionalBody", "hospice": "Charity",
    "confederation": "RepresentativeBody",
    "community health council": "RepresentativeBody",
    "social services department": "SocialServicesDepartment",
    "social work department": "SocialServicesDepartment", "local medical committee": "RepresentativeBody",
    "borough council": "LocalAuthority", "city council": "LocalAuthority",
    "board": "Partnership", "alliance": "RepresentativeBody", "forum": "RepresentativeBody",
    "executive": "Government", "institute": "ResearchUnit", "assembly": "Parliament",
    "select committee": "Parliament", "county": "CountyCouncil", "society": "ProfessionalBody",
    "agency": "ArmsLengthBody", "partnership": "Partnership", "charity": "Charity",
}  # fmt: skip
_THE = make_regex(r"\b[Tt]he\s$")
_GOES_ON = make_regex(r"\s+(?:[A-Z]|of\b|for\b)|-")


def keep_alone(document: Document, proposed: Sequence[Mention], resolved: Sequence[Mention]) -> list[Mention]:
    """Put back the descriptions that found no antecedent and yet can only mean one body.

    Args:
        document: the source.
        proposed: mentions with the definite descriptions, in text order.
        resolved: those that were kept, in text order.

    Returns:
        The kept ones and those put back, in text order.
    """
    taken = {(mention.start, mention.end) for mention in resolved}
    alone = [m for m in proposed if m.definite and (m.start, m.end) not in taken]
    back = _stand_alone(document, alone)
    return sorted([*resolved, *back], key=lambda mention: mention.start)


def stands_alone(noun: str) -> bool:
    """Say whether a description with a capital is kept though no body fits it."""
    return noun in _CAPITAL


def _stand_alone(document: Document, alone: Sequence[Mention]) -> Iterator[Mention]:
    for mention in alone:
        noun = " ".join(mention.text.lower().split())
        kind = _CAPITAL.get(noun, "") if mention.text[0].isupper() else ""
        before = document.text[max(0, mention.start - 6) : mention.start]
        if kind and _THE.search(before) and not _GOES_ON.match(document.text, mention.end):
            yield replace(mention, kind="named", type=kind, name=noun, found_by="description alone")
