"""Do something with a single document in a process that is divided from this one: it is there at once.

A crew (``graph.crew``) begins with a process that loads what its workers share, and is worth that for many
documents. This one is for a single short one, where ``graph.processes.can_divide`` says that it is safe.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection

from graph.errors import CaregraphError
from graph.processes import ONE_THREAD, spare_interrupts
from graph.records import Skipped
from graph.task import TRIES, Do, Fault, Given, Made, explain_end, explain_time, prepare_worker, run_task


def do_alone(do: Do[Given, Made], item: Given, seconds: float) -> Made | Skipped:
    """Do something with an item in a process of its own, which is killed when it takes too long.

    Args:
        do: does it.
        item: with it.
        seconds: that it may take.

    Returns:
        What was made, or why there is nothing.

    Raises:
        CaregraphError: no document can be extracted.
    """
    context = multiprocessing.get_context("fork")
    for _ in range(TRIES):
        answers, speaking = context.Pipe(duplex=False)
        process = context.Process(target=_answer, args=(speaking, do, item, seconds))
        with answers:
            with spare_interrupts():
                process.start()
            speaking.close()
            try:
                if not answers.poll(seconds):
                    return Skipped(item.name, explain_time(seconds))
                made: Made | Skipped | Fault = answers.recv()
            except EOFError:  # it ended without an answer
                process.join()
                continue
            finally:
                process.kill()
                process.join()
        if isinstance(made, Fault):
            raise CaregraphError(made.message)
        return made
    return Skipped(item.name, explain_end(process.exitcode or 0))


def _answer(speaking: Connection, do: Do[Given, Made], item: Given, seconds: float) -> None:
    prepare_worker()
    os.environ.update(ONE_THREAD)
    speaking.send(run_task(item, do, seconds))
