"""A full disk by whoever tells of it: the system, SQLite, the engine; all else is passed on."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.room import FULL, explain_full, is_full, tell_full

ENGINE = OSError(
    "IO error: No space left on device: While appending to file: s/000008.log: No space left on device"
)
LEDGER = sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), OSError(errno.EFBIG, "large"), ENGINE, LEDGER],
    ids=repr,
)
def test_a_full_disk_is_told(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=FULL) as caught, tell_full(tmp_path, ": go on"):
        raise error
    assert str(caught.value).startswith(str(tmp_path))
    assert str(caught.value).endswith(f"{FULL}: go on")


def test_what_led_to_an_error_counts() -> None:
    error = StoreError("something went wrong")
    error.__cause__ = ENGINE
    assert is_full(error)
    assert not is_full(StoreError("something went wrong"))


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EACCES, "denied"),
        OSError(errno.EACCES, "denied", "No space left for carers.txt"),
        StoreError("no document could be read (No space left for carers.txt: is empty)"),
        ValueError("full"),
        KeyError("a"),
    ],
    ids=repr,
)
def test_all_else_is_passed_on(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(type(error)) as caught, tell_full(tmp_path):
        raise error
    assert caught.value is error


def test_the_place_is_the_file_that_the_error_names(tmp_path: Path) -> None:
    error = OSError(errno.ENOSPC, "no space left", str(tmp_path / "a.nq"))
    assert explain_full(error, tmp_path) == f"{tmp_path / 'a.nq'}: {FULL}"
    assert explain_full(OSError(errno.ENOSPC, "no space left"), tmp_path).startswith(str(tmp_path))


@pytest.mark.parametrize("place", [None, Path("out")])
def test_the_folder_for_temporary_files_may_be_full_as_well(
    place: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python looks for that folder by writing to it."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", list)
    assert explain_full(ENGINE, place) == f"{place or 'the folder for temporary files'}: {FULL}"
