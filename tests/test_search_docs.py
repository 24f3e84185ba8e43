"""The page on searching: its examples give what it shows, on the notes that ship with caregraph."""

from __future__ import annotations

import contextlib
import doctest
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from graph.query import run_query
from graph.render import render_result
from graph.search_index import open_index
from graph.store import open_store

PAGE = (Path(__file__).parents[1] / "docs" / "search.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)
PYTHON = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize(("query", "shown"), QUERIES)
def test_queries_give_the_rows_that_are_shown(built: Path, query: str, shown: str) -> None:
    """The graph of the tests holds one document more, so it may have more rows."""
    found = render_result(run_query(open_store(built), query, index=open_index(built)))
    assert {squeeze(line) for line in shown.splitlines()} <= {squeeze(line) for line in found.splitlines()}


def squeeze(line: str) -> str:
    return re.sub(r"\s+|─+", " ", line).strip()


def test_python_gives_what_is_shown(built: Path) -> None:
    example = doctest.DocTestParser().get_doctest(PYTHON, {}, "search.md", None, 0)
    runner = doctest.DocTestRunner()
    with contextlib.chdir(built.parent):  # where the folder is called "out", as on the page
        runner.run(example)
    assert runner.summarize(verbose=False).failed == 0
    assert runner.tries > 10


def test_the_page_has_its_examples() -> None:
    assert len(QUERIES) == 4


def test_the_endpoint_answers_the_same(client: TestClient) -> None:
    query, _ = QUERIES[2]
    reply = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert reply.status_code == 200
    assert "Torbay Care Trust,0.85" in reply.text
    asked = {"query": 'ASK {\n <urn:x> cg:nameMatches "x" }'}
    wrong = client.get("/sparql", params=asked, headers={"Accept": "application/json"})
    assert wrong.status_code == 400
    assert (wrong.json()["line"], wrong.json()["column"]) == (2, 10)
