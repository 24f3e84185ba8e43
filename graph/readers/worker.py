"""Read files of guarded formats in a process of their own, which is killed when one costs too much.

One process serves many files, since starting it costs more than most files do; it is replaced after
it was killed or ran out of memory. Parent and child talk in lines of JSON (never pickles: a file that
took over a parser must not take over the parent): a request is a line and the bytes of the file.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from graph.errors import DocumentError
from graph.readers import read_content
from graph.readers.content import Content, Limits

if TYPE_CHECKING:  # else imported where it is used: most runs read plain text and start no process
    import subprocess

_ROOT = str(Path(__file__).resolve().parents[2])


class ReaderProcess:
    """A killable process that reads files; a context manager.

    Nothing is started before the first file.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Return the process, not yet started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the process."""
        self.stop()

    def read_content(self, suffix: str, data: bytes, name: str) -> Content:
        """Do what ``graph.readers.read_content`` does, under the limits.

        Raises:
            DocumentError: when the file cannot be read within them.
        """
        import threading

        process = self._process = self._process or _start(self._limits)
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds, give_up)
        timer.start()
        try:
            reply = _ask(process, suffix, data, name)
        finally:
            timer.cancel()
        if reply is None or reply.get("stop") or late.is_set():
            self.stop()
        if reply is None:
            raise DocumentError(name, self._why_it_died(late=late.is_set()))
        if "error" in reply:
            raise DocumentError(name, reply["error"])
        return Content(reply["text"], tuple((a, b) for a, b in reply["hidden"]), reply["properties"])

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with process:  # closes the pipes and waits
                pass

    def _why_it_died(self, *, late: bool) -> str:
        if late:
            return (
                f"takes over {self._limits.seconds:g} seconds to read; split it or save it in a simpler form"
            )
        return "makes its reader fail, probably for want of memory; split it or save it in a simpler form"


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    """Start the process with the same packages in reach, and never with those of the working folder."""
    import subprocess

    places = [_ROOT, *(place for place in sys.path if place)]
    given = (limits.memory, limits.seconds, os.getpid())
    command = [sys.executable, "-P", "-m", "graph.readers.worker", *map(str, given)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(places))},
    )


def _ask(process: subprocess.Popen[bytes], suffix: str, data: bytes, name: str) -> dict[str, Any] | None:
    """Send a file and return the answer; None when the process died over it."""
    import json

    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(json.dumps({"suffix": suffix, "name": name, "size": len(data)}).encode() + b"\n")
        process.stdin.write(data)
        process.stdin.flush()
        line = process.stdout.readline()
    except OSError:
        return None
    return json.loads(line) if line.endswith(b"\n") else None


def serve_requests(memory: int, seconds: float, parent: int) -> None:
    """Answer requests from standard input until it ends; what the child process runs.

    Args:
        memory: bytes of address space that it may take, where the system can limit it.
        seconds: after which it would have to be ended by its parent, and ends itself later if it was not.
        parent: id of the process that started it, with which it ends.
    """
    import faulthandler
    import json
    import threading

    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not pass for an answer
    _limit_memory(memory)
    if os.name != "nt":  # Windows keeps the number of a parent that is gone
        threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    for line in iter(source.readline, b""):
        request = json.loads(line)
        faulthandler.dump_traceback_later(2 * seconds, exit=True)
        answer = _answer(request, source.read(request["size"]))
        faulthandler.cancel_dump_traceback_later()
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
        if answer.get("stop"):
            return


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        content = read_content(request["suffix"], data, request["name"])
    except DocumentError as error:
        return {"error": error.reason}
    except MemoryError:
        return {
            "error": "needs more memory than a document may; split it or save it in a simpler form",
            "stop": True,
        }
    except Exception as error:  # whatever a parser raises is about this one file
        return {"error": f"cannot be read ({type(error).__name__}); save it anew or as text", "stop": True}
    return {"text": content.text, "hidden": content.hidden, "properties": dict(content.properties)}


def _end_with_parent(parent: int) -> None:
    """End when the parent is gone, even if a file keeps this process from noticing it otherwise."""
    import time

    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _limit_memory(memory: int) -> None:
    with suppress(ImportError, OSError, ValueError):  # Windows has no such module, macOS no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    serve_requests(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
