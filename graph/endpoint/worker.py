"""A process that answers queries and can be killed: neither engine nor Python can stop one that runs.

It reads the store and nothing else: it leaves the network, where the system lets it, before it opens the
store. Jobs come in by standard input and answers leave by standard output (``graph.endpoint.frames``). It
starts in a tenth of a second, since what it imports is little.
"""

from __future__ import annotations

import gc
import json
import os
import select
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
from pyoxigraph import Store

from graph.endpoint.frames import DATA, END, ERROR, JOB, READY, FrameReader, pack_frame, pack_message
from graph.endpoint.isolation import leave_network, limit_memory
from graph.endpoint.spool import AnswerTooLong, Spool, name_scratch
from graph.endpoint.writing import write_results
from graph.errors import QueryError, RefusedQueryError, StoreError
from graph.query import evaluate_query
from graph.search_index import SearchIndex, open_graph

Write = Callable[[bytes], object]

_PIECE = 1 << 16


class Reading:
    """What a worker reads: store, index, and a copy of the graph as of the day that was asked last."""

    def __init__(self, store: Store, index: SearchIndex) -> None:
        self.index = index
        self._store = store
        self._copy: tuple[str, Store] | None = None

    def until(self, day: str) -> Store:
        """Return the graph of the documents that are dated by a day, month or year; without one, all."""
        if not day:
            return self._store
        if self._copy is None or self._copy[0] != day:
            from graph.as_of import store_until

            self._copy = None  # two copies are never kept
            self._copy = (day, store_until(self._store, day))
        return self._copy[1]


def serve_jobs(out: Path, spool: Path, settings: dict[str, Any], *, alone: bool) -> None:
    """Answer jobs until standard input ends; what the process runs.

    Args:
        out: the folder of a build.
        spool: the file that a long answer goes to.
        settings: ``memory`` and ``answer`` as in ``Limits``, and ``services``, the hosts that may be called.
        alone: whether this process has left the network.
    """
    write = _take_output()
    scratch = name_scratch(spool)
    scratch.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(scratch)  # what is left there when this is killed, the server removes
    try:
        store, index, _hold = open_graph(out)  # for as long as this process serves
        reading = Reading(store, index)
    except StoreError as error:
        write(pack_message(ERROR, {"reason": "closed", "message": str(error), "work": 0.0}))
        return
    limit_memory(settings["memory"])
    write(pack_message(READY, {"pid": os.getpid(), "alone": alone, "work": time.process_time()}))
    threading.Thread(target=_end_with_server, daemon=True).start()
    gc.freeze()  # what is loaded now stays: no search for garbage among it while somebody waits
    for job in _read_jobs():
        gathered = Spool(spool, settings["answer"], gzip=job["gzip"], xml="xml" in job["media_type"])
        write(_answer(reading, job, gathered, settings["services"]))


def leave_network_unless(services: Sequence[str]) -> bool:
    """Leave the network, unless there are servers to call; return whether that was done."""
    return not services and leave_network()


def _take_output() -> Write:
    """Take standard output for answers alone: what a library prints must not pass for one."""
    descriptor = os.dup(1)
    os.dup2(2, 1)
    output = os.fdopen(descriptor, "wb")

    def write(data: bytes) -> None:
        output.write(data)
        output.flush()

    return write


def _read_jobs() -> Iterator[dict[str, Any]]:
    """Yield jobs as they come; no other thread passes them on, which would cost every query a wake-up."""
    reader = FrameReader()
    while data := os.read(0, _PIECE):
        for kind, payload in reader.feed(data):
            if kind == JOB:
                yield json.loads(payload)


def _end_with_server() -> None:
    """Wait until the other end of standard input is closed, then end the process, even amid a query."""
    if hasattr(select, "poll"):
        hang_up = select.poll()
        hang_up.register(0, 0)  # wakes for an end or an error, never for a job
        hang_up.poll()
    else:
        psutil.Process(os.getppid()).wait()
    os._exit(0)


def _answer(reading: Reading, job: dict[str, Any], spool: Spool, services: Sequence[str]) -> bytes:
    """Answer a job, and return the messages that say so."""
    asked = {"services": services, "dataset": job["dataset"], "base": job["base"], "index": reading.index}
    try:
        results = evaluate_query(reading.until(job["until"]), job["query"], **asked)
        rows, more = write_results(results, job["media_type"], spool, rows=job["rows"])
        data, length = spool.close()
    except Exception as error:
        spool.drop()
        return pack_message(ERROR, {**_describe(error, job["query"], services), "work": time.process_time()})
    end: dict[str, Any] = {"length": length, "rows": rows, "more": more, "compressed": spool.compressed}
    end |= {"work": time.process_time()}
    return (pack_frame(DATA, data) if data else b"") + pack_message(END, end)


def _describe(error: Exception, query: str, services: Sequence[str]) -> dict[str, Any]:
    """Say why a job was not answered: a key of ``STATUSES``, and words."""
    match error:
        case RefusedQueryError():
            reason = "refused-query"
        case QueryError():
            reason = "malformed-query"
        case AnswerTooLong():
            return {"reason": "answer-limit", "message": ""}
        case MemoryError():
            return {"reason": "memory-limit", "message": ""}
        case OSError() if services and "SERVICE" in query.upper():
            return {
                "reason": "service-failed",
                "message": f"the server that SERVICE names: {error}; try again, or ask without it",
            }
        case _:
            return {
                "reason": "query-failed",
                "message": f"the query failed while it was answered: {error}; ask it in another way",
            }
    return {"reason": reason, "message": str(error), "line": error.line, "column": error.column}


if __name__ == "__main__":
    given = json.loads(sys.argv[3])
    serve_jobs(Path(sys.argv[1]), Path(sys.argv[2]), given, alone=leave_network_unless(given["services"]))
