"""The heap of a server: threads share it, and what is freed goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

from graph.heap import share_heap

THREADS = """
import ctypes, sys, tempfile, threading
from graph.heap import share_heap
libc = ctypes.CDLL(None)
if sys.argv[1] == "shared":
    assert share_heap()
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
ready = threading.Barrier(9)

def work():
    pieces = [libc.malloc(2000) for _ in range(1000)]
    ready.wait()
    for piece in pieces:
        libc.free(piece)

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
ready.wait()
for thread in threads:
    thread.join()
libc.fopen.restype, libc.malloc_info.argtypes, libc.fclose.argtypes = (
    ctypes.c_void_p, [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p])
with tempfile.NamedTemporaryFile() as told:
    stream = libc.fopen(told.name.encode(), b"w")
    libc.malloc_info(0, stream)
    libc.fclose(stream)
    print(told.read().count(b"<heap "))
"""
"""Counts the heaps of a process whose threads take memory at once (malloc_info(3))."""

glibc = pytest.mark.skipif(not share_heap(), reason="needs glibc")


def count_heaps(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", THREADS, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


@glibc
def test_threads_share_two_heaps() -> None:
    assert count_heaps("shared") <= 2
    assert count_heaps("as it is") > 2


def test_other_systems_are_left_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not share_heap()
