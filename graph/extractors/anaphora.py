"""Find what definite descriptions stand for: "the trust" after "Torbay Care Trust", "the Opposition" in 2009.

The antecedent is the named body of a fitting type that the text has just spoken of, most often, or in
its title. Where there is none, a description of a kind of body stays unnamed, and others are dropped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from graph.extractors.lexicon import Lexicon
from graph.extractors.presence import Presence
from graph.extractors.reading import fold_key
from graph.extractors.wordings import Anaphor, Collective
from graph.patterns import make_regex
from graph.records import Document, Mention, Sentence

_YEAR = make_regex(r"\b(?:19[89]\d|20[0-3]\d)\b")
_KEEPS_UNNAMED = frozenset(
    "PrimaryCareTrust ClinicalCommissioningGroup NHSTrust FoundationTrust LocalAuthority CountyCouncil "
    "CareTrust StrategicHealthAuthority HealthAuthority HealthBoard DistrictCouncil UnitaryAuthority "
    "GeneralPractice Partnership IntegratedCareBoard PrimaryCareGroup".split()
)
_BROAD = frozenset(
    "Partnership Organisation RepresentativeBody Company Charity ProfessionalBody ArmsLengthBody".split()
)
"""Types of too many sorts of bodies for the type to tell which one is meant."""
_AHEAD = {"": 900, "council": 20_000}
"""Characters within which a noun may come before the name ("my trust ... NHS Leeds wrote"), by noun."""
_LOOSE = frozenset(("organisation", "organization", "body", "health body", "public body"))
"""Nouns that fit any body, so that only one that the text has just named can be meant."""
_JUST = 2
"""Sentences within which a body has just been named."""
_KEPT = {
    "commission": "Regulator", "committee": "Parliament", "inquiry": "Organisation", "panel": "Organisation",
    "agency": "ArmsLengthBody", "association": "RepresentativeBody", "department": "GovernmentDepartment",
    "regulator": "Regulator", "inspectorate": "Regulator", "corporation": "LocalAuthority",
    "watchdog": "Regulator", "regional board": "HealthAuthority",
}  # fmt: skip
"""Nouns that always mean one body, even where the text does not name it, with their likely type."""
_SHORTENED = frozenset(("trust", "council", "hospital", "authority", "board"))
"""Last words of names that a text makes shorter by leaving out words before."""
_SURE = ("department", "regulator", "inspectorate", "corporation", "regional board")
"""Those of them that mean a body in a text that names none at all."""
_SINGLE = {
    "county": ("CountyCouncil", "county councils"), "borough": ("LondonBoroughCouncil", "London boroughs"),
    "district": ("DistrictCouncil", "district councils"), "company": ("Company", "companies"),
    "firm": ("Company", "companies"),
    "ministry": ("GovernmentDepartment", "government departments"),
}  # fmt: skip
"""Nouns that speak of one body, though no text need name it, with the class that it is of."""
_NEAR = 12
"""Sentences within which a body that was named once is still being talked about."""


def resolve_definites(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], lexicon: Lexicon
) -> list[Mention]:
    """Give definite descriptions the name, type and kind of what they stand for.

    Args:
        document: for its date.
        sentences: of the document, in text order.
        mentions: in text order; those that are ``definite`` are resolved or dropped.
        lexicon: says which noun may stand for what.
    """
    starts = [sentence.start for sentence in sentences]
    mentions = _expand_shortened(mentions)
    presence = Presence(mentions)
    resolved = []
    for mention in mentions:
        number = bisect_right(starts, mention.start) - 1
        if mention.name == "ombudsman":
            mention = replace(mention, name=presence.ombudsman)
        if mention.name == "Opposition" and not mention.definite:
            name = _opposition(document, lexicon)
            mention = replace(mention, name=name, definite=True) if name else mention
        elif mention.definite:
            found = _resolve(mention, number, presence, lexicon)
            if not found:
                continue
            mention = found
        if mention.kind == "named" and mention.name != "Opposition":
            presence.note(mention, number, heading=sentences[number].kind == "heading" or number == 0)
        resolved.append(mention)
    return resolved


def _expand_shortened(mentions: Sequence[Mention]) -> list[Mention]:
    """Give a name that leaves out words of one other name in the text that name ("Bay Trust")."""
    names = sorted({m.name or m.text for m in mentions if m.kind == "named" and not m.definite})
    words = {name: fold_key(name).split() for name in names}
    full: dict[str, str] = {}
    endings: dict[str, list[str]] = {}
    for name in names:
        if words[name] and words[name][-1] in _SHORTENED:
            endings.setdefault(words[name][-1], []).append(name)
    for named in endings.values():
        holding: dict[str, list[str]] = {}
        for name in named:
            for word in dict.fromkeys(words[name]):
                holding.setdefault(word, []).append(name)
        for name in named:
            if longer := _find_longer(words[name], words, holding):
                full[name] = longer
    return [
        replace(m, name=full[m.name]) if m.found_by == "name by head" and m.name in full else m
        for m in mentions
    ]


def _find_longer(short: list[str], words: Mapping[str, list[str]], holding: Mapping[str, list[str]]) -> str:
    """Return the one longer name that has all words of a shorter one; nothing if there are several.

    Args:
        short: words of the shorter name, of which one alone says too little.
        words: of each name.
        holding: which names hold a word; only those with the rarest one are looked at.
    """
    if len(short) < 2:
        return ""
    near = min((holding[word] for word in short), key=len)
    fitting = (n for n in near if len(words[n]) > len(short) and _is_within(short, words[n]))
    longer = list(islice(fitting, 2))
    return longer[0] if len(longer) == 1 else ""


def _is_within(short: list[str], long: list[str]) -> bool:
    """Say whether all words of one name stand in another, in their order."""
    rest = iter(long)
    return all(word in rest for word in short)


def _resolve(mention: Mention, number: int, presence: Presence, lexicon: Lexicon) -> Mention | None:
    """Return the mention with its antecedent, as an unnamed body or as a class; None when it is nothing."""
    noun = fold_key(" ".join(mention.text.split()))
    types, word = _meanings(noun, lexicon)
    since = number - _JUST if noun in _LOOSE or noun == "service" else -1
    best = presence.find(types, word, number, only="Hospital") if noun.endswith("hospital") else None
    best = best or presence.find(types, word, number, since=since)
    if best and mention.found_by == "named later":
        return None
    if best and (mention.kind != "collective" or number - best.last <= _NEAR):
        return _stand_for(mention, best.type, best.name, f"{mention.found_by} of {best.name}")
    if mention.kind == "collective":
        return replace(mention, definite=False)
    if mention.kind == "unnamed" or noun == "party":
        coming = presence.find_coming(mention.start, _AHEAD.get(noun, _AHEAD[""]), types, word)
        if coming:
            name = coming.name or coming.text
            return _stand_for(mention, coming.type, name, "definite description, named later")
    return _keep_without_name(mention, noun, presence)


def _stand_for(mention: Mention, kind: str, name: str, rule: str) -> Mention:
    return replace(mention, kind="named", type=kind, name=name, found_by=rule)


def _keep_without_name(mention: Mention, noun: str, presence: Presence) -> Mention | None:
    """Return what a description is that no named body fits: a class, an unnamed body, or nothing."""
    if mention.type == "Hospital" and not presence.has_hospitals:
        return replace(mention, kind="collective", definite=False, found_by="generic hospitals")
    if mention.kind == "unnamed" and mention.type in _KEEPS_UNNAMED:
        return mention
    if (
        noun in _SINGLE
        and mention.kind == "named"
        and (presence.has_names or noun not in ("company", "firm"))
    ):
        kind, name = _SINGLE[noun]
        return replace(mention, kind="unnamed", type=kind, name=name, definite=False)
    if mention.type == "GovernmentDepartment" and mention.name:
        return mention
    sure = presence.has_names or noun in _SURE or mention.text[0].isupper()
    if sure and noun in _KEPT and mention.kind == "named":
        return replace(mention, type=_KEPT[noun], name=noun)
    return None


def keeps_alone(noun: str, *, capital: bool = False) -> bool:
    """Say whether a description is kept in a text that names no body, as ``_keep_without_name`` does."""
    single = noun in _SINGLE and noun not in ("company", "firm")
    return single or noun in _SURE or (capital and noun in _KEPT)


def _meanings(noun: str, lexicon: Lexicon) -> tuple[frozenset[str], str]:
    """Return the types that a noun may stand for, and the word that may stand in the name instead."""
    types: set[str] = set()
    word = ""
    for wording in lexicon.wordings.get(noun, ()):
        if isinstance(wording.entry, Anaphor):
            types |= wording.entry.types
            word = noun if wording.entry.in_name else word
        elif isinstance(wording.entry, Collective) and not wording.plural:
            if wording.entry.type in _BROAD:
                word = noun
            else:
                types.add(wording.entry.type)
    if "PrimaryCareTrust" in types and noun != "trust":
        types.add("CareTrust")
    return frozenset(types), word


def _opposition(document: Document, lexicon: Lexicon) -> str:
    """Return the party that was in opposition at the date of the text, or nothing where it tells no date."""
    date = document.date or max(_YEAR.findall(document.text), default="")
    middle = date if len(date) > 4 else f"{date}-06-15"
    return next((o.name for o in lexicon.oppositions if date and o.start <= middle < o.until), "")
