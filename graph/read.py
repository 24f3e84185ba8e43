"""Read documents: files, folders and standard input in, ``Document`` records out.

A file that cannot be read becomes one ``Skipped`` with one line of why and what to do; the
others go on. The order is that of names, and nothing depends on the clock or the machine.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from graph.errors import DocumentError, explain_system
from graph.readers import FORMATS, read_content
from graph.readers.content import Limits, check_size, check_text
from graph.readers.decoding import decode_text, recognise_signature
from graph.readers.inputs import METADATA, Input, find_inputs, leads_out, name_path
from graph.readers.metadata import Properties, normalise_properties, parse_metadata
from graph.readers.worker import ReaderProcess
from graph.records import Document, Skipped

LIMITS = Limits()
"""The limits that files are read under unless others are given."""
SMALL = 1 << 18
"""Bytes up to which plain text and Markdown are read without a worker, which takes longer to start."""


def read_documents(
    paths: Iterable[Path | str], *, limits: Limits = LIMITS, stdin: BinaryIO | None = None
) -> Iterator[Document | Skipped]:
    """Read files, folders and standard input, in order of name.

    Args:
        paths: files, folders (searched to the bottom), and ``-`` for standard input.
        limits: what one file may cost.
        stdin: what ``-`` stands for; the process's own standard input by default.

    Yields:
        A document, or what was passed over and why. Names are unique, and do not
        depend on the order of ``paths``.
    """
    return read_inputs(find_inputs(paths), limits=limits, stdin=stdin)


def read_inputs(
    inputs: Iterable[Input | Skipped], *, limits: Limits = LIMITS, stdin: BinaryIO | None = None
) -> Iterator[Document | Skipped]:
    """Read inputs in the order in which they come; see ``read_documents``."""
    with ReaderProcess(limits) as reader:
        for item in state_properties(inputs):
            if isinstance(item, Skipped):
                yield item
                continue
            try:
                yield read_input(item, reader, limits=limits, stdin=stdin)
            except DocumentError as error:
                yield Skipped(item.name, error.reason)


def state_properties(inputs: Iterable[Input | Skipped]) -> Iterator[Input | Skipped]:
    """Give each input what the ``metadata.csv`` in its folder, or one above it, states of it.

    Args:
        inputs: as ``graph.readers.inputs.find_inputs`` lists them.

    Yields:
        Each input in turn, and before it what is wrong with a table that was looked into for it.
    """
    tables = _StatedMetadata()
    for item in inputs:
        if isinstance(item, Skipped):
            yield item
            continue
        stated = tables.find_properties(item)
        yield from tables.take_problems()
        yield replace(item, stated=stated) if stated or item.stated else item


def read_input(
    item: Input, reader: ReaderProcess, *, limits: Limits = LIMITS, stdin: BinaryIO | None = None
) -> Document:
    """Read one input, whichever process it is in.

    Args:
        item: with what is stated of it.
        reader: reads the formats that are read apart.
        limits: what it may cost.
        stdin: what is read when it has no path.

    Raises:
        DocumentError: when it cannot be read.
    """
    data = read_bytes(item, limits=limits, stdin=stdin)
    return _make_document(item.name, data, item.stated, limits, reader)


def read_document(path: Path | str, *, limits: Limits = LIMITS) -> Document:
    """Read one file.

    Raises:
        DocumentError: when it cannot be read.
    """
    if Path(path).is_dir():
        raise DocumentError(str(path), "is a folder; name a file in it")
    found = list(read_documents([path], limits=limits))
    item = next((item for item in found if item.name != METADATA), found[0])
    if isinstance(item, Skipped):
        raise DocumentError(item.name, item.reason)
    return item


def parse_document(
    data: bytes, name: str, *, limits: Limits = LIMITS, reader: ReaderProcess | None = None
) -> Document:
    """Make a document of bytes that are in memory; the suffix of ``name`` tells the format.

    Args:
        data: the whole file.
        name: what the document is called.
        limits: what it may cost.
        reader: reads PDF, Word and HTML; by default one that is started for this file alone.

    Raises:
        DocumentError: when they cannot be read.
    """
    if reader is not None:
        return _make_document(name, data, {}, limits, reader)
    with ReaderProcess(limits) as own:
        return _make_document(name, data, {}, limits, own)


def _make_document(
    name: str, data: bytes, stated: Properties, limits: Limits, reader: ReaderProcess
) -> Document:
    check_size(len(data), name, limits)
    suffix = _find_suffix(name) or _sniff_suffix(data)
    if suffix in FORMATS and (FORMATS[suffix].guarded or len(data) > SMALL):
        content = reader.read_content(suffix, data, name)
    else:
        content = read_content(suffix, data, name)
    check_text(content, name, limits)
    return Document(
        name=name,
        text=content.text,
        sha256=hashlib.sha256(content.text.encode()).hexdigest(),
        hidden=content.hidden,
        media_type=FORMATS[suffix].media_type,
        **normalise_properties(stated, content.properties),
    )


def _find_suffix(name: str) -> str:
    """Return the suffix of a name in small letters, as ``Path.suffix`` does, for every document."""
    last = name.rpartition("/")[2]
    at = last.rfind(".")
    return last[at:].lower() if 0 < at < len(last) - 1 else ""


def _sniff_suffix(data: bytes) -> str:
    """Tell the format of standard input, which has no name."""
    _, suffix = recognise_signature(data)
    front_matter = data.removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r\n"))
    return suffix or (".md" if front_matter else ".txt")


def read_bytes(item: Input, *, limits: Limits = LIMITS, stdin: BinaryIO | None = None) -> bytes:
    """Return the bytes of an input, or of standard input, as they are.

    Raises:
        DocumentError: when it cannot be opened, is no file, or is too large.
    """
    if item.path is None:
        return (stdin or sys.stdin.buffer).read(limits.max_bytes + 1)
    try:
        # Not to wait for a writer, should the file have become a pipe since it was listed.
        opened = os.open(item.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(opened, "rb") as file:  # noqa: PTH123
            status = os.fstat(opened)
            if not stat.S_ISREG(status.st_mode):
                raise DocumentError(item.name, "is no ordinary file; save what it gives to one")
            check_size(status.st_size, item.name, limits)
            data = file.read(status.st_size + 1)  # a buffer for all that a file may hold takes time to get
            return data + file.read(limits.max_bytes + 1 - len(data)) if len(data) > status.st_size else data
    except OSError as error:
        raise DocumentError(item.name, f"cannot be opened: {explain_system(error)}") from error


class _StatedMetadata:
    """The ``metadata.csv`` files beside the documents, each read once."""

    def __init__(self) -> None:
        self._rows: dict[Path, dict[str, Properties]] = {}
        self._problems: list[Skipped] = []
        self._without: set[tuple[str, Path]] = set()
        """Folders of documents, and how far up there is no table, which most are."""

    def find_properties(self, item: Input) -> Properties:
        """Return what the nearest table, in the document's folder or one above it, states of it."""
        if item.path is None:
            return {}
        place = os.path.dirname(item.path), item.folder  # noqa: PTH120 - a string, for each document
        if place in self._without:
            return {}
        tables = False
        for folder in item.path.parents:
            rows = self._read_rows(folder, item.folder)
            if rows and (name := name_path(item.path.relative_to(folder))) in rows:
                return rows[name]
            tables = tables or bool(rows)
            if folder == item.folder:
                break
        if not tables:
            self._without.add(place)
        return {}

    def take_problems(self) -> list[Skipped]:
        """Return what was wrong with the tables read since the last call."""
        problems, self._problems = self._problems, []
        return problems

    def _read_rows(self, folder: Path, root: Path) -> dict[str, Properties]:
        if folder in self._rows:
            return self._rows[folder]
        path, rows = folder / METADATA, {}
        if path.is_file():
            name = name_path(path.relative_to(root))
            try:
                if leads_out(path, root):
                    raise DocumentError(name, "is a link out of its folder; put a copy of the file there")
                data = read_bytes(Input(name, path))
                rows = parse_metadata(decode_text(data, name), name)
            except DocumentError as error:
                self._problems.append(Skipped(name, f"{error.reason}; its documents go without"))
        self._rows[folder] = rows
        return rows
