from __future__ import annotations

import gc
import os
import threading
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ledger_file import LEDGER
from graph.readers.inputs import BUILT, Input, find_inputs, name_path
from graph.records import Skipped


def reasons(paths: list[Path]) -> dict[str, str]:
    return {item.name: item.reason for item in find_inputs(paths) if isinstance(item, Skipped)}


def names(paths: list[Path]) -> list[str]:
    return [item.name for item in find_inputs(paths) if isinstance(item, Input)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one/x.txt", "two/x.txt", "two/y.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Text")
    return tmp_path


def test_names_that_two_inputs_share_are_lengthened_until_they_differ(folder: Path) -> None:
    assert names([folder / "one", folder / "two"]) == ["one/x.txt", "two/x.txt", "y.md"]
    assert names([folder / "two/x.txt", folder / "one/x.txt"]) == ["one/x.txt", "two/x.txt"]


def test_a_file_that_is_given_twice_is_read_once_under_its_longer_name(folder: Path) -> None:
    assert names([folder / "two/x.txt", folder, folder / "two"]) == ["one/x.txt", "two/x.txt", "two/y.md"]


def test_files_that_are_no_documents_are_told_once(folder: Path) -> None:
    for name in (".hidden.txt", "metadata.csv", "~$draft.docx", "table.xlsx", "noname"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text("x")
    assert sorted(reasons([folder])) == ["noname", "table.xlsx"]
    assert reasons([folder])["table.xlsx"].startswith("is in no known format; known are .txt .md")


def test_what_is_not_there_or_holds_nothing_is_told(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert reasons([folder / "none.txt"]) == {"none.txt": "does not exist; check the path"}
    assert reasons([folder / "empty"])["empty"].startswith("holds no documents")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_and_devices_are_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert reasons([folder]) == {"pipe.txt": "is no ordinary file; save what it gives to one"}
    assert reasons([Path(os.devnull)])[Path(os.devnull).name].startswith("is no ordinary file")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_out_of_the_folder_are_not_followed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("x")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "broken.txt").symlink_to(outside / "none.txt")
    (folder / "inside.md").symlink_to(folder / "two" / "y.md")
    assert reasons([folder]) == {
        "broken.txt": "leads nowhere; mend the link",
        "file.txt": "is a link out of its folder; name the file itself",
        "folder": "is a link to a folder; name that folder",
    }
    assert "inside.md" in names([folder])
    assert names([folder / "folder"]) == ["secret.txt"], "named by the user, so followed"


def test_a_link_to_a_single_file_is_followed_when_it_is_named(folder: Path) -> None:
    (folder / "one" / "link.txt").symlink_to(folder / "two" / "x.txt")
    assert names([folder / "one" / "link.txt"]) == ["link.txt"]


@given(st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1), min_size=1, max_size=3))
def test_a_name_is_one_line_that_utf8_can_write(parts: list[str]) -> None:
    name = name_path(PurePath(*parts))
    assert len(name.splitlines()) <= 1
    assert name.encode()


def test_folders_a_thousand_deep_are_searched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for _ in range(1100):
        os.mkdir("d")  # noqa: PTH102 - a whole path would be too long
        os.chdir("d")
    Path("deep.txt").write_text("Text")
    try:
        assert sum(name.endswith("/d/deep.txt") for name in names([folder])) == 1
    finally:
        Path("deep.txt").unlink()
        for _ in range(1100):
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106 - as above


def test_what_a_build_wrote_is_no_document(folder: Path) -> None:
    assert BUILT == LEDGER
    for name in (BUILT, "report.html", "store/deep/x.txt"):
        (folder / "two" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "two" / name).write_text("Text")
    assert names([folder]) == ["one/x.txt"]
    assert reasons([folder]) == {
        "two": "is a folder that caregraph has built a graph in; keep documents in another"
    }
    assert [item.name for item in find_inputs([folder], but=folder / "two")] == ["one/x.txt"]
    assert names([folder / "two/report.html"]) == ["report.html"], "named by itself"


def test_a_list_can_be_let_go_of_by_another_thread(folder: Path) -> None:
    kept = [find_inputs([folder])]
    thread = threading.Thread(target=kept.clear)
    thread.start()
    thread.join()
    assert kept == []
    gc.collect()  # pytest fails on what cannot be raised
