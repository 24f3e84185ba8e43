"""Read Markdown: the text is the decoded file; front matter and marks are hidden, offsets stay true.

What is hidden: front matter, fenced code, comments and tags, the marks of headings, quotations
and emphasis, the targets of links, images, rules. List bullets stay: they show what an item is.
Source: CommonMark 0.31, as far as marks in prose go.
"""

from __future__ import annotations

import re

from graph.patterns import make_regex
from graph.readers.content import Content, merge_spans
from graph.readers.decoding import decode_text, hide_controls
from graph.readers.markup import find_entities, find_tags
from graph.readers.metadata import split_front_matter
from graph.records import Span

_FENCE = make_regex(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?^ {0,3}\1[`~]*[ \t]*$|.*\Z)", re.DOTALL | re.MULTILINE
)
# Those that end a block take the line breaks around them along: see `graph.segment`.
_LINE_MARKS = make_regex(
    r"^ {0,3}(?:>[ \t]?)+"  # quotation
    r"|^ {0,3}\[\^[^\]\n]{1,50}\]:",  # start of a footnote
    re.MULTILINE,
)
_BLOCK_MARKS = make_regex(
    r"(?:^|\n) {0,3}#{1,6}(?=[ \t\r\n]|\Z)[ \t]*|(?<=[ \t])#+[ \t]*\r?(?=\n|\Z)"  # heading
    r"|\n {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*|--[ \t]*)\r?(?:\n|\Z)"  # rule
    r"|\n[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*\r?(?:\n|\Z)"  # under table heads
    r"|(?:^|\n) {0,3}\[(?!\^)[^\]\n]{1,200}\]:[^\n]*"  # definition of a link
)
_HEADING_END = make_regex(r"(?:^|\n) {0,3}#{1,6}[ \t][^\n]*(\n)")
_IMAGE = make_regex(
    r"!\[[^\]\n]{0,500}\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\]\n]{0,200}\])"
)
_LINK = make_regex(
    r"(?<![\\!])(\[)(?!\^)(?:[^\[\]\n]|\n(?!\s*\n)){1,500}?"
    r"(\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\]\n]{0,200}\]))"
)
_NOTE_MARK = make_regex(r"\[\^[^\]\n]{1,50}\]|<(?:https?://|mailto:)[^<>\s]{1,2000}>|\\(?=[!-/:-@\[-`{-~])")
_EMPHASIS = (
    make_regex(r"(?<![\\*])(\*{1,3})(?=[^\s*])(?:(?!\n\s*\n)[^*]){1,1000}?(?<=[^\s\\*])(\1)(?!\*)"),
    make_regex(r"(?<![\\_\w])(_{1,3})(?=[^\s_])(?:(?!\n\s*\n)[^_]){1,1000}?(?<=[^\s\\_])(\1)(?![_\w])"),
    make_regex(r"(?<![\\~])(~~)(?=[^\s~])[^~\n]{1,1000}?(~~)(?!~)"),
    make_regex(r"(?<![\\`])(`{1,2})(?!`)[^`\n]{1,1000}?(\1)(?!`)"),
)


def read_content(data: bytes, name: str) -> Content:
    """Decode a Markdown file, with what its front matter states.

    Raises:
        DocumentError: when it is empty or no text.
    """
    text = decode_text(data, name)
    properties, start = split_front_matter(text)
    body = "\n" * start + text[start:]
    hidden = [(0, start), *hide_controls(text), *find_marks(body), *find_tags(body), *find_entities(body)]
    return Content(text, merge_spans(hidden), properties)


def find_marks(text: str) -> tuple[Span, ...]:
    """Return the spans of what is Markdown and no prose, sorted and disjoint.

    >>> find_marks("# The *trust*")
    ((0, 2), (6, 7), (12, 13))
    >>> find_marks("2 * 3 * 4, snake_case_name")
    ()
    """
    hidden: list[Span] = []
    for pattern in (_FENCE, _IMAGE, _LINE_MARKS, _BLOCK_MARKS, _NOTE_MARK):
        hidden += (match.span() for match in pattern.finditer(text))
    hidden += (match.span(1) for match in _HEADING_END.finditer(text))
    for pattern in (_LINK, *_EMPHASIS):
        for match in pattern.finditer(text):
            hidden += (match.span(1), match.span(2))
    return merge_spans(hidden)
