"""Every way of hostile text from a source to a border is proved by a test that is there, or cannot be gone.

``tests/cases/injection.csv`` has a row for each source and border, ``injection_payloads.jsonl`` beside it has
the texts, by what they would do. What is not guarded by design says so.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.cli import run_command
from graph.export.table_files import guard_cell
from graph.extractors.lexicon import load_lexicon
from graph.query import run_query
from graph.register import load_register
from graph.workbench.tables import Sorting, chart_answer, sort_rows, write_csv
from tests.injected_site import CASES, ROOT, list_payloads
from tests.make_register import write_register

pytestmark = pytest.mark.promise

REASONS = ("no: ", "design: ")
FORMULAS = ("graph/page/export.js", "graph/workbench/static/editor/csv.js")


@cache
def read_matrix() -> tuple[dict[str, str], ...]:
    with (CASES / "injection.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream, strict=True))


@cache
def list_tests(path: Path) -> frozenset[str]:
    """List the names of the tests of a file, those of its classes too."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return frozenset(
        node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name[:4] == "test"
    )


def test_each_source_and_each_border_has_one_row() -> None:
    pairs = [(row["source"], row["sink"]) for row in read_matrix()]
    sources, sinks = (list(dict.fromkeys(column)) for column in zip(*pairs, strict=True))
    assert sorted(pairs) == sorted(product(sources, sinks))
    assert (len(sources), len(sinks)) == (15, 24)


def test_each_way_is_proved_by_tests_that_are_there_or_has_a_reason() -> None:
    for row in read_matrix():
        if row["how"].startswith(REASONS):
            assert len(row["how"]) > 30
            continue
        for named in row["how"].split(" "):
            name, _, test = named.partition("::")
            assert (ROOT / name).is_file(), named
            assert list_tests(ROOT / name), named
            assert not test or test in list_tests(ROOT / name), named
    ways = Counter(row["how"].partition(":")[0].split("/")[0] for row in read_matrix())
    assert ways["tests"] >= 170


def test_each_family_of_texts_is_used_and_each_way_has_one() -> None:
    lines = (CASES / "injection_payloads.jsonl").read_text("utf-8").splitlines()
    families = {family for row in read_matrix() for family in row["payloads"].split()}
    assert families == {json.loads(line)["family"] for line in lines}
    for row in read_matrix():
        assert bool(row["payloads"]) != row["how"].startswith(REASONS), row
        assert all(list_payloads(family) for family in row["payloads"].split())
    assert len(list_payloads()) == len(set(list_payloads())) >= 60


def test_the_rules_on_shells_loaders_and_sql_are_on() -> None:
    """Ruff's rules of flake8-bandit: no shell, no pickle, no loader that makes objects, no open template."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in settings["select"]
    assert {rule for rule in settings["ignore"] if rule.startswith("S") and rule[1].isdigit()} == {
        "S101",
        "S603",
    }
    excused = {
        f: r for f, rules in settings["per-file-ignores"].items() for r in rules if f.startswith("graph/")
    }
    assert set(excused.values()) <= {"S608", "S105"}
    never = "S102,S301,S302,S307,S312,S321,S501,S602,S604,S605,S606,S609,S701,S702"
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--ignore-noqa",
        "--select",
        never,
        "graph",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_all_writers_of_tables_guard_alike() -> None:
    """Python and the two pages have one pattern, written in two languages."""
    for path in FORMULAS:
        (pattern,) = re.findall(r"^const FORMULA = /(.*)/;$", (ROOT / path).read_text("utf-8"), re.MULTILINE)
        read = re.compile(pattern)
        for payload in (*list_payloads(), "text", "'", "\x85=1", "\ufeff=1", "\x1c-1", "a\n=1"):
            assert bool(read.match(payload)) == (guard_cell(payload) != payload), payload


def test_a_number_that_is_none_is_guarded_like_text() -> None:
    """Who writes a graph by hand may give any text the type of a number."""
    values = " ".join(
        f'("{text}"^^xsd:{kind} "x")' for text in ("=1+1", "-2+3", "many") for kind in ("integer", "decimal")
    )
    answer = run_query(Store(), f'SELECT ?n ?x {{ VALUES (?n ?x) {{ {values} ("7"^^xsd:integer "y") }} }}')
    cells = [row[0] for row in csv.reader(io.StringIO(write_csv(answer), newline=""))][1:]
    assert cells == ["'=1+1", "'=1+1", "'-2+3", "'-2+3", "many", "many", "7"]
    assert len(sort_rows(answer, Sorting("n"))) == 7
    assert chart_answer(answer) == ("", [])


def test_names_of_a_register_are_no_patterns(tmp_path: Path) -> None:
    names = ["Ab.c+ Care Fund", "(a+)+$ Trust", "[a-z]* Board", "\\d{9,} Council"]
    rows = ({"id": f"own:{number}", "name": name} for number, name in enumerate(names))
    register = load_register(write_register(tmp_path, *rows))
    load_lexicon(register)
    begun = time.process_time()
    for text in (
        "Abxccc Care Fund",
        "aaaa Trust",
        "abc Board",
        "999999999 Council",
        "a" * 20_000 + "! Trust",
    ):
        assert register.find(text) == ()
    assert time.process_time() - begun < 5
    assert [body.id for body in register.find(names[0])] == ["own:0"]


@pytest.mark.parametrize("token", ["a\r\nSet-Cookie: b=c", "two words", "\x1b]0;x\x07", "höchst"])
def test_a_token_that_no_header_can_hold_is_refused(
    token: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["serve", str(tmp_path), "--token", token]) == 2
    assert (
        capsys.readouterr().err
        == "caregraph: --token or CAREGRAPH_TOKEN: write the token in ASCII, without spaces\n"
    )
