"""Read the sectors as actors ("health and social care", "the public and private sectors") and governments.

"Health" and "social care" are bodies where they meet, fund, join or are joined; where they
name a subject ("health policy", "a social care analyst") they are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.reading import Reading
from graph.patterns import make_regex

HEALTH, SOCIAL = ("HealthService", "health bodies"), ("SocialServicesDepartment", "social services")
_CARE = r"(?:(?:adult|community|children's) )?social (?:care|services|work)"
_PAIR = make_regex(
    rf"\b(?:(?P<h1>health(?: ?care)?|NHS)(?P<link> and | & |/| or |, |-)(?P<s1>{_CARE})"
    rf"|(?P<s2>{_CARE})(?: and | & |/| or | with |-)(?:the )?(?P<h2>health))\b",
    re.IGNORECASE,
)
_SOCIAL_WORD = make_regex(r"\bsocial (?:care|services|work)\b")
_SUBJECT_BEFORE = make_regex(
    r"(?:\b(?:about|agenda on|[Ii]nquiry into|experience of|changes in|views? on|and other)|Question Time:) $"
)
_AND_CARE = make_regex(
    r"\b(?:join\w*(?: up| together)?|integrat\w+(?: of)?|between|across|bring\w* together|combin\w+"
    r"|link\w*|both) (?P<h>health) and (?P<s>care)\b(?= ?[.,;:)]| (?:in|at|is|are|will|has|by|for"
    r"|to|and|through|services? integration)\b)",
    re.IGNORECASE,
)
_CHILDREN = make_regex(
    r"\b(?:social care|social services|education|health),? (?:and|or) (?P<c>children's services)\b"
)
_SPLIT_PAIR = make_regex(
    rf"\b(?:between|both|from|by|within) (?P<h>health)\b[^.;:\n]{{1,30}}? (?:and|or|with) (?P<s>{_CARE})\b",
    re.IGNORECASE,
)
_REJECT_AFTER = make_regex(
    r"[ -](?:analysts?|needs?|polic(?:y|ies)|acts?|bills?|ministers?|secretar(?:y|ies)|spokes\w+"
    r"|committees?|co-?ordinators?|workers?|professionals?|practitioners?|"
    r"systems?|plans?|information|trusts?|boards?|partnerships?|standards?|reforms?|outcomes?"
    r"|problems?|issues?|matters?|students?|research|journals?|econom(?:y|ies)|"
    r"directorates?|departments?|act\b|white|green|academ\w+|consultants?|editors?|correspondents?"
    r"|users?|legislation|law|records?|crisis|questions?|assessments?|"
    r"packages?|commissioner|select|expert|experts|debate|agenda|portfolio|news|information"
    r"|inequalit\w+|conditions?|careers?|think)\b",
    re.IGNORECASE,
)
_SERVICES_AFTER = make_regex(r"[ -](?:services?|provision|support|delivery|interventions?)\b", re.IGNORECASE)
_JOINING = make_regex(
    r"\b(?:between|across|both|integrat\w+ of|integrating|join\w*|combin\w+|link\w*|merg\w+|divide"
    r"|bring\w*|span\w*|straddl\w+|boundar\w+|pool\w*|together|align\w*|coordinat\w+|co-ordinat\w+"
    r"|unit\w+|co-?operat\w+|collaborat\w+) (?:[\w'-]+ ){0,2}$",
    re.IGNORECASE,
)
_TITLE_BEFORE = make_regex(
    r"\b(?:State|Minister|Ministers|Secretary|Department|Committee|Directorate|Centre|Institute"
    r"|Commission|Board|Office|Journal|Faculty|School|Cabinet Secretary) (?:of|for|on) (?:the )?$"
    r"|\b(?:of|for) Health,? (?:and )?$"
)
_ATTRIBUTIVE = make_regex(
    r"\b(?:patients'|patient's|people's|integrated|seamless|free|your|their|high-level|better"
    r"|individual) $",
    re.IGNORECASE,
)
_SOLO_SOCIAL = make_regex(rf"\b{_CARE}\b", re.IGNORECASE)
_SOLO_BEFORE = make_regex(
    r"\b(?:[Mm]any in|(?:[Ff]unding|settlement|boost|cash|money|resources|budgets?|uplift|grants?)(?:"
    r" \w+)? (?:for|at)|taken up"
    r"(?: entirely)? by|funding of|(?:caused|funded|provided|commissioned) by|attributed to|blamed?"
    r" on|blame|elements of|"
    r"resources (?:to|into|from)|(?:extra |additional |more )(?:funding|money|cash|resources"
    r"|investment)(?: made| available)* (?:for|to|into)|collaborat\w+(?: most)?(?: closely)? with"
    r"|work\w*(?: more)?(?: closely)? with|links? with|[Ss]upport|burden on|pressures? on"
    r"|partnership with|partners? in|"
    r"integrat\w+ with|colleagues in|side of|additional|in both health and|NHS and|[Ff]und"
    r"|together with|relationship with|merged? with|working with|over to|and in|liaise with"
    r"|[Ss]queeze on|NHS (?:to|into|from|than|with|,)"
    r"|(?:money|cash|billions?|bn|spending|more|more money|sum"
    r"|increase) (?:to|into|for|in|on)|NHS and (?:for|to|of|in)"
    r"|[Ss]tarv\w+|[Ff]old(?:ing)?|[Rr]oll(?:ing)?|[Ss]hor(?:e|ing) up"
    r"|[Gg]iv(?:e|es|ing)|[Pp]ut(?:ting)?|let|[Hh]ealth(?: and)? (?:with|to|in)|health,? and (?:in|to|for)"
    r"|local government,) $"
)
_SOLO_AFTER = make_regex(
    r"(?:'s (?:fault|failures?|role|share|part|budgets?)| (?:is being|faces?|face|are facing|is"
    r" facing|has been (?:left|given|starved|cut|neglected"
    r"|asked)|have been|needs? (?:more|extra|the money)|must work|should work|will work|works? with|"
    r"departments?|authorit\w+|funding|managers|directors|staff|teams|budgets|chiefs|bosses|leaders"
    r"|spending|colleagues|partners|side|and (?:the )?NHS|has (?:ever|always|had|been the)"
    r"|must have|gets?|needs?|itself)\b|, (?:unlike the NHS|whose))"
)
_SERVICES_BEFORE = make_regex(
    r"\b(?:use of|uses? of|need(?:s|ed)?|receiv\w+|access to|access|provision of|procurement of"
    r"|personal|using|contact with|delivery of|care and|range of|of|quality of|demand for|free"
    r"|charges? for|pay for|charging for|these|those|their|other|such|deliver|delivering|provide"
    r"|provid\w+) $",
    re.IGNORECASE,
)
_HEALTH_BESIDE = make_regex(
    r"\b(?P<a>health)(?:,| and| or|/) (?:the )?(?:housing|education|local (?:authorit\w+|government"
    r"|councils?)|councils?|voluntary|social,)"
    r"|\b(?:local authorit\w+|housing|councils?|social services|education|primary care groups"
    r"|local government),? (?:and|or|to) (?P<b>health)(?= (?:boundaries|authorit|staff|budgets"
    r"|funding|partners|bodies|services|commission|are|have|will|to|is|working|can|should|must)\b"
    r"|[.,;)])",
    re.IGNORECASE,
)
_AFTERTHOUGHT = make_regex(
    r"(?<!bill )\b(?:to|from|with|by|in|within|than|of) (?P<a>health)(?=[.,;]|$| and from\b| colleagues"
    r"| partners| budgets| money)"
)
_SECTORS = make_regex(
    r"\b(?P<first>public|private|voluntary|independent|statutory|third|charitable|community|not-for-profit)"
    r"(?P<middle>,? (?:and|or|&|to) (?:the )?|, )(?=(?:(?:the )?(?:public|private|voluntary"
    r"|independent|statutory|third|charitable|community|not-for-profit)(?:,? (?:and|or|&) |, "
    r"| ))+(?:sectors?|providers?|organisations?|bodies|agencies|health|hospitals)\b)",
    re.IGNORECASE,
)
_PUBLIC, _PRIVATE = ("Organisation", "public sector"), ("Company", "private sector")
_VOLUNTARY = ("Charity", "voluntary sector")
_SECTOR_OF = {
    **dict.fromkeys(("public", "statutory"), _PUBLIC),
    **dict.fromkeys(("private", "independent"), _PRIVATE),
    **dict.fromkeys(("voluntary", "third", "charitable", "community", "not-for-profit"), _VOLUNTARY),
}
_STATE = make_regex(
    r"\b(?:(?:by|from) the (?P<a>state)(?=[ .,;](?!of\b))"
    r"|(?<!from )(?<!of )[Tt]he (?P<b>state) (?:to|and|or|by|in|as|with|will|would|should|must|can"
    r"|could|takes?|pays?|provides?|has|is|does|funds?|gives?|spends?|meets?|picks? up)\b)"
)
_NATIONAL = make_regex(
    r"\b[Nn]ational (?!health\b|Health\b|Insurance\b|insurance\b|minimum\b|public\b|civil\b"
    r"|average\b)[A-Za-z]+ [Ss]ervice\b(?! (?:framework|user|provision))"
)
_INDUSTRY = make_regex(
    r"\b[Tt]he (?P<a>industry|sector)\b(?! (?:standards?|bod(?:y|ies)|average|leaders?|were"
    r"|was very)\b)"
)


def read_sectors(reading: Reading) -> Iterator[Candidate]:
    """Propose the sectors that act in a document, in no order."""
    yield from _read_pairs(reading)
    yield from _read_social(reading)
    text = reading.text
    for pattern, (kind, name) in ((_HEALTH_BESIDE, HEALTH), (_AFTERTHOUGHT, HEALTH)):
        for found in pattern.finditer(text):
            group = found.lastgroup or "a"
            yield _sector(found.span(group), kind, name)
    for found in _SECTORS.finditer(text):
        yield _sector(found.span("first"), *_SECTOR_OF[found["first"].lower()])
    for found in _STATE.finditer(text):
        yield _sector(found.span(found.lastgroup or "a"), "Government", "state")


def read_industry(reading: Reading) -> Iterator[Candidate]:
    """Propose "the industry" as an actor, and "the sector" where the text speaks of the industry too."""
    found = list(_INDUSTRY.finditer(reading.text))
    named = any(match["a"] == "industry" for match in found)
    for match in found:
        if match["a"] == "industry" or named:
            yield _sector(match.span("a"), "Organisation", "industry")


def read_national_services(reading: Reading) -> Iterator[Candidate]:
    """Propose services of the nation ("a national education service"), which texts treat as bodies."""
    for found in _NATIONAL.finditer(reading.text):
        yield Candidate(*found.span(), "named", "Organisation", "national service", found[0].lower(), rank=15)


def _sector(span: tuple[int, int], kind: str, name: str) -> Candidate:
    return Candidate(span[0], span[1], "collective", kind, f"sector {name}", name, plural=True, rank=20)


def _read_pairs(reading: Reading) -> Iterator[Candidate]:
    text = reading.text
    for found in _find_social(reading, _PAIR, 40, 40):
        health, social = ("h1", "s1") if found["h1"] else ("h2", "s2")
        before, after = text[max(0, found.start() - 45) : found.start()], text[found.end() : found.end() + 30]
        heading = reading.sentences and reading.sentences[reading.number_at(found.start())].kind == "heading"
        if _is_actor(before, after, heading=bool(heading)):
            if found[health].lower() != "nhs":
                yield _sector(found.span(health), *HEALTH)
            yield _sector(found.span(social), *SOCIAL)
    for found in _AND_CARE.finditer(text) if " health and care" in reading.key else ():
        yield _sector(found.span("h"), *HEALTH)
        yield _sector(found.span("s"), *SOCIAL)
    for found in _SPLIT_PAIR.finditer(text):
        if not _REJECT_AFTER.match(text, found.end()):
            yield _sector(found.span("h"), *HEALTH)
            yield _sector(found.span("s"), *SOCIAL)
    for found in _CHILDREN.finditer(text):
        yield _sector(found.span("c"), "SocialServicesDepartment", "children's services")


def _find_social(reading: Reading, pattern: re.Pattern[str], back: int, on: int) -> Iterator[re.Match[str]]:
    """Yield the matches in text order of a pattern that needs social care, looking only near those words."""
    at = 0
    for spot in _SOCIAL_WORD.finditer(reading.key):
        found = pattern.search(reading.text, max(at, spot.start() - back), spot.end() + on)
        if found:
            at = found.end()
            yield found


def _is_actor(before: str, after: str, *, heading: bool) -> bool:
    """Say whether a pair of sectors is two actors, by the words beside it."""
    if _SUBJECT_BEFORE.search(before) or _TITLE_BEFORE.search(before) or _REJECT_AFTER.match(after):
        return False
    joining = bool(_JOINING.search(before)) and not before.lower().endswith("integrated ")
    if _SERVICES_AFTER.match(after):
        return joining or bool(re.match(r" services? integration", after))
    capitals = re.match(r" [A-Z]\w+", after) is not None
    if capitals and not heading:
        return False
    return (
        joining
        or not _ATTRIBUTIVE.search(before)
        or bool(re.match(r" (?:budgets|boundaries|integration|funding|spending|staff)", after))
    )


def _read_social(reading: Reading) -> Iterator[Candidate]:
    text = reading.text
    for found in _find_social(reading, _SOLO_SOCIAL, 12, 0):
        before, after = text[max(0, found.start() - 45) : found.start()], text[found.end() : found.end() + 40]
        if _REJECT_AFTER.match(after) or _TITLE_BEFORE.search(before):
            continue
        services = found[0].lower().endswith("services")
        departments = (
            services
            and not _SERVICES_BEFORE.search(before)
            and not re.match(r" (?:reform|users|committee|secretary|inspectorate|act)", after, re.IGNORECASE)
        )
        if departments or (
            not services
            and (
                _SOLO_BEFORE.search(before)
                or (_SOLO_AFTER.match(after) and not _SERVICES_BEFORE.search(before))
            )
        ):
            yield _sector(found.span(), *SOCIAL)
