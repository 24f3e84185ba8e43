"""A document that hangs or ends its process costs that document alone."""

from __future__ import annotations

import subprocess
import threading

import psutil

from graph.scale.product_process import ProductProcess
from graph.scale.rows import DocumentRow

TEXT = "Torbay Care Trust works with Torbay Council.\n"
NOTE = DocumentRow("note.txt", text=TEXT)
ENDLESS = DocumentRow("endless.txt", text=TEXT * 100_000)  # no machine reads that in the seconds it gets here


def test_a_document_that_takes_too_long_is_passed_over_and_the_next_one_read() -> None:
    with ProductProcess(3) as process:
        assert process.make(ENDLESS)["reason"] == "takes over 3 seconds; split it or allow more"
        assert process.make(NOTE)["claims"]


def test_a_document_that_ends_its_process_is_tried_again_and_passed_over() -> None:
    done = threading.Event()
    killed: list[subprocess.Popen[bytes]] = []

    def kill_each() -> None:
        """Kill each process once it has loaded what it needs."""
        while not done.wait(0.05):
            if process._process and process._process not in killed:
                process._process.kill()
                killed.append(process._process)

    killer = threading.Thread(target=kill_each)
    with ProductProcess(60) as process:
        killer.start()
        try:
            reason = process.make(ENDLESS)["reason"]
        finally:
            done.set()
            killer.join()
        assert reason.startswith("ends the process that reads it")
        assert len(killed) == 2
        assert process.make(NOTE)["claims"]


def test_one_process_serves_many_documents() -> None:
    with ProductProcess(60) as process:
        first = process.make(NOTE)
        children = psutil.Process().children()
        assert process.make(NOTE) == first
        assert psutil.Process().children() == children
