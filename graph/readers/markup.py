"""Find HTML markup that stands in a text, so that it can be hidden with offsets kept."""

from __future__ import annotations

import re

from graph.patterns import make_regex
from graph.readers.content import merge_spans
from graph.records import Span

_NAMES = (
    "a|abbr|address|article|aside|b|blockquote|body|br|button|caption|center|cite|code|col|dd|del|dfn|div|dl|dt|em|"
    "embed|fieldset|figcaption|figure|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|"
    "legend|li|link|main|map|mark|meta|nav|noscript|object|ol|option|p|param|path|picture|pre|q|s|samp|script|section|"
    "select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|"
    "ul|var|video|wbr"
)
# Attribute values may hold ">"; the bounds keep an unclosed quote from costing a whole scan each.
_TAG = make_regex(
    rf"</?(?:{_NAMES})(?:[\s/](?:\"[^\"]{{0,1000}}\"|'[^']{{0,1000}}'|[^'\"<>]){{0,400}})?>", re.IGNORECASE
)
_LOOSE_TAG = make_regex(rf"</?(?:{_NAMES})(?:[\s/][^<>]{{0,4000}})?>", re.IGNORECASE)
_CLOSING = make_regex(rf"</(?:{_NAMES})\s*>", re.IGNORECASE)
_DECLARATION = make_regex(r"<!doctype[^>]{0,400}>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
# What stands between these is not shown; a program in a page may hold whole pages itself, so it comes first.
_UNSHOWN = tuple(
    (make_regex(opening, re.IGNORECASE), make_regex(closing, re.IGNORECASE))
    for opening, closing in (
        (r"<\?(?:php|xml|=)", r"\?>"),
        ("<!--", "-->"),
        *((rf"<{tag}\b", rf"</{tag}\s*>") for tag in ("script", "style", "template", "svg")),
    )
)
_ENTITY = make_regex(r"&(#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
MIN_TAGS = 3
"""Known tags, one of them a closing one, from which a text counts as holding markup."""


def find_markup(text: str) -> tuple[Span, ...]:
    """Return the spans of tags, comments, scripts and styles, sorted and disjoint.

    A text that merely holds ``<`` has none: it counts as markup only with several known tags.

    >>> find_markup("<p>if a < b</p><br>")
    ((0, 3), (11, 19))
    >>> find_markup("age <a 5 and b> 3")
    ()
    """
    return find_tags(text) if "</" in text and _is_markup(text) else ()


def find_tags(text: str) -> tuple[Span, ...]:
    """Return the spans of tags, comments, scripts and styles in a text that is known to hold markup."""
    if "<" not in text:
        return ()
    found: list[Span] = []
    for opening, closing in _UNSHOWN:
        spans = find_enclosed(text, opening, closing)
        found += spans
        text = _blank(text, spans)  # a tag may hold a "<?php ... ?>" in an attribute
    for pattern in (_DECLARATION, _TAG, _LOOSE_TAG):
        spans = [match.span() for match in pattern.finditer(text)]
        found += spans
        text = _blank(text, spans)
    return merge_spans(found)


def find_enclosed(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> list[Span]:
    """Return the spans from each opening to the next closing, in one pass; an unclosed one has none."""
    spans: list[Span] = []
    at = 0
    while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
        spans.append((start.start(), at := end.end()))
    return spans


def find_entities(text: str) -> tuple[Span, ...]:
    """Return the spans of character references, less the ``&`` of ``&amp;``, which it stands for.

    >>> find_entities("R&amp;D in&nbsp;Kent &co;")
    ((2, 6), (10, 16))
    """
    if "&" not in text:
        return ()
    from html.entities import html5

    spans = []
    for match in _ENTITY.finditer(text):
        if match[1].startswith("#") or match[1] + ";" in html5:
            spans.append((match.start() + (match[1] in ("amp", "#38")), match.end()))
    return tuple(spans)


def _is_markup(text: str) -> bool:
    if not _CLOSING.search(text):
        return False
    tags = _LOOSE_TAG.finditer(text)
    return sum(1 for _ in zip(range(MIN_TAGS), tags, strict=False)) == MIN_TAGS


def _blank(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])
