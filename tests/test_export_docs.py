"""``docs/export.md`` names every format, table, column and option, and none that is not there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from graph.commands.exporting import export
from graph.export import FORMATS
from graph.export.neo4j import HEADERS, write_command
from graph.export.table_list import TABLES


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docs" / "export.md").read_text(encoding="utf-8")


def test_every_format_is_explained(text: str) -> None:
    listed = re.findall(r"^\| \[(.*?)\]\(#([\w-]+)\)", text, re.MULTILINE)
    assert {name for names, _ in listed for name in re.findall(r"`(\w+)`", names)} == set(FORMATS)
    titles = {
        re.sub(r"[^\w -]", "", t).lower().replace(" ", "-") for t in re.findall(r"^## (.*)$", text, re.M)
    }
    assert {anchor for _, anchor in listed} <= titles


def test_every_table_is_listed(text: str) -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| [^|]+ \|$", text, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"\w+", row)} == {table.name for table in TABLES}


def test_headers_and_commands_are_as_they_are_written(text: str) -> None:
    claims = next(table for table in TABLES if table.name == "claims")
    assert ",".join(column.name for column in claims.columns) in text
    assert ",".join(HEADERS["relations"]) in text
    assert write_command() in text


def test_every_example_is_a_command_line_that_is_understood(text: str) -> None:
    lines = re.findall(r"^caregraph export (.*)$", text, re.MULTILINE)
    assert len(lines) >= len(FORMATS) - 4
    for line in lines:
        context = export.make_context("export", shlex.split(line))
        assert isinstance(context, click.Context)
        assert context.params["form"] in {None, *FORMATS}
