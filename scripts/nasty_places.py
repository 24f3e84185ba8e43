"""Names that are traps, and things in folders that are no files: links, pipes, sockets, folders without end."""

# ruff: noqa: E501 - a case a line

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from nasty_files import EITHER, GOOD, PASSED, READ, TOLD, Nasty

_NAMES: tuple[tuple[bytes, str], ...] = (
    (b"a" * 251 + b".txt", "as long as a name can be"),
    (b"\xff\xfe not utf-8.txt", "not UTF-8"),
    (b"\xed\xa0\x80.txt", "half a character"),
    (b"line\nbreak.txt", "a line break"),
    (b"return\rback.txt", "a return"),
    (b"tab\tkey.txt", "a tab"),
    (b"\x1b[31mred\x1b]0;owned\x07.txt", "codes for a terminal"),
    (b"quote\"'`.txt", "quotation marks"),
    (b"semi;colon&and|pipe$(id).txt", "signs of a shell"),
    (b"-rf.txt", "a hyphen before it"),
    (b"--help.txt", "an option"),
    (b"~root.txt", "somebody's home"),
    (b"CON.txt", "a device of Windows"),
    (b"aux.txt", "a device of Windows in small letters"),
    (b"COM1.txt", "a port of Windows"),
    (b"dot..txt", "two dots"),
    (b" space .txt", "spaces at both ends"),
    (b"upper.TXT", "a suffix in capitals"),
    (b"a..%2f..%2fetc%2fpasswd.txt", "a path in disguise"),
    (b"%2e%2e.txt", "dots in disguise"),
    (b"%00.txt", "a zero byte in disguise"),
    (b"back\\slash.txt", "a backslash"),
    (b"c:\\windows\\evil.txt", "a path of Windows"),
    (b"<script>alert(1)<.txt", "markup"),
    (b"a>b<c> <d> .txt", "a statement of a graph"),
    (b"http:a?b#c.txt", "an address"),
    (b"{{7*7}}${7*7}.txt", "a template"),
    (b"=cmd()!A0.txt", "a formula"),
    ("e\u0301.txt".encode(), "an accent that is a letter of its own"),
    ("\u00e9.txt".encode(), "the same accent on its letter"),
    (b"case.txt", "small letters"),
    (b"CASE.txt", "the same name in capitals"),
    ("\u202etxt.exe.txt".encode(), "written from right to left"),
    ("\u200b.txt".encode(), "a mark that nobody sees"),
    ("\U0001f3e5\u200d\U0001f469.txt".encode(), "signs that are joined"),
    ("\ufeffmark.txt".encode(), "a byte order mark"),
    (b"metadata.csv.txt", "nearly the name of a table"),
    (b"stdin.txt", "nearly standard input"),
    (b"%s%n%d.txt", "a pattern of C"),
)  # fmt: skip
_NO_DOCUMENTS: tuple[tuple[bytes, str], ...] = (
    (b"...txt", "a hidden file of dots"),
    (b"~$draft.docx", "a lock of Word"),
    (b".hidden.txt", "a hidden file"),
)
_UNKNOWN: tuple[tuple[bytes, str], ...] = (
    (b"no-suffix", "no suffix"),
    (b"dot.txt.", "a dot at the end"),
    (b"space.txt ", "a space at the end"),
    (b"sheet.xlsx", "a format that is not known"),
    (b"words.txt\n", "a line break at the end"),
    (b"words.txt\xff", "a suffix that is no text"),
)


def make_names() -> Iterator[Nasty]:
    """Yield files with a sound text and a name that is a trap; names are bytes, as ``os.fsdecode`` gives them."""
    for names, expected in ((_NAMES, READ), (_NO_DOCUMENTS, PASSED), (_UNKNOWN, TOLD)):
        for name, reason in names:
            yield Nasty(
                "names", os.fsdecode(b"names/" + name), GOOD.encode(), f"its name: {reason}", expected
            )


def make_places(folder: Path, outside: Path) -> Iterator[Nasty]:
    """Make what is no file in a folder, and yield what each is; those that the system cannot make are left out.

    Args:
        folder: to make them in.
        outside: a folder beside it, in which links end.
    """
    outside.mkdir(exist_ok=True)
    (outside / "secret.txt").write_text("The secret of Lowmoor Care Trust.\n", encoding="utf-8")
    folder.mkdir(exist_ok=True)
    for name, make, reason, expected, words in _PLACES:
        with suppress(OSError, AttributeError, NotImplementedError):
            make(folder / name, outside)
            yield Nasty("places", f"{folder.name}/{name}", b"", reason, expected, words)


def clear_places(folder: Path) -> None:
    """Take the folders apart that hold one another, which most programs fail to remove."""
    here = Path.cwd()
    with suppress(FileNotFoundError):
        os.chdir(folder / "deep")
        while Path("d").is_dir():
            os.chdir("d")
        Path("deep.txt").unlink(missing_ok=True)
        while Path.cwd().name == "d":
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106 - as above
    os.chdir(here)


def _link(target: str) -> Callable[[Path, Path], None]:
    def make(path: Path, outside: Path) -> None:
        path.symlink_to(target.format(outside=outside, here=path.parent, name=path.name))

    return make


def _pipe(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path, outside: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        try:
            os.chdir(path.parent)  # the path of a socket has 108 characters at most
            listening.bind(path.name)
        finally:
            os.chdir(here)


def _deep(path: Path, outside: Path) -> None:
    here = Path.cwd()
    path.mkdir()
    try:
        os.chdir(path)
        for _ in range(1000):
            os.mkdir("d")  # noqa: PTH102 - a whole path would be too long
            os.chdir("d")
        Path("deep.txt").write_text(GOOD, encoding="utf-8")
    finally:
        os.chdir(here)


def _unreadable(path: Path, outside: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)


def _hard_link(path: Path, outside: Path) -> None:
    path.hardlink_to(outside / "secret.txt")


def _node(kind: int, major: int, minor: int) -> Callable[[Path, Path], None]:
    """Make a device itself, which root alone may do."""

    def make(path: Path, outside: Path) -> None:
        os.mknod(path, kind | 0o666, os.makedev(major, minor))

    return make


def _sparse(path: Path, outside: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


_PLACES = (
    ("out.txt", _link("{outside}/secret.txt"), "a link to a file outside", TOLD, "link out of its folder"),
    ("passwd.txt", _link("/etc/passwd"), "a link to a file of the system", TOLD, "link out of its folder"),
    ("up.txt", _link("../../outside/secret.txt"), "a link upwards", TOLD, "link"),
    ("out", _link("{outside}"), "a link to a folder outside", TOLD, "link to a folder"),
    ("root", _link("/"), "a link to everything", TOLD, "link to a folder"),
    ("own-folder", _link("."), "a link to its own folder", TOLD, "link to a folder"),
    ("nowhere.txt", _link("none.txt"), "a link to nothing", TOLD, "leads nowhere|cannot be opened"),
    ("itself.txt", _link("itself.txt"), "a link to itself", TOLD, "leads nowhere|cannot be opened|link"),
    ("one.txt", _link("two.txt"), "a link to a link to itself", TOLD, "leads nowhere|cannot be opened|link"),
    ("two.txt", _link("one.txt"), "and the other one", TOLD, "leads nowhere|cannot be opened|link"),
    ("null.txt", _link("/dev/null"), "a link to nothing at all", TOLD, "link"),
    ("endless.txt", _link("/dev/zero"), "a link to what never ends", TOLD, "link"),
    ("full.txt", _link("/dev/full"), "a link to what is always full", TOLD, "link"),
    ("terminal.txt", _link("/dev/tty"), "a link to the terminal", TOLD, "link"),
    ("devices", _link("/dev"), "a link to the folder of devices", TOLD, "link to a folder"),
    ("zero-node.txt", _node(stat.S_IFCHR, 1, 5), "a device that never ends", TOLD, "no ordinary file"),
    ("full-node.txt", _node(stat.S_IFCHR, 1, 7), "a device that is always full", TOLD, "no ordinary file"),
    ("terminal-node.txt", _node(stat.S_IFCHR, 5, 0), "the device of the terminal", TOLD, "no ordinary file"),
    ("disk-node.txt", _node(stat.S_IFBLK, 7, 0), "the device of a disk", TOLD, "no ordinary file"),
    ("zero-link.txt", _link("zero-node.txt"), "a link to a device beside it", TOLD, "no ordinary file|leads nowhere"),
    ("memory.txt", _link("/proc/self/mem"), "a link to the memory of who reads", TOLD, "link"),
    ("descriptor.txt", _link("/proc/self/fd/0"), "a link to standard input", TOLD, "link|leads nowhere"),
    ("hard.txt", _hard_link, "another name of a file outside, which nobody can tell from a file", READ, ""),
    ("pipe.txt", _pipe, "a pipe that nobody writes to", TOLD, "no ordinary file"),
    ("socket.txt", _socket, "a socket", TOLD, "no ordinary file"),
    ("unreadable.txt", _unreadable, "nobody may read it", EITHER, ""),
    ("terabyte.txt", _sparse, "a file of a terabyte that takes no room", TOLD, "over the limit"),
    ("folder.txt", lambda path, outside: path.mkdir(), "a folder with the name of a file", PASSED, ""),
    ("empty", lambda path, outside: path.mkdir(), "an empty folder", PASSED, ""),
    ("deep", _deep, "1,000 folders, one in the other", EITHER, ""),
)  # fmt: skip
