"""Find the files to read, and give each the name by which the graph will know it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NamedTuple

from graph.errors import explain_system
from graph.readers import FORMATS
from graph.readers.input_list import STANDARD_INPUT, Input, InputList, name_path
from graph.records import Skipped

__all__ = [
    "METADATA",
    "MISSING",
    "STANDARD_INPUT",
    "Input",
    "InputList",
    "find_inputs",
    "leads_out",
    "name_path",
]

METADATA = "metadata.csv"
MISSING = "does not exist; check the path"
BUILT = "ledger.sqlite"
"""What every folder holds that a graph was built in: what else is there is no document."""
_IS_BUILT = "is a folder that caregraph has built a graph in; keep documents in another"


class _Candidate(NamedTuple):
    path: str
    folder: str


def find_inputs(
    paths: Iterable[Path | str], known: Iterable[tuple[Path, Path]] = (), *, but: Path | None = None
) -> InputList:
    """List the files to read, in order of name, and what is passed over with the reason.

    Folders are searched to the bottom. A file's name is its path in the folder that was given, or
    its file name; where two inputs would share a name, as much of their paths as tells them apart.

    Args:
        paths: files, folders, and ``-`` for standard input.
        known: files that were found before, each with the folder that held it; they are listed too, whether
            they are still there or not.
        but: the folder that is written to, of which nothing is read or said where it is within another.
    """
    found = InputList()
    for path, folder in known:
        found.add_file(path, folder)
    for given in paths:
        if str(given) == STANDARD_INPUT:
            found.add_standard_input()
            continue
        # Absolute but with links as they are: a name is what the user calls it.
        path = Path(os.path.abspath(given))  # noqa: PTH100
        for item in _search(path, but) if path.is_dir() else [_check_file(path, path.parent)]:
            if isinstance(item, Skipped):
                found.pass_over(item)
            else:
                found.add_file(item.path, item.folder)
    found.tell_apart()
    return found


def _search(folder: Path, but: Path | None) -> Iterator[_Candidate | Skipped]:
    """Yield the documents in a folder and below, and a line on each thing that is none."""
    nothing = True
    problems: list[OSError] = []
    for place, links, files in _walk(str(folder), problems):
        if BUILT in files:
            if but is None or not but.samefile(place):
                nothing = False
                yield Skipped(_name_in(folder, Path(place)), _IS_BUILT)
            continue
        for name in sorted(links):
            yield Skipped(_name_in(folder, Path(place, name)), "is a link to a folder; name that folder")
        for name in sorted(files):
            if not name.startswith((".", "~$")) and name.lower() != METADATA:
                nothing = False
                yield _check_entry(os.path.join(place, name), folder)  # noqa: PTH118 - see there
    for problem in problems:
        nothing = False
        yield Skipped(
            _name_in(folder, Path(problem.filename)), f"cannot be opened: {explain_system(problem)}"
        )
    if nothing:
        yield Skipped(name_path(PurePath(folder.name)), f"holds no documents; known are {' '.join(FORMATS)}")


def _walk(folder: str, problems: list[OSError]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each folder with the names of its links to folders and of its files.

    Hidden folders are left out, and those in a folder that a graph was built in.
    ``os.walk`` of Python 3.11 calls itself for each level, and so fails at a thousand.
    """
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        folders: list[str] = []
        links: list[str] = []
        files: list[str] = []
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    named = files if not _is_folder(entry) else links if entry.is_symlink() else folders
                    named.append(entry.name)
        except OSError as error:
            problems.append(error)
            continue
        yield place, [name for name in links if not name.startswith(".")], files
        if BUILT in files:
            continue
        inner = sorted((name for name in folders if not name.startswith(".")), reverse=True)
        waiting += (os.path.join(place, name) for name in inner)  # noqa: PTH118 - see below


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _check_entry(path: str, folder: Path) -> _Candidate | Skipped:
    """Check what was found in a folder; most are plain files, for which a string is faster than a path."""
    with suppress(OSError):
        plain = stat.S_ISREG(os.lstat(path).st_mode)
        if plain and os.path.splitext(path)[1].lower() in FORMATS:  # noqa: PTH122
            return _Candidate(path, str(folder))
    found = Path(path)
    return _check_link(found, folder) or _check_file(found, folder)


def leads_out(path: Path, folder: Path) -> bool:
    """Tell whether a file is a link out of the folder it was found in: nobody named what it leads to."""
    return path.is_symlink() and path.exists() and not path.resolve().is_relative_to(folder.resolve())


def _check_link(path: Path, folder: Path) -> Skipped | None:
    if not leads_out(path, folder):
        return None
    return Skipped(_name_in(folder, path), "is a link out of its folder; name the file itself")


def _check_file(path: Path, folder: Path) -> _Candidate | Skipped:
    """Say whether a file can be a document by what it is and by its suffix."""
    name = _name_in(folder, path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Skipped(name, "leads nowhere; mend the link" if path.is_symlink() else MISSING)
    except OSError as error:
        return Skipped(name, f"cannot be opened: {explain_system(error)}")
    if not stat.S_ISREG(mode):
        return Skipped(name, "is no ordinary file; save what it gives to one")
    if path.suffix.lower() not in FORMATS:
        return Skipped(name, f"is in no known format; known are {' '.join(FORMATS)}")
    return _Candidate(str(path), str(folder))


def _name_in(folder: Path, path: Path) -> str:
    return name_path(path.relative_to(folder) if path != folder else PurePath(folder.name))
