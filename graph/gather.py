"""Get of each document what it gives: from the ledger where it gave that before, else by extraction."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

from pyoxigraph import Quad, RdfFormat, parse

from graph.assemble_register import assemble_register
from graph.errors import DocumentError
from graph.extract import FindFurther
from graph.fingerprint import digest_input
from graph.ledger import Content, Ledger
from graph.product import Product
from graph.read import LIMITS, read_bytes, state_properties
from graph.readers.inputs import MISSING, Input
from graph.records import Skipped
from graph.register import ship_register
from graph.validate import DocumentChecker, Violation

Found = Input | Skipped
Process = Callable[[Iterable[Found]], Generator[Product | Skipped, None, None]]
"""Makes the product of each input, in their order, as ``graph.workers.process_inputs`` does."""
Progress = Callable[[int, str], None]
"""Called after each document with how many are done and the name of the last."""
_TOGETHER = 100  # documents that are checked at a time


@runtime_checkable
class Repeatable(Protocol):
    """What finds further claims, and says what decides them, so that they can be kept."""

    @property
    def identity(self) -> str:
        """Return what decides the claims of a document, besides the document and the program."""

    def is_whole(self, name: str) -> bool:
        """Say whether all was found in a document of this name; if not, it is to be tried again."""


class Gathering:
    """One run over the inputs of a build.

    Args:
        ledger: where it is kept, document by document, what was extracted.
        progress: called after each document.
        find_further: adds claims, as a language model does. What it adds is kept where it is ``Repeatable``;
            else each document is extracted in each run.
    """

    def __init__(
        self, ledger: Ledger, progress: Progress | None, find_further: FindFurther | None = None
    ) -> None:
        self._ledger = ledger
        self._progress = progress
        self._further = _see_repeatable(find_further)
        self._repeatable = find_further is None or self._further is not None
        self._under_way: deque[tuple[Input, str, bytes | None, object]] = deque()
        self._done = 0

    def take_inputs(self, inputs: Iterable[Found], process: Process, folder: Path) -> None:
        """Let the ledger want each input with what it gives; what it gave before is not extracted again.

        Args:
            inputs: files, and what cannot be read.
            process: extracts them.
            folder: for what comes by standard input, until this is done.
        """
        with contextlib.closing(process(self._choose_new(inputs, folder))) as results:
            for result in results:
                self._take_result(result)

    def _choose_new(self, inputs: Iterable[Found], folder: Path) -> Iterator[Found]:
        """Yield the inputs that are to be extracted; standard input as a file that any process can read."""
        for item in state_properties(inputs):
            if isinstance(item, Skipped):
                self._ledger.note(item)
                self._tell(item.name)
                continue
            stamp = _read_stamp(item)
            try:
                data = read_bytes(item)
            except DocumentError as error:
                self._ledger.want(item, None, _explain(item, error))
                self._tell(item.name)
                continue
            key = self._make_key(item, data)
            content = self._ledger.find_content(item.name, key) if self._repeatable else None
            if content is not None:
                self._ledger.want(item, content)
                self._tell(item.name)
                continue
            self._under_way.append((item, key, data if item.path is None else None, stamp))
            yield item if item.path is not None else _write_down(item, data, folder)

    def _take_result(self, result: Product | Skipped) -> None:
        item, key, data, stamp = self._under_way.popleft()
        if isinstance(result, Skipped):
            self._ledger.want(item, None, result.reason)
        else:
            content = Content(result.name, result.line, result.quads, result.claims, result.findings)
            self._ledger.want(item, self._ledger.keep(content, self._confirm(item, key, data, stamp)))
        self._tell(item.name)

    def _confirm(self, item: Input, key: str, data: bytes | None, stamp: object) -> str | None:
        """Return the key under which a result may be found again.

        None where the file changed meanwhile, or where a language model left questions open.
        """
        if _read_stamp(item) != stamp:
            return None
        if not self._repeatable or (self._further and not self._further.is_whole(item.name)):
            return None
        try:
            again = self._make_key(item, read_bytes(item) if data is None else data)
        except DocumentError:
            return None
        return key if again == key else None

    def _make_key(self, item: Input, data: bytes) -> str:
        return digest_input(item, data, LIMITS, further=self._further.identity if self._further else "")

    def _tell(self, name: str) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, name)


def _read_stamp(item: Input) -> object:
    """Return what changes of a file that is written or replaced, though it has the same bytes in the end."""
    if item.path is None:
        return None
    try:
        status = item.path.stat()
    except OSError as error:
        return error.errno
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _see_repeatable(finder: object) -> Repeatable | None:
    return finder if isinstance(finder, Repeatable) else None


def check_shapes(ledger: Ledger) -> tuple[str, ...]:
    """Check what was not checked yet, and return what the shapes forbid in all that is shown, a line each."""
    unchecked = ledger.list_unchecked(_TOGETHER)
    checker = DocumentChecker(assemble_register(ship_register())) if unchecked else None
    while checker and unchecked:
        _check_together(ledger, checker, unchecked)
        unchecked = ledger.list_unchecked(_TOGETHER, after=unchecked[-1])
    found = ledger.connection.execute("SELECT violations FROM shown WHERE violations != '[]'")
    violations = {Violation(*parts) for (row,) in found for parts in json.loads(row)}
    return tuple(str(violation) for violation in sorted(violations))


def _check_together(ledger: Ledger, checker: DocumentChecker, numbers: list[int]) -> None:
    """Check some documents as one, which is faster; one by one only where something is wrong."""
    graphs = {number: ledger.read_content(number)[1] for number in numbers}
    conforms = checker.check(_parse(b"".join(graphs.values()))).conforms
    for number, quads in graphs.items():
        found = () if conforms else checker.check(_parse(quads)).violations
        violations = json.dumps([dataclasses.astuple(violation) for violation in found])
        ledger.connection.execute("UPDATE contents SET violations = ? WHERE id = ?", (violations, number))


def _parse(quads: bytes) -> Iterator[Quad]:
    return parse(quads, format=RdfFormat.N_QUADS)


def _explain(item: Input, error: DocumentError) -> str:
    """Say why a file cannot be read; one that has gone since it was listed as one that was never there."""
    gone = item.path is not None and not item.path.is_symlink() and not item.path.exists()
    return MISSING if gone else error.reason


def _write_down(item: Input, data: bytes, folder: Path) -> Input:
    path = folder / item.name
    path.write_bytes(data)
    return dataclasses.replace(item, path=path, folder=folder)
