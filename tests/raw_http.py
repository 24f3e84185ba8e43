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


UNREADABLE = {
    "no request": b"\0\0\0\0\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.0\r\n\r\n",
    "no version": request(b"GET /", HEAD[:-2]),
    "HTTP/0.9": b"GET /\r\n",
    "HTTP/9": request(b"GET / HTTP/9.9", HEAD[:-2]),
    "no method": request(b"/ HTTP/1.1", HEAD[:-2]),
    "unknown method": request(b"GRAB / HTTP/1.1", HEAD[:-2]),
    "space in target": request(b"GET /a b HTTP/1.1", HEAD[:-2]),
    "tab in target": request(b"GET /a\tb HTTP/1.1", HEAD[:-2]),
    "NUL in target": request(b"GET /a\0b HTTP/1.1", HEAD[:-2]),
    "NUL in header": request(b"GET / HTTP/1.1", HEAD[:-2], b"X: a\0b"),
    "escape in header": request(b"GET / HTTP/1.1", HEAD[:-2], b"X\x1b[31m: a"),
    "no colon": request(b"GET / HTTP/1.1", HEAD[:-2], b"X a"),
    "space before colon": request(b"GET / HTTP/1.1", HEAD[:-2], b"Content-Length : 3", body=b"abc"),
    "folded header": request(b"GET / HTTP/1.1", HEAD[:-2], b"X: a", b" Transfer-Encoding: chunked"),
    "length and chunks": request(
        b"POST /sparql HTTP/1.1",
        HEAD[:-2],
        b"Content-Length: 6",
        b"Transfer-Encoding: chunked",
        body=b"0\r\n\r\nG",
    ),
    "chunks and length": request(
        b"POST /sparql HTTP/1.1",
        HEAD[:-2],
        b"Transfer-Encoding: chunked",
        b"Content-Length: 4",
        body=b"0\r\n\r\n",
    ),
    "two lengths": request(
        b"POST /sparql HTTP/1.1", HEAD[:-2], b"Content-Length: 3", b"Content-Length: 4", body=b"abcd"
    ),
    "length of letters": request(b"POST /sparql HTTP/1.1", HEAD[:-2], b"Content-Length: 0x3", body=b"abc"),
    "length below nothing": request(b"POST /sparql HTTP/1.1", HEAD[:-2], b"Content-Length: -1"),
    "length without end": request(b"POST /sparql HTTP/1.1", HEAD[:-2], b"Content-Length: " + b"9" * 40),
    "odd encoding": request(
        b"POST /sparql HTTP/1.1", HEAD[:-2], b"Transfer-Encoding: xchunked, identity", body=b"0\r\n\r\n"
    ),
    "encoding twice": request(
        b"POST /sparql HTTP/1.1", HEAD[:-2], b"Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n"
    ),
    "chunk of letters": request(
        b"POST /sparql HTTP/1.1", HEAD[:-2], b"Transfer-Encoding: chunked", body=b"zz\r\nabc\r\n0\r\n\r\n"
    ),
    "chunk without end": request(
        b"POST /sparql HTTP/1.1", HEAD[:-2], b"Transfer-Encoding: chunked", body=b"f" * 20 + b"\r\nabc"
    ),
    "target of nothing": request(b"GET http:// HTTP/1.1", HEAD[:-2]),
    "all of it": request(b"OPTIONS * HTTP/1.1", HEAD[:-2]),
    "a tunnel": request(b"CONNECT localhost:80 HTTP/1.1", HEAD[:-2]),
    "many headers": b"GET / HTTP/1.1\r\n" + HEAD + b"X: y\r\n" * 30_000 + b"\r\n",
}
