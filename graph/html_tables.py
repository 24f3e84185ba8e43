"""HTML for notebooks: tables, links and marks in which whatever documents say stays text.

Everything is escaped, links lead to ``http`` and ``https`` only, and nothing runs. Colours are those of
the notebook, light or dark; a status is a word, so that it can be read where styles are taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from graph.vocabulary import CG, STATUSES

ROWS = 50
"""Rows of a table that a notebook shows; the rest is counted."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DAY = re.compile(r"\d{4}(?:-\d\d){1,2}", re.ASCII)
_STATUS_IRIS = {CG + status.capitalize(): status for status in STATUSES}
_RULE = "1px solid color-mix(in srgb, currentColor 25%, transparent)"
_STYLE = Markup(  # noqa: S704 - of constants
    "<style>"
    ".caregraph{overflow-x:auto;max-width:72em;line-height:1.4}"
    ".caregraph h4{margin:.9em 0 .2em;font-size:1em;font-weight:600}"
    ".caregraph p,.caregraph ul{margin:.3em 0}"
    ".caregraph table.cg-table{border-collapse:collapse;margin:.4em 0;table-layout:auto}"
    ".caregraph table.cg-table :is(th,td){text-align:left;vertical-align:top;padding:.25em .8em .25em 0;"
    f"white-space:normal;max-width:36em;overflow-wrap:break-word;border:0;border-bottom:{_RULE}}}"
    ".caregraph table.cg-table :is(th,td).cg-number{text-align:right;font-variant-numeric:tabular-nums}"
    ".caregraph table.cg-table thead th{border-bottom:1px solid currentColor}"
    ".caregraph .cg-note{opacity:.75}"
    ".caregraph .cg-status{border:1px solid currentColor;border-radius:.6em;padding:0 .45em;"
    "white-space:nowrap}"
    ".caregraph .cg-proposed{border-style:dashed}"
    ".caregraph .cg-negated{border-style:dotted;border-width:2px}"
    ".caregraph .cg-day{white-space:nowrap}"
    ".caregraph .cg-bar{display:inline-block;height:.8em;background:currentColor;opacity:.6}"
    "</style>"
)


def clean_text(text: object) -> str:
    r"""Replace what HTML may not hold: control characters and halves of characters.

    >>> clean_text("a\x00b")
    'a\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", str(text))


def isolate(text: object) -> Markup:
    """Escape a text from a document, whose direction of writing stays its own."""
    return Markup("<bdi>{}</bdi>").format(clean_text(text))


def mark_text(text: str) -> Markup:
    """Escape a text as ``isolate`` does; a date is never broken at its hyphens."""
    return Markup('<span class="cg-day">{}</span>').format(text) if _DAY.fullmatch(text) else isolate(text)


def make_link(address: str, text: object) -> Markup:
    r"""Link a text to an address, where that is of the web; else give the text alone.

    >>> print(make_link("javascript:alert(1)", "here"))
    <bdi>here</bdi>
    >>> print(make_link("htt\nps://example.org", "here"))
    <bdi>here</bdi>
    """
    safe = clean_text(address)
    try:
        parts = urlsplit(safe)  # which passes over line ends, as browsers do; in an address there are none
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and safe.split() == [safe]
    except ValueError:
        is_web = False
    if not is_web:
        return isolate(text)
    link = '<a href="{}" title="{}" target="_blank" rel="noopener noreferrer">{}</a>'
    return Markup(link).format(safe, safe, isolate(text))  # noqa: S704 - a constant


def mark_status(status: str) -> Markup:
    """Mark a status by its word, in a frame as the network draws its line; other words stay as they are."""
    name = _STATUS_IRIS.get(status, status)
    if name not in STATUSES:
        return isolate(status)
    return Markup('<span class="cg-status cg-{}">{}</span>').format(name, name)


def draw_html_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Markup | str]],
    *,
    more: str = "",
    numbers: frozenset[str] = frozenset(),
) -> Markup:
    """Draw a table.

    Args:
        columns: names of the columns.
        rows: cells by row; what is no markup is escaped.
        more: what stands below it, as "12 more rows"; nothing if empty.
        numbers: the columns that hold numbers.
    """
    kinds = [Markup(' class="cg-number"') if name in numbers else Markup("") for name in columns]
    head = join(
        Markup('<th scope="col"{}>{}</th>').format(kind, clean_text(name))
        for kind, name in zip(kinds, columns, strict=True)
    )
    body = join(
        Markup("<tr>{}</tr>").format(
            join(Markup("<td{}>{}</td>").format(kind, cell) for kind, cell in zip(kinds, row, strict=True))
        )
        for row in rows
    )
    table = Markup('<table class="cg-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
    note = Markup('<p class="cg-note">{}</p>').format(more) if more else Markup("")
    return table.format(head, body) + note


def wrap(*parts: Markup | str) -> str:
    """Put parts into one block with the styles that they need, as a notebook shows it."""
    return str(_STYLE + Markup('<div class="caregraph">{}</div>').format(join(parts)))


def join(parts: Iterable[Markup | str]) -> Markup:
    """Join parts of HTML; what is no markup is escaped."""
    return Markup("").join(escape(part) for part in parts)


def count_things(number: int, one: str, many: str = "") -> str:
    """Write a number of things in words.

    >>> count_things(1, "claim"), count_things(1200, "body", "bodies")
    ('1 claim', '1,200 bodies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
