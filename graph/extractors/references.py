"""Read entries of reference lists: authors, title, what follows the title.

Understood are, with or without a number in front::

    R Sample, Partnerships Under Strain, Harbour Press, 2002
    Harbour Institute, Partnerships Under Strain, Harbour Institute, 2002
    Sample, R. and Vale, C. (2002) Partnerships under strain. London: Harbour Press.
    Sample R, Vale C. Partnerships under strain. BMJ 2002;324:1-4.
    Partnerships Under Strain, Harbour Press, 2002
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.patterns import make_regex
from graph.records import Sentence, Span

_NUMBER = make_regex(r"\s*(?:[\[(]?\d{1,3}[\])]?\.?\s+|[\[(]\d{1,3}[\])]\s*|[\u2022*\u00b7-]\s+)?")
_YEAR = r"(?:19|20)\d\d[a-z]?"
_SURNAME = (
    r"(?:(?:van|von|de|der|la|Le|Mc|Mac|O')\s?)?[A-Z][a-z\u00df-\u00ff]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)?"
)
_FRONT = rf"(?:[A-Z]\.?[\s-]?){{1,3}}\s?{_SURNAME}"
_BACK = rf"{_SURNAME},?\s+(?:[A-Z]\.?\s?-?){{1,3}}(?![a-z])"
_FULL = rf"[A-Z][a-z]+\s+(?:[A-Z]\.?\s+)?{_SURNAME}"
_REVERSED = rf"{_SURNAME},\s+[A-Z][a-z]+"
_JOIN = r"(?:\s*(?:,|;|,?\s*(?:and|&))\s*)"
_ETAL = r"(?:,?\s+et\s+al\.?)?(?:,?\s*\(?(?:eds?\.?|editors?)\)?)?"
_AUTHORS_FRONT = make_regex(rf"{_FRONT}(?:{_JOIN}{_FRONT})*{_ETAL}(?=\s*[,(.:])")
_AUTHORS_BACK = make_regex(rf"{_BACK}(?:{_JOIN}{_BACK})*{_ETAL}(?=\s*[,(.:]|\s*{_YEAR})")
_AUTHORS_FULL = make_regex(rf"{_FULL}(?:{_JOIN}{_FULL})*{_ETAL}(?=\s*\({_YEAR}\))")
_AUTHORS_REVERSED = make_regex(rf"{_REVERSED}(?:{_JOIN}{_REVERSED})*{_ETAL}(?=\s*\({_YEAR}\))")
_AUTHORS = tuple(
    (authors, make_regex(one))
    for authors, one in (
        (_AUTHORS_FRONT, _FRONT),
        (_AUTHORS_BACK, _BACK),
        (_AUTHORS_FULL, _FULL),
        (_AUTHORS_REVERSED, _REVERSED),
    )
)
_YEAR_AFTER_AUTHORS = make_regex(rf"\s*[,.]?\s*\(?{_YEAR}\)?[,.:]?\s*")
_BRACKETED_YEAR = make_regex(rf"\(({_YEAR}|forthcoming|in press|n\.d\.)\)[,.:]?\s*")
_YEAR_LAST = make_regex(rf",\s+(?:\w+\s+)?{_YEAR}\b(?P<rest>[^,]{{0,40}})$")
_JOURNAL = make_regex(
    rf"\b{_YEAR}\s*[;,:]\s*\d+|\b\d+\s*\(\d+\)\s*[:,]|,\s*(?:vol\.?\s*)?\d+\s*[:,]\s*(?:pp?\.?\s*)?\d+",
    re.IGNORECASE,
)
_VERB = make_regex(
    r"\b(?:was|were|is|are|has|have|had|said|says|will|would|should|can|could|did|does|do|been|told|went|"
    r"got|made)\b"
)
_TITLE_END = make_regex(r"[.?!](?=\s|$)|[\"'],?(?=\s)|,(?=\s+(?:[A-Z]\w+\s?){1,2}:\s+[A-Z])")
_BODY = make_regex(
    r"\b(?:Commission|Department|Office|Institute|Fund|Foundation|Trust|Council|Association|Society|"
    r"Committee|Ministry|"
    r"Government|Executive|University|Unit|Agency|NHS|Authority|Inspectorate|Confederation|College|Centre|"
    r"Federation|"
    r"Network|Alliance|Treasury|HM|Group|Inquiry|Union|Board|Service|Assembly|Parliament)\b"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry; all spans are offsets into the sentence's view.

    Attributes:
        authors: one span a person.
        names: the authors' names, initials first.
        body: where an organisation stands as the author.
        title: the title of the work.
        imprint: what follows the title: publisher, place, journal, year.
    """

    authors: tuple[Span, ...]
    names: tuple[str, ...]
    body: Span
    title: Span
    imprint: Span


def read_reference(sentence: Sentence) -> Reference | None:
    """Read a sentence as an entry of a reference list, or return None when it is none.

    >>> view = "1 R Sample, Partnerships Under Strain, Harbour Press, 2002"
    >>> found = read_reference(Sentence(0, len(view), view, "reference"))
    >>> found.names, view[slice(*found.title)], view[slice(*found.imprint)]
    (('R Sample',), 'Partnerships Under Strain', 'Harbour Press, 2002')
    """
    view = sentence.view
    if not (("19" in view or "20" in view) and len(view) < 700):
        return None
    match = _NUMBER.match(view)
    start = match.end() if match else 0
    if not view[start : start + 1].isupper() and view[start : start + 1] not in "\"'":
        return None
    found = _by_authors(view, start)
    if found or (sentence.kind != "reference" and (_VERB.search(view) or len(view) > 400)):
        return found
    return _by_body_and_year(view, start) or _by_commas(view, start)


def _by_authors(view: str, start: int) -> Reference | None:
    """Read an entry that begins with people."""
    for pattern, one in _AUTHORS:
        authors = pattern.match(view, start)
        if authors is None or _BODY.search(authors[0]):
            continue
        spans = tuple(
            (m.start(), m.start() + len(m[0].rstrip(" ,."))) for m in one.finditer(view, start, authors.end())
        )
        names = tuple(_initials_first(view[a:b]) for a, b in spans)
        year = _YEAR_AFTER_AUTHORS.match(view, authors.end())
        at = year.end() if year else _after_separator(view, authors.end())
        title = (
            _title_by_sentence(view, at)
            if year or view[authors.end() :].lstrip()[:1] in ".:"
            else _title_by_comma(view, at)
        )
        if title and _looks_dated(view):
            return Reference(
                spans, names, (start, start), title, (_after_separator(view, title[1]), len(view))
            )
    return None


def _by_body_and_year(view: str, start: int) -> Reference | None:
    """Read "Harbour Institute (2002) Partnerships under strain. London: Harbour Institute"."""
    year = _BRACKETED_YEAR.search(view, start, start + 160)
    if not year or not _BODY.search(view, start, year.start()) or year.start() == start:
        return None
    body = (start, start + len(view[start : year.start()].rstrip(" ,.")))
    title = _title_by_sentence(view, year.end())
    return Reference((), (), body, title, (_after_separator(view, title[1]), len(view))) if title else None


def _by_commas(view: str, start: int) -> Reference | None:
    """Read "[Body,] Title, Publisher, 2002"."""
    year = _YEAR_LAST.search(view, start)
    if not year or view.count(",", start, year.start()) < 1:
        return None
    commas = [m.start() for m in re.finditer(r",\s", view[: year.start()]) if m.start() > start]
    imprint = commas[-1] + 2
    first = view[start : commas[0]]
    publisher = view[imprint : year.start()]
    if not publisher[:1].isupper() or len(publisher.split()) > 14:
        return None
    has_body = len(commas) > 1 and (
        first == publisher or (bool(_BODY.search(first)) and len(first.split()) < 7)
    )
    body = (start, commas[0]) if has_body else (start, start)
    at = _after_separator(view, commas[0]) if has_body else start
    title = (at, commas[-1])
    return Reference((), (), body, title, (imprint, len(view))) if title[1] - title[0] > 5 else None


def _title_by_sentence(view: str, at: int) -> Span | None:
    """Take the title up to the full stop or closing quote."""
    quoted = view[at : at + 1] in "\"'" and at < len(view)
    at += quoted
    close = view.find(view[at - 1], at) if quoted else -1
    end = _TITLE_END.search(view, at)
    stop = close if close > 0 else end.start() if end else len(view)
    return (at, stop) if len(view[at:stop].split()) > 1 and not view[at].islower() else None


def _title_by_comma(view: str, at: int) -> Span | None:
    """Take the title up to the last comma before the publisher."""
    if view[at : at + 1] in "\"'" and at < len(view):
        return _title_by_sentence(view, at)
    year = _YEAR_LAST.search(view, at)
    stop = view.rfind(",", at, year.start()) if year else -1
    if stop <= at:
        return _title_by_sentence(view, at)
    return (at, stop)


def _after_separator(view: str, at: int) -> int:
    return at + len(view[at:]) - len(view[at:].lstrip(" ,.:;\"'"))


def _looks_dated(view: str) -> bool:
    return bool(re.search(_YEAR, view) or _JOURNAL.search(view))


def _initials_first(text: str) -> str:
    """Turn "Sample, R." into "R Sample"."""
    words = text.replace(",", " ").replace(".", " ").split()
    if "," in text or all(len(w) < 4 and w.isupper() for w in words[1:]):
        words = [*words[1:], words[0]]
    return " ".join(words)
