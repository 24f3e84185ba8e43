"""The commands that read documents: what is printed where, exit codes, marks on a terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from graph.cli import run_command
from tests.cli_processes import TEXT, spawn


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "lowmoor.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_extract_writes_a_line_for_each_document(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["extract", document]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["doc"] == "lowmoor.txt"
    assert {mention["text"] for mention in found["mentions"]} >= {"Lowmoor Care Trust", "Lowmoor Council"}


def test_extract_reads_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    process = spawn("extract", "-")
    out, _ = process.communicate(TEXT)
    assert process.returncode == 0
    assert "Lowmoor Care Trust" in out


def test_explain_prints_marks_without_colour_unless_on_a_terminal(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["explain", document]) == 0
    shown = capsys.readouterr().out
    assert "[Lowmoor Care Trust #1] works closely with [Lowmoor Council #2]" in shown
    assert "What the marks mean" in shown
    assert "\x1b" not in shown


def test_explain_quietly_leaves_the_legend_out(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["explain", document, "--only", "bodies", "--quiet"]) == 0
    printed = capsys.readouterr()
    assert "#1   Lowmoor Care Trust\n" in printed.out
    assert "What the marks mean" not in printed.out
    assert printed.err == ""


def test_explain_reads_standard_input() -> None:
    out, err = spawn("explain", "-", "--only", "relations").communicate(TEXT)
    assert "[Lowmoor Care Trust #1]" in out
    assert err == ""


def test_explain_writes_a_page(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert run_command(["explain", document, "-o", str(page)]) == 0
    assert "Lowmoor Care Trust" in page.read_text(encoding="utf-8")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"wrote {page}\n")
    assert run_command(["explain", document, "-o", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="opens a POSIX terminal")
@pytest.mark.parametrize(("variable", "coloured"), [("COLUMNS", True), ("NO_COLOR", False)])
def test_explain_colours_a_terminal(document: str, variable: str, *, coloured: bool) -> None:
    parent, child = os.openpty()
    environment = {**os.environ, "TERM": "xterm", variable: "100"}
    process = spawn("explain", document, "-q", "--only", "bodies", stdout=child, env=environment)
    os.close(child)
    _, err = process.communicate()
    shown = os.read(parent, 1 << 16).decode()
    os.close(parent)
    assert (process.returncode, err) == (0, "")
    assert ("\x1b[1m" in shown) == coloured


def test_failed_extract_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "found.jsonl"
    target.write_text("old", encoding="utf-8")
    assert run_command(["extract", str(tmp_path / "missing.txt"), "-o", str(target)]) == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_build_then_verify_then_a_changed_source(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    bad = tmp_path / "empty.txt"
    bad.write_bytes(b"")
    assert run_command(["build", document, str(bad), "-o", str(out), "--also", "ttl"]) == 0
    assert "empty.txt" in capsys.readouterr().err
    for name in ("graph.nq", "graph.ttl", "extraction.jsonl", "network.html", "report.html", "manifest.json"):
        assert (out / name).stat().st_size > 0
    assert run_command(["verify", str(out)]) == 0
    Path(document).write_text(TEXT.replace("closely", "loosely"), encoding="utf-8")
    assert run_command(["verify", str(out)]) == 1
    assert "lowmoor.txt" in capsys.readouterr().out
