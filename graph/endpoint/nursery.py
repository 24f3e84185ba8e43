"""A process that makes workers by dividing itself: a quarter of the work of starting one from nothing.

A pool that kills what takes too long needs new workers most when the machine is busiest. The nursery has
loaded all that a worker needs, and nothing else: no store, no threads. Where the system cannot divide
processes (Windows), ``graph.endpoint.starting`` starts each worker from nothing.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Any

from graph.endpoint.worker import leave_network_unless, serve_jobs

NUMBER = struct.Struct(">I")
"""What the server sends for each worker, with the worker's end of a socket."""


def raise_workers(out: Path, folder: Path, settings: dict[str, Any]) -> None:
    """Make a worker for each socket that arrives on standard input, until that ends.

    Args:
        out: the folder of a build.
        folder: where workers put long answers.
        settings: as for ``serve_jobs``.
    """
    control = socket.socket(fileno=0)
    alone = leave_network_unless(settings["services"])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears away those that have ended
    gc.freeze()
    while True:
        data, ends, _, _ = socket.recv_fds(control, NUMBER.size, 1)
        if len(data) < NUMBER.size:
            return
        if os.fork() == 0:
            control.detach()
            os.dup2(ends[0], 0)
            os.dup2(ends[0], 1)
            os.close(ends[0])
            try:
                serve_jobs(out, folder / str(NUMBER.unpack(data)[0]), settings, alone=alone)
            finally:
                os._exit(1)
        os.close(ends[0])


if __name__ == "__main__":
    raise_workers(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))
