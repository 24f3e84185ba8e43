"""Find titles that commas or a body set apart: "a report by Y, Care in Crisis, said", "Y's The Care Gap"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Span

_WORDS = load_words("publications")
_PEOPLE = load_words("people")
_KINDS = "|".join(sorted(map(re.escape, _WORDS["kinds"]), key=len, reverse=True))
_CAPITAL = r"[A-Z][\w'-]*"
_SMALL = r"(?:of|and|for|the|to|in|on|a|an|with|at|from|into|our|your|its|is|it)"
_RUN = rf"{_CAPITAL}(?:\s+{_CAPITAL})*(?:(?:\s+{_SMALL}){{1,2}}\s+{_CAPITAL}(?:\s+{_CAPITAL})*){{1,5}}"
_APPOSED = make_regex(
    rf"\b(?:{_KINDS})\b[^.;:\"']{{0,70}}?(?:,|\s[\u2013\u2014-]|:)\s+(?P<title>{_RUN})"
    r"(?=[,.)]|\s*\(|\s[\u2013\u2014-]\s|\s+(?:was|is|said|says|found|finds|sets?|shows?|argues|warns)\b|$)"
)
_EXPLAINED = make_regex(
    rf"(?<![\w'-])(?P<title>{_RUN})(?:,\s+|\s+\()(?:an?|the|its|their)\s+[^.;:,()]{{0,60}}\b(?:{_KINDS})\b"
)
_ISSUED = make_regex(
    rf"(?<![\w'-])(?:Copies\s+of\s+)?(?P<title>{_RUN}),?\s+(?:by\s+{_CAPITAL}[^.;:]{{3,40}},?\s+)?(?:(?:was|is|were|are|has|been|"
    rf"first)\s+){{0,3}}(?:published|available\s+from)\b"
)
_WROTE = make_regex(rf"\b(?:authors?|editors?)\s+of\s+(?P<title>{_RUN})(?=[,.;)]|\s+[a-z]|$)")
_ENTITLED = make_regex(
    rf"\b(?:entitled|titled|(?:{_KINDS})\s+called)\s+(?P<title>[A-Z][^,.;:()\"]{{5,80}}?)(?=[,.;()]|$)"
)
_REPORT_ON = make_regex(
    rf"\b(?:report|reports|paper|guidance)\s+on\s+(?P<title>{_RUN})(?=\s*[,.;(]|\s+[a-z]|$)"
)
_CLEAR = (_ENTITLED, _REPORT_ON)
_UNCLEAR = (_APPOSED, _EXPLAINED, _ISSUED, _WROTE)
_OF_BODY = make_regex(
    rf"'s?\s+(?P<title>The(?:\s+{_CAPITAL}){{2,6}}|{_RUN})"
    r"(?:\s+(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?)?(?![\w'-])"
)
_SENTENCE_WORDS = frozenset("The of the to in on our your its it is a an at into with".split())
_NO_TITLE = frozenset(
    "Board Committee Department Unit Group Team Centre Service Services Directorate Division Programme Fund "
    "Scheme Hospital Trust Council College University Institute School Faculty Office "
    "Cabinet Secretary Minister "
    "Member Director Head Chair Leader Officer Society House Commission Department Act Bill Plan Strategy "
    "Plans Strategies Acts Bills Ministers Departments".split()
)
_SURNAMED = make_regex(
    rf"\b(?:[Tt]he|[Tt]his)\s+(?P<title>(?P<surname>{_CAPITAL})\s+(?:[Rr]eport|[Rr]eview))(?![\w'-])"
)
_TITLES = "|".join(sorted(_PEOPLE["titles"] | {"Lord", "Lady", "Baroness"}))


def apposed_titles(view: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether it is clearly a title, for titles that a kind of paper goes with."""
    for patterns, clear in ((_CLEAR, True), (_UNCLEAR, False)):
        for pattern in patterns:
            for found in pattern.finditer(view):
                yield *found.span("title"), clear


def title_of_body(view: str, end: int) -> Span | None:
    """Read "'s The Case for Care" after a body's name that ends at ``end``."""
    found = _OF_BODY.match(view, end)
    words = found["title"].split() if found else []
    if not found or _NO_TITLE.intersection(words) or not _SENTENCE_WORDS.intersection(words):
        return None
    return found.start("title"), found.end()


def surnamed_titles(view: str, text: str) -> Iterator[Span]:
    """Yield "Lee review" where the whole text names a person so: "Dame Ann Lee", "Mr Lee"."""
    for found in _SURNAMED.finditer(view):
        name = re.escape(found["surname"])
        if re.search(rf"\b(?:{_TITLES})\.?\s+(?:[A-Z]\S*\s+){{0,3}}{name}\b", text):
            yield found.span("title")
