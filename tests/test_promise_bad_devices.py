"""What is no file but a device, wherever a command may meet one: one line, and the rest goes on."""

# ruff: noqa: E501 - cases a line each

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cli import run_command
from graph.extract import load_resources
from tests.build_histories import TEXTS, build_here

pytestmark = [
    pytest.mark.promise,
    pytest.mark.skipif(sys.platform != "linux", reason="devices as Linux has them"),
]


def run(*words: object) -> None:
    assert run_command([str(word) for word in words]) == 0


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("built")
    (folder / "docs").mkdir()
    (folder / "docs/good.txt").write_text(TEXTS[2], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        build_here(patch, tmp_path_factory.mktemp("register"))
        run("build", folder / "docs", "-o", folder / "out")
        yield folder
    load_resources.cache_clear()


def test_devices_that_are_named_cost_a_line_each(
    built: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    links = [tmp_path / f"{name}.txt" for name in ("zero", "full", "tty")]
    for link in links:
        link.symlink_to(f"/dev/{link.stem}")
    run("build", built / "docs", *links, "/dev/zero", "/dev/full", "/dev/tty", "-o", tmp_path / "out")
    told = [line for line in capfd.readouterr().err.splitlines() if line.startswith("skipped ")]
    names = ("full", "full.txt", "tty", "tty.txt", "zero", "zero.txt")
    assert told == [f"skipped {name}: is no ordinary file; save what it gives to one" for name in names]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("query OUT -f /dev/zero", "/dev/zero: has more than 16,777,216 bytes; give a file that holds one query"),
        ("query /dev/zero ASK{}", "no built graph in /dev/zero; build one with"),
        ("verify OUT --sources /dev/full", ""),
        ("remove OUT /dev/zero", "/dev/zero: no document of"),
        ("add OUT /dev/tty", "no document to add, so nothing was changed (tty: is no ordinary file; save"),
        ("evaluate DOCS --gold GOLD", "a.json: is no ordinary file; save what it gives to one, or remove it"),
        ("evaluate DOCS --gold /dev/zero", "/dev/zero: is no folder; name the one"),
        ("build DOCS -o /dev/full", "/dev/full: File exists; choose another folder with -o"),
        ("build DOCS -o LINK", "File exists; choose another folder with -o"),
        ("explain DOCS/good.txt -o LINK", "the disk is full; make room"),
        ("draw OUT -o LINK --format svg", "the disk is full; make room"),
        ("export OUT -o LINK --format nq", "the disk is full; make room"),
        ("extract DOCS -o LINK --workers 1", "the disk is full; make room"),
    ],
)  # fmt: skip
def test_a_device_in_any_place_of_a_command_is_told(
    command: str, says: str, built: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/a.json").symlink_to("/dev/zero")
    (tmp_path / "full").symlink_to("/dev/full")
    places = {
        "OUT": built / "out",
        "DOCS": built / "docs",
        "GOLD": tmp_path / "gold",
        "LINK": tmp_path / "full",
    }
    for name, place in places.items():
        command = command.replace(name, str(place))
    code = run_command(command.split())
    said = capfd.readouterr().err.splitlines()
    assert code == 2 if says else code in (0, 1)
    assert len(said) == 1
    assert says in said[0]
    assert (tmp_path / "full").readlink() == Path("/dev/full")
    assert Path("/dev/full").is_char_device()
