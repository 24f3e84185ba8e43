"""Find the titles of publications: quoted, in capitals after a cue, in reference lists, on title pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from graph.extractors.capitals import is_followed_by_name
from graph.extractors.references import read_reference
from graph.extractors.titles_apposed import apposed_titles
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Sentence

_WORDS = load_words("publications")
KINDS = "|".join(sorted(map(re.escape, _WORDS["kinds"]), key=len, reverse=True))
ENDS = "|".join(sorted(_WORDS["ends"], key=len, reverse=True))
_VERBS = (
    "called titled headed author editor dubbed title: wrote writ publish issued launched released "
    "produced set available"
).split()
_CUES = ahocorasick_rs.AhoCorasick(sorted({kind.rstrip("s") for kind in _WORDS["kinds"]} | set(_VERBS)))
_ENDS = ahocorasick_rs.AhoCorasick(sorted(_WORDS["ends"]))
_CUE_BEFORE = make_regex(
    rf"(?:\b(?:{KINDS})\b(?:[\s,(]+(?:(?:was|is|that|which|on|of|by|from|for|in|to|and|the|"
    rf"a)\s+)?[\w'-]+){{0,4}}?"
    r"|\b(?:called|entitled|titled|named|headed|subtitled|title|dubbed|(?:author|editor)s?\s+of|wrote|"
    r"writing|(?:publish|issu|launch|releas|produc|unveil)\w*(?:\s+(?:its|their|the|an?))?))[\s,:(]+$",
    re.IGNORECASE,
)
_CUE_AFTER = make_regex(
    rf"[\s,(]+(?:which\s+is\s+)?(?:(?:an?|the|its|their|his|her|was|"
    rf"is)\s+)(?:[\w'-]+\s+){{0,4}}?(?:{KINDS})\b"
    r"|[\s,(]+(?:was\s+|is\s+|were\s+)?(?:published|issued|launched|written|produced|released)\b|"
    r"\s+sets?\s+out\b"
    rf"|\s+(?:action\s+)?(?:{KINDS})\b|\s+\([^()]{{2,60}},?\s+(?:19|20)\d\d\)",
    re.IGNORECASE,
)
_QUOTE = make_regex(r"(?<![\w\"'])(?P<mark>[\"'])(?P<title>[A-Z0-9][^\"]{5,160}?)(?P=mark)(?![\w\"'])")
_CAPITAL = r"[A-Z][\w'-]*"
_SMALL = r"(?:of|and|for|the|to|in|on|a|an|with|&|or|at|from|into|our|your|its|by|is|it)"
_TITLE_RUN = (
    rf"{_CAPITAL}(?:(?:[,:]?\s+{_SMALL})*[,:]?\s+{_CAPITAL}){{1,14}}(?:\?|:\s+[\w\s-]{{5,80}}?(?=[,.]))?"
)
_RUN = make_regex(rf"(?<![\w'-]){_TITLE_RUN}")
_KIND_IN_CAPITALS = make_regex(
    r"(?:(?:[A-Z]\w+\s+){0,3}?(?:White|Green|Discussion|Consultation|Command|Position|Briefing|"
    r"Working)\s+(?:Paper|Document)[,:]?\s+)"
    r"(?:on\s+\w+\s+)?"
)
_TAIL = make_regex(r",\s+(?:by|in|on|from|at|with)\s")
_KIND_BEFORE = make_regex(
    rf"\b(?:{KINDS}),?\s+(?:called\s+|entitled\s+|titled\s+)?$|\b(?:called|entitled|titled|(?:author|editor)s?\s+of)\s+$",
    re.IGNORECASE,
)
_PUBLISHED_BEFORE = make_regex(
    r"\b(?:published|publishes|issued|launched|unveiled|released|publication\s+of|"
    r"launch\s+of)\s+(?:the\s+|its\s+|a\s+)?$"
)
_KIND_NEXT = make_regex(
    r"\s+(?:action\s+)?(?:strategy|report|guidance|framework|white\s+paper|green\s+paper|consultation|"
    r"document|paper|guide|"
    r"policy|initiative|review|study|survey)\b"
)
UNSURE = "published"
"""Rule of titles that may turn out to be a body's name."""
_OWN = make_regex(
    rf"\b(?:(?i:its|their|his|her|the|this|a|an)|[\w)]'s?|{_CAPITAL})\s+(?:(?:own|new|latest|recent|annual|"
    rf"final|first|draft|\d{{4}}|interim|joint)\s+){{0,2}}"
    rf"(?P<title>(?:{_CAPITAL}(?:\s+(?:and|for|of|&)){{0,2}}\s+){{1,6}}(?:{ENDS}))(?:\s+(?:19|"
    rf"20)\d\d(?:[-/]\d\d(?:\d\d)?)?)?\b"
)
_BODY_LAST = make_regex(
    r"\b(?:Commission|Department|Council|Trust|Authority|Association|Committee|Board|Agency|Institute|"
    r"Foundation|University|College|"
    r"Society|Fund|Group|Hospital|Office|Government)$"
)
_PLANNED = make_regex(
    r"(?:Plan|Strategy|Vision|Framework|Charter|Code|Standards|Outlook|Assessment|Audit|Review)$"
)
_METADATA = make_regex(r"\s*Title:\s+(?P<title>\S.{4,160})$")
_NAME = r"[A-Z][a-z]+(?:\s+[A-Z]\.?)?\s+[A-Z][\w'-]+"
_BYLINE_VERBS = "|".join(sorted(_WORDS["bylines"]))
BYLINE = make_regex(
    rf"(?:^|[.,;:]\s+)(?i:reviewed\s+by|words\s+by|report\s+by|written\s+by|by)\s+{_NAME}(?!\s+(?:of|from|"
    rf"at)\b)"
    rf"|(?:^|[.:]\s+){_NAME}\s+(?:{_BYLINE_VERBS})\b[^.]{{0,20}}[.:]?$"
    rf"|\b[Hh]ere,\s+(?:[\w\s]{{0,30}}\s)?{_NAME}\s+(?:{_BYLINE_VERBS})\b"
    r"|[Pp]resented\s+to\s+Parliament\s+by\b"
)
"""A signature at the top: "By Ann Lee", "Ann Lee reports", "here, Ann Lee asks"."""
_NOT_TITLES: frozenset[str] = _WORDS["not_titles"]


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a sentence; offsets into the view, end exclusive."""

    start: int
    end: int
    rule: str


@lru_cache(maxsize=2048)  # a pipeline asks twice for each sentence
def read_titles(sentence: Sentence) -> tuple[Title, ...]:
    """Return the titles of publications in a sentence, none overlapping another."""
    taken: list[Title] = []
    for title in _candidates(sentence):
        if not any(t.start < title.end and title.start < t.end for t in taken):
            taken.append(title)
    return tuple(taken)


def _candidates(sentence: Sentence) -> Iterator[Title]:
    view = sentence.view
    reference = read_reference(sentence)
    if reference:
        yield Title(*reference.title, "reference")
        return
    if not _CUES.find_matches_as_indexes(view.lower()):
        return
    metadata = _METADATA.match(view)
    if metadata:
        yield Title(*metadata.span("title"), "title page")
        return
    yield from _quoted(view)
    yield from _cued(view)
    yield from _owned(view)
    found = list(apposed_titles(view))
    yield from (Title(a, b, "cue") for a, b, clear in found if clear and _is_title(view[a:b]))
    yield from _bare(view)
    yield from (Title(a, b, UNSURE) for a, b, clear in found if not clear and _is_title(view[a:b]))


def _quoted(view: str) -> Iterator[Title]:
    """Yield titles in quotes that a word such as "report" or "entitled" goes with."""
    for found in _QUOTE.finditer(view):
        start, end = found.span("title")
        text = view[start:end].rstrip(" ,.")
        if text.endswith("'") or len(text.split()) > 22 or (len(text.split()) < 2 and len(text) < 12):
            continue
        before, after = (
            _CUE_BEFORE.search(view, max(0, found.start() - 70), found.start()),
            _CUE_AFTER.match(view, found.end()),
        )
        if (before or (after and _mostly_capitals(text))) and not re.search(
            r"\b(?:said|says)\b", view[max(0, found.start() - 25) : found.start()]
        ):
            yield Title(start, start + len(text), "quoted")


def _cued(view: str) -> Iterator[Title]:
    """Yield runs of capitals right after a word such as "guidance" or "entitled"."""
    for found in _RUN.finditer(view):
        start, end = found.span()
        kind = _KIND_IN_CAPITALS.match(view, start, end)
        start = kind.end() if kind else start
        end = _cut_off(view, start, end)
        if (kind or _KIND_BEFORE.search(view, max(0, start - 40), start)) and _is_title(view[start:end]):
            yield Title(start, end, "cue")


def _bare(view: str) -> Iterator[Title]:
    """Yield runs of capitals after "published" or before "strategy": a title, or else a body's name."""
    for found in _RUN.finditer(view):
        start, end = found.start(), _cut_off(view, *found.span())
        published = _PUBLISHED_BEFORE.search(view, max(0, start - 40), start)
        if (published or _KIND_NEXT.match(view, end)) and _is_title(view[start:end]):
            yield Title(start, end, UNSURE)


def _cut_off(view: str, start: int, end: int) -> int:
    """End a title before ", by Ann Lee" and ", in May"."""
    tail = _TAIL.search(view, start, end)
    return tail.start() if tail else end


def _owned(view: str) -> Iterator[Title]:
    """Yield "its Financial Recovery Plan", "the trust's Quality Strategy": kinds in capitals."""
    for found in _OWN.finditer(view) if _ENDS.find_matches_as_indexes(view) else ():
        start, end = found.span("title")
        words = view[start:end].split()
        if len([w for w in words if w[0].isupper()]) < 2 or is_followed_by_name(view, end):
            continue
        if (words[0] in _NOT_TITLES and len(words) < 3) or words[-2:] in (
            ["Green", "Paper"],
            ["White", "Paper"],
        ):
            continue
        if _PLANNED.search(words[-1]) and not re.search(
            r"(?:\bits|\btheir|\bhis|\bher|'s?)\s+(?:[\w-]+\s+)*$", view[max(0, start - 30) : start]
        ):
            continue
        yield Title(start, end, "own")


def _is_title(text: str) -> bool:
    """Say whether a run of capitals after "report" is a title and no "report Department of Health"."""
    words = text.split()
    if _BODY_LAST.search(text) or text.endswith("'s"):
        return False
    return len(words) >= 3 and words[0] not in _NOT_TITLES - {
        "Our",
        "The",
        "A",
        "This",
        "Care",
        "National",
        "Local",
        "Business",
    }


def _mostly_capitals(text: str) -> bool:
    words = [w for w in text.split() if len(w) > 3]
    return bool(words) and sum(w[0].isupper() for w in words) * 2 > len(words)


def titled_sentence(sentences: Sequence[Sentence]) -> tuple[Sentence, Sentence] | None:
    """Find the document's own title and the byline under it.

    Returns:
        The nearest heading above the first byline among the first ten sentences, and the sentence
        with the byline; None when either is missing.
    """
    title: Sentence | None = None
    for sentence in sentences[:10]:
        signed = BYLINE.search(sentence.view)
        if signed and title:
            return title, sentence
        is_title = sentence.kind == "heading" or (title is None and not sentence.view.rstrip().endswith("."))
        if is_title and not signed and 2 < len(sentence.view.split()) < 25:
            title = sentence
    return None
