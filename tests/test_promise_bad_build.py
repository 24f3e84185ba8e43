"""A build whose files are spoilt: every command answers, or says in one line what is wrong, and none ends otherwise."""

# ruff: noqa: E501 - cases a line each

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from graph.cli import run_command
from graph.extract import load_resources
from tests.build_histories import TEXTS, make_quick
from tests.effort import effort
from tests.spoilt_files import spoil_bytes

pytestmark = pytest.mark.promise

QUERY = "SELECT ?s { ?s ?p ?o } LIMIT 3"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("verify", "OUT"), ("validate", "OUT"), ("query", "OUT", QUERY), ("ask", "OUT", "partners", "body=Torbay Council"), ("show", "OUT", "Torbay Council"),
    ("add", "OUT", "DOCS/more.txt"), ("remove", "OUT", "a.txt"), ("build", "DOCS", "-o", "OUT"), ("export", "OUT", "--format", "ttl", "-o", "FILE.ttl"),
    ("export", "OUT", "--format", "neo4j", "-o", "FILE-neo4j"), ("draw", "OUT", "-o", "FILE.html"), ("draw", "OUT", "-o", "FILE.svg"),
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build a graph of two documents with a small register, and give the folder that holds it."""
    folder = tmp_path_factory.mktemp("spoilt")
    (folder / "docs").mkdir()
    for name, text in zip(("a.txt", "b.txt"), TEXTS, strict=False):
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        make_quick(patch, tmp_path_factory.mktemp("register"))
        assert run_command(["build", str(folder / "docs"), "-o", str(folder / "out")]) == 0
        (folder / "docs" / "more.txt").write_text(TEXTS[2], encoding="utf-8")
        yield folder
    load_resources.cache_clear()


def empty(path: Path, draw: Random) -> None:
    path.write_bytes(b"")


def spoil(path: Path, draw: Random) -> None:
    path.write_bytes(spoil_bytes(path.read_bytes() or b"x", draw))


def make_folder(path: Path, draw: Random) -> None:
    path.unlink()
    path.mkdir()


def lose(path: Path, draw: Random) -> None:
    path.unlink()


def make_junk(path: Path, draw: Random) -> None:
    path.write_bytes(draw.choice([draw.randbytes(5000), b"../../etc", b"[]", b"null", b"{}", b'{"a": [[[', b"SQLite format 3\0" + bytes(200)]))  # fmt: skip


def link_to_itself(path: Path, draw: Random) -> None:
    path.unlink()
    path.symlink_to(path.name)


DAMAGES: tuple[Callable[[Path, Random], None], ...] = (
    empty, spoil, make_folder, lose, make_junk, link_to_itself, spoil,
)  # fmt: skip


def list_files(out: Path) -> list[str]:
    """List the files of a build but those of the engine, which are tried in a process of their own."""
    paths = (path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if path.is_file())
    return [path for path in paths if not path.startswith("store/generation-") or path.endswith(".search")]


def fill_in(command: tuple[str, ...], folder: Path) -> list[str]:
    places = {"OUT": str(folder / "out"), "DOCS": str(folder / "docs"), "FILE": str(folder / "file")}
    filled = []
    for word in command:
        for key, value in places.items():
            word = value + word.removeprefix(key) if word.startswith(key) else word
        filled.append(word)
    return filled


def check_said(said: str, code: int) -> None:
    lines = said.splitlines()
    assert code in (0, 1, 2)
    assert "Traceback" not in said
    assert all(line.isprintable() for line in lines), said
    if code == 2:
        assert len(lines) == 1, said
        assert len(lines[0]) < 900, said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_works_while_nothing_is_spoilt(
    command: tuple[str, ...], sound: Path, tmp_path: Path
) -> None:
    """Else it would be refused for its own sake below, and not for what is spoilt."""
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    assert run_command(fill_in(command, tmp_path)) == 0


def test_every_command_survives_what_is_spoilt(
    sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = list_files(sound / "out")
    assert {"manifest.json", "graph.nq", "ledger.sqlite", "extraction.jsonl", "store/current"} <= {*files}
    failed = []
    for number in range(effort(40, 1500)):
        draw = Random(f"build {number}")
        folder = tmp_path / str(number)
        shutil.copytree(sound, folder)
        name = files[number % len(files)]
        damage = DAMAGES[number // len(files) % len(DAMAGES)]
        damage(folder / "out" / name, draw)
        for command in draw.sample(COMMANDS, 2):
            capfd.readouterr()
            try:
                code = run_command(fill_in(command, folder))
                check_said(capfd.readouterr().err, code)
            except BaseException as error:
                failed.append(
                    (number, name, damage.__name__, command, f"{type(error).__name__}: {error}"[:300])
                )
        shutil.rmtree(folder)
    assert failed == []


def test_a_store_whose_bytes_are_changed_is_told_or_made_again(sound: Path, tmp_path: Path) -> None:
    """In a process of its own: the engine is no Python, and could take the tests with it."""
    engine = [
        path.relative_to(sound / "out")
        for path in sorted((sound / "out" / "store").rglob("*"))
        if path.is_file()
    ]
    engine = [path for path in engine if path.parent.name.startswith("generation-")]
    for number in range(effort(4, 80)):
        draw = Random(f"store {number}")
        out = tmp_path / f"store{number}"
        shutil.copytree(sound / "out", out)
        spoil(out / engine[draw.randrange(len(engine))], draw)
        done = subprocess.run(
            [sys.executable, "-m", "graph", "query", str(out), QUERY],
            capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
        check_said(done.stderr, done.returncode)
