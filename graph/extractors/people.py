"""Find people, by full name and again by surname, and give each one entity."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from graph.extractors.people_names import SPEECH, Name, read_names
from graph.extractors.people_small_letters import capitalise_names, lacks_capitals
from graph.extractors.whole_words import make_finder
from graph.extractors.wordlists import load_words
from graph.iris import slug_name
from graph.patterns import make_regex
from graph.records import Document, Mention, Sentence, Span

_WORDS = load_words("people")
_COMMON: frozenset[str] = _WORDS["common_surnames"]
_PEERAGES: frozenset[str] = _WORDS["peerages"]
_VERB_NEXT = make_regex(rf"\s+(?:(?:also|then)\s+)?(?:{SPEECH}|is|was|has|had|will)\b")
_CAPITAL_BEFORE = make_regex(r"[A-Z][\w'.]*\s+$")
_NAME_AFTER = make_regex(r"[\w-]|\s+[A-Z]")
_FIRST_WORD = make_regex(r"(?:^|[.!?\"])\s*\w+\s+$")


def find_people(
    document: Document, sentences: Sequence[Sentence], organisations: Sequence[Mention]
) -> list[Mention]:
    """Find the people that a document names.

    Args:
        document: the source.
        sentences: its sentences.
        organisations: mentions of organisations; a person never overlaps one.

    Returns:
        Mentions of type ``Person`` in text order, span and name without the title, those of the
        same person with the same ``entity``.
    """
    taken = _Taken([(m.start, m.end) for m in organisations])
    shown = [s for s in sentences if s.kind != "furniture"]
    if lacks_capitals(document.text):
        shown = [replace(s, view=capitalise_names(s.view)) for s in shown]
    full = [name for s in shown for name in read_names(s) if taken.take(name.start, name.end)]
    full.sort(key=lambda name: name.start)
    return _identify(document, full + _short_names(shown, full, taken), organisations)


class _Taken:
    """Spans that are spoken for."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)

    def take(self, start: int, end: int) -> bool:
        """Speak for ``start`` to ``end`` unless something overlaps it; say whether that worked."""
        at = bisect_right(self._spans, (end - 1, 1 << 60))
        if any(b > start for _, b in self._spans[max(0, at - 8) : at]):
            return False
        self._spans.insert(bisect_right(self._spans, (start, end)), (start, end))
        return True


def _short_names(sentences: Sequence[Sentence], full: list[Name], taken: _Taken) -> list[Name]:
    """Find "Carrow" after "Edith Carrow": surnames alone, of people named in full."""
    surnames = {
        n.text.split()[-1]: n.start for n in reversed(full) if " " in n.text and len(n.text.split()[-1]) > 2
    }
    if not surnames:
        return []
    find = make_finder(sorted(surnames), _NAME_AFTER)
    short = []
    for sentence in sentences:
        if sentence.kind == "reference":
            continue
        for at, surname in find(sentence.view):
            start, end = sentence.start + at, sentence.start + at + len(surname)
            if start > surnames[surname] and _alone(sentence.view, at, surname) and taken.take(start, end):
                short.append(Name(start, end, surname, "surname"))
    return short


def _alone(view: str, at: int, surname: str) -> bool:
    """Say whether a surname stands alone and is no everyday word."""
    before = view[max(0, at - 40) : at]
    if _CAPITAL_BEFORE.search(before) and not _FIRST_WORD.search(before):
        return False
    first = not view[:at].strip(" \"'([")
    return not (first and surname in _COMMON and not _VERB_NEXT.match(view, at + len(surname)))


def _identify(document: Document, names: list[Name], organisations: Sequence[Mention]) -> list[Mention]:
    """Give the mentions of one person one entity: a surname is the last full name that ends so."""
    names = sorted(names, key=lambda n: n.start)
    used = {m.entity for m in organisations}
    by_surname: dict[str, list[Name]] = {}
    for name in names:
        if _is_full(name.text):
            by_surname.setdefault(name.text.split()[-1], []).append(name)
    for name in names:
        if " " in name.text and not _is_full(name.text):
            by_surname.setdefault(name.text.split()[-1], [name])
    by_given = {n.text.split()[0]: [n] for n in reversed(names) if _is_full(n.text)}
    mentions = []
    for name in names:
        known = by_surname.get(name.text.split()[-1], []) or by_given.get(name.text, [])
        before = bisect_right(known, name.start, key=lambda n: n.start)
        whole = name.text if _is_full(name.text) or not known else known[max(0, before - 1)].text
        entity = slug_name(whole)
        entity = f"{entity}-person" if entity in used else entity
        text = document.text[name.start : name.end]
        mentions.append(
            Mention(name.start, name.end, text, "other", "Person", entity, found_by=name.found_by, name=whole)
        )
    return _join_initials(mentions)


def _is_full(text: str) -> bool:
    return " " in text and text.split()[0] not in _PEERAGES


def _join_initials(mentions: list[Mention]) -> list[Mention]:
    """Take "J. Smith" for the "Jane Smith" of the same document, when there is only one."""
    people = {
        m.name: m.entity for m in mentions if _is_full(m.name) and len(m.name.split()[0].rstrip(".")) > 1
    }
    alike: dict[tuple[str, str], list[str]] = {}
    for name in people:
        alike.setdefault((name[0], name.split()[-1]), []).append(name)
    joined = []
    for mention in mentions:
        first, _, last = mention.name.partition(" ")
        if last and len(first.rstrip(".")) == 1 and mention.found_by != "reference author":
            same = alike.get((first[0], last.split()[-1]), [])
            if len(same) == 1:
                mention = replace(mention, name=same[0], entity=people[same[0]])
        joined.append(mention)
    return joined
