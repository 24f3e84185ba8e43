"""Find organisations: named bodies, classes of bodies, and bodies without a name.

Every wording is found by one automaton; rules around each hit propose what it stands for, and
the longest proposals that do not overlap become mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extractors.acronyms import find_introduced
from graph.extractors.anaphora import resolve_definites
from graph.extractors.candidates import Candidate, choose_longest
from graph.extractors.chains import Spot
from graph.extractors.collectives import read_anaphor, read_collective, read_plural_head
from graph.extractors.cued_names import read_cued
from graph.extractors.governments import Nations, find_nations, read_governments
from graph.extractors.heads import read_names
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading, fold_key, read_sentences
from graph.extractors.sectors import read_industry, read_national_services, read_sectors
from graph.extractors.short_names import find_short_names
from graph.extractors.wordings import Anaphor, Collective, Head, Known, PluralHead, Registered, Wording
from graph.names import fold_case_kept
from graph.records import Document, Mention, Sentence, Span

_TITLE_AFTER = re.compile(
    r"(?: (?:and|of|for|the|\([A-Z][\w ]+\)|[A-Z][\w'-]*)){0,6}? (?:Act|Bill|Plan|Plans|PLANS"
    r"|Constitution|Charter|Programme|Strategy|White Paper|Green Paper|Framework|Initiative|Fund"
    r"|Scheme|Agreement|Project|"
    r"Regulations|Order|Review|Report|Awards?|Conference|Summit|Forward View|Manifesto|Concordat|Bulletin)\b"
)
_NOT_AFTER_LABOUR = re.compile(r" (?:market|force|costs?|ward|supply|shortage|movement|party's)\b")
_BRANCH = re.compile(
    r" (?:Scotland|Cymru Wales|Cymru|Wales|Northern Ireland|NI|England|scotland|cymru"
    r"|northern ireland)\b(?!'s)"
)
_BRANCHED = frozenset(("Charity", "RepresentativeBody", "ProfessionalBody", "TradeUnion"))
_ACTS = re.compile(
    r"(?:,| and) the [A-Z]|'s (?!\w+ing )|,? (?:said|says|warned|argued|called|reported|claims"
    r"|found|published) "
)
_TRUSTS = frozenset(("NHSTrust", "FoundationTrust", "CareTrust"))
_SMALL = frozenset("of for and the in on to with at & upon by under".split())
_SITE = re.compile(r"(?:Hospitals?|Infirmary|hospitals?)$")
_PARTISAN = re.compile(
    r" (?:spokes\w+|mps?|msps?|leaders?|part(?:y|ies)|councillors?|government|candidates?|health"
    r"|ministers?|manifesto|frontbench\w*)\b"
)
_WORDS = frozenset(
    "nice mind age who scope sense unite which reform demos rip radar idea cat cot pulse carers "
    "anchor rethink solace che ama ace hea chi cre drc".split()
)
_ORDINARY = frozenset(
    "conservative green greens democrats republicans lords commons senate congress labour".split()
)


def find_organisations(
    document: Document, sentences: Sequence[Sentence], lexicon: Lexicon, *, titles: Sequence[Span] = ()
) -> list[Mention]:
    """Find the mentions of organisations in a document.

    Args:
        document: the source.
        sentences: all its sentences; furniture is left out.
        lexicon: the wordings, loaded once.
        titles: spans of the document, end exclusive, that are titles of publications, Acts or
            programmes: no body is mentioned inside one.

    Returns:
        Mentions in text order that do not overlap; ``entity`` is empty, and a ``definite`` one has
        the name of the body that it stands for, where the text names it.
    """
    reading = read_sentences(sentences)
    if not reading.sentences:
        return []
    nations = find_nations(reading)
    proposed = list(_propose(reading, lexicon, nations))
    chosen = choose_longest(proposed)
    proposed += find_introduced(reading, chosen)
    proposed += find_short_names(reading, chosen, lexicon)
    proposed += read_industry(reading)
    chosen = [c for c in choose_longest(proposed) if not _in_title(reading, c)]
    mentions = [_make_mention(document, reading, candidate) for candidate in chosen]
    outside = [m for m in mentions if not any(_is_inside(m, title) for title in titles)]
    return resolve_definites(document, sentences, outside, lexicon)


def _is_inside(mention: Mention, title: Span) -> bool:
    """Say whether a mention is a part of a title, or a name read off its head that is all of one."""
    within = title[0] <= mention.start and mention.end <= title[1]
    return within and ((mention.start, mention.end) != title or mention.found_by == "name by head")


def _make_mention(document: Document, reading: Reading, candidate: Candidate) -> Mention:
    start, end = reading.to_document(candidate.start, candidate.end)
    return Mention(
        start, end, document.text[start:end], candidate.kind, candidate.type,
        plural=candidate.plural, found_by=candidate.found_by, definite=candidate.definite,
        name=candidate.name,
    )  # fmt: skip


def _propose(reading: Reading, lexicon: Lexicon, nations: Nations) -> Iterator[Candidate]:
    short: list[tuple[Span, Wording]] = []
    full: set[str] = set()
    for start, end, wordings in lexicon.scan(reading.key):
        for wording in wordings:
            if wording.short:
                short.append(((start, end), wording))
                continue
            if isinstance(wording.entry, Collective):
                full.add(wording.entry.name)
            yield from _read_wording(reading, (start, end), wording, lexicon, nations)
    for span, wording in short:
        if isinstance(wording.entry, Collective) and wording.entry.name in full:
            yield from read_collective(reading, *span, wording)
    yield from read_sectors(reading)
    yield from read_national_services(reading)
    yield from read_governments(reading, nations, lexicon)
    yield from read_cued(reading, lexicon)


def _read_wording(
    reading: Reading, span: Span, wording: Wording, lexicon: Lexicon, nations: Nations
) -> Iterator[Candidate]:
    entry = wording.entry
    if isinstance(entry, Head):
        yield from read_names(Spot(reading, *span, entry, lexicon))
    elif isinstance(entry, Collective):
        yield from read_collective(reading, *span, wording)
    elif isinstance(entry, PluralHead):
        yield from read_plural_head(reading, *span, entry, lexicon)
    elif isinstance(entry, Anaphor):
        yield from read_anaphor(reading, *span, entry)
    elif isinstance(entry, Known):
        yield from _read_known(reading, *span, wording, nations)
    else:
        yield from _read_registered(reading, *span, wording, lexicon)


def _read_known(
    reading: Reading, start: int, end: int, wording: Wording, nations: Nations
) -> Iterator[Candidate]:
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
    ):
        return
    if wording.acronym and text != wording.written and not reading.caseless:
        return
    if text in ("Labour", "Conservative") and _NOT_AFTER_LABOUR.match(reading.text, end):
        return
    if lowered and re.search(
        r"\b(?:a|local|occupational|health and) $", reading.text[max(0, start - 15) : start]
    ):
        return
    rank = 45 if entry.nation else 30
    yield Candidate(start, end, "named", entry.type, f"name {entry.name}", entry.name, rank=rank)


def _read_registered(
    reading: Reading, start: int, end: int, wording: Wording, lexicon: Lexicon
) -> Iterator[Candidate]:
    entry = wording.entry
    assert isinstance(entry, Registered)
    text = reading.text[start:end]
    if wording.acronym:
        if reading.caseless:
            if len(text) < 3 or text in _WORDS or entry.use == "ambiguous":
                return
        elif fold_case_kept(text) != entry.text or not _stands_alone(reading, start, end, entry):
            return
    elif (not text[0].isupper() and not (reading.caseless or _has_institution(text, lexicon))) or (
        not reading.caseless
        and not all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in text.split())
        and not _has_institution(text, lexicon)
        and not text.isupper()
    ):
        return
    if entry.type in _TRUSTS and _SITE.search(text):
        return
    yield Candidate(start, end, "named", entry.type, f"register name ({entry.use})", rank=40)
    branch = _BRANCH.match(reading.text, end) or _read_place_after(reading, end, lexicon)
    if branch and entry.type in _BRANCHED:
        yield Candidate(start, branch.end(), "named", entry.type, "branch of a body", rank=40)


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
    headed = words[-1] in lexicon.head_words and (len(words) > 3 or not weak)
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
    before, after = reading.text[max(0, start - 2) : start], reading.text[end : end + 2]
    if _ACTS.match(reading.text, end):
        return True
    return (
        not reading.opens_sentence(start)
        and before[0].islower()
        and not (after[:1] == " " and after[1:].isupper())
    )


def _in_title(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a name stands inside the title of an Act, plan or programme ("NHS Plan")."""
    text = reading.text[candidate.start : candidate.end]
    if candidate.kind != "named" and not text[0].isupper():
        return False
    return bool(text[0].isupper() and _TITLE_AFTER.match(reading.text, candidate.end))
