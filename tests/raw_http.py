"""Requests as bytes to a real server, and what comes back, for the tests of hostile HTTP."""

from __future__ import annotations

import re
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HEAD = b"Host: localhost\r\n"
ASK = b"/sparql?query=ASK%7B%7D"


@dataclass(frozen=True, slots=True)
class Served:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def send(self, *parts: bytes, whole: bool = True, wait: float = 60.0) -> bytes:
        """Send parts, and return all that comes back until the server has hung up.

        To what is not whole it may have nothing to say, and then it is left to itself.
        """
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            with suppress(OSError):  # it may close before it has heard all
                for part in parts:
                    connection.sendall(part)
            if not whole:
                connection.settimeout(0.5)
            with suppress(OSError):
                while data := connection.recv(1 << 16):
                    answer += data
        return answer

    def get(self, target: bytes, *headers: bytes, method: bytes = b"GET") -> bytes:
        lines = b"".join(header + b"\r\n" for header in headers)
        return self.send(
            method + b" " + target + b" HTTP/1.1\r\n" + HEAD + lines + b"Connection: close\r\n\r\n"
        )

    def is_well(self) -> bool:
        answer = self.get(ASK, b"Accept: application/json")
        return self.process.poll() is None and b'"boolean":true' in answer.replace(b" ", b"")


def read_status(answer: bytes) -> int:
    """Return the status of the one answer that came; 0 where the server hung up without one."""
    if not answer:
        return 0
    found = re.match(rb"HTTP/1\.1 (\d{3}) [^\r\n]*\r\n", answer)
    assert found, answer[:200]
    return int(found[1])


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([line, *headers, b"", body])
