"""Find people: titled names, given name and surname, names with a cue, later mentions by surname."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.extractors.references import read_reference
from graph.extractors.wordlists import load_words
from graph.iris import slug_name
from graph.records import Document, Mention, Sentence, Span

_WORDS = load_words("people")
_POSTS = load_words("titles")
_GIVEN: frozenset[str] = _WORDS["given"]
_WEAK: frozenset[str] = _WORDS["weak"]
_NEVER: frozenset[str] = _WORDS["never"]
_COMMON: frozenset[str] = _WORDS["common_surnames"]

_CAPITAL = (
    r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de](?:'[A-Z])?[a-z\u00df-\u00ff]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)*)"
)
_INITIALS = r"(?:[A-Z]\.(?:\s?[A-Z]\.)*|[A-Z]{1,2}(?=\s))"
_PARTICLE = "|".join(sorted(_WORDS["particles"]))
_PART = rf"(?:{_CAPITAL}|{_INITIALS}|(?:{_PARTICLE})(?=\s[A-Z]))"
_RUN = re.compile(rf"(?<![\w'&-]){_CAPITAL}(?:\s+{_PART})*")
_TITLES = "|".join(sorted(_WORDS["titles"], key=len, reverse=True))
_PEERAGES = "|".join(sorted(_WORDS["peerages"]))
_TITLED = re.compile(
    rf"(?<![\w'-])(?:(?:{_TITLES})\.?\s+)+(?P<name>(?:{_INITIALS}\s+)?{_CAPITAL}(?:\s+{_PART}){{0,3}})"
    rf"|(?<![\w'-])(?P<peer>(?:{_PEERAGES})\s+{_CAPITAL}(?:-{_CAPITAL}|\s+{_CAPITAL})?"
    rf"(?:\s+of\s+{_CAPITAL}(?:\s+{_CAPITAL})?)?)"
)
_TURN = re.compile(
    rf"\s*(?:\d+\.\s+)?(?:(?:{_TITLES})\.?\s+)*(?P<name>(?:{_PART}\s+){{1,3}}{_CAPITAL})"
    r"(?:\s+\([^)]{2,60}\)){0,2}\s*:(?!\S)"
)
_BYLINE = re.compile(
    rf"\s*(?:(?i:words by|report by|reported by|by|from))\s+(?P<name>(?:{_PART}\s+){{1,2}}{_CAPITAL})"
)
_HEADS = "|".join(sorted(map(re.escape, _POSTS["heads"]), key=len, reverse=True))
_AFTER_POST = re.compile(
    rf"\b(?:{_HEADS})(?:,|\s+\()?\s+(?P<name>{_CAPITAL}\s+(?:{_INITIALS}\s+)?{_CAPITAL})\b(?!\s+[A-Z])"
)
_BEFORE_POST = re.compile(
    rf"(?<![\w'-])(?P<name>{_CAPITAL}\s+(?:{_INITIALS}\s+)?{_CAPITAL})(?:,|\s+\(|\s+(?:is|was|becomes|became)(?=\s+(?:the|an?)\s))"
    rf"\s+(?:[\w&'-]+\s+){{0,5}}?(?:{_HEADS})\b"
)
_SPEECH = r"(?:said|says|told|added|adds|argued|argues|warned|warns|explained|explains|claimed|claims|believes|thinks|insisted|replied|wrote|writes|asked|called|concludes|concluded|commented|urged)"
_SPEAKER = re.compile(
    rf"(?:[,\"]\s*(?:said|says|added|explains|explained|adds)\s+(?P<after>{_CAPITAL}\s+{_CAPITAL})\b(?!\s+[A-Z])"
    rf"|(?:^|[.\"]\s+)(?P<before>{_CAPITAL}\s+{_CAPITAL})\s+{_SPEECH}\b)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ADDRESS = {word.lower() for word in _WORDS["titles"] | _WORDS["peerages"]}
_NO_SURNAME = frozenset(word.lower() for word in _NEVER | _POSTS["barriers"] | _POSTS["heads"]) - {
    w.lower() for w in _COMMON
}
_NAMED_AFTER = re.compile(
    r"(?:'s)?\s+(?:Hospital|Hospitals|Foundation|Trust|Centre|Center|Ward|House|Institute|University|School|College|Academy|"
    r"Street|Road|Avenue|Act|Review|Report|Inquiry|Fund|Society|Charity|Ltd|Limited|Clinic|Surgery|Unit|Wing|Hospice|Library|"
    r"Prize|Lecture|Award|Bill|Homes?|Infirmary|Park)\b"
)
_VERB_NEXT = re.compile(rf"\s+(?:(?:also|then)\s+)?(?:{_SPEECH}|is|was|has|had|will)\b")


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    text: str
    found_by: str


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
    full: list[_Name] = []
    if _is_small(document.text):
        sentences = [replace(s, view=_capitalise_names(s.view)) for s in sentences]
    for sentence in sentences:
        if sentence.kind == "furniture":
            continue
        for name in _names_in(document, sentence):
            if taken.free(name.start, name.end):
                taken.add(name.start, name.end)
                full.append(name)
    full.sort(key=lambda n: n.start)
    return _identify(document, full + _short_names(sentences, full, taken), organisations)


def _is_small(text: str) -> bool:
    """Say whether a text does without capitals, as some scraped ones do."""
    sample = text[:20_000]
    return sum(map(str.isupper, sample)) * 150 < sum(map(str.islower, sample))


def _capitalise_names(view: str) -> str:
    """Give "health secretary john reid" its capitals back; the length stays.

    >>> _capitalise_names("health secretary john reid said that mr reid will go")
    'health secretary John Reid said that Mr Reid will go'
    """

    characters = list(view)
    words = list(_WORD.finditer(view))
    for word, following in pairwise(words):
        first, last = word[0].lower(), following[0].lower()
        if following.start() - word.end() > 2 or last in _NO_SURNAME or view[word.end()] in ",;:":
            continue
        name = first.capitalize()
        if first in _ADDRESS or (name in _GIVEN and name not in _WEAK):
            characters[word.start()] = view[word.start()].upper()
            characters[following.start()] = view[following.start()].upper()
    return "".join(characters)


class _Taken:
    """Spans that are spoken for."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)

    def free(self, start: int, end: int) -> bool:
        """Say whether no span overlaps ``start`` to ``end``."""
        at = bisect_right(self._spans, (end - 1, 1 << 60))
        return not any(b > start for _, b in self._spans[max(0, at - 8) : at])

    def add(self, start: int, end: int) -> None:
        """Speak for ``start`` to ``end``."""
        self._spans.insert(bisect_right(self._spans, (start, end)), (start, end))


def _names_in(document: Document, sentence: Sentence) -> Iterator[_Name]:
    """Yield names of one sentence, the surest rules first."""
    view, at = sentence.view, sentence.start
    reference = read_reference(sentence)
    if reference:
        for (start, end), name in zip(reference.authors, reference.names, strict=True):
            yield _Name(at + start, at + end, name, "reference author")
        return
    for rule, pattern in (("speaker turn", _TURN), ("byline", _BYLINE)):
        found = pattern.match(view) if ":" in view or sentence.kind == "byline" else None
        if (
            found
            and not _NEVER.intersection(found["name"].split())
            and (rule != "speaker turn" or _plausible(found["name"]))
        ):
            yield _Name(at + found.start("name"), at + found.end("name"), _flat(found["name"]), rule)
    for found in _TITLED.finditer(view):
        group = "name" if found["name"] else "peer"
        start, end = _cut(view, found.start(group), found.end(group), keep=1 if group == "name" else 2)
        word = found[group].split()[group == "peer"]
        if start < end and (word not in _NEVER or word in _COMMON):
            yield _Name(at + start, at + end, _flat(view[start:end]), "form of address")
    for found in _RUN.finditer(view):
        span = _given_name(view, found.start(), found.end())
        if span:
            yield _Name(at + span[0], at + span[1], _flat(view[span[0] : span[1]]), "given name")
    yield from _cued_names(view, at)


def _plausible(name: str) -> bool:
    return any(word in _GIVEN or len(word) < 3 for word in name.split()[:-1])


def _cued_names(view: str, at: int) -> Iterator[_Name]:
    """Yield two capitalised words next to a post or a verb of speech, whatever the words."""
    for pattern in (_AFTER_POST, _BEFORE_POST, _SPEAKER):
        for found in pattern.finditer(view):
            group = next(name for name, text in found.groupdict().items() if text)
            words = found[group].split()
            if not _NEVER.intersection(words) and not _NAMED_AFTER.match(view, found.end(group)):
                yield _Name(
                    at + found.start(group), at + found.end(group), " ".join(words), "name with a cue"
                )


def _given_name(view: str, start: int, end: int) -> Span | None:
    """Find a given name with a surname in a run of capitalised words; offsets into the view."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", view[start:end])]
    for index, (a, b) in enumerate(words[:-1]):
        word = view[a:b]
        if word.partition("-")[0] not in _GIVEN or (word in _WEAK and a == 0):
            continue
        a, b = _cut(view, a, words[min(index + 3, len(words) - 1)][1], keep=0)
        if len(view[a:b].split()) < 2 or len(view[a:b].split()[-1]) < 2 or _NAMED_AFTER.match(view, b):
            return None
        return a, b
    return None


def _cut(view: str, start: int, end: int, *, keep: int) -> Span:
    """End a name before the first word that no name holds; the first ``keep`` words always stay."""
    for number, word in enumerate(re.finditer(r"\S+", view[start:end])):
        if word[0] in _NEVER and number >= keep and not (number and word[0] in _COMMON):
            end = start + word.start()
            break
    return start, start + len(view[start:end].rstrip())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short_names(sentences: Sequence[Sentence], full: list[_Name], taken: _Taken) -> list[_Name]:
    """Find "Nicholson" after "David Nicholson": surnames alone, of people named in full."""
    surnames = {
        n.text.split()[-1]: n.start for n in reversed(full) if " " in n.text and len(n.text.split()[-1]) > 2
    }
    if not surnames:
        return []
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, surnames))) + r")(?![\w-]|\s+[A-Z])"
    )
    short = []
    for sentence in sentences:
        if sentence.kind in ("furniture", "reference"):
            continue
        for found in pattern.finditer(sentence.view):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if start > surnames[found[0]] and _alone(sentence.view, found) and taken.free(start, end):
                taken.add(start, end)
                short.append(_Name(start, end, found[0], "surname"))
    return short


def _alone(view: str, found: re.Match[str]) -> bool:
    """Say whether a surname stands alone and is no everyday word."""
    if re.search(r"[A-Z][\w'.]*\s+$", view[: found.start()]) and not re.search(
        r"(?:^|[.!?\"])\s*\w+\s+$", view[: found.start()]
    ):
        return False
    first = not view[: found.start()].strip(" \"'([")
    return not (first and found[0] in _COMMON and not _VERB_NEXT.match(view, found.end()))


def _identify(document: Document, names: list[_Name], organisations: Sequence[Mention]) -> list[Mention]:
    """Give the mentions of one person one entity: a surname is the last full name that ends so."""
    names = sorted(names, key=lambda n: n.start)
    used = {m.entity for m in organisations}
    by_surname: dict[str, list[_Name]] = {}
    for name in names:
        if _full(name.text):
            by_surname.setdefault(name.text.split()[-1], []).append(name)
    mentions = []
    for name in names:
        known = by_surname.get(name.text.split()[-1], [])
        before = [n for n in known if n.start <= name.start]
        whole = name.text if _full(name.text) or not known else (before or known[:1])[-1].text
        entity = slug_name(whole)
        entity = f"{entity}-person" if entity in used else entity
        text = document.text[name.start : name.end]
        mentions.append(
            Mention(name.start, name.end, text, "other", "Person", entity, found_by=name.found_by, name=whole)
        )
    return _join_initials(mentions)


def _full(text: str) -> bool:
    return " " in text and text.split()[0] not in _WORDS["peerages"]


def _join_initials(mentions: list[Mention]) -> list[Mention]:
    """Take "J. Smith" for the "Jane Smith" of the same document, when there is only one."""
    people = {m.name: m.entity for m in mentions if " " in m.name and len(m.name.split()[0].rstrip(".")) > 1}
    joined = []
    for mention in mentions:
        first, _, last = mention.name.partition(" ")
        if len(first.rstrip(".")) == 1 and mention.found_by != "reference author":
            same = [n for n in people if n[0] == first[0] and n.split()[-1] == last.split()[-1]]
            if len(same) == 1:
                mention = replace(mention, name=same[0], entity=people[same[0]])
        joined.append(mention)
    return joined
