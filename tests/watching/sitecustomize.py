"""Watch a process of Python from its first line: what it asks the system for that could let something in.

Python loads this by itself where the folder is on its path. Each event is one line of JSON in the file that
``CAREGRAPH_WATCH`` names. Processes that are divided from a watched one are watched too.
"""

from __future__ import annotations

import json
import os
import sys

WATCHED = (
    *("pickle.find_class", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
    *(
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "shelve.open",
        "urllib.Request",
    ),
)
"""See https://docs.python.org/3/library/audit_events.html; what Python itself does not do, strace sees."""


_UNIX = 1  # AF_UNIX: a file of this machine; socket itself is not imported for it


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note an event with the files of the code that brought it about, the innermost first."""
    if event not in WATCHED or getattr(arguments[0], "family", None) == _UNIX:
        return
    frame, files = sys._getframe(1), []
    while frame is not None:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back  # type: ignore[assignment]
    line = json.dumps([event, [str(argument) for argument in arguments], files]) + "\n"
    descriptor = os.open(os.environ["CAREGRAPH_WATCH"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, line.encode())
    os.close(descriptor)


if "CAREGRAPH_WATCH" in os.environ:
    sys.addaudithook(watch)
