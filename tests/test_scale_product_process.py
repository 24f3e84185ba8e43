"""A document that hangs or ends its process costs that document alone."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from graph.scale.product_process import ProductProcess
from graph.scale.products import DocumentRow

NOTE = DocumentRow("note.txt", text="Torbay Care Trust works with Torbay Council.\n")


@pytest.fixture
def endless(tmp_path: Path) -> DocumentRow:
    """Return a row whose file never ends: a pipe that nobody writes to."""
    path = tmp_path / "endless.txt"
    os.mkfifo(path)
    return DocumentRow("endless.txt", path=str(path))


def test_a_document_that_hangs_is_passed_over_and_the_next_one_read(endless: DocumentRow) -> None:
    with ProductProcess(3) as process:
        assert process.make(endless)["reason"] == "takes over 3 seconds; split it or allow more"
        assert process.make(NOTE)["claims"]


def test_a_document_that_ends_its_process_is_tried_again_and_passed_over(endless: DocumentRow) -> None:
    done = threading.Event()

    def kill_readers() -> None:
        """Open the pipe as soon as a process waits for it, and kill that process."""
        while not done.wait(0.1):
            with suppress(OSError):
                opened = os.open(endless.path or "", os.O_WRONLY | os.O_NONBLOCK)
                for child in psutil.Process().children():
                    child.kill()
                os.close(opened)

    killer = threading.Thread(target=kill_readers)
    with ProductProcess(60) as process:
        killer.start()
        try:
            reason = process.make(endless)["reason"]
        finally:
            done.set()
            killer.join()
        assert reason.startswith("ends the process that reads it")
        assert process.make(NOTE)["claims"]


def test_one_process_serves_many_documents() -> None:
    with ProductProcess(60) as process:
        first = process.make(NOTE)
        children = psutil.Process().children()
        assert process.make(NOTE) == first
        assert psutil.Process().children() == children
