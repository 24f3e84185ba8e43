"""Files and folders that appear whole or not at all, and zip files that are the same each time."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph.errors import StoreError
from graph.room import tell_full

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows: no clock gets into it
_READABLE = 0o644 << 16


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder:
        yield Path(folder)


@contextmanager
def fill_file(target: Path) -> Iterator[IO[bytes]]:
    """Open a file to write, which takes the place of ``target`` when the block ends well.

    What is no ordinary file (a pipe, ``/dev/null``) is written to, and not replaced.

    Raises:
        StoreError: the file cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    with _explain(target):
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
            return
        try:
            with part.open("wb") as stream:
                yield stream
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def fill_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which takes the place of ``target`` when the block ends well.

    A folder that is there already is replaced only if it holds nothing but files that were written again.

    Raises:
        StoreError: the folder cannot be written, or holds other files.
    """
    part, old = (target.with_name(f".{target.name}.{state}") for state in ("part", "old"))
    with _explain(target):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        try:
            yield part
            _check_room(target, {path.name for path in part.iterdir()})
            _swap(part, target, old)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def pack_folder(folder: Path, stream: IO[bytes]) -> None:
    """Write the files of a folder, by name, as a zip file to a stream that need not be able to seek."""
    with tempfile.TemporaryFile() as whole:
        with zipfile.ZipFile(whole, "w") as packed:
            for path in sorted(folder.iterdir()):
                about = zipfile.ZipInfo(path.name, _LONG_AGO)
                about.compress_type, about.external_attr, about.create_system = (
                    zipfile.ZIP_DEFLATED,
                    _READABLE,
                    3,  # Unix, whatever wrote it
                )
                with path.open("rb") as content, packed.open(about, "w") as entry:
                    shutil.copyfileobj(content, entry, 1 << 20)
        whole.seek(0)
        shutil.copyfileobj(whole, stream, 1 << 20)


def _swap(part: Path, target: Path, old: Path) -> None:
    """Put ``part`` at ``target``; what was there waits at ``old`` and comes back if that fails."""
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        part.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _check_room(target: Path, names: set[str]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise StoreError(f"{target}: is a file; choose another name, or one that ends in .zip")
    others = sorted({path.name for path in target.iterdir()} - names)
    if others:
        raise StoreError(f"{target}: holds other files, such as {others[0]}; choose another folder")


@contextmanager
def _explain(target: Path) -> Iterator[None]:
    try:
        with tell_full(target):
            yield
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror}); choose another place") from error
