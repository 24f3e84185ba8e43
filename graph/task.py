"""One document's way: read it, find what it says, make of it what is wanted; and the same inside a worker."""

from __future__ import annotations

import faulthandler
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol, TypeVar

from graph.endpoint.isolation import limit_memory
from graph.errors import CaregraphError, DocumentError
from graph.processes import end_with_parent
from graph.read import LIMITS, read_input
from graph.readers.inputs import Input
from graph.readers.worker import ReaderProcess
from graph.records import Extraction, Skipped
from graph.register import Register

if TYPE_CHECKING:  # else loaded by those who do the work, not by those who give it out
    from graph.extract import FindFurther

MEMORY = 4 << 30
"""Bytes of memory that a document may take in a worker, where the system can limit it."""


class Named(Protocol):
    """What is made of a document: it has the document's name."""

    @property
    def name(self) -> str:
        """Return the name of the document."""


Made = TypeVar("Made", bound=Named)
Make = Callable[[Extraction, Register], Made]
"""Makes what is wanted of what was found in a document; a function of a module, for workers to import."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with caregraph's own files, so that no document can be extracted."""

    message: str


def measure_input(item: Input) -> int:
    """Return the size of an input in bytes, 0 where it is not known."""
    with suppress(OSError):
        return item.path.stat().st_size if item.path else 0
    return 0


def make_one(
    item: Input,
    make: Make[Made],
    reader: ReaderProcess,
    *,
    find_further: FindFurther | None = None,
    stdin: BinaryIO | None = None,
) -> Made | Skipped:
    """Read an input, find what it says, and make something of that.

    Args:
        item: with what is stated of it.
        make: makes it.
        reader: reads the formats that are read apart.
        find_further: adds claims, as a language model does.
        stdin: what is read when the input has no path.

    Returns:
        What was made, or why there is nothing: whatever goes wrong is about this one document.

    Raises:
        CaregraphError: something else is wrong, such as a register file.
    """
    from graph.extract import extract_document, load_resources

    resources = load_resources()
    try:
        document = read_input(item, reader, stdin=stdin)
        return make(extract_document(document, resources, find_further=find_further), resources.register)
    except DocumentError as error:
        return Skipped(item.name, error.reason)
    except CaregraphError:
        raise
    except MemoryError:
        return Skipped(item.name, f"needs more than {MEMORY >> 30} GB of memory; split it")
    except Exception as error:  # one document must not end a run over a million
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Skipped(item.name, f"cannot be extracted ({what}); report this, with the document if you may")


def prepare_worker() -> None:
    """Ready a worker: it prints nothing, takes so much memory, and ends when its parent does."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    limit_memory(MEMORY)
    end_with_parent()


def run_task(item: Input, make: Make[Made], seconds: float) -> Made | Skipped | Fault:
    """Do what ``make_one`` does, in a worker.

    Args:
        item: with what is stated of it.
        make: makes what is wanted.
        seconds: after which the parent ends the worker; should the parent be gone, it ends itself later.
    """
    faulthandler.dump_traceback_later(2 * seconds, exit=True, file=_open_nowhere())
    try:
        return make_one(item, make, _open_reader())
    except CaregraphError as error:
        return Fault(str(error))
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _open_nowhere() -> IO[bytes]:
    return open(os.devnull, "wb")  # noqa: PTH123 - for as long as the worker lives


@cache
def _open_reader() -> ReaderProcess:
    """Return the worker's own reader, which ends when the worker does."""
    return ReaderProcess(LIMITS)
