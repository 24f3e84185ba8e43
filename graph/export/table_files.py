"""Tables as CSV that spreadsheets open as text, and a data package that says what is in them.

Source: RFC 4180; Frictionless Data Package 1.0 and Table Schema 1.0 (specs.frictionlessdata.io).
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Cell = str | int | float | bool | None
Row = Sequence[Cell]
WriteRows = Callable[[Iterable[Row]], None]

_FORMULA = re.compile("'*(?:[\t\r\n]|[\\s\x00-\x1f\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
"""The pages have the same one, in ``graph/page/export.js`` and ``graph/workbench/static/editor/csv.js``."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``kind`` is string, uri, date (a day, a month or a year), number, integer or boolean."""

    name: str
    about: str
    kind: str = "string"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an export.

    Attributes:
        name: of the file, without ``.csv``.
        about: what a row is.
        columns: in order.
        key: the columns that tell rows apart.
        links: which column refers to which other table, by its first column.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)


def guard_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; without it, it is the text again.

    >>> guard_cell("=cmd"), guard_cell("'=cmd"), guard_cell("it's -1")
    ("'=cmd", "''=cmd", "it's -1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


@contextmanager
def open_table(folder: Path, table: Table) -> Iterator[WriteRows]:
    """Give a function that adds rows to ``NAME.csv``: UTF-8 with the mark that Excel needs, text guarded."""
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)

        def write_rows(rows: Iterable[Row]) -> None:
            for row in rows:
                cells = zip(table.columns, row, strict=True)
                writer.writerow([_write_cell(column, value) for column, value in cells])

        yield write_rows


def write_package(folder: Path, tables: Iterable[Table], about: Mapping[str, Any]) -> None:
    """Describe the tables of a folder in ``datapackage.json``, with the digest of each file."""
    resources = [_describe_table(folder, table) for table in tables]
    content = {"profile": "tabular-data-package", **about, "resources": resources}
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_cell(column: Column, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).replace("\0", "\ufffd")  # readers written in C end a text there
    is_number = column.kind in ("integer", "number") and _NUMBER.fullmatch(text)
    return text if is_number else guard_cell(text)


def _describe_table(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": _describe_schema(table),
    }


def _describe_schema(table: Table) -> dict[str, Any]:
    fields = []
    for column in table.columns:
        about: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.about}
        if column.kind in ("date", "uri"):
            about["type"] = "string"
        if column.kind == "uri":
            about["format"] = "uri"
        constraints: dict[str, Any] = {"pattern": _DATE} if column.kind == "date" else {}
        if column.name in table.key:
            constraints["required"] = True
        fields.append({**about, **({"constraints": constraints} if constraints else {})})
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.links:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": "iri"}}
            for column, other in table.links.items()
        ]
    return schema
