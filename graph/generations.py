"""Generations of a store on disk: numbered folders, a pointer to the one to read, one writer at a time.

A writer fills a new generation and then swaps the pointer file, ``current``, so that a crash at any
moment leaves the last good one readable. In a build the pointer changes together with all other files
(``graph.commit``). Readers hold the lock of the generation that they read, and a
writer removes the others once nobody holds theirs.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from graph.commit import locate_file, open_file, sync_folder, sync_path
from graph.errors import StoreError
from graph.locks import lock_file

POINTER = "current"
WRITE_LOCK = "write.lock"
_PENDING = f"{POINTER}.new"
_GENERATION = re.compile(r"generation-(\d+)")


class Hold:
    """Keeps a generation from being removed until it is released, or nothing refers to this any more.

    Attributes:
        generation: its folder; None where the store is in memory and there is nothing to keep.
    """

    def __init__(self, generation: Path | None = None, lock: IO[bytes] | None = None) -> None:
        self.generation = generation
        self._release = weakref.finalize(self, lock.close if lock else lambda: None)

    def release(self) -> None:
        """Let go: the next writer may remove the generation."""
        self._release()


@contextlib.contextmanager
def hold_store(folder: Path) -> Iterator[None]:
    """Be the only one to write a store for as long as the block.

    Args:
        folder: of the store, made if it is not there.

    Raises:
        StoreError: another process is writing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = lock_file(folder / WRITE_LOCK)
    if lock is None:
        raise StoreError(f"another process is writing to {folder}; wait until it has ended, then try again")
    with lock:
        yield


@contextlib.contextmanager
def add_generation(folder: Path, publish: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Give the path of a new generation; it is the one to read when the block ends well.

    Args:
        folder: the folder of the store, made if it is not there.
        publish: makes the new generation the one to read; by default the pointer is swapped.

    Raises:
        StoreError: another process is writing.
    """
    with hold_store(folder):
        sweep_generations(folder)
        taken = [int(match[1]) for path in folder.iterdir() if (match := _GENERATION.match(path.name))]
        generation = folder / f"generation-{max(taken, default=0) + 1:06d}"
        try:
            yield generation
            _lock_of(generation).touch()
            sync_folder(generation)
            sync_path(folder)
            (publish or _publish)(generation)
        finally:
            sweep_generations(folder)  # of the one before, or of this one if it came to nothing


def _publish(generation: Path) -> None:
    """Swap the pointer; whoever reads it sees the old name or the new one, whole."""
    pending = generation.with_name(_PENDING)
    write_pointer(generation, pending)
    folder = generation.parent
    pending.replace(locate_file(folder.parent, f"{folder.name}/{POINTER}"))


def write_pointer(generation: Path, path: Path) -> None:
    """Write the file that names the generation to read."""
    with path.open("w", encoding="ascii") as handle:
        handle.write(generation.name + "\n")
        handle.flush()
        os.fsync(handle.fileno())


def find_generation(folder: Path) -> Path | None:
    """Find the generation to read, or None where the pointer names none."""
    try:
        with open_file(folder.parent, f"{folder.name}/{POINTER}") as pointer:
            name = pointer.read().decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return folder / name if _GENERATION.fullmatch(name) else None


def hold_generation(generation: Path) -> Hold:
    """Keep a generation from being removed, by whatever process.

    Raises:
        OSError: it is gone, or being removed.
    """
    lock = lock_file(_lock_of(generation), shared=True)
    if lock is None:
        raise OSError(f"{generation} is being removed")
    return Hold(generation, lock)


def sweep_generations(folder: Path) -> None:
    """Remove the generations that nobody reads, and what writers that were killed have left.

    Args:
        folder: of a store that this process holds.
    """
    keep = find_generation(folder)
    for path in sorted(folder.glob("generation-*")):
        if path != keep and path.is_dir():
            _remove_unread(path)
    for path in folder.glob("generation-*.*"):  # their generation went first, or never came to be read
        unfinished = path.name.count(".") > 1  # beside an index, and gone when it is whole
        if unfinished or not path.with_name(path.name.partition(".")[0]).is_dir():
            path.unlink(missing_ok=True)
    (folder / _PENDING).unlink(missing_ok=True)


def _remove_unread(generation: Path) -> None:
    """Remove a generation, unless somebody reads it."""
    lock_path = _lock_of(generation)
    if sys.platform == "win32":  # locks nothing that is shared, but removes no file that is open
        with contextlib.suppress(PermissionError):
            lock_path.unlink(missing_ok=True)
            shutil.rmtree(generation, ignore_errors=True)
        return
    lock = lock_file(lock_path) if lock_path.exists() else contextlib.nullcontext()  # no file, no reader
    if lock is not None:
        with lock:
            shutil.rmtree(generation, ignore_errors=True)
            lock_path.unlink(missing_ok=True)


def name_index(generation: Path) -> Path:
    """Name the file of the search index of a generation."""
    return generation.with_suffix(".search")


def _lock_of(generation: Path) -> Path:
    return generation.with_suffix(".lock")
