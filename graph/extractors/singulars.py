"""Read what a singular wording of a class stands for: "every PCT", "one council", "PCT budgets"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extractors.candidates import Candidate
from graph.extractors.wordings import Collective, Wording
from graph.extractors.words import BODY_NOUNS, FUNCTION_WORDS
from graph.patterns import make_regex

DEFINITE = make_regex(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Mm]y|[Oo]ur|[Ii]ts|[Hh]is|[Hh]er|THE|said)(?: (?:local|new|same"
    r"|outgoing|ruling|embattled|flagship"
    r"|latter|proposed|combined|whole|current|independent|Conservative|Labour|Tory|"
    r"Lib Dem|Liberal Democrat|Conservative-led|Labour-led|Conservative-run|Labour-run"
    r"|Conservative-controlled|Labour-controlled|Tory-led|Tory-run|cash-strapped|troubled"
    r"|beleaguered)){0,2} $"
)
_PARTY_BEFORE = make_regex(
    r"\b(?:Conservative|Labour|Tory|Lib Dem|Liberal Democrat)(?:-(?:led|run|controlled))? $"
)
_GENERIC = make_regex(
    r"\b(?:[Aa]ny|[Ee]ach|[Ee]very|[Nn]o|[Yy]our|[Tt]heir|[Aa]n?|more than one|only one"
    r"|only dealing with one|[Tt]heir local|[Yy]our local|[Aa] local|per|[Aa]ny local|into one"
    r"|fewer than one)(?: (?:small|large|larger|big|good|single|whole|typical|average|particular"
    r"|failing|qualified|willing|private|new|local|independent))? $"
)
_UNNAMED = make_regex(
    r"\b(?P<whole>(?:[Oo]ne|[Aa]nother|[Aa] neighbouring|[Nn]eighbouring|[Aa] nearby|[Aa] different"
    r"|[Ff]ormer|[Ss]ingle|[Aa] second|[Aa] third|one London|one northern|one southern)) $"
)
SITE_BEFORE = make_regex(
    r"\b(?:[Ii]n|into|at|to|from|inside|outside|within|enter|entering|leave|leaving|left|leaves|between"
    r"|(?:out|inside|outside|front|one|side) of|near|through) (?:the |our |their |a |an |its |his "
    r"|her |some |many |most |all "
    r"|both |NHS |acute |local |other |residential |new |nearby )*$"
)
_OWNED_BEFORE = make_regex(r"(?:\b(?:[Ii]ts|[Hh]is|[Tt]heir)|['\u2019]s) $")
"""What stands before inspectors and auditors who work for a body."""
_HELD_BEFORE = make_regex(r"['\u2019]s $")
"""What stands before hospitals and homes that a body has."""
_VISITORS = make_regex(r" (?:from|of|had|who|found|came|were|spent|are arriving)\b")
"""What follows inspectors that are people of one body, no class of bodies."""
_BECOME = make_regex(r"\b(?:become|became|be|make|form|into) one $")
NEXT_WORD = make_regex(r"[ -](\w[\w'-]*)")
NEVER_AFTER = frozenset(
    "tax taxes house houses estate estates housing taxpayer taxpayers chamber worker line lines".split()
)
"""Words that make a noun before them something else than a body ("council tax")."""
_NOT_AFTER_TRUST = ("fund", "funds", "in", "and", "between")
_OF_HOMES = frozenset(
    "fees fee residents resident placements placement places place owners owner staff operators "
    "operator beds bed"
    " ruling sector market managers manager workers bosses closures closure inspections providers "
    "costs".split()
)
"""Nouns before which a home is an actor that takes fees and residents in ("care home fees")."""
_OF_HOSPITALS = frozenset(
    "beds board boards managers chiefs bosses sector waiting deficits consultants".split()
)
"""Nouns before which a hospital is an actor that has them ("hospital beds")."""
_INFLECTED = make_regex(r"\w+(?:ed|s)$")
_EACH = make_regex(r"\b(?:[Ee]ach|[Ee]very|[Aa]ny) (?:other )?$")
_ONLY_EACH = ("board", "charity", "party")
"""Nouns that are a class of bodies only where all of it is meant ("every board")."""
_PARTNERS = (
    r"(?:NHS|PCT|CCG|ICB|trust|police|charity|health board|[Hh]ealth [Bb]oard|board|health authority|Health)"
)
_BESIDE_BEFORE = make_regex(rf"\b{_PARTNERS}(?:,| and|, and| or) $")
_BESIDE_AFTER = make_regex(rf" (?:and|or) {_PARTNERS}\b|, (?:police|PCT|NHS|charity)\b")
_ARTICLE = make_regex(r"\b[Aa]n? $")
_THIS = ("this", "that", "my")


@dataclass(frozen=True, slots=True)
class Place:
    """A wording where it stands: its positions in the reading, and the text on both sides in its sentence."""

    start: int
    end: int
    wording: Wording
    before: str
    after: str

    @property
    def next_word(self) -> str:
        """The word that follows, in lower case, or nothing."""
        following = NEXT_WORD.match(self.after)
        return following[1].lower() if following else ""

    @property
    def is_head(self) -> bool:
        """Whether the wording stands as a body by itself, not as the modifier of a noun."""
        word = self.next_word
        if not word or word in FUNCTION_WORDS or self.after[:1] not in " -":
            return True
        return bool(_INFLECTED.match(word)) and word not in BODY_NOUNS


def is_held(wording: Wording, before: str, after: str) -> bool:
    """Say whether a plural is what one body has: its inspectors, a trust's hospitals."""
    if wording.written == "inspectors" and _VISITORS.match(after):
        return True
    if wording.written in ("inspectors", "auditors"):
        return bool(_OWNED_BEFORE.search(before))
    site = isinstance(wording.entry, Collective) and wording.entry.site
    return site and wording.plural and bool(_HELD_BEFORE.search(before))


def read_singular(place: Place) -> Iterator[Candidate]:
    """Propose what a singular wording stands for: a description, one body without name, or its class."""
    entry, written, word = place.wording.entry, place.wording.written, place.next_word
    if not isinstance(entry, Collective) or word in NEVER_AFTER:
        return
    if (written == "trust" and word in _NOT_AFTER_TRUST and not _EACH.search(place.before)) or (
        written == "authority" and word == "of"
    ):
        return
    if re.match(r" is [A-Z]\w+ [A-Z]", place.after) or (
        written in _ONLY_EACH and not (place.is_head and _EACH.search(place.before))
    ):
        return
    if DEFINITE.search(place.before) or (place.is_head and _PARTY_BEFORE.search(place.before)):
        modifier = not place.is_head and not place.before.lower().rstrip().endswith(_THIS)
        kind = "collective" if modifier else "unnamed"
        rule = "definite description"
        yield Candidate(place.start, place.end, kind, entry.type, rule, entry.name, definite=True, rank=20)
        return
    unnamed = _UNNAMED.search(place.before)
    if unnamed and _BECOME.search(place.before):
        return
    if unnamed and (place.is_head or word not in BODY_NOUNS) and not _GENERIC.search(place.before):
        opening = unnamed.start() + (2 if unnamed[0].lower().startswith("a n") else 0)
        begin = place.start - len(place.before) + opening
        yield Candidate(begin, place.end, "unnamed", entry.type, f"one of {entry.name}", entry.name, rank=30)
        return
    rank, rule = _read_class(place, entry)
    if rule:
        council = rule == "modifier" and written == "council"
        yield Candidate(
            place.start, place.end, "collective", entry.type, f"{rule} {entry.name}", entry.name,
            definite=council, rank=rank,
        )  # fmt: skip


def _read_class(place: Place, entry: Collective) -> tuple[int, str]:
    """Return rank and rule by which a singular stands for its class, or an empty rule where it does not."""
    wording, word = place.wording, place.next_word
    full = " " in wording.written or wording.acronym
    strong = full or wording.written == "council"
    if _GENERIC.search(place.before) and (strong or place.is_head or not _ARTICLE.search(place.before)):
        sited = entry.site and SITE_BEFORE.search(place.before)
        return 10, "" if sited else "generic"
    if wording.written.endswith("home") and full and word in _OF_HOMES:
        return 10, "modifier"
    if wording.written == "hospital" and word in _OF_HOSPITALS:
        return 10, "modifier"
    if wording.written == "council" and (
        _BESIDE_BEFORE.search(place.before) or _BESIDE_AFTER.match(place.after)
    ):
        return 10, "beside another body"
    if strong and not entry.site:
        if place.is_head:
            return 0, "bare" if full else ""
        named = entry.type == "Company" and place.after[1:2].isupper()
        return 10, "modifier" if not named and (full or word in BODY_NOUNS or place.after[0] == "-") else ""
    trust = wording.written == "trust" and word in ("board", "boards", "managers", "executives")
    return 0, "modifier" if trust else ""
