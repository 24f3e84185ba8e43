"""Builds at their edges: links, files that share a name or vanish, a full disk, a run that is stopped."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from graph import building, outputs
from graph.building import Settings, make_build
from graph.cli import run_command
from graph.errors import StoreError
from graph.extract import load_resources
from graph.ledger import Ledger, open_ledger
from graph.manifest import FILES
from graph.pipeline import add_documents, build_graph, remove_documents, verify_build
from graph.readers.inputs import find_inputs
from tests.build_histories import TEXTS, CrashError, make_quick, read_build

needs_posix = pytest.mark.skipif(os.name == "nt", reason="names and links as POSIX has them")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    with pytest.MonkeyPatch.context() as patch:
        yield make_quick(patch, tmp_path_factory.mktemp("register"))
    load_resources.cache_clear()


@pytest.fixture
def extracted(every: list[str]) -> list[str]:
    every.clear()
    return every


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in zip(("a.txt", "b.txt"), TEXTS, strict=False):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@needs_posix
def test_folder_that_is_built_through_a_link_is_the_same_by_its_own_path(
    docs: Path, extracted: list[str], tmp_path: Path
) -> None:
    disk = tmp_path / "disk" / "deep"
    disk.mkdir(parents=True)
    (tmp_path / "link").symlink_to(disk)
    build_graph([docs], tmp_path / "link")
    whole = read_build(disk)
    report = add_documents(disk, [docs / "a.txt"])
    assert (report.documents, report.skipped, len(extracted)) == (2, (), 2)
    assert read_build(disk) == whole
    assert verify_build(disk).holds
    assert verify_build(tmp_path / "link").holds


@needs_posix
@pytest.mark.parametrize("same", [True, False])
def test_files_whose_names_are_written_alike_are_one_document_and_a_line(
    same: bool, docs: Path, out: Path, extracted: list[str]
) -> None:
    """A letter and its accent may be one character or two; on some file systems these are two files."""
    composed, apart = "caf\u00e9.txt", "cafe\u0301.txt"
    (docs / composed).write_text(TEXTS[2], encoding="utf-8")
    (docs / apart).write_text(TEXTS[2 if same else 3], encoding="utf-8")
    if len(list(docs.iterdir())) < 4:
        pytest.skip("this file system has one name for both")
    report = build_graph([docs], out)
    assert report.documents == 3
    [skipped] = report.skipped
    assert skipped.name.endswith(composed)
    assert skipped.reason == "has a name that another file has in other characters; rename one of them"
    whole = read_build(out)
    build_graph([docs], out)
    assert read_build(out) == whole


@needs_posix
def test_name_that_is_no_text_is_a_name_all_the_same(docs: Path, out: Path, extracted: list[str]) -> None:
    path = os.fsdecode(os.fsencode(docs) + b"/\xff.txt")
    try:
        Path(path).write_text(TEXTS[2], encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert build_graph([docs], out).documents == 3
    assert verify_build(out).holds
    assert build_graph([docs], out).documents == 3
    assert len(extracted) == 3
    assert remove_documents(out, [path]).documents == 2


def test_file_that_vanishes_before_it_is_read_is_passed_over(
    docs: Path, out: Path, extracted: list[str]
) -> None:
    inputs = find_inputs([docs])
    (docs / "a.txt").unlink()
    made = make_build(out, lambda ledger: inputs, Settings(frozenset()))
    assert [(item.name, item.reason) for item in made.skipped] == [
        ("a.txt", "does not exist; check the path")
    ]


def test_folder_of_documents_that_is_renamed_is_not_extracted_again(
    docs: Path, out: Path, extracted: list[str], tmp_path: Path
) -> None:
    build_graph([docs], out)
    graph_lines = (out / "graph.nq").read_bytes()
    docs.rename(tmp_path / "papers")
    report = build_graph([tmp_path / "papers"], out)
    assert (report.documents, len(extracted)) == (2, 2)
    assert (out / "graph.nq").read_bytes() == graph_lines
    assert verify_build(out).holds


def test_name_that_is_empty_is_no_folder(docs: Path, out: Path, extracted: list[str]) -> None:
    """As of a variable that is not set: a path of nothing would be the working folder."""
    build_graph([docs], out)
    here = Path.cwd()
    os.chdir(docs)
    try:
        (docs.parent / "c.txt").write_text(TEXTS[2], encoding="utf-8")
        add_documents(out, [docs.parent / "c.txt"])
        with pytest.raises(StoreError, match="nothing was changed"):
            remove_documents(out, [""])
    finally:
        os.chdir(here)


def test_format_that_is_gone_is_written_again(docs: Path, out: Path, extracted: list[str]) -> None:
    build_graph([docs], out, formats=["ttl"])
    whole = (out / "graph.ttl").read_bytes()
    (out / "graph.ttl").unlink()
    build_graph([docs], out, formats=["ttl"])
    assert (out / "graph.ttl").read_bytes() == whole


@pytest.mark.parametrize("full", ["keep", "publish"])
def test_disk_that_is_full_is_one_line_and_the_graph_is_as_it_was(
    full: str,
    docs: Path,
    out: Path,
    extracted: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """SQLite itself finds no room, as it does on a disk that is full."""
    build_graph([docs], out)
    whole = read_build(out)
    (docs / "c.txt").write_text(TEXTS[2], encoding="utf-8")
    write = getattr(Ledger, full)

    def fill(self: Ledger, *given: object) -> object:
        (pages,) = self.connection.execute("PRAGMA page_count").fetchone()
        self.connection.execute(f"PRAGMA max_page_count = {pages}")
        self.connection.execute("CREATE TABLE IF NOT EXISTS filler (content BLOB)")
        self.connection.execute("INSERT INTO filler VALUES (zeroblob(10000000))")
        return write(self, *given)

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, full, fill)
        assert run_command(["build", str(docs), "-o", str(out), "-q"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{out}: the disk is full; make room, then run it again: it goes on from here" in said
    build_graph([docs], out)
    (docs / "c.txt").unlink()
    build_graph([docs], out)
    assert read_build(out) == whole


def test_ledger_of_a_rival_stays(
    docs: Path, out: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both find no folder, the other one is first, and this one must not clear away what it did not make."""
    opened = open_ledger

    @contextmanager
    def open_second(folder: Path) -> Iterator[Ledger]:
        with opened(folder), opened(folder) as second:
            yield second

    with monkeypatch.context() as patch:
        patch.setattr(building, "open_ledger", open_second)
        with pytest.raises(StoreError, match="another process is building in"):
            build_graph([docs], out)
    assert (out / "ledger.sqlite").exists()


def test_ledger_of_another_version_is_made_anew(docs: Path, out: Path, extracted: list[str]) -> None:
    build_graph([docs], out)
    whole = read_build(out)
    with closing(sqlite3.connect(out / "ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA user_version = 99")
    build_graph([docs], out)
    assert read_build(out) == whole
    assert len(extracted) == 4


@pytest.mark.parametrize("other", [b"CREATE \xb2ABLE noted (", b"CREATE TABLX noted (", b"\0" * 20])
def test_ledger_whose_tables_are_damaged_is_made_anew(
    docs: Path, out: Path, extracted: list[str], other: bytes
) -> None:
    """What sqlite3 says of it quotes the damage, which may be no text at all."""
    build_graph([docs], out)
    whole, ledger = read_build(out), out / "ledger.sqlite"
    assert b"CREATE TABLE noted (" in ledger.read_bytes()
    ledger.write_bytes(ledger.read_bytes().replace(b"CREATE TABLE noted (", other))
    build_graph([docs], out)
    assert read_build(out) == whole
    assert len(extracted) == 4


def test_ledger_that_is_damaged_within_is_one_line(
    docs: Path, out: Path, extracted: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    build_graph([docs], out)
    ledger = out / "ledger.sqlite"
    content = bytearray(ledger.read_bytes())
    content[4096:] = b"\x07" * (len(content) - 4096)
    ledger.write_bytes(content)
    assert run_command(["build", str(docs), "-o", str(out)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "remove it and build again" in said


def test_run_that_is_stopped_while_formats_are_written_leaves_the_old_files(
    docs: Path, out: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_graph([docs], out, formats=["ttl"])
    names = (*FILES, "graph.ttl")
    before = {name: (out / name).read_bytes() for name in names}
    (docs / "c.txt").write_text(TEXTS[2], encoding="utf-8")

    def stop(*given: object, **options: object) -> None:
        raise CrashError

    with monkeypatch.context() as patch:
        patch.setattr(outputs, "export_graph", stop)
        with pytest.raises(CrashError):
            build_graph([docs], out, formats=["ttl"])
    assert {name: (out / name).read_bytes() for name in names} == before
    build_graph([docs], out, formats=["ttl"])
    shutil.rmtree(out / "store")
    build_graph([docs], out.with_name("new"), formats=["ttl"])
    assert (out / "graph.ttl").read_bytes() == (out.with_name("new") / "graph.ttl").read_bytes()


def test_nothing_given_writes_nothing(out: Path, extracted: list[str]) -> None:
    with pytest.raises(StoreError, match="no files given"):
        build_graph([], out)
    assert not out.exists()
    with pytest.raises(StoreError, match="does not exist"):
        build_graph([out / "none"], out)
    assert not out.exists()
