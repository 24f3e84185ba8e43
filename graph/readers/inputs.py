"""Find the files to read, and give each the name by which the graph will know it."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from graph.readers import FORMATS
from graph.records import Skipped

STANDARD_INPUT = "-"
METADATA = "metadata.csv"
MISSING = "does not exist; check the path"


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read.

    Attributes:
        name: unique among the inputs.
        path: absolute; None for standard input.
        folder: the folder that was given and holds it, else that in which it is.
        stated: what a table beside it states of it, by name (``graph.readers.content.FIELDS``).
    """

    name: str
    path: Path | None
    folder: Path = field(default=Path())
    stated: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Candidate:
    path: Path
    folder: Path
    depth: int  # how many of the last parts of its path make its name

    @property
    def name(self) -> str:
        return name_path(PurePath(*self.path.parts[-self.depth :]))


def name_path(path: PurePath) -> str:
    r"""Write a path as a name: with ``/``, composed characters, and none that would break a line.

    >>> name_path(PurePath("minutes", "a\nb.txt"))
    'minutes/a\\nb.txt'
    """
    name = unicodedata.normalize("NFC", path.as_posix()).encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def find_inputs(
    paths: Iterable[Path | str], known: Iterable[tuple[Path, Path]] = ()
) -> list[Input | Skipped]:
    """List the files to read, in order of name, and what is passed over with the reason.

    Folders are searched to the bottom. A file's name is its path in the folder that was given, or
    its file name; where two inputs would share a name, as much of their paths as tells them apart.

    Args:
        paths: files, folders, and ``-`` for standard input.
        known: files that were found before, each with the folder that held it; they are listed too, whether
            they are still there or not.
    """
    found = {path: _Candidate(path, folder, len(path.relative_to(folder).parts)) for path, folder in known}
    others: dict[str, Input | Skipped] = {}
    for given in paths:
        if str(given) == STANDARD_INPUT:
            others["stdin"] = Input("stdin", None)
            continue
        # Absolute but with links as they are: a name is what the user calls it.
        path = Path(os.path.abspath(given))  # noqa: PTH100
        for item in _search(path) if path.is_dir() else [_check_file(path, path.parent)]:
            if isinstance(item, Skipped):
                others[item.name] = item
            elif item.path not in found or found[item.path].depth < item.depth:
                found[item.path] = item
    _tell_apart(found.values())
    inputs = [Input(item.name, item.path, item.folder) for item in found.values()]
    return sorted([*inputs, *others.values()], key=lambda item: item.name)


def _search(folder: Path) -> Iterator[_Candidate | Skipped]:
    """Yield the documents in a folder and below, and a line on each thing that is none."""
    nothing = True
    problems: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [name for name in folders if Path(place, name).is_symlink()]:
            yield Skipped(_name_in(folder, Path(place, name)), "is a link to a folder; name that folder")
        for name in sorted(files):
            if not name.startswith((".", "~$")) and name.lower() != METADATA:
                path, nothing = Path(place, name), False
                yield _check_link(path, folder) or _check_file(path, folder)
    for problem in problems:
        nothing = False
        yield Skipped(_name_in(folder, Path(problem.filename)), f"cannot be opened: {problem.strerror}")
    if nothing:
        yield Skipped(name_path(PurePath(folder.name)), f"holds no documents; known are {' '.join(FORMATS)}")


def _check_link(path: Path, folder: Path) -> Skipped | None:
    """Refuse a link that leads out of the folder it was found in: nobody named what it leads to."""
    if not path.is_symlink() or not path.exists() or path.resolve().is_relative_to(folder.resolve()):
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
        return Skipped(name, f"cannot be opened: {error.strerror}")
    if not stat.S_ISREG(mode):
        return Skipped(name, "is no ordinary file; save what it gives to one")
    if path.suffix.lower() not in FORMATS:
        return Skipped(name, f"is in no known format; known are {' '.join(FORMATS)}")
    return _Candidate(path, folder, len(path.relative_to(folder).parts))


def _name_in(folder: Path, path: Path) -> str:
    return name_path(path.relative_to(folder) if path != folder else PurePath(folder.name))


def _tell_apart(candidates: Iterable[_Candidate]) -> None:
    """Lengthen names that two inputs share until each is its own."""
    shared = list(candidates)
    while shared:
        by_name = defaultdict(list)
        for candidate in shared:
            by_name[candidate.name].append(candidate)
        shared = [
            c for group in by_name.values() if len(group) > 1 for c in group if c.depth < len(c.path.parts)
        ]
        for candidate in shared:
            candidate.depth += 1
