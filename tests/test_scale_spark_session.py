"""What cannot run says why in one line: no Spark, no Java, no master, no documents in the table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.cli import run_command
from graph.errors import ClusterError
from graph.scale import spark_session
from graph.scale.spark_session import open_session
from tests.spark_cluster import LOOPBACK, SETTINGS, environment, find_port, needs_spark

SPARK = ("extract", "notes.jsonl", "--engine", "spark")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_session, "_check_installed", lambda: None)


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run_command(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("extract", "notes", "--master", "local[2]"), "are for a cluster: add --engine spark"),
        (SPARK, "a cluster writes a folder of parts; name it with -o FOLDER"),
        ((*SPARK, "-o", "out", "--workers", "2"), "--workers is for this machine; a cluster has its own"),
        ((*SPARK, "-o", "out", "--spark-conf", "spark.x"), "'spark.x' is no setting; write name=value"),
        (
            (*SPARK, "-o", "out", "--llm-endpoint", "http://127.0.0.1:9/v1", "--llm-model", "m"),
            "a language model cannot be asked from a cluster; leave out --llm-endpoint",
        ),
        (("extract", "a.parquet", "b", "--engine", "spark", "-o", "out"), "not folder and parquet"),
    ],
)
def test_options_that_do_not_fit(
    arguments: tuple[str, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert line in complaint(capsys, *arguments)


def test_spark_is_not_installed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    line = complaint(capsys, *SPARK, "-o", "out", "--master", "local[1]")
    assert line.endswith("pyspark is not installed, and Spark needs it: pip install 'caregraph[spark]'")


@pytest.mark.parametrize("home", ["", "missing"])
def test_java_is_not_installed(
    home: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JAVA_HOME", home)
    line = complaint(capsys, *SPARK, "-o", "out", "--master", "local[1]")
    assert line.startswith("caregraph: there is no Java ")
    assert "17 or later" in line


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("master", "line"),
    [
        (None, "say which cluster: --master spark://HOST:7077"),
        ("http://host", "http://host is no master of Spark"),
        (f"spark://{LOOPBACK}", "no master answers at"),
        (f"spark://{LOOPBACK}:PORT", r"\(Connection refused\); check its address and that it runs"),
    ],
)
def test_no_master_is_there(master: str | None, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="needs the extra spark (pip install 'caregraph[spark]')")
    monkeypatch.delenv("SPARK_HOME", raising=False)
    master = master and master.replace("PORT", str(find_port()))  # one that nobody listens at
    with pytest.raises(ClusterError, match=line), open_session(master, {}):
        pass


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (
            "[PATH_NOT_FOUND] Path does not exist: file:/x. SQLSTATE: 42K03\n more",
            "Spark says: [PATH_NOT_FOUND] Path does not exist: file:/x. SQLSTATE: 42K03",
        ),
        (
            "An exception was thrown from the Python worker.\nTraceback (most recent call last):\n"
            "  File \"worker.py\", line 1\nModuleNotFoundError: No module named 'graph'\n",
            "executors have no caregraph; install caregraph[spark] where they run",
        ),
        (
            "An error occurred while calling o1.parquet.\n: org.apache.spark.SparkException: Job aborted\n"
            "Traceback (most recent call last):\ngraph.errors.ClusterError: the process does not start\n",
            "Spark did not finish: ClusterError: the process does not start",
        ),
    ],
)
def test_what_spark_raises_becomes_one_line(message: str, line: str) -> None:
    assert spark_session._explain(message).startswith(line)


RUN = """
import json, sys
from pyspark.sql import SparkSession
from graph.cli import run_command
builder = SparkSession.builder.master("local[1]")
for name, value in json.loads(sys.argv[2]).items():
    builder = builder.config(name, value)
builder.getOrCreate()
for case in json.loads(sys.argv[1]):
    print("=", case, file=sys.stderr, flush=True)
    run_command(["extract", case, "-o", "parts", "--engine", "spark", "--master", "local[1]"])
"""

TABLES = {
    "wrong.jsonl": (
        '{"title": "a", "body": "b"}\n',
        "wrong.jsonl: needs columns called name and text, and may",
    ),
    "plain.jsonl": (
        "Torbay\n",
        "plain.jsonl: the first line is no JSON object; write one document on each line",
    ),
    "empty.jsonl": ("", "empty.jsonl: the first line is no JSON object; write one document on each line"),
    "missing.parquet": (None, "Spark says: [PATH_NOT_FOUND] Path does not exist: file:"),
    "twice.jsonl": (
        '{"name": "a.txt", "text": "One."}\n' * 2,
        "several documents have one name: a.txt; give each its own",
    ),
    "hollow.jsonl": (
        '{"name": "a.txt", "text": ""}\n',
        "no document could be read, so nothing was written (a.txt: is empty; remove it or save it again)",
    ),
}


@needs_spark
@pytest.mark.spark
def test_tables_that_hold_no_documents(tmp_path: Path) -> None:
    for name, (content, _) in TABLES.items():
        if content is not None:
            (tmp_path / name).write_text(content)
    command = [sys.executable, "-c", RUN, json.dumps(list(TABLES)), json.dumps(SETTINGS)]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=300, check=True
    )
    for name, (_, line) in TABLES.items():
        said = done.stderr.split(f"= {name}\n")[1].split("\n= ")[0]
        assert f"caregraph: {line}" in said, said
    assert not list((tmp_path / "parts").glob("*"))
