"""Builds that change: the files of any history are those of one build, and nothing is extracted twice."""

from __future__ import annotations

import io
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph import extract
from graph.cli import run_command
from graph.errors import StoreError
from graph.ledger import open_ledger
from graph.manifest import FILES
from graph.pipeline import add_documents, build_graph, remove_documents, verify_build
from tests.build_histories import (
    TEXTS,
    CrashError,
    World,
    list_names,
    make_quick,
    read_build,
    read_files,
)

HISTORIES = 50


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as made:
        yield made
    extract.load_resources.cache_clear()


@pytest.fixture(scope="module")
def every(patch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names of all documents that the builds of these tests extract."""
    return make_quick(patch, tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module")
def world(every: list[str], patch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"), patch)


@pytest.fixture
def extracted(every: list[str]) -> list[str]:
    every.clear()
    return every


@pytest.fixture
def docs(world: World, tmp_path: Path) -> Path:
    """Return a folder of three documents."""
    folder = tmp_path / "docs"
    for name, text in zip(("a.txt", "b.txt", "sub/c.txt"), TEXTS, strict=False):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_files_of_any_history_are_those_of_one_build(seed: int, world: World) -> None:
    draw = random.Random(seed)
    world.begin()
    world.change_files(draw)
    world.change_files(draw)
    world.act(draw, crash=False, kind="folder")
    for _ in range(draw.choice((1, 1, 2))):
        world.change_files(draw)
        if draw.random() < 0.4:
            world.act(draw, crash=True)
        if world.act(draw, crash=False):
            world.check()


def test_what_has_not_changed_is_not_extracted_again(docs: Path, out: Path, extracted: list[str]) -> None:
    build_graph([docs], out)
    assert extracted == ["a.txt", "b.txt", "sub/c.txt"]
    before = {name: (out / name).stat().st_mtime_ns for name in FILES}
    build_graph([docs], out)
    assert len(extracted) == 3
    assert before == {name: (out / name).stat().st_mtime_ns for name in FILES}, "nothing was written"
    (docs / "b.txt").write_text(TEXTS[3], encoding="utf-8")
    (docs / "metadata.csv").write_text("name,title\nsub/c.txt,A letter\n", encoding="utf-8")
    build_graph([docs], out)
    assert extracted[3:] == ["b.txt", "sub/c.txt"]
    (docs / "a.txt").unlink()
    report = build_graph([docs], out)
    assert len(extracted) == 5
    assert report.documents == 2


def test_run_after_a_crash_goes_on_where_it_ended(
    docs: Path, out: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.gather import Gathering

    take = Gathering._take_result

    def crash(self: Gathering, result: object) -> None:
        if len(extracted) == 3:
            raise CrashError
        take(self, result)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Gathering, "_take_result", crash)
        with pytest.raises(CrashError):
            build_graph([docs], out)
    assert not (out / "graph.nq").exists()
    extracted.clear()
    build_graph([docs], out)
    assert extracted == ["sub/c.txt"]
    assert list_names(out) == ["a.txt", "b.txt", "sub/c.txt"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda out: (out / "graph.nq").write_bytes(b""),
        lambda out: (out / "report.html").unlink(),
        lambda out: (out / "manifest.json").write_text("{}"),
        lambda out: shutil.rmtree(out / "store"),
    ],
)
def test_files_that_were_touched_are_written_again_from_the_ledger(
    spoil: Callable[[Path], object], docs: Path, out: Path, extracted: list[str]
) -> None:
    build_graph([docs], out)
    whole = read_build(out)
    spoil(out)
    build_graph([docs], out)
    assert read_build(out) == whole
    assert len(extracted) == 3


@pytest.mark.parametrize("content", [None, b"", b"no database" * 999])
def test_folder_whose_ledger_is_gone_is_built_whole(
    content: bytes | None, docs: Path, out: Path, extracted: list[str]
) -> None:
    build_graph([docs], out)
    whole = read_build(out)
    (out / "ledger.sqlite").unlink()
    if content is not None:
        (out / "ledger.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match="build") as caught:
        add_documents(out, [docs / "a.txt"])
    assert "\n" not in str(caught.value)
    build_graph([docs], out)
    assert read_build(out) == whole
    assert len(extracted) == 6


def test_second_build_at_a_time_is_told_to_wait(docs: Path, out: Path, extracted: list[str]) -> None:
    build_graph([docs], out)
    with open_ledger(out), pytest.raises(StoreError, match="another process is building in"):
        build_graph([docs], out)
    build_graph([docs], out)


@pytest.mark.parametrize("names", [["a.txt", "none.txt"], ["a.txt", "b.txt", "sub/c.txt"]])
def test_what_cannot_be_removed_changes_nothing(
    names: list[str], docs: Path, out: Path, extracted: list[str]
) -> None:
    build_graph([docs], out)
    whole = read_files(out)
    with pytest.raises(StoreError, match="nothing was changed"):
        remove_documents(out, names)
    assert read_files(out) == whole


def test_what_cannot_be_added_changes_nothing(docs: Path, out: Path, extracted: list[str]) -> None:
    build_graph([docs], out)
    whole = read_files(out)
    with pytest.raises(StoreError, match=r"no document to add.*none\.txt: does not exist"):
        add_documents(out, [docs / "none.txt"])
    assert read_files(out) == whole


def test_documents_are_removed_by_name_path_and_folder(docs: Path, out: Path, extracted: list[str]) -> None:
    build_graph([docs], out)
    remove_documents(out, ["a.txt", str(docs / "sub")])
    assert list_names(out) == ["b.txt"]
    assert len(extracted) == 3
    add_documents(out, [docs / "a.txt", docs / "a.txt", docs])
    assert list_names(out) == ["a.txt", "b.txt", "sub/c.txt"]


def test_name_that_another_document_needs_too_grows(docs: Path, out: Path, extracted: list[str]) -> None:
    build_graph([docs / "a.txt"], out)
    (docs / "sub" / "a.txt").write_text(TEXTS[2], encoding="utf-8")
    add_documents(out, [docs / "sub" / "a.txt"])
    assert list_names(out) == ["docs/a.txt", "sub/a.txt"]
    assert extracted == ["a.txt", "docs/a.txt", "sub/a.txt"]
    remove_documents(out, ["sub/a.txt"])
    assert list_names(out) == ["a.txt"]


def test_standard_input_stays_when_documents_are_added(
    docs: Path, out: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    give(TEXTS[0])
    build_graph(["-"], out)
    add_documents(out, [docs / "b.txt"])
    assert list_names(out) == ["b.txt", "stdin"]
    give(TEXTS[1])
    add_documents(out, ["-"])
    assert extracted == ["stdin", "b.txt", "stdin"]
    report = remove_documents(out, ["stdin"])
    assert (report.documents, list_names(out)) == (1, ["b.txt"])


def test_folder_and_documents_can_move_together(
    docs: Path, out: Path, extracted: list[str], tmp_path: Path
) -> None:
    build_graph([docs], out)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for folder in (docs, out):
        folder.rename(moved / folder.name)
    add_documents(moved / "out", [moved / "docs" / "a.txt"])
    assert len(extracted) == 3
    assert verify_build(moved / "out").holds


def test_commands_add_and_remove(
    docs: Path, out: Path, extracted: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, other = str(docs / "a.txt"), str(docs / "b.txt")
    assert run_command(["add", str(out), first]) == 2
    assert "make one with: caregraph build" in capsys.readouterr().err
    assert run_command(["build", first, "-o", str(out), "--also", "ttl"]) == 0
    before = (out / "graph.ttl").read_bytes()
    assert run_command(["add", str(out), other]) == 0
    assert capsys.readouterr().err.splitlines()[-1].startswith("2 documents, ")
    assert (out / "graph.ttl").read_bytes() != before
    assert run_command(["remove", str(out), "b.txt", "-q"]) == 0
    assert (out / "graph.ttl").read_bytes() == before
    assert run_command(["remove", str(out), "b.txt"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "no document of" in said
    assert run_command(["build", first, "-o", str(out), "-q"]) == 0
    assert not (out / "graph.ttl").exists(), "it would tell of documents that are gone"
