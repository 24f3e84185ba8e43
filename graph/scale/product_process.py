"""Make what documents give in a process of its own, which is killed when one hangs, and may die of one.

A task of a cluster must not end by a document: it would be tried again, end again, and take the whole job
with it. So the process that a task runs in only hands rows over, and a row that does not come back is
passed over with the reason. Both sides are caregraph's own, so rows travel as pickles.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from graph.errors import ClusterError
from graph.scale.rows import DocumentRow, Outcome, skip_row

if TYPE_CHECKING:
    import subprocess

_ROOT = str(Path(__file__).resolve().parents[2])
_TRIES = 2  # a process may also be killed for what others do, as when a machine runs out of memory


class ProductProcess:
    """A process that can be killed and makes what documents give; a context manager.

    Nothing is started before the first document. Register, names and model are loaded once for all of them.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Return the process, not yet started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the process."""
        self.stop()

    def make(self, row: DocumentRow) -> Outcome:
        """Do what ``graph.scale.products.make_outcome`` does, within the time limit.

        Raises:
            ClusterError: the process cannot be started.
        """
        for _ in range(_TRIES):
            outcome, late = self._ask(row)
            if late or outcome is None:
                self.stop()
            if outcome is not None:
                return outcome
            if late:
                return skip_row(row.name, f"takes over {self._seconds:g} seconds; split it or allow more")
        return skip_row(row.name, "ends the process that reads it, perhaps for want of memory; split it")

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with process:  # closes the pipes and waits
                pass

    def _ask(self, row: DocumentRow) -> tuple[Outcome | None, bool]:
        """Return the answer, or None when the process ended over it; and whether the time ran out."""
        import threading

        process = self._process = self._process or _start(self._seconds)
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, give_up)
        timer.start()
        try:
            return _exchange(process, row), late.is_set()
        finally:
            timer.cancel()


def _start(seconds: float) -> subprocess.Popen[bytes]:
    """Start the process with the same packages in reach, and wait until it has loaded what it needs."""
    import subprocess

    places = [_ROOT, *(place for place in sys.path if place)]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.scale.product_process", str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(places))},
    )
    if _exchange(process, None) is None:
        raise ClusterError("the process that reads documents does not start; its error stands above this one")
    return process


def _exchange(process: subprocess.Popen[bytes], message: DocumentRow | None) -> Outcome | None:
    if process.stdin is None or process.stdout is None:
        return None
    try:
        pickle.dump(message, process.stdin)
        process.stdin.flush()
        answer: Outcome = pickle.load(process.stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        return None
    return answer


def serve_rows(seconds: float, make: Callable[[DocumentRow], Outcome]) -> None:
    """Answer rows from standard input until it ends; what the process runs.

    Args:
        seconds: time limit of a row; after twice that the process ends itself, should its parent be gone.
        make: what to do with a row.
    """
    import faulthandler

    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not pass for an answer
    while (row := _receive(source)) is not _END:
        faulthandler.dump_traceback_later(2 * seconds, exit=True)
        outcome = {"name": "ready"} if row is None else _make_safely(row, make)
        faulthandler.cancel_dump_traceback_later()
        pickle.dump(outcome, answers)
        answers.flush()


_END = object()


def _receive(source: Any) -> Any:
    try:
        return pickle.load(source)
    except EOFError:
        return _END


def _make_safely(row: DocumentRow, make: Callable[[DocumentRow], Outcome]) -> Outcome:
    try:
        return make(row)
    except MemoryError:
        return skip_row(row.name, "needs more memory than there is; split it")
    except Exception as error:  # a fault of ours is about this one document, and must be seen
        import traceback

        traceback.print_exc()
        return skip_row(
            row.name, f"caregraph fails on it ({type(error).__name__}: {error}); please report it"
        )


def main() -> None:
    """Load what extraction needs and answer rows."""
    from functools import partial

    from graph.extract import load_resources
    from graph.read import LIMITS
    from graph.readers.worker import ReaderProcess
    from graph.scale.products import make_outcome

    with ReaderProcess(LIMITS) as reader:
        serve_rows(float(sys.argv[1]), partial(make_outcome, resources=load_resources(), reader=reader))


if __name__ == "__main__":
    main()
