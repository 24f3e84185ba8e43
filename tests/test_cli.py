"""The command line: what is printed where, exit codes, and one clear line for each thing that goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.cli import commands, run_command
from graph.export import FORMATS
from graph.store import write_store
from graph.write import write_nquads
from tests.cli_processes import spawn
from tests.sample_graph import sample_quads

COMMANDS = (
    "build",
    "add",
    "remove",
    "extract",
    "explain",
    "query",
    "ask",
    "show",
    "draw",
    "serve",
    "validate",
    "verify",
    "evaluate",
    "export",
    "publish",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a built graph."""
    out = tmp_path_factory.mktemp("built")
    write_nquads(sample_quads(), out / "graph.nq")
    write_store(out, out / "graph.nq")
    return str(out)


def test_commands_are_those_that_are_documented() -> None:
    assert tuple(commands.commands) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_and_quiet(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"  caregraph {name} " in shown.split("Example")[1]
    assert "--quiet" in shown


def test_no_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([]) == 0
    assert all(name in capsys.readouterr().out for name in ["Usage"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "Did you mean 'build'? See: caregraph --help"),
        (["build"], "Missing argument 'DOCUMENTS...'. See: caregraph build --help"),
        (["build", "x.txt"], "Missing option '-o'"),
        (["query", "nowhere", "ASK {}"], "no built graph in nowhere; build one with: caregraph build"),
        (["query", "OUT"], "give a query, or a file with one"),
        (["query", "OUT", "ASK {}", "-f", "x.rq"], "give a query, or a file with one"),
        (["query", "OUT", "-f", "missing.rq"], "missing.rq: No such file or directory"),
        (["query", "OUT", "SELECT * {"], "query, line 1, column 11: cannot be read as SPARQL"),
        (["query", "OUT", "ASK {}", "--format", "xls"], "'xls' is not one of"),
        (["ask", "OUT", "pooled-budget"], "did you mean pooled-budgets?"),
        (["ask", "OUT", "partners"], "partners needs body="),
        (["ask", "OUT", "partners", "Torbay"], "'Torbay' is no parameter; write name=value"),
        (["ask", "OUT", "partners", "body=Torby Care Trust"], "did you mean Torbay Care Trust"),
        (["show", "OUT", "Torby Care Trust"], "did you mean Torbay Care Trust"),
        (["explain"], "Missing argument 'DOC'. See: caregraph explain --help"),
        (["explain", "missing.txt"], "missing.txt: does not exist; check the path"),
        (["explain", "seeds"], "seeds: is a folder; name a file in it"),
        (["explain", "x.txt", "--only", "names"], "'names' is not one of"),
        (["explain", "a.txt", "b.txt"], "Got unexpected extra argument (b.txt)"),
        (["draw", "OUT"], "Missing option '-o'"),
        (["draw", "OUT", "-o", "network.pdf"], "use one of .html, .graphml, .gexf, .png, .svg"),
        (["export", "OUT", "-o", "no/such/folder/x.nq"], "no/such/folder/x.nq: cannot be written"),
        (["export", "OUT", "-o", "graph.xls"], "graph.xls: the ending says no format; use one of .nq, .trig"),
        (["export", "OUT", "--format", "xls"], "cannot export to the format 'xls'; choose one of nq, trig"),
        (["export", "OUT", "--format", "dcat", "--address", "here"], "here: no web address"),
        (["validate", "nowhere"], "no graph.nq in nowhere"),
        (["verify", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_run_says_why_in_one_line(
    arguments: list[str], said: str, built: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command([built if argument == "OUT" else argument for argument in arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("caregraph: ")
    assert said in printed.err
    assert printed.err.count("\n") == 1


def test_query_prints_a_table_whose_count_is_not_part_of_it(
    built: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["query", built, "SELECT ?a ?b WHERE { ?a cg:audits ?b }"]) == 0
    printed = capsys.readouterr()
    assert "cgi:organisation/la-thr" in printed.out
    assert printed.err == "1 row\n"


@pytest.mark.parametrize(("pattern", "code"), [("?a cg:audits ?b", 0), ("?a cg:mergesWith ?b", 1)])
def test_ask_that_is_answered_with_no_has_exit_code_1(
    built: str, pattern: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["query", built, f"ASK {{ {pattern} }}"]) == code
    assert capsys.readouterr().out == ("no\n" if code else "yes\n")


def test_query_reads_a_file_and_standard_input(built: str, tmp_path: Path) -> None:
    text = "SELECT ?b WHERE { ?a cg:audits ?b }"
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    answers = []
    for source in (["-f", str(tmp_path / "q.rq")], ["-f", "-"], ["-"]):
        process = spawn("query", built, *source, "--format", "csv", "--quiet")
        out, err = process.communicate(text)
        assert (process.returncode, err) == (0, "")
        answers.append(out)
    assert len(set(answers)) == 1
    assert "la-thr" in answers[0]


def test_results_are_utf8_whatever_the_locale(built: str) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    process = spawn("query", built, "-", "--format", "csv", env=environment)
    out, _ = process.communicate('SELECT ("Māori £" AS ?text) WHERE {}')
    assert "Māori £" in out


def test_ask_lists_the_questions(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["ask", built]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith(("pooled-budgets ", "partners ")) for line in lines) == 2
    assert next(line for line in lines if line.startswith("partners ")).endswith("body= [limit=200]")


def test_ask_ends_each_row_with_the_sentence(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["ask", built, "partners", "body=Torbay Care Trust", "--format", "csv"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.endswith(",sentence")
    assert any(row.endswith("The trust works closely with Torbay Council.") for row in rows)


def test_show_tells_codes_and_sentences(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["show", built, "torbay care trust"]) == 0
    shown = capsys.readouterr().out
    assert "TAL" in shown
    assert "Torbay Care Trust shares one budget with Torbay Council." in shown


def test_draw_writes_the_page(built: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert run_command(["draw", built, "-o", str(page), "--title", "Lowmoor & others"]) == 0
    assert "Lowmoor &amp; others" in page.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


def test_draw_writes_what_the_ending_or_the_format_says(built: str, tmp_path: Path) -> None:
    assert run_command(["draw", built, "-o", str(tmp_path / "a.svg"), "--most", "2"]) == 0
    assert "Showing 2 of " in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert run_command(["draw", built, "-o", str(tmp_path / "b.xml"), "--format", "graphml"]) == 0
    assert "<graphml" in (tmp_path / "b.xml").read_text(encoding="utf-8")


def test_export_to_standard_output_is_the_master_copy(built: str) -> None:
    out, _ = spawn("export", built).communicate()
    assert out == (Path(built) / "graph.nq").read_text(encoding="utf-8")


def test_export_writes_what_the_ending_says_and_lists_the_formats(
    built: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["export", built, "-o", str(tmp_path / "graph.jsonld")]) == 0
    assert capsys.readouterr().err == f"wrote {tmp_path / 'graph.jsonld'}\n"
    assert (tmp_path / "graph.jsonld").read_bytes().startswith(b'{"@context"')
    assert run_command(["export", built, "--format", "neo4j", "-o", str(tmp_path / "folder"), "-q"]) == 0
    assert (tmp_path / "folder" / "README.txt").is_file()
    assert run_command(["export", "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in FORMATS)


def test_validate_tells_a_sound_graph_from_a_broken_one(
    built: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["validate", built]) == 0
    broken = [quad for quad in sample_quads() if not quad.predicate.value.endswith("#exact")]
    write_nquads(broken, tmp_path / "graph.nq")
    assert run_command(["validate", str(tmp_path), "--quiet"]) == 1
    printed = capsys.readouterr()
    assert "cgi:evidence" in printed.out or "/id/evidence/" in printed.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "OUT", "SELECT * WHERE { ?s ?p ?o }", "--format", "csv"),
        ("export", "OUT", "--format", "trig"),
        ("export", "OUT", "--format", "jsonld"),
    ],
)
def test_closed_pipe_is_quiet(arguments: tuple[str, ...], built: str) -> None:
    with spawn(*(built if argument == "OUT" else argument for argument in arguments)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.buffer.read(1)  # type: ignore[attr-defined]
        process.stdout.close()
        assert (process.wait(), process.stderr.read()) == (141, "")


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_interrupt_is_clean(built: str) -> None:
    """A command that waits for its input is interrupted."""
    program = (
        "import os, signal, sys, threading\n"
        "from graph.cli import run_command\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "sys.exit(run_command(['query', sys.argv[1], '-f', '-']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, built], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        assert process.wait(timeout=60) == 130
        assert process.stderr.read().strip() == b""
