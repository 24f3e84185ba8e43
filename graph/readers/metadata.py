"""What a document states of itself: front matter, ``metadata.csv``, dates and addresses made uniform."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from graph.errors import DocumentError
from graph.patterns import make_regex
from graph.readers.content import FIELDS

Properties = Mapping[str, str]

_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
        "sep sept september|oct october|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_NUMERIC = make_regex(r"(?:D:)?(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?:$|[T\s,+Z-]|(?<=\d{8})\d{2,6})")
_DAY_FIRST = make_regex(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_DAY_MONTH = make_regex(
    r"(?:[a-z]+,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?([a-z]+)\.?,?\s+(\d{4})\b", re.I
)
_MONTH_DAY = make_regex(r"(?:[a-z]+,\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.I)
_NOT_IN_ADDRESS = make_regex(r"[\s\x00-\x20\x7f<>\"{}|\\^`\ud800-\udfff]")
_FRONT_MATTER = make_regex(r"---[ \t]*\r?\n(?:(.*?)\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FLAT = make_regex(r"([A-Za-z][\w -]*?)\s*:[ \t]+(.*)")
_UNPRINTABLE = make_regex(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
MAX_FRONT_MATTER = 16_384
MAX_FIELD = 500


def normalise_date(value: str) -> str | None:
    """Return a date as ISO 8601 year, month or day; None when it is not understood.

    Of a date that is one day in Britain and another in America only the year is kept.

    >>> [normalise_date(d) for d in ("D:20070412103000Z", "12th April 2007", "04/05/2007", "soon")]
    ['2007-04-12', '2007-04-12', '2007', None]
    """
    value = value.strip()
    if match := _NUMERIC.match(value):
        return _iso_date(match[1], match[2], match[3])
    if match := _DAY_FIRST.match(value):
        first, second = int(match[1]), int(match[2])
        if first <= 12 and second <= 12 and first != second:
            return _iso_date(match[3])
        return _iso_date(match[3], min(first, second), max(first, second))
    if (match := _DAY_MONTH.match(value)) and (month := _MONTHS.get(match[2].lower())):
        return _iso_date(match[3], month, match[1])
    if (match := _MONTH_DAY.match(value)) and (month := _MONTHS.get(match[1].lower())):
        return _iso_date(match[3], month, match[2])
    return None


def _iso_date(year: str, month: str | int | None = None, day: str | int | None = None) -> str | None:
    """Return the date to the precision that is given; None when the calendar has no such day."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    if whole < "1400":  # the year 1 that some programs write for "unknown"
        return None
    return whole[: 10 if day else 7 if month else 4]


def normalise_url(value: str) -> str | None:
    """Return an ``http`` or ``https`` address, or None for anything else.

    >>> normalise_url("https://example.org/a"), normalise_url("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    value = value.strip()
    if len(value) > 4 * MAX_FIELD or _NOT_IN_ADDRESS.search(value):
        return None
    try:
        parts = urlsplit(value)
        known = parts.scheme.lower() in ("http", "https") and parts.hostname
        return (
            value if known and (parts.port is None or parts.port >= 0) else None
        )  # a wrong port is an error
    except ValueError:
        return None


def normalise_properties(*sources: Properties) -> dict[str, str | None]:
    """Merge what several sources state, the first that states a field winning, each made uniform.

    Args:
        sources: fields by name, the most trusted source first.

    Returns:
        One value for each of ``FIELDS``; None where no source states one that is understood.
    """
    if not any(sources):
        return dict.fromkeys(FIELDS)
    return {name: next(_normalised(name, sources), None) for name in FIELDS}


def _normalised(name: str, sources: tuple[Properties, ...]) -> Iterator[str]:
    for source in sources:
        value = _UNPRINTABLE.sub(" ", source.get(name, "")).strip()[: MAX_FIELD if name != "url" else None]
        made = normalise_date(value) if name == "date" else normalise_url(value) if name == "url" else value
        if made:
            yield made


def split_front_matter(text: str) -> tuple[Properties, int]:
    r"""Read the front matter between two ``---`` lines at the start of a text.

    Returns:
        Its fields, and the character offset at which the text after it starts; no fields and
        0 where there is none.

    >>> split_front_matter("---\ntitle: Border raid\nsource: {author: A Hill, date: 2006}\n---\nText")
    ({'title': 'Border raid', 'citation': 'A Hill, 2006'}, 64)
    """
    match = _FRONT_MATTER.match(text, 0, MAX_FRONT_MATTER)
    if not match:
        return {}, 0
    values = _parse_yaml(match[1] or "")
    if values is None:
        return {}, 0
    properties = {name: _as_line(values.get(name, values.get(name + "s", ""))) for name in FIELDS}
    properties["citation"] = properties["citation"] or _as_citation(values)
    return {name: value for name, value in properties.items() if value}, match.end()


def _parse_yaml(block: str) -> dict[str, object] | None:
    """Return the mapping that a block holds, all scalars as text; None when it is no mapping.

    ``title: Border raid: the map`` is no YAML, but people write it: such a block is read line by line.
    """
    import yaml

    try:
        values = yaml.load(block, yaml.BaseLoader)  # noqa: S506 - makes text, lists and mappings only
    except (yaml.YAMLError, RecursionError, ValueError):  # a character by a number that none has
        lines = (_FLAT.fullmatch(line.rstrip()) for line in block.splitlines())
        values = {line[1]: line[2].strip("\"' ") for line in lines if line}
    if not block.strip():
        return {}
    if not isinstance(values, dict) or not values:
        return None
    return {str(key).lower().replace("-", "_"): value for key, value in values.items()}


def _as_line(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _as_citation(values: Mapping[str, object]) -> str:
    """Write the cited source, nested or as ``source_title`` and so on, as one line."""
    source = values.get("source", "")
    if not isinstance(source, dict):
        source = {name: values.get(f"source_{name}", "") for name in FIELDS} | {"line": source}
    parts = (_as_line(source.get(name, "")) for name in ("line", "author", "title", "publisher", "date"))
    return ", ".join(part.strip() for part in parts if part.strip())


def parse_metadata(text: str, name: str) -> dict[str, Properties]:
    """Read a ``metadata.csv``: one row a document, columns ``name`` and any of ``FIELDS``.

    Returns:
        The stated fields by the document's name relative to the folder of the file.

    Raises:
        DocumentError: when it is no such table.
    """
    import csv
    import io

    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [(column or "").strip().lower() for column in rows.fieldnames or ()]
        if "name" not in columns:
            raise DocumentError(name, f"has no column called name; name its columns name {' '.join(FIELDS)}")
        rows.fieldnames = columns
        stated = [{key: value for key, value in row.items() if isinstance(value, str)} for row in rows]
    except csv.Error as error:
        reason = f"is no CSV table, line {rows.reader.line_num}: {error}; save it as CSV anew"
        raise DocumentError(name, reason) from error
    return {row["name"].strip().replace("\\", "/"): row for row in stated if row.get("name")}
