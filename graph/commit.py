"""Let many files change as one: they are made apart, and one step makes all of them count.

A writer fills ``OUT/.new``, laid out as ``OUT`` is, and sees to it that all of it is on the disk. Then it
renames the folder to ``OUT/.ready``: that is the point of commit, one step of the file system. What is in
``.ready`` counts in the place of what is in ``OUT``, so readers look there first and see the old files or the
new ones, never some of each, whether the writer goes on, waits or has been killed. The writer then moves each
file to its place, and last of all the folder goes. Who writes next finishes what was left: ``.ready`` is
moved on, ``.new`` thrown away. ``docs/crash.md`` has every step, and what is true if it is the last one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeVar

from graph.errors import CaregraphError, StoreError

Result = TypeVar("Result")

STAGING = ".new"
"""The folder in which a writer makes its files: nothing to anybody else."""
READY = ".ready"
"""The same folder once its files count."""
TOLD = "told.sqlite"
"""A file of it that has no place in the build: what its ledger is to be told."""

_MARKS = ("store/current", "graph.nq", "manifest.json")
"""Files that are others when a build has taken the place of another."""
_ATTEMPTS = 10


def locate_file(out: Path, name: str) -> Path:
    """Return where a file of a build is to be read.

    Args:
        out: the folder of the build.
        name: of the file, as seen from there.
    """
    ready = out / READY / name
    return ready if ready.exists() else out / name


def open_file(out: Path, name: str) -> IO[bytes]:
    """Open a file of a build to read it, also while it is being moved to its place.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    try:
        return (out / READY / name).open("rb")
    except OSError:
        return (out / name).open("rb")


@contextlib.contextmanager
def hold_file(out: Path, name: str) -> Iterator[Path]:
    """Give a path of a file of a build that may be read time and again, and is the same file each time.

    Where the system has no such path (it is Linux that has), it is the file that has the name by then.
    """
    try:
        stream = open_file(out, name)
    except OSError:
        yield out / name
        return
    with stream:
        held = Path(f"/proc/self/fd/{stream.fileno()}")
        yield held if held.exists() else out / name


def read_steadily(out: Path, read: Callable[[], Result]) -> Result:
    """Read several files of a build, again if another build has taken its place meanwhile.

    Args:
        out: the folder of the build, or any file.
        read: reads them.

    Raises:
        StoreError: that happened time and again.
    """
    for _ in range(_ATTEMPTS):
        before = [_stamp(locate_file(out, name)) for name in _MARKS]
        try:
            result = read()
        except (CaregraphError, OSError):
            if before == [_stamp(locate_file(out, name)) for name in _MARKS]:
                raise
            continue
        if before == [_stamp(locate_file(out, name)) for name in _MARKS]:
            return result
    raise StoreError(
        f"{out} is built again and again while it is read; wait until that has ended, then try again"
    )


@contextlib.contextmanager
def stage_files(out: Path) -> Iterator[Path]:
    """Give an empty folder for the new files of a build; what is not committed in the block is gone.

    Raises:
        StoreError: what is there cannot be removed.
    """
    staging = out / STAGING
    remove_staging(out)
    try:
        staging.mkdir()
    except FileExistsError as error:
        raise StoreError(f"{staging}: cannot be cleared away; remove it, then run it again") from error
    try:
        yield staging
    finally:
        remove_staging(out)


def commit_files(out: Path) -> None:
    """Let all files that are staged count, at once, also if the power fails."""
    sync_folder(out / STAGING)
    (out / STAGING).rename(out / READY)
    sync_path(out)


def place_files(out: Path) -> None:
    """Move committed files to their places; it may be broken off and called again.

    Raises:
        StoreError: a file cannot be replaced, as on Windows while somebody reads it.
    """
    ready = out / READY
    for path in sorted(path for path in ready.rglob("*") if path.is_file() and path.name != TOLD):
        place = out / path.relative_to(ready)
        place.parent.mkdir(exist_ok=True)
        try:
            path.replace(place)
        except PermissionError as error:
            raise StoreError(
                f"{place}: cannot be replaced ({error.strerror}), perhaps since somebody reads it; the new "
                "graph counts all the same: close it there, then run it again to end this"
            ) from error
        sync_path(place.parent)
    sync_path(out)


def end_commit(out: Path) -> None:
    """Let go of the folder of a commit whose files are in their places."""
    if (out / READY).is_dir():
        (out / READY).rename(out / STAGING)  # in one step: half of it would count
        remove_staging(out)


def remove_staging(out: Path) -> None:
    """Throw away what a writer has made and not committed."""
    shutil.rmtree(out / STAGING, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """See that all files below a folder, and their names, are on the disk."""
    for path in (*folder.rglob("*"), folder):
        sync_path(path)


def sync_path(path: Path) -> None:
    """See that a file is on the disk, or the names in a folder, where systems can be asked for that."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what tells one file from another that takes its place; nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
