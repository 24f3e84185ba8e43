"""Read the names of people in one sentence: after a form of address, by given name, or next to a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extractors.references import read_reference
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Sentence, Span

_WORDS = load_words("people")
_GIVEN: frozenset[str] = _WORDS["given"]
_WEAK: frozenset[str] = _WORDS["weak"]
_NEVER: frozenset[str] = _WORDS["never"]
_COMMON: frozenset[str] = _WORDS["common_surnames"]
_TITLES: frozenset[str] = _WORDS["titles"]
_PEERAGES: frozenset[str] = _WORDS["peerages"]
_OFFICES: frozenset[str] = _WORDS["offices"]
_ENDING: frozenset[str] = _NEVER | _WORDS["suffixes"]
_HEADS = "|".join(sorted(map(re.escape, load_words("titles")["heads"]), key=len, reverse=True))

_CAPITAL = (
    r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de](?:'[A-Z])?[a-z\u00df-\u00ff]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)*)"
)
_INITIALS = r"(?:[A-Z]\.(?:\s?[A-Z]\.)*|[A-Z]{1,2}(?=\s))"
_SHORT_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Rev|Revd|Cllr|Hon|Rt|Lt|Col|Capt|Sgt|Gov|Sen|Rep)\."
_PART = (
    rf"(?:{_SHORT_TITLE}|{_CAPITAL}|{_INITIALS}|"
    rf"(?:{'|'.join(sorted(_WORDS['particles']))})(?=\s(?:(?:{'|'.join(sorted(_WORDS['particles']))})\s)?[A-Z]))"
)
_RUN = make_regex(rf"(?<![\w'&-])(?:{_SHORT_TITLE}|{_CAPITAL})(?:\s+{_PART})*")
_PEER_OF = make_regex(rf"\s+of\s+{_CAPITAL}(?:\s+{_CAPITAL})?(?:-[a-z]+-{_CAPITAL})?")
_PEER_BY_PLACE = make_regex(
    rf"(?<![\w'-])(?:Earl|Marquess|Viscount|Viscountess|Countess|Duke|Duchess|(?:Lord\s+)?(?:Arch)?[Bb]ishop)\s+of\s+"
    rf"{_CAPITAL}(?![\w'-]|\s+[A-Z])"
)
_TURN = make_regex(
    rf"\s*(?:\d+\.\s+)?(?:(?:{'|'.join(sorted(_TITLES))})\.?\s+)*(?P<name>(?:{_PART}\s+){{1,3}}{_CAPITAL})"
    r"(?:\s+\([^)]{2,60}\)){0,2}\s*:(?!\S)"
)
_BYLINE = make_regex(
    rf"\s*(?:(?i:words by|report by|reported by|by|from))\s+(?P<name>(?:{_PART}\s+){{1,2}}{_CAPITAL})"
)
SPEECH = (
    r"(?:said|says|told|added|adds|argued|argues|warned|warns|explained|explains|claimed|claims|believes|"
    r"thinks|"
    r"insisted|replied|wrote|writes|asked|called|concludes|concluded|commented|urged)"
)
_POST_BEFORE = make_regex(rf"\b(?:{_HEADS})(?:,|\s+\()?\s+$", re.IGNORECASE)
_POST_OF_BEFORE = make_regex(rf"\b(?:{_HEADS})\s+(?:of|at|for)\s+[^.;:]{{3,90}},\s+$", re.IGNORECASE)
_POST_IN_FRONT = make_regex(rf"\b(?:{_HEADS})(?:\s+(?:of|for)\s+[^.;:()]{{3,90}})?\s+\($", re.IGNORECASE)
_POST_AFTER = make_regex(
    rf"(?:,\s+|\s+\((?:The\s+)?|\s+(?:is|was|becomes|became)(?=\s+(?:the|an?)\s)\s+)(?:[\w&'-]+\s+){{0,5}}?(?:{_HEADS})\b",
    re.IGNORECASE,
)
_SAID_BEFORE = make_regex(r"[,\"]\s*(?:said|says|added|explains|explained|adds)\s+$")
_SAID_AFTER = make_regex(rf"\s+{SPEECH}\b")
_NAMED_AFTER = make_regex(
    r"(?:'s)?\s+(?:Hospital|Hospitals|Foundation|Trust|Centre|Center|Ward|House|Institute|University|"
    r"School|College|"
    r"Academy|Street|Road|Avenue|Act|Review|Report|Inquiry|Fund|Society|Charity|Ltd|Limited|Clinic|"
    r"Surgery|Unit|Wing|"
    r"Hospice|Library|Prize|Lecture|Award|Bill|Homes?|Infirmary|Park)\b"
)
_WORD = make_regex(r"\S+")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: offsets into the document, the name in its plain form, the rule."""

    start: int
    end: int
    text: str
    found_by: str


def read_names(sentence: Sentence) -> Iterator[Name]:
    """Yield the names in a sentence, the surest first; they may overlap."""
    view, at = sentence.view, sentence.start
    reference = read_reference(sentence)
    if reference:
        for (start, end), name in zip(reference.authors, reference.names, strict=True):
            yield Name(at + start, at + end, name, "reference author")
        return
    yield from _signed_names(sentence)
    for peer in _PEER_BY_PLACE.finditer(view) if " of " in view else ():
        yield Name(at + peer.start(), at + peer.end(), " ".join(peer[0].split()), "form of address")
    for run in _RUN.finditer(view):
        words = [(m.start() + run.start(), m.end() + run.start()) for m in _WORD.finditer(run[0])]
        found = _addressed(view, words) or _given(view, words) or _cued(view, words)
        if found:
            (start, end), rule = found
            yield Name(at + start, at + end, " ".join(view[start:end].split()), rule)


def _signed_names(sentence: Sentence) -> Iterator[Name]:
    """Yield the speaker of a turn ("Ann Lee: I agree") and the name in a byline."""
    view, at = sentence.view, sentence.start
    turn = _TURN.match(view) if ":" in view[:160] else None
    if turn and any(word in _GIVEN or len(word) < 3 for word in turn["name"].split()[:-1]):
        found, rule = turn, "speaker turn"
    else:
        byline = _BYLINE.match(view) if sentence.kind == "byline" else None
        if byline is None:
            return
        found, rule = byline, "byline"
    if not _NEVER.intersection(found["name"].split()):
        start, end = found.span("name")
        yield Name(at + start, at + end, " ".join(found["name"].split()), rule)


def _addressed(view: str, words: list[Span]) -> tuple[Span, str] | None:
    """Read "Dr Ann Lee" and "Lord Lee of Leeds"."""
    for index, (a, b) in enumerate(words[:-1]):
        word = view[a:b].rstrip(".")
        following = view[slice(*words[index + 1])].rstrip(".")
        office = word in _OFFICES and following not in _GIVEN | _OFFICES
        if (word in _TITLES or office) and following not in _TITLES and following not in _PEERAGES:
            span = _cut(view, words[index + 1 : index + (3 if office else 5)], keep=1)
            plain = view[slice(*words[index + 1])]
            return (span, "form of address") if plain not in _NEVER or plain in _COMMON | _WEAK else None
        if word in _PEERAGES and (following not in _NEVER or following in _COMMON):
            start, end = _cut(view, words[index : index + 3], keep=2)
            of = _PEER_OF.match(view, end)
            return ((start, of.end() if of else end), "form of address")
    return None


def _given(view: str, words: list[Span]) -> tuple[Span, str] | None:
    """Read a given name with a surname in a run of capitalised words."""
    for index, (a, b) in enumerate(words[:-1]):
        word = view[a:b]
        if word.partition("-")[0] not in _GIVEN or (word in _WEAK and a == 0):
            continue
        start, end = _cut(view, words[index : index + 4], keep=0)
        parts = view[start:end].split()
        if len(parts) < 2 or len(parts[-1]) < 2 or _NAMED_AFTER.match(view, end):
            return None
        return (start, end), "given name"
    return None


def _cued(view: str, words: list[Span]) -> tuple[Span, str] | None:
    """Read two capitalised words next to a post or a verb of speech, whatever the words."""
    if not 2 <= len(words) <= 3:
        return None
    start, end = words[0][0], words[-1][1]
    if any(view[a:b] in _NEVER for a, b in words) or _NAMED_AFTER.match(view, end):
        return None
    before = max(0, start - 40)
    cued = (
        _POST_BEFORE.search(view, before, start)
        or _SAID_BEFORE.search(view, before, start)
        or _POST_AFTER.match(view, end)
        or _SAID_AFTER.match(view, end)
        or (view.startswith(")", end) and _POST_IN_FRONT.search(view, max(0, start - 120), start))
        or (view.startswith(",", end) and _POST_OF_BEFORE.search(view, max(0, start - 120), start))
    )
    return ((start, end), "name with a cue") if cued else None


def _cut(view: str, words: list[Span], *, keep: int) -> Span:
    """End a name before the first word that no name holds; the first ``keep`` words always stay."""
    start, end = words[0][0], words[-1][1]
    for number, (a, b) in enumerate(words):
        if number >= keep and view[a:b] in _ENDING and not (number and view[a:b] in _COMMON):
            return start, words[number - 1][1] if number else start
    return start, end
