"""Find the body of an office that needs none named: a councillor's council, the Speaker's parliament."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.patterns import make_regex
from graph.records import Mention

_COUNCILS = frozenset(
    "LocalAuthority CountyCouncil UnitaryAuthority LondonBoroughCouncil MetropolitanBoroughCouncil "
    "DistrictCouncil ScottishCouncil WelshCouncil".split()
)
_OFFICES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        make_regex(
            r"(?:.*\s)?councillors?(?:\s+(?:for|in)\b.*)?|(?:deputy\s+)?(?:(?:cabinet|lead|executive)\s+members?|portfolio\s+holders?)\b.*|"
            r"director\s+(?:of|for)\s+(?:public\s+health|(?:adult|children|social|community)\b.*)",
            re.IGNORECASE,
        ),
        _COUNCILS,
    ),
    (make_regex(r"(?:.*\s)?mayor", re.IGNORECASE), _COUNCILS),
    (
        make_regex(r"(?:(?:madam|mr|deputy|lord)\s+)*(?:speaker|presiding\s+officer)", re.IGNORECASE),
        frozenset({"Parliament"}),
    ),
    (make_regex(r"(?:deputy\s+)?chief\s+inspector\b.*", re.IGNORECASE), frozenset({"Regulator"})),
)
_DEVOLVED = make_regex(r"\b(?:Scottish|Wales|Welsh|Senedd|Assembly|Holyrood)\b", re.IGNORECASE)
_COMMONS = make_regex(r"\b(?:Commons|House|UK|United\s+Kingdom)\b", re.IGNORECASE)
_SHADOW = make_regex(r"\b(?:shadow|opposition)\b", re.IGNORECASE)


def find_office_body(role: str, mentions: Sequence[Mention]) -> Mention | None:
    """Return the one body of the document that an office can belong to, if there is just one.

    Args:
        role: the words of the title ("cabinet member for adult social care").
        mentions: of the document.
    """
    if _SHADOW.search(role):
        opposition = (m for m in mentions if m.text.lower().endswith("opposition"))
        return next(opposition, None)
    for office, types in _OFFICES:
        if office.fullmatch(role):
            return find_only_body(types, mentions) or _find_chamber(role, types, mentions)
    return None


def _find_chamber(role: str, types: frozenset[str], mentions: Sequence[Mention]) -> Mention | None:
    """Choose among parliaments: a Presiding Officer sits in a devolved one, a Speaker in the Commons."""
    kind = _DEVOLVED if "presiding" in role.lower() else _COMMONS
    fitting = [m for m in mentions if m.type in types & {"Parliament"} and kind.search(m.name or m.text)]
    return find_only_body(types, fitting)


def find_only_body(types: frozenset[str], mentions: Sequence[Mention]) -> Mention | None:
    """Return the first mention of the only named body of some types, or None when there are more."""
    fitting = [m for m in mentions if m.kind == "named" and not m.plural and m.type in types]
    return fitting[0] if len({m.entity for m in fitting}) == 1 else None
