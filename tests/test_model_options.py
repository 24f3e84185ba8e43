"""The options of a language model on the command line; without them nothing uses the network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.cli import run_command
from graph.llm.settings import KEY_VARIABLE
from tests.fake_model import KEY, SENTENCE, TEXT, FakeModel, claim, claims, play_model


@pytest.fixture
def note(tmp_path: Path) -> str:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def name_model(model: FakeModel, folder: Path) -> list[str]:
    return ["--llm-endpoint", model.endpoint, "--llm-model", "small", "--llm-cache", str(folder / "kept")]


def found_by(path: Path) -> list[str]:
    (line,) = path.read_text(encoding="utf-8").splitlines()
    return [relation["found_by"] for relation in json.loads(line)["relations"]]


def test_extract_adds_claims_and_prints_no_key(
    note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with play_model([claims(claim(), claim(predicate="owns"))]) as model:
        options = name_model(model, tmp_path)
        files = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
        for file in files:
            assert run_command(["extract", note, "-o", str(file), *options]) == 0
        assert len(model.asked) == 1
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "llm small" in found_by(files[0])
    printed = capsys.readouterr()
    assert "1 claims added, 0 known already, 1 refused (1 unknown predicate)" in printed.err
    assert KEY not in printed.out + printed.err + files[0].read_text("utf-8")


def test_build_conforms_and_every_quote_holds(
    note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with play_model([claims(claim())]) as model:
        options = name_model(model, tmp_path)
        assert run_command(["build", note, "-o", str(tmp_path / "out"), *options]) == 0
    assert "conforms to the shapes" in capsys.readouterr().err
    assert run_command(["verify", str(tmp_path / "out")]) == 0
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert b'"llm small"' in written
    assert KEY.encode() not in written


def test_evaluation_measures_what_the_model_adds(
    note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = TEXT.index("Fennick")
    bodies = {"Fennick Council": "LocalAuthority", "Lowmoor Care Trust": "CareTrust"}
    entities = [
        {"id": name, "kind": "named", "type": kind, "name": name, "surfaces": [name]}
        | {"mentions": [[TEXT.index(name), TEXT.index(name) + len(name)]]}
        for name, kind in bodies.items()
    ]
    relation = dict(zip(("subject", "object"), bodies, strict=True), predicate="worksWith", status="asserted")
    gold = {"doc": "note.txt", "entities": entities}
    gold["relations"] = [{**relation, "evidence": [[start, start + len(SENTENCE)]]}]
    (tmp_path / "note.json").write_text(json.dumps(gold), encoding="utf-8")
    bar = ["evaluate", note, "--gold", str(tmp_path), "--bar", "relations=0.5", "--quiet"]
    assert run_command(bar) == 1
    with play_model([claims(claim())]) as model:
        assert run_command([*bar, *name_model(model, tmp_path)]) == 0
    assert "relations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--llm-endpoint", "http://localhost:1/v1"], "needs both --llm-endpoint URL and --llm-model NAME"),
        (["--llm-model", "small"], "needs both --llm-endpoint URL and --llm-model NAME"),
        (["--llm-endpoint", "localhost", "--llm-model", "small"], "'localhost' is no endpoint"),
        (["--llm-endpoint", "http://a/v1", "--llm-model", "small", "--llm-timeout", "0"], "--llm-timeout"),
        (["--llm-key", "hush"], "No such option"),
    ],
)
def test_what_cannot_be_asked_says_why_in_one_line(
    options: list[str], said: str, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["extract", note, *options]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert said in printed.err


def test_nobody_at_the_endpoint_costs_nothing_but_a_line(
    note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, asked = tmp_path / "plain.jsonl", tmp_path / "asked.jsonl"
    options = ["--llm-endpoint", "http://127.0.0.1:9/v1", "--llm-model", "small", "--llm-retries", "0"]
    options += ["--llm-cache", str(tmp_path / "kept"), "--quiet"]
    assert run_command(["extract", note, "-o", str(plain)]) == 0
    assert run_command(["extract", note, "-o", str(asked), *options]) == 0
    assert plain.read_bytes() == asked.read_bytes()
    assert "note.txt, passage at character 0: cannot be reached" in capsys.readouterr().err


def test_without_the_options_nothing_touches_the_network(note: str, tmp_path: Path) -> None:
    """An audit hook sees every look-up of a name and every connection of the process."""
    code = (
        "import sys\n"
        "def refuse(event, arguments):\n"
        "    assert event not in ('socket.connect', 'socket.getaddrinfo', 'socket.gethostbyname'), event\n"
        "sys.addaudithook(refuse)\n"
        "from graph.cli import run_command\n"
        "code = run_command(['extract', sys.argv[1], '-o', sys.argv[2], '--quiet'])\n"
        "assert not {'openai', 'httpx2', 'graph.llm.extractor', 'graph.llm.client'} & set(sys.modules)\n"
        "sys.exit(code)\n"
    )
    command = [sys.executable, "-c", code, note, str(tmp_path / "found.jsonl")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "llm small" not in found_by(tmp_path / "found.jsonl")
