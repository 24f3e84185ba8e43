"""Keep definite descriptions of one body that the text never names: "the Board", "the inspectorate".

Minutes, letters and extracts speak of the body that they are about by its noun alone. Some nouns mean
one body wherever they stand after "the", some only with a capital, some only where the body acts. In a
whole document a noun in lower case that no body in it fits is a class or no body, so only extracts count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.extractors.words_acting import ACTS
from graph.records import Document, Mention

_ALWAYS = {
    "department": "GovernmentDepartment", "inspectorate": "Regulator", "regulator": "Regulator",
    "trust": "NHSTrust", "commission": "Regulator", "university": "University",
    "corporation": "LocalAuthority", "college": "ProfessionalBody", "hospice": "Charity",
    "confederation": "RepresentativeBody",
    "community health council": "RepresentativeBody",
    "social services department": "SocialServicesDepartment",
    "social work department": "SocialServicesDepartment", "local medical committee": "RepresentativeBody",
    "borough council": "LocalAuthority", "city council": "LocalAuthority",
}  # fmt: skip
_CAPITAL = {
    **_ALWAYS,
    "board": "Partnership", "alliance": "RepresentativeBody", "forum": "RepresentativeBody",
    "executive": "Government", "institute": "ResearchUnit", "assembly": "Parliament",
    "select committee": "Parliament", "county": "CountyCouncil", "society": "ProfessionalBody",
    "agency": "ArmsLengthBody", "partnership": "Partnership", "charity": "Charity",
}  # fmt: skip
_ACTING = {
    "board": "HealthBoard", "firm": "Company", "charity": "Charity", "union": "TradeUnion",
    "surgery": "GeneralPractice",
    "agency": "ArmsLengthBody", "network": "RepresentativeBody", "company": "Company", "operator": "Company",
    "forum": "RepresentativeBody",
}  # fmt: skip
_CERTAIN = frozenset(("inspectorate", "regulator"))
_THE = re.compile(r"\b[Tt]he\s$")
_GOES_ON = re.compile(r"\s+(?:[A-Z]|of\b|for\b|in the group)|-")
_EXTRACT = 2_000
"""Characters that an extract has at most."""
_OWNS = re.compile(r"['\u2019]s ")


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
    extract = len(document.text) < _EXTRACT and bool(resolved)
    back = _stand_alone(document, alone, extract=extract)
    return sorted([*resolved, *back], key=lambda mention: mention.start)


def _stand_alone(document: Document, alone: Sequence[Mention], *, extract: bool) -> Iterator[Mention]:
    for mention in alone:
        noun = " ".join(mention.text.lower().split())
        if mention.text[0].isupper():
            kind = _CAPITAL.get(noun, "")
        else:
            acting = _ACTING.get(noun, "") if _acts(document.text, mention.end) else ""
            kind = (_ALWAYS.get(noun) or acting) if extract else ""
            if noun in _CERTAIN and len(document.text) < _EXTRACT:
                kind = "Regulator"
        before = document.text[max(0, mention.start - 6) : mention.start]
        if kind and _THE.search(before) and not _GOES_ON.match(document.text, mention.end):
            yield replace(mention, kind="named", type=kind, name=noun, found_by="description alone")


def _acts(text: str, end: int) -> bool:
    return bool(ACTS.match(text, end) or _OWNS.match(text, end))
