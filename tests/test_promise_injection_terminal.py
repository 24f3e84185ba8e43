"""No text of a document, a name, a register or a query moves, colours or forges what a terminal shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from pyoxigraph import Literal

from graph.cli import run_command
from tests.injected_site import ROOT, list_payloads, run_caregraph

pytestmark = [pytest.mark.promise, pytest.mark.skipif(os.name == "nt", reason="opens a POSIX terminal")]

ORDERS = "\x1b]0;owned\x07\x1b[2;31;47m\x9b31m\x9d0;owned\x9c over\rwritten\b \u202eturned\u2066 \x7f"
OWN = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What the bar itself writes: colours, and where the line begins."""


def find_orders(said: str) -> set[str]:
    """Find what a terminal obeys or does not show, line breaks aside."""
    return {one for one in said if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}


def run_in_terminal(*arguments: str) -> str:
    """Run a command whose output and messages go to a terminal, and return what that got."""
    parent, child = os.openpty()
    command = [sys.executable, "-m", "graph", *arguments]
    apart = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "PYTHONWARNINGS": "ignore"}
    done = subprocess.Popen(
        command, cwd=ROOT, env=apart, stdin=subprocess.DEVNULL, stdout=child, stderr=child
    )
    os.close(child)
    shown = b""
    try:
        while piece := os.read(parent, 1 << 16):
            shown += piece
    except OSError:  # Linux says so that the other end was closed
        pass
    os.close(parent)
    done.wait()
    return shown.decode().replace("\r\n", "\n")


def test_a_build_says_each_thing_in_one_safe_line(injected: Path) -> None:
    said = (injected / "said").read_bytes().decode()
    assert find_orders(said) == set()
    lines = said.splitlines()
    assert len(lines) > len(list_payloads()) / 4
    assert all(line.startswith("skipped ") for line in lines[:-1])
    assert "documents" in lines[-1]


@pytest.mark.parametrize("command", ["ask", "show", "explain", "verify", "evaluate", "query"])
def test_tables_and_findings_give_no_order(
    injected: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, documents = str(injected / "out"), injected / "documents"
    arguments = {
        "ask": [out, "documents", "limit=0"],
        "show": [out, "Torbay Council"],
        "explain": [str(documents / "022.md")],
        "verify": [out],
        "evaluate": [str(documents / "022.md"), "--gold", str(documents)],
        "query": [out, f"SELECT ?x {{ VALUES ?x {{ {Literal(ORDERS)} <urn:x:\u202e> }} }}"],
    }
    run_command([command, *arguments[command]])
    shown = capsys.readouterr()
    assert shown.out + shown.err
    assert find_orders(shown.out + shown.err) == set()


def test_what_fails_the_checks_is_told_without_orders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph_iri = "<https://w3id.org/caregraph/graph/document/x>"
    node, kind = (
        "<https://w3id.org/caregraph/id/claim/x>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    )
    claim = "<https://w3id.org/caregraph/ontology#Claim>"
    role = f"<https://w3id.org/caregraph/ontology#role> {Literal(ORDERS)}"
    nquads = f"{node} {kind} {claim} {graph_iri} .\n{node} {role} {graph_iri} .\n"
    nquads += f"{node} <https://w3id.org/caregraph/ontology#status> {Literal(ORDERS)} {graph_iri} .\n"
    (tmp_path / "graph.nq").write_text(nquads, encoding="utf-8", newline="\n")
    assert run_command(["validate", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert "owned" in shown.out
    assert find_orders(shown.out + shown.err) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", f"/none{ORDERS}", "documents"],
        ["ask", "OUT", ORDERS],
        ["ask", "OUT", "partners", f"body={ORDERS}"],
        ["ask", "OUT", "document", f"document={ORDERS}"],
        ["ask", "OUT", "as-of", "body=TAL", f"date={ORDERS}"],
        ["ask", "OUT", "search", f"text={ORDERS}", f"limit={ORDERS}"],
        ["ask", "OUT", "search", f"{ORDERS}=1"],
        ["ask", "OUT", "search", f"text={ORDERS}", f"x{ORDERS}=1"],
        ["query", "OUT", f"SELECT ?x {{ ?x {ORDERS} }}"],
        ["query", "OUT", f"ASK {{ SERVICE <urn:{ORDERS}> {{ }} }}"],
        ["query", "OUT", "-f", f"none{ORDERS}.rq"],
        ["show", "OUT", ORDERS],
        ["explain", f"none{ORDERS}.txt"],
        ["extract", f"none{ORDERS}.txt"],
        ["remove", "OUT", ORDERS],
        ["export", "OUT", "--format", ORDERS],
        ["draw", "OUT", "-o", f"none{ORDERS}.x"],
        ["evaluate", "DOC", "--gold", f"none{ORDERS}"],
        ["publish", "OUT", "--endpoint", f"http://{ORDERS}"],
        ["publish", "OUT", "--endpoint", f"{ORDERS}"],
        [ORDERS],
        ["ask", f"--{ORDERS}"],
    ],
    ids=lambda arguments: "-".join(word[:6] for word in arguments if ORDERS not in word) or "none",
)
def test_what_cannot_run_is_one_safe_line(
    injected: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"OUT": str(injected / "out"), "DOC": str(injected / "documents" / "000.md")}
    given = [places.get(word, word) for word in arguments]
    assert run_command(given) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert find_orders(shown.err) == set()


def test_a_body_with_orders_for_a_name_is_suggested_without_them(
    injected: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message takes names out of the graph: those of a register of somebody's own."""
    assert run_command(["show", str(injected / "out"), "Own 0;owned title 2"]) == 2
    assert "owned" in (said := capsys.readouterr().err)
    assert find_orders(said) == set()


def test_a_terminal_is_shown_what_a_pipe_gets_as_it_is(injected: Path, tmp_path: Path) -> None:
    query = f"SELECT ?x {{ VALUES ?x {{ {Literal(ORDERS)} }} }}"
    command = ["query", str(injected / "out"), query, "--format", "csv"]
    piped = run_caregraph(*command).stdout.decode()
    assert ORDERS in piped
    shown = run_in_terminal(*command)
    assert find_orders(shown) == set()
    assert r"\x9b31m" in shown
    written = f"<urn:s> <urn:p> {Literal(ORDERS)} <urn:g> .\n"
    (tmp_path / "graph.nq").write_text(written, encoding="utf-8", newline="\n")
    assert find_orders(run_in_terminal("export", str(tmp_path))) == set()


def test_the_bar_and_its_names_give_no_order(injected: Path, tmp_path: Path) -> None:
    """A name of a file reaches the bar through what made it printable; a body's text never does."""
    named = sorted((injected / "documents" / "named").iterdir())[20:30]
    shown = run_in_terminal("extract", *map(str, named), "--workers", "1", "-o", str(tmp_path / "found"))
    assert "Extracting" in shown
    assert "skipped" in shown
    assert find_orders(OWN.sub("", shown)) <= {"\r"}
    assert not re.search("\x1b[^\\[]|owned\x07|\x1b\\[2;31;47m", shown)
