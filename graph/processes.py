"""Start worker processes that take nothing from the program that starts them but its packages.

Python's own ways run the caller's script again in each process, put the working folder before all packages,
or divide a process that has threads. Here workers are divided from a process of one thread that has loaded
what they share (a fork server), else, on Windows, started from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from weakref import WeakSet

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_STARTING = threading.Lock()
_LONGEST = 60
"""Bytes of the folder for temporary files; a folder and a socket in it add 40."""

if sys.platform == "win32":
    from multiprocessing.context import SpawnContext as Context
    from multiprocessing.context import SpawnProcess as Process
else:
    from multiprocessing.context import ForkServerContext as Context
    from multiprocessing.context import ForkServerProcess as Process


class WorkerProcess(Process):
    """A process that does not run the caller's script again, so that it needs no guard against that."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - the name that the standard library asks for
        with _STARTING:
            script = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return Process._Popen(process_obj)
            finally:
                sys.modules["__main__"] = script


class WorkerContext(Context):
    """Makes such processes, and what they talk through; for pools that take a multiprocessing context."""

    def __init__(self) -> None:
        super().__init__()
        self._started: WeakSet[WorkerProcess] = WeakSet()

    def Process(self, *given: Any, **named: Any) -> WorkerProcess:  # type: ignore[override] # noqa: N802
        """Make a process, not yet started."""
        process = WorkerProcess(*given, **named)
        self._started.add(process)
        return process

    def kill_all(self) -> None:
        """End those that this context made, whatever they do, and no others."""
        for process in list(self._started):
            if process.is_alive():
                process.kill()


def prepare_workers(shared: str) -> WorkerContext:
    """Return a context whose workers begin with a module that was loaded once for all of them.

    Each worker uses one thread, so that as many as there are processors use them all.

    Args:
        shared: name of the module.
    """
    if sys.platform != "win32":
        from multiprocessing import forkserver, resource_tracker

        with warnings.catch_warnings():
            # One that somebody killed is started again: nothing to tell.
            warnings.filterwarnings("ignore", "resource_tracker", UserWarning)
            with _STARTING, set_environment({"PYTHONWARNINGS": "ignore"}):  # clears up without a word
                resource_tracker.ensure_running()  # it would end the blocking of signals below
        forkserver.set_forkserver_preload(["graph.silence", shared])
        places = [place for place in sys.path if place]
        apart = {"PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"}
        with _STARTING, set_environment({**ONE_THREAD, **apart}), spare_interrupts(), short_paths():
            forkserver.ensure_running()
    return WorkerContext()


@contextmanager
def spare_interrupts() -> Iterator[None]:
    """Let processes that are started meanwhile never be interrupted: Ctrl-C in a terminal goes to all."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def short_paths() -> Iterator[None]:
    """Let sockets that are made meanwhile have a short path: systems allow some 100 bytes for it."""
    before = tempfile.tempdir
    if len(os.fsencode(tempfile.gettempdir())) > _LONGEST and os.access("/tmp", os.W_OK):  # noqa: S108
        tempfile.tempdir = "/tmp"  # noqa: S108 - the socket lies in a folder that is made for it
    try:
        yield
    finally:
        tempfile.tempdir = before


def can_divide() -> bool:
    """Say whether this process can be divided safely: on Linux, while it runs one thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def end_with_parent() -> None:
    """Let this process end as soon as the one that started it is gone, even by force."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.join,), daemon=True).start()


def _outlive(wait: Any) -> None:
    wait()
    os._exit(1)


def count_processors() -> int:
    """Count the processors that this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def set_environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the processes that are started meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
