"""Find areas by name: nations, regions, counties, cities and the areas of the register's bodies."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from graph.extractors.overlaps import Spans
from graph.extractors.places_near import read_places_near
from graph.extractors.wordlists import load_words
from graph.iris import slug_name
from graph.patterns import make_regex
from graph.records import Document, Mention, Sentence, Span

_WORDS = load_words("places")
_EVERYDAY = frozenset(_WORDS["words"])
_CAPITAL = make_regex(r"(?<![\w'&-])[A-Z][\w'-]*")
_WHOLE = make_regex(r"(?:London\s+[Bb]orough|Royal\s+Borough|[Cc]ity|[Cc]ounty|[Bb]orough|[Tt]own)\s+of\s+$")
_OF_WHOLE = make_regex(r"\s+[Bb]orough\s+of\s")
_POINT = (
    r"(?:north|south|east|west|mid|central|inner|outer|greater|rural|northern|southern|eastern|"
    r"western|NE|NW|SE|SW)"
)
_PART = make_regex(
    rf"\b{_POINT}(?:[\s-](?:east|west|eastern|western))?(?:(?:,\s+|\s+and\s+|\s*&\s*){_POINT})?\s+$",
    re.IGNORECASE,
)
_AGAIN = make_regex(
    r"\b[Tt]he\s+(?P<noun>city|county|town|borough)\b(?!\s+(?:council|hospital|centre|hall))", re.IGNORECASE
)
_NOUN_LISTS = {"city": "cities", "town": "cities", "borough": "cities", "county": "counties"}

_Found = tuple[Sentence, int, int, str, bool]


@lru_cache(maxsize=4)
def _names_by_word(areas: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Index the names by their first word, longest first."""
    names = {
        n.removeprefix("the ") for key in ("nations", "regions", "counties", "cities") for n in _WORDS[key]
    }
    names |= {area for area in areas if area[:1].isupper()}
    names |= {name.replace(" and ", " & ") for name in names}
    index: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        index.setdefault(name.split()[0], []).append(name)
    return {word: tuple(found) for word, found in index.items()}


def find_places(
    document: Document,
    sentences: Sequence[Sentence],
    organisations: Sequence[Mention],
    *,
    areas: Iterable[str] = (),
) -> list[Mention]:
    """Find the areas that a document names, and "the city" where only one can be meant.

    Args:
        document: the source.
        sentences: its sentences.
        organisations: mentions of bodies and people; a place never overlaps one.
        areas: further names, such as the areas of the register's councils.

    Returns:
        Mentions of type ``Place`` in text order, entity by name.
    """
    index = _names_by_word(frozenset(areas))
    shown = [s for s in sentences if s.kind not in ("furniture", "reference")]
    named = [found for s in shown for found in _named(s, index)]
    near = [
        (sentence, *span, sentence.view[slice(*span)], False)
        for sentence, bodies in _share_bodies(shown, organisations)
        for span in _near(sentence, bodies)
    ]
    known = Spans(map(_span_of, named))
    named += [found for found in near if not known.meet(*_span_of(found))]
    likeliest = _find_likeliest(Counter(found[3] for found in named))
    again = [found for s in shown for found in _again(s, likeliest)]
    taken = sorted((m.start, m.end) for m in organisations)
    used = {m.entity for m in organisations}
    mentions = []
    for sentence, a, b, name, definite in _free(
        sorted(named + again, key=lambda f: (f[0].start + f[1], f[2])), taken
    ):
        start, end = sentence.start + a, sentence.start + b
        entity = slug_name(name)
        entity = f"{entity}-place" if entity in used else entity
        rule = "noun for an area" if definite else "name of an area"
        text = document.text[start:end]
        mentions.append(
            Mention(start, end, text, "other", "Place", entity, found_by=rule, definite=definite, name=name)
        )
    return mentions


def _named(sentence: Sentence, index: dict[str, tuple[str, ...]]) -> Iterator[_Found]:
    view, at = sentence.view, 0
    for word in _CAPITAL.finditer(view):
        names = index.get(word[0].removesuffix("'s"), ()) if word.start() >= at else ()
        for name in names:
            end = word.start() + len(name)
            if (
                view.startswith(name, word.start())
                and not view[end : end + 1].isalnum()
                and view[end : end + 1] != "-"
            ):
                if not (name in _EVERYDAY and not view[: word.start()].strip(" \"'")) and not _OF_WHOLE.match(
                    view, end
                ):
                    start = _widen(view, word.start())
                    yield sentence, start, end, " ".join(view[start:end].split()), False
                    at = end
                break


def _near(sentence: Sentence, organisations: Sequence[Mention]) -> Iterator[Span]:
    if " in " in sentence.view:
        yield from read_places_near(sentence, organisations)


def _share_bodies(
    sentences: Sequence[Sentence], organisations: Sequence[Mention]
) -> Iterator[tuple[Sentence, list[Mention]]]:
    """Yield each sentence with the mentions that begin in it or after it and before the next."""
    starts = [sentence.start for sentence in sentences]
    inside: list[list[Mention]] = [[] for _ in sentences]
    for mention in organisations:
        number = bisect_right(starts, mention.start) - 1
        if number >= 0:
            inside[number].append(mention)
    yield from zip(sentences, inside, strict=True)


def _span_of(found: _Found) -> Span:
    return found[0].start + found[1], found[0].start + found[2]


def _find_likeliest(counts: Counter[str]) -> dict[str, str]:
    """Map nouns to the area of their kind that is the only one named, or is named most often."""
    ranked, likeliest = counts.most_common(), {}
    for noun, kind in _NOUN_LISTS.items():
        best = [name for name, _ in ranked if name in _WORDS[kind]][:2]
        if len(best) == 1 or (best and counts[best[0]] > counts[best[1]]):
            likeliest[noun] = best[0]
    return likeliest


def _again(sentence: Sentence, likeliest: Mapping[str, str]) -> Iterator[_Found]:
    """Yield "city" for the one city, or the city named most often."""
    for found in _AGAIN.finditer(sentence.view):
        name = likeliest.get(found["noun"].lower())
        if name:
            yield sentence, *found.span("noun"), name, True


def _free(found: list[_Found], taken: list[Span]) -> Iterator[_Found]:
    """Leave out what overlaps a body's name."""
    first = 0
    for item in found:
        start, end = _span_of(item)
        while first < len(taken) and taken[first][1] <= start:
            first += 1
        if not any(a < end and start < b for a, b in taken[first : first + 4]):
            yield item


def _widen(view: str, start: int) -> int:
    """Take in "London borough of" and "central and southern" before the name."""
    for pattern in (_WHOLE, _PART):
        before = pattern.search(view, max(0, start - 32), start)
        if before:
            return before.start()
    return start
