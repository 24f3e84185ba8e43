"""Read names that are known by heart: those of the data file and those of the register.

A name counts with its capitals; an acronym or a word that might mean something else only where it
stands alone and acts as a body does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.candidates import Candidate
from graph.extractors.chains import GIVEN
from graph.extractors.governments import Nations
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading, fold_key
from graph.extractors.wordings import Known, Registered, Wording
from graph.extractors.words import GENERIC, STARTERS, TITLES
from graph.extractors.words_acting import ACTS, DECIDES
from graph.names import fold_case_kept
from graph.patterns import make_regex

_NOT_AFTER_LABOUR = make_regex(r" (?:market|force|costs?|ward|supply|shortage|movement|party's)\b")
_BRANCH = make_regex(
    r" (?:Scotland|Cymru Wales|Cymru|Wales|Northern Ireland|NI|England|scotland|cymru"
    r"|northern ireland)\b(?!'s)"
)
_BRANCHED = frozenset(("Charity", "RepresentativeBody", "ProfessionalBody", "TradeUnion"))
_ACTS = make_regex(
    r"(?:,| and) the [A-Z]|'s (?!\w+ing )|,? (?:said|says|warned|argued|called|reported|claims"
    r"|found|published) "
)
_BEFORE_NAMES = "abcdefghijklmnopqrstuvwxyz,"
_FEDERATED = frozenset((
    "Age UK", "Age Concern", "Mind", "Mencap", "Headway", "Women's Aid", "Relate", "Samaritans", "YMCA",
    "Citizens Advice", "Home-Start", "Crossroads", "Cruse", "Victim Support", "Shelter", "Young Minds",
    "Rotary Club",
))  # fmt: skip
"""Charities whose local members bear the name of the whole with that of a place."""
_MEMBER = make_regex(r" (?:of )?(?P<place>[A-Z][a-z][\w-]+)(?! [A-Z])")
_PLACE_FIRST = make_regex(r"(?:^|[\s(])(?P<place>[A-Z][a-z][\w-]+) $")
_GOES_ON = make_regex(r"(?: (?:&|and|of) |[ -])[A-Z]")
_CAPITAL = make_regex(r"\b[A-Z][\w'-]* $")
_TRUSTS = frozenset(("NHSTrust", "FoundationTrust", "CareTrust"))
_SMALL = frozenset("of for and the in on to with at & upon by under".split())
_SITE = make_regex(r"(?:Hospitals?|Infirmary|hospitals?)$")
_PARTISAN = make_regex(
    r" (?:spokes\w+|mps?|msps?|leaders?|part(?:y|ies)|councillors?|government|candidates?|health"
    r"|ministers?|manifesto|frontbench\w*)\b"
)
_SHOWS = make_regex(
    r", (?:which|whose) |, the (?:union|regulator|charity|think tank)\b"
    r"| and the (?:[A-Z]{2,}|trust|council)\b"
    r"| was (?:set up|created|founded|formed|launched|based)\b"
    r"| is (?:based|an? (?:independent|national) |a charity|now to "
    r"|the (?:independent |health |care )?regulator)"
    r"| members (?:at|in|of|on)\b|, [A-Z]\w+ and (?:the )?[A-Z]| to (?:ballot|strike)\b"
)
"""What follows a word of the language that is a body's name here, by what is said of it."""
_IRISH = make_regex(
    r"\b(?:D[a\u00e1]il|Taoiseach|T[a\u00e1]naiste|Tusla|HIQA|SIPTU|Fianna|Fine Gael|Irish|Munster"
    r"|Leinster|Leitrim|Galway|Cork|Dublin|Nursing Homes Ireland|section 39|RT\u00c9)\b|\u20ac"
)
_WORDS = frozenset(
    "nice mind age who scope sense unite which reform demos rip radar idea cat cot pulse carers "
    "anchor rethink solace che ama ace hea chi cre drc".split()
)
_ORDINARY = frozenset(
    "conservative green greens democrats republicans lords commons senate congress labour".split()
)


def read_known(
    reading: Reading, span: tuple[int, int], wording: Wording, lexicon: Lexicon, nations: Nations
) -> Iterator[Candidate]:
    """Propose the body that a name of the data file stands for at a span of the text, end exclusive."""
    start, end = span
    entry = wording.entry
    assert isinstance(entry, Known)
    text = reading.text[start:end]
    if entry.nation and entry.nation != nations.main:
        return
    lowered = wording.written.islower()
    if reading.caseless and wording.written in ("Conservative", "Labour", "Conservatives"):
        lowered = bool(_PARTISAN.match(reading.text, end)) or wording.written == "Conservatives"
    if (
        not lowered
        and not text[0].isupper()
        and not (reading.caseless and wording.written.lower() not in _ORDINARY)
        and not (text.count(" ") > 1 and _has_institution(text, lexicon))
    ):
        return
    if wording.acronym and text != wording.written and not reading.caseless:
        return
    if entry.wary:
        yield from _read_member(reading, start, end, entry.type)
    if entry.wary and (reading.caseless or not _is_no_mere_word(reading, start, end)):
        return
    if text == "Lords" and reading.text[max(0, start - 3) : start].lower() == "my ":
        return
    if text in ("Labour", "Conservative") and _NOT_AFTER_LABOUR.match(reading.text, end):
        return
    if lowered and re.search(
        r"\b(?:a|local|occupational|health and) $", reading.text[max(0, start - 15) : start]
    ):
        return
    if not entry.wary:
        yield from _read_member(reading, start, end, entry.type)
    if text == "HSE" and _IRISH.search(reading.text):
        yield Candidate(
            start, end, "named", "ArmsLengthBody", "Irish health service", "Health Service Executive", rank=46
        )
    rank = 45 if entry.nation else 8 if entry.wary else 30
    yield Candidate(start, end, "named", entry.type, f"name {entry.name}", entry.name, rank=rank)


def _read_member(reading: Reading, start: int, end: int, kind: str) -> Iterator[Candidate]:
    """Propose a local member of a federated charity, by the place beside its name ("Mind Barset")."""
    if kind != "Charity" or reading.text[start:end] not in _FEDERATED:
        return
    low = reading.bounds_at(start)[0]
    after, before = (
        _MEMBER.match(reading.text, end),
        _PLACE_FIRST.search(reading.text, max(low, start - 30), start),
    )
    if after and not _is_ordinary(after["place"]):
        yield Candidate(start, after.end(), "named", kind, "member of a federation", rank=41)
    elif before and not _is_ordinary(before["place"]):
        yield Candidate(before.start("place"), end, "named", kind, "member of a federation", rank=41)


def _is_ordinary(word: str) -> bool:
    lowered = word.lower()
    return lowered in STARTERS or lowered in TITLES or lowered in GENERIC or word in GIVEN


def _is_no_mere_word(reading: Reading, start: int, end: int) -> bool:
    """Say whether a word of the language is a name here: it acts, or has its capital inside a sentence."""
    if _GOES_ON.match(reading.text, end) or _CAPITAL.search(reading.text, max(0, start - 25), start):
        return False
    acts = DECIDES.match(reading.text, end) or _SHOWS.match(reading.text, end)
    if not acts and ACTS.match(reading.text, end):
        word = re.escape(reading.text[start:end])
        acts = re.search(rf"[a-z,] {word}(?![\w-]| [A-Z])", reading.text)
    inside = not reading.opens_sentence(start) and reading.text[start - 2] in _BEFORE_NAMES
    return bool(acts) or (inside and reading.sentences[reading.number_at(start)].kind != "heading")


def read_registered(
    reading: Reading, start: int, end: int, wording: Wording, lexicon: Lexicon
) -> Iterator[Candidate]:
    """Propose the body that a name of the register stands for, and its branch where a place follows."""
    entry = wording.entry
    assert isinstance(entry, Registered)
    text = reading.text[start:end]
    if text == "Lords" and reading.text[max(0, start - 3) : start].lower() == "my ":
        return
    if wording.acronym:
        if reading.caseless:
            if len(text) < 3 or text in _WORDS or entry.use == "ambiguous":
                return
        elif (
            fold_case_kept(text) != entry.text and not _is_said_as_word(text, entry.text)
        ) or not _stands_alone(reading, start, end, entry):
            return
    elif (not text[0].isupper() and not (reading.caseless or _has_institution(text, lexicon))) or (
        not reading.caseless
        and not all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in text.split())
        and not _has_institution(text, lexicon)
        and not text.isupper()
    ):
        return
    if entry.use == "ambiguous" and text.islower() and not reading.caseless:
        return
    if entry.type in _TRUSTS and _SITE.search(text):
        return
    yield Candidate(start, end, "named", entry.type, f"register name ({entry.use})", rank=40)
    yield from _read_member(reading, start, end, entry.type)
    branch = _BRANCH.match(reading.text, end) or _read_place_after(reading, end, lexicon)
    if branch and entry.type in _BRANCHED:
        yield Candidate(start, branch.end(), "named", entry.type, "branch of a body", rank=40)


def _is_said_as_word(text: str, acronym: str) -> bool:
    """Say whether an acronym is written as newspapers write those that are said as words ("Adass")."""
    return len(text) > 4 and text.upper() == acronym.upper() and text.istitle() and text.lower() not in _WORDS


def _read_place_after(reading: Reading, end: int, lexicon: Lexicon) -> re.Match[str] | None:
    """Match the place after the name of a body that has local branches ("Age Concern Kent")."""
    found = re.compile(r" [A-Z][\w-]+").match(reading.text, end)
    return found if found and fold_key(found[0]).strip() in lexicon.places else None


def _has_institution(text: str, lexicon: Lexicon) -> bool:
    """Say whether a name in lower case reads as one ("audit commission", not "community care")."""
    words = text.lower().split()
    weak = words[-1] in (
        "care",
        "services",
        "executive",
        "times",
        "today",
        "partners",
        "board",
        "review",
        "office",
        "unit",
        "centre",
        "network",
    )
    long = len(words) > 3 or text.startswith("NHS ")
    headed = words[-1] in lexicon.head_words and (long or not weak)
    return len(words) > 1 and (headed or words[0] in ("department", "university"))


def _stands_alone(reading: Reading, start: int, end: int, entry: Registered) -> bool:
    """Say whether a single word or acronym that might mean something else is the body here."""
    text = reading.text[start:end]
    if entry.use != "ambiguous":
        return len(text) > 1
    if text.isupper():
        return len(text) > 3
    if " " in text or text in ("GP", "Doctor", "Which?", "Which", "Kaiser", "Coalition", "Treasury"):
        return False
    if reading.text.startswith("'s ", start - 3):
        return False
    before, after = reading.text[max(0, start - 2) : start], reading.text[end : end + 2]
    if _ACTS.match(reading.text, end):
        return True
    return (
        not reading.opens_sentence(start)
        and before[0].islower()
        and not (after[:1] == " " and after[1:].isupper())
    )
