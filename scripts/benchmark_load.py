"""Ask a SPARQL server from many clients at once: a process of its own, with little to do but to wait.

    .venv/bin/python scripts/benchmark_load.py PORT PATH CLIENTS SECONDS < QUERIES

``QUERIES`` is a JSON list of pairs, kind and query. Each client keeps one connection, begins somewhere else
in the list and goes through it over and over. Prints a JSON list: kind, seconds and status of each answer;
the status is 0 where the connection failed or the answer was cut.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from urllib.parse import urlencode

ACCEPT = "application/sparql-results+json"
PATIENCE = 60.0
"""Seconds after which a client gives up."""

Sample = tuple[str, float, int]
"""Kind, seconds, HTTP status."""


def main(arguments: list[str]) -> int:
    """Drive the server and print what was measured."""
    port, path, clients, seconds = int(arguments[0]), arguments[1], int(arguments[2]), float(arguments[3])
    queries = [(kind, write_request(path, text)) for kind, text in json.load(sys.stdin)]
    json.dump(asyncio.run(drive(port, queries, clients, seconds)), sys.stdout)
    return 0


def write_request(path: str, query: str) -> bytes:
    """Write the request of a query: a form, as most clients send it, that asks for no answer of before."""
    body = urlencode({"query": query}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {ACCEPT}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def drive(port: int, queries: list[tuple[str, bytes]], clients: int, seconds: float) -> list[Sample]:
    """Ask from several clients until the time is up."""
    samples: list[Sample] = []
    end = time.perf_counter() + seconds
    starts = [len(queries) * number // clients for number in range(clients)]
    await asyncio.gather(*(Client(port).ask_until(queries, start, end, samples) for start in starts))
    return samples


class Client:
    """One connection, opened again when it breaks."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask_until(
        self, queries: list[tuple[str, bytes]], start: int, end: float, samples: list[Sample]
    ) -> None:
        """Ask one query after another."""
        number = start
        while (started := time.perf_counter()) < end:
            kind, request = queries[number % len(queries)]
            status, _ = await self.ask(request)
            samples.append((kind, time.perf_counter() - started, status))
            number += 1
        self.close()

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return the status, 0 for none, and the body."""
        kept = self.streams is not None
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask_once(request)
        except TimeoutError:
            self.close()
            return 0, b""
        except (OSError, EOFError, ValueError):
            self.close()
            return await self.ask(request) if kept else (0, b"")  # servers close connections that are idle

    async def _ask_once(self, request: bytes) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        self.streams[1].write(request)
        return await read_answer(self.streams[0])

    def close(self) -> None:
        """Close the connection."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read status and body of an answer, of a stated length or in chunks."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    if "transfer-encoding: chunked" not in head:
        length = int(head.partition("content-length:")[2].split("\r\n")[0])
        return status, await reader.readexactly(length)
    pieces = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return status, b"".join(pieces)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
