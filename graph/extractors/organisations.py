"""Find organisations: named bodies, classes of bodies, and bodies without a name.

Every wording is found by one automaton; rules around each hit propose what it stands for, and
the longest proposals that do not overlap become mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.extractors.acronyms import find_introduced
from graph.extractors.anaphora import resolve_definites
from graph.extractors.candidates import Candidate, choose_longest
from graph.extractors.care_levels import read_care_levels
from graph.extractors.chains import Spot
from graph.extractors.collectives import read_anaphor, read_collective, read_plural_head
from graph.extractors.cued_names import read_cued
from graph.extractors.governments import Nations, find_nations, read_governments, tell_nation
from graph.extractors.heads import read_names
from graph.extractors.known_names import read_known, read_registered
from graph.extractors.lexicon import Lexicon
from graph.extractors.metonyms import read_metonyms
from graph.extractors.overlaps import Spans
from graph.extractors.providers import read_providers
from graph.extractors.reading import Reading, read_sentences
from graph.extractors.sectors import read_industry, read_national_services, read_sectors
from graph.extractors.short_classes import ShortPlurals
from graph.extractors.short_names import find_short_names
from graph.extractors.sites import read_sites
from graph.extractors.standing import keep_alone
from graph.extractors.wordings import Anaphor, Collective, Head, Known, PluralHead, Wording
from graph.patterns import make_regex
from graph.records import Document, Mention, Sentence, Span

_TITLE_AFTER = make_regex(
    r"(?: (?:and|of|for|the|\([A-Z][\w ]+\)|[A-Z][\w-]*(?!['\w])|Children's|People's)){0,6}? (?:Act"
    r"|Bill|Plan|Plans|PLANS"
    r"|Constitution|Charter|Programme|Strategy|White Paper|Green Paper|Framework|Initiative|Fund"
    r"|Scheme|Agreement|Project|"
    r"Regulations|Order|Review|Report|Awards?|Conference|Summit|Forward View|Manifesto|Concordat|Bulletin)\b"
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
    mentions = [_make_mention(document, reading, tell_nation(c, nations)) for c in chosen]
    places = Spans(titles)
    outside = [m for m in mentions if not any(_is_inside(m, t) for t in places.meeting(m.start, m.end))]
    return keep_alone(document, outside, resolve_definites(document, sentences, outside, lexicon))


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
    short = ShortPlurals(reading)
    for start, end, wordings in lexicon.scan(reading.key):
        for wording in wordings:
            if wording.short:
                short.note_short((start, end), wording)
                continue
            if isinstance(wording.entry, Collective):
                short.note_full(wording.entry.name, start)
            yield from _read_wording(reading, (start, end), wording, lexicon, nations)
    yield from short.read()
    yield from read_sectors(reading)
    yield from read_care_levels(reading)
    yield from read_national_services(reading)
    yield from read_governments(reading, nations, lexicon)
    yield from read_cued(reading, lexicon)
    yield from read_providers(reading, lexicon)
    yield from read_metonyms(reading)
    yield from read_sites(reading)


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
        yield from read_known(reading, span, wording, lexicon, nations)
    else:
        yield from read_registered(reading, *span, wording, lexicon)


def _in_title(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a name stands inside the title of an Act, plan or programme ("NHS Plan")."""
    text = reading.text[candidate.start : candidate.end]
    if candidate.kind != "named" and not text[0].isupper():
        return False
    if candidate.type == "PoliticalParty" and reading.text.startswith(" Conference", candidate.end):
        return False
    return bool(text[0].isupper() and _TITLE_AFTER.match(reading.text, candidate.end))
