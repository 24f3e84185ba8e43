"""Stands in for what is made of a document, in a worker: does what the document's text says, good or bad."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from graph.extraction_file import Line
from graph.readers.inputs import Input, find_inputs
from graph.records import Extraction, Skipped
from graph.register import Register


def obey(extraction: Extraction, register: Register) -> Line:
    """Make a line of the first word of a document, after doing what it says."""
    word, *rest = extraction.document.text.split()
    act(word, *rest)
    return Line(extraction.document.name, f"{word} {os.getpid()}")


def act(word: str, *rest: str) -> None:
    """Do what a word says."""
    if word == "hang":
        while True:
            pass
    if word == "sleep":
        time.sleep(float(rest[0]))
    if word == "leave":
        os._exit(7)
    if word == "crash":
        ctypes.string_at(0)
    if word == "raise":
        raise LookupError("no such\nthing")
    if word == "eat":
        kept = [bytes(1 << 30) for _ in range(64)]  # addresses alone, until they are written to
        raise AssertionError(len(kept))
    if word == "exhaust":
        raise MemoryError
    if word == "print":
        print("not a result")  # noqa: T201 - as a library may


def write_words(folder: Path, words: list[str]) -> list[Input | Skipped]:
    """Write a document of each word, for ``obey``, and list them."""
    for number, word in enumerate(words):
        (folder / f"{number:03} {word}.txt").write_text(f"{word} Kent", encoding="utf-8")
    return list(find_inputs([folder]))
