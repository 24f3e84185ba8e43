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
from graph.read import LIMITS, read_input
from graph.readers.inputs import Input
from graph.readers.worker import ReaderProcess
from graph.records import Extraction, Skipped
from graph.register import Register

if TYPE_CHECKING:  # else loaded by those who do the work, not by those who give it out
    from graph.extract import FindFurther

SECONDS = 60.0
"""What a document may take by default, and again for each ``SHARE`` of it: over ten times what is common."""
SHARE = 100_000
"""Bytes of a document for which it may take the time limit once more."""
MEMORY = 4 << 30
"""Bytes of memory that a document may take in a worker, where the system can limit it."""
TRIES = 2
"""How often a document is tried that ends its worker: what ends that may be the fault of others, as when the
memory of the machine runs out."""


class Named(Protocol):
    """What is made of a document: it has the document's name."""

    @property
    def name(self) -> str:
        """Return the name of the document."""


Given = TypeVar("Given", bound=Named)
Made = TypeVar("Made")
Make = Callable[[Extraction, Register], Made]
"""Makes what is wanted of what was found in a document; a function of a module, for workers to import."""
Do = Callable[[Given, ReaderProcess], Made | Skipped]
"""Makes something of what stands for a document, as ``make_one`` does, with a process that reads formats."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with caregraph's own files, so that no document can be extracted."""

    message: str


def measure_input(item: Input) -> int:
    """Return the size of an input in bytes, 0 where it is not known."""
    with suppress(OSError):
        return item.path.stat().st_size if item.path else 0
    return 0


def limit_time(seconds: float, size: int) -> float:
    """Return the seconds that a document of so many bytes may take."""
    return seconds * (1 + size // SHARE)


def make_one(
    item: Input,
    reader: ReaderProcess,
    *,
    make: Make[Made],
    find_further: FindFurther | None = None,
    stdin: BinaryIO | None = None,
) -> Made | Skipped:
    """Read an input, find what it says, and make something of that.

    Args:
        item: with what is stated of it.
        reader: reads the formats that are read apart.
        make: makes it.
        find_further: adds claims, as a language model does.
        stdin: what is read when the input has no path.

    Returns:
        What was made, or why there is nothing: whatever goes wrong is about this one document.

    Raises:
        CaregraphError: something else is wrong, such as a register file.
    """
    from graph.extract import extract_document, load_resources

    resources = load_resources()

    def make_it() -> Made:
        document = read_input(item, reader, stdin=stdin)
        return make(extract_document(document, resources, find_further=find_further), resources.register)

    return attempt(item.name, make_it)


def attempt(name: str, make: Callable[[], Made]) -> Made | Skipped:
    """Make something of a document, or say why there is nothing: whatever goes wrong is about this one.

    Raises:
        CaregraphError: something else is wrong, such as a register file.
    """
    try:
        return make()
    except DocumentError as error:
        return Skipped(name, error.reason)
    except CaregraphError:
        raise
    except MemoryError:
        return Skipped(name, f"needs more than {MEMORY >> 30} GB of memory; split it")
    except Exception as error:  # one document must not end a run over a million
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Skipped(name, f"cannot be extracted ({what}); report this, with the document if you may")


def explain_time(seconds: float) -> str:
    """Say what a document is passed over for that takes longer."""
    return f"takes over {seconds:g} seconds; split it, or give it more with --seconds"


def explain_end(code: int) -> str:
    """Say what a document is passed over for that ended its worker, by the exit code of that."""
    how = f"code {code}" if code >= 0 else _name_signal(-code)
    return f"ended its worker ({how}); split it or save it in a simpler form"


def _name_signal(number: int) -> str:
    """Name a signal, and say what it mostly means."""
    if number == getattr(signal, "SIGKILL", 9):
        return "SIGKILL, as when memory runs out"
    return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"


def prepare_worker() -> None:
    """Ready a worker: it prints nothing, takes so much memory, and ends when its parent does."""
    faulthandler.disable()
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from graph.processes import end_with_parent

    limit_memory(MEMORY)
    end_with_parent()


def run_task(item: Given, do: Do[Given, Made], seconds: float) -> Made | Skipped | Fault:
    """Do something with an item, in a worker.

    Args:
        item: with it.
        do: does it.
        seconds: after which the parent ends the worker; should the parent be gone, it ends itself later.
    """
    faulthandler.dump_traceback_later(2 * seconds, exit=True, file=_open_nowhere())
    try:
        return do(item, _open_reader())
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
